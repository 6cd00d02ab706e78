package jiaoying.server.page;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import jiaoying.server.page.AnswerReads.Time;

/** How long it took to be answered (应答用时), by colour, town, duty and channel. */
record AnswerTimes(Line all, List<Line> byColor, List<Line> byTown, List<Line> byDuty, List<Line> byChannel) {
    /**
     * One group of callees; the times are of those who answered, in seconds since the call.
     *
     * @param name of the group: a colour, an area, a duty or a channel
     * @param p50  median; empty when nobody answered
     */
    record Line(
            String name,
            String label,
            int called,
            int answered,
            Optional<Long> p50,
            Optional<Long> p90,
            Optional<Long> p99) {}

    /** @param town the town that an area belongs to; label: how it is named on the screen */
    static AnswerTimes of(List<Time> rows, Function<String, String> town, Function<String, String> label) {
        var called =
                rows.stream().filter(row -> !row.state().equals("carried-over")).toList();
        return new AnswerTimes(
                group("", "", called),
                lines(called, Time::color, name -> name),
                lines(called, row -> town.apply(row.place().isEmpty() ? row.area() : row.place()), label),
                lines(called, Time::duty, name -> name),
                lines(called.stream().filter(row -> !row.channel().isEmpty()).toList(), Time::channel, name -> name));
    }

    private static List<Line> lines(List<Time> rows, Function<Time, String> key, Function<String, String> label) {
        Map<String, List<Time>> groups = new TreeMap<>();
        rows.forEach(row ->
                groups.computeIfAbsent(key.apply(row), k -> new ArrayList<>()).add(row));
        return groups.entrySet().stream()
                .map(group -> group(group.getKey(), label.apply(group.getKey()), group.getValue()))
                .sorted(Comparator.comparing((Line line) -> line.p90().orElse(Long.MAX_VALUE))
                        .reversed())
                .toList();
    }

    private static Line group(String name, String label, List<Time> rows) {
        var seconds = rows.stream()
                .filter(row -> row.settledAt().isPresent())
                .mapToLong(row ->
                        Duration.between(row.calledAt(), row.settledAt().get()).toSeconds())
                .toArray();
        Arrays.sort(seconds);
        return new Line(
                name,
                label,
                rows.size(),
                seconds.length,
                quantile(seconds, 50),
                quantile(seconds, 90),
                quantile(seconds, 99));
    }

    /** Nearest rank: the smallest value that at least so many percent do not exceed. */
    static Optional<Long> quantile(long[] sorted, int percent) {
        return sorted.length == 0
                ? Optional.empty()
                : Optional.of(sorted[(int) Math.ceilDiv((long) sorted.length * percent, 100L) - 1]);
    }
}
