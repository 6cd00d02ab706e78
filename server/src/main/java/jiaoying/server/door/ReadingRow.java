package jiaoying.server.door;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jiaoying.duty.measure.Check;
import jiaoying.duty.measure.Finding;
import jiaoying.duty.measure.Quantity;
import jiaoying.duty.measure.Reading;
import jiaoying.duty.measure.Sentence;
import jiaoying.server.reply.PlainText;

/** One row of a message in the sender's words, turned into a reading or into findings. */
final class ReadingRow {
    static final List<String> FIELDS = List.of("station", "quantity", "value", "unit", "observed_at");

    private static final int LONGEST_STATION = 64;
    private static final int LONGEST_SHOWN = 80;
    private static final int LONGEST_NUMBER = 40;
    private static final int LARGEST_EXPONENT = 30;
    private static final BigDecimal LARGEST = new BigDecimal("1000000000");
    private static final Instant EARLIEST = Instant.parse("1970-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("2200-01-01T00:00:00Z");

    private final int row;
    private final Map<String, String> given;
    private final List<Finding> findings = new ArrayList<>();

    private ReadingRow(int row, Map<String, String> given) {
        this.row = row;
        this.given = given;
    }

    /** What a row turned out to be. */
    sealed interface Read {
        record Good(Reading reading) implements Read {}

        record Broken(List<Finding> findings) implements Read {}
    }

    /** @param given the sender's fields by name; missing ones are absent */
    static Read read(int row, Map<String, String> given) {
        return new ReadingRow(row, given).read();
    }

    static Finding finding(int row, String station, String field, String value, Sentence allowed) {
        return new Finding(
                row,
                Check.FORM,
                PlainText.clip(station, LONGEST_STATION),
                field,
                PlainText.clip(value, LONGEST_SHOWN),
                allowed,
                false);
    }

    private Read read() {
        var station = station();
        var quantity = quantity();
        var milli = milli();
        quantity.ifPresent(this::checkUnit);
        var observedAt = observedAt();
        if (!findings.isEmpty()) {
            return new Read.Broken(findings);
        }
        return new Read.Good(new Reading(
                station.orElseThrow(), quantity.orElseThrow(), milli.orElseThrow(), observedAt.orElseThrow(), false));
    }

    private Optional<String> station() {
        var text = field("station");
        var good = !text.isBlank() && text.length() <= LONGEST_STATION && PlainText.fit(text);
        return good ? Optional.of(text.strip()) : wrong("station", Sentence.of("station-id", LONGEST_STATION));
    }

    private Optional<Quantity> quantity() {
        var quantity = Quantity.find(field("quantity"));
        return quantity.isPresent() ? quantity : wrong("quantity", Sentence.of("quantity-word"));
    }

    private void checkUnit(Quantity quantity) {
        if (!field("unit").equals(quantity.unit())) {
            wrong("unit", Sentence.of("unit-of", quantity.unit(), quantity.word()));
        }
    }

    /** Exact decimal to whole thousandths; what is finer is rounded half up. */
    private Optional<Long> milli() {
        var text = field("value").strip();
        try {
            if (text.length() <= LONGEST_NUMBER) {
                var value = new BigDecimal(text);
                if (Math.abs((long) value.scale()) <= LARGEST_EXPONENT
                        && value.abs().compareTo(LARGEST) < 0) {
                    return Optional.of(value.movePointRight(3)
                            .setScale(0, RoundingMode.HALF_UP)
                            .longValueExact());
                }
            }
        } catch (NumberFormatException e) {
            return wrong("value", Sentence.of("decimal"));
        }
        return wrong("value", Sentence.of("decimal-below", LARGEST.toPlainString()));
    }

    private Optional<Instant> observedAt() {
        try {
            var at = OffsetDateTime.parse(field("observed_at").strip())
                    .toInstant()
                    .truncatedTo(ChronoUnit.MILLIS);
            if (!at.isBefore(EARLIEST) && at.isBefore(LATEST)) {
                return Optional.of(at);
            }
        } catch (DateTimeException e) {
            // the finding says what is allowed
        }
        return wrong("observed_at", Sentence.of("zoned-time"));
    }

    private String field(String name) {
        return given.getOrDefault(name, "");
    }

    private <T> Optional<T> wrong(String field, Sentence allowed) {
        findings.add(finding(row, field("station").strip(), field, field(field), allowed));
        return Optional.empty();
    }
}
