package jiaoying.server.register;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.regex.Pattern;
import jiaoying.duty.measure.Sentence;

/**
 * What may stand in the cells of a column.
 *
 * @param accept  cell text and the zone of times without one, to the form in which the register keeps it
 * @param allowed in words, for whoever filled in the cell
 * @param words   the words of a choice, each with its Chinese term
 */
record CellRule(
        boolean required,
        BiFunction<String, ZoneId, Optional<String>> accept,
        Sentence allowed,
        Map<String, String> words) {
    private static final Pattern ID = Pattern.compile("[0-9A-Za-z][0-9A-Za-z._-]{0,39}");
    private static final Pattern DECIMAL = Pattern.compile("-?\\d{1,3}(\\.\\d{1,20})?");
    private static final Pattern EXCEL_DATE = Pattern.compile("\\d{5}(\\.\\d{1,15})?");
    private static final LocalDateTime EXCEL_EPOCH = LocalDateTime.of(1899, 12, 30, 0, 0);
    private static final DateTimeFormatter LOCAL = DateTimeFormatter.ofPattern("uuuu-MM-dd['T'][' ']HH:mm[:ss]");
    private static final int TEXT_MAX = 200;

    private static CellRule of(BiFunction<String, ZoneId, Optional<String>> accept, Sentence allowed) {
        return new CellRule(true, accept, allowed, Map.of());
    }

    private static CellRule matching(Pattern pattern, Sentence allowed) {
        return of(
                (text, zone) -> Optional.of(text).filter(t -> pattern.matcher(t).matches()), allowed);
    }

    CellRule optional() {
        return new CellRule(false, accept, allowed, words);
    }

    static CellRule id() {
        return matching(ID, Sentence.of("cell-id"));
    }

    static CellRule code() {
        return matching(Pattern.compile("\\d{6,12}"), Sentence.of("statistics-code"));
    }

    /** Text for people. A first character that a spreadsheet takes for a formula is refused. */
    static CellRule text() {
        return of(
                (text, zone) -> Optional.of(text)
                        .filter(t -> t.length() <= TEXT_MAX && "=+-@".indexOf(t.charAt(0)) < 0)
                        .filter(t -> t.chars().noneMatch(Character::isISOControl)),
                Sentence.of("one-line", TEXT_MAX));
    }

    /** A telephone number, a mail address, a place in a work chat (ROBOT:ID:NAME) or a loudspeaker (BROKER:TOPIC). */
    static CellRule address() {
        return matching(
                Pattern.compile(
                        "\\+?[0-9]{3,20}|[^\\s@=+-][^\\s@]{0,63}@[^\\s@]{1,120}"
                                + "|[a-z][a-z0-9-]{0,39}(:[A-Za-z0-9_+-]{0,64}(:[^\\s:@<>]{1,20})?)?|[a-z][a-z0-9-]{0,39}:[A-Za-z0-9_./-]{1,100}"),
                Sentence.of("address"));
    }

    static CellRule choice(Map<String, String> words) {
        var named = words.entrySet().stream()
                .map(word -> word.getKey() + " (" + word.getValue() + ")")
                .toList();
        return new CellRule(
                true, (text, zone) -> find(words, text), Sentence.of("one-of", String.join(", ", named)), words);
    }

    private static Optional<String> find(Map<String, String> words, String text) {
        return words.entrySet().stream()
                .filter(word ->
                        word.getKey().equalsIgnoreCase(text) || word.getValue().equals(text))
                .map(Map.Entry::getKey)
                .findFirst();
    }

    static CellRule yesNo() {
        return choice(Words.of("true", "是", "false", "否"));
    }

    /** Degrees, kept to a millionth (about 0.1 m). */
    static CellRule degrees(int max) {
        return of(
                (text, zone) -> Optional.of(text)
                        .filter(t -> DECIMAL.matcher(t).matches())
                        .map(t -> new BigDecimal(t).setScale(6, RoundingMode.HALF_UP))
                        .filter(value -> value.abs().compareTo(BigDecimal.valueOf(max)) <= 0)
                        .map(value -> Double.toString(value.doubleValue())),
                Sentence.of("degrees", max));
    }

    /** Metres above or below a datum, to the millimetre. */
    static CellRule metres() {
        return of(
                (text, zone) -> Optional.of(text)
                        .filter(t -> t.matches("-?\\d{1,4}(\\.\\d{1,3})?"))
                        .map(t -> new BigDecimal(t).setScale(3).toPlainString()),
                Sentence.of("metres"));
    }

    static CellRule whole(int min, int max) {
        return of(
                (text, zone) -> Optional.of(text)
                        .filter(t -> t.matches("\\d{1,9}"))
                        .map(Integer::valueOf)
                        .filter(value -> value >= min && value <= max)
                        .map(String::valueOf),
                Sentence.of("whole", min, max));
    }

    static CellRule instant() {
        return of((text, zone) -> instant(text, zone).map(Instant::toString), Sentence.of("cell-time"));
    }

    private static Optional<Instant> instant(String text, ZoneId zone) {
        try {
            if (EXCEL_DATE.matcher(text).matches()) {
                return Optional.of(excel(new BigDecimal(text)).atZone(zone).toInstant());
            }
            if (text.matches(".*(Z|[+-]\\d{2}:\\d{2})")) {
                return Optional.of(OffsetDateTime.parse(text).toInstant());
            }
            return Optional.of(LocalDateTime.parse(text, LOCAL).atZone(zone).toInstant());
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /** A spreadsheet counts days; the time of day is its fraction, here to the nearest second. */
    private static LocalDateTime excel(BigDecimal days) {
        return EXCEL_EPOCH.plusSeconds(days.multiply(BigDecimal.valueOf(86_400))
                .setScale(0, RoundingMode.HALF_UP)
                .longValueExact());
    }

    /** Ids separated by {@code ;}; Chinese separators are understood. */
    static CellRule ids() {
        return of(
                (text, zone) -> {
                    var ids = new ArrayList<String>();
                    for (var id : text.split("[;；,，、]", -1)) {
                        if (!ID.matcher(id.strip()).matches()) {
                            return Optional.empty();
                        }
                        ids.add(id.strip());
                    }
                    return Optional.of(String.join(";", ids));
                },
                Sentence.of("ids"));
    }
}
