package jiaoying.server.page;

import static java.util.stream.Collectors.groupingBy;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import jiaoying.duty.measure.Check;
import jiaoying.duty.room.View.MarkView;
import jiaoying.server.page.Reads.JournalLine;

/**
 * Which marks of a station belong to which reading.
 *
 * @param flagged  by the instant at which mark and reading were recorded
 * @param spikes   marks of jumps that were taken back: they came later and name the moment of their reading
 * @param accepted by the moment at which the reading was observed
 */
record StationMarks(
        Map<Instant, List<MarkView>> flagged, List<MarkView> spikes, Map<Instant, List<MarkView>> accepted) {
    static StationMarks of(List<MarkView> marks) {
        return new StationMarks(
                marks.stream()
                        .filter(mark -> mark.what().equals("flagged") && !isSpike(mark))
                        .collect(groupingBy(MarkView::at)),
                marks.stream()
                        .filter(mark -> mark.what().equals("flagged") && isSpike(mark))
                        .toList(),
                marks.stream()
                        .filter(mark -> mark.what().equals("accepted"))
                        .collect(groupingBy(mark -> mark.observedAt().orElse(Instant.MIN))));
    }

    private static boolean isSpike(MarkView mark) {
        return mark.check().filter(Check.SPIKE::equals).isPresent();
    }

    Stream<MarkView> flags(JournalLine line) {
        return Stream.concat(
                flagged.getOrDefault(line.recordedAt(), List.of()).stream().filter(mark -> isOf(mark, line)),
                spikes.stream()
                        .filter(mark -> mark.said().stream()
                                .anyMatch(said ->
                                        said.values().contains(line.observedAt().toString()))));
    }

    Optional<MarkView> accepted(JournalLine line) {
        return accepted.getOrDefault(line.observedAt(), List.of()).stream().findFirst();
    }

    /** What a check of values names is the value, what the check of time names is the moment. */
    private static boolean isOf(MarkView mark, JournalLine line) {
        return mark.value().equals(plain(line.milli()))
                || mark.value().equals(line.observedAt().toString());
    }

    private static String plain(long milli) {
        return BigDecimal.valueOf(milli, 3).stripTrailingZeros().toPlainString();
    }
}
