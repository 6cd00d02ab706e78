package jiaoying.duty.call;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import jiaoying.duty.errand.Channel;
import jiaoying.duty.monitor.SignalColor;

/**
 * Whether the telephone lines there are keep the minutes of a plan (中继线核算): plays the calls of all ladders on the lines, the
 * gravest colour first, as the couriers take them. Counts voice only: texts that are answered make it faster, never slower.
 *
 * <p>Which calls are answered is spread evenly by the golden ratio, so that the same question has the same answer.
 */
public final class LineSizing {
    private static final double GOLDEN = 0.618033988749895;

    private final Map<SignalColor, Ladder> ladders;
    private final Trunk trunk;

    public LineSizing(Map<SignalColor, Ladder> ladders, Trunk trunk) {
        this.ladders = ladders;
        this.trunk = trunk;
    }

    /**
     * How one colour went.
     *
     * @param people     to be called
     * @param firstDue   when the plan has the first call to each of them
     * @param allRung    when the last of them was rung for the first time
     * @param halfRung   when half of them were
     * @param nextDue    when the plan goes on to the next call: by then everybody should have been rung
     * @param reached    who answered by telephone, over all rounds
     * @param calls      made in all
     * @param lateCalls  begun after the plan had gone on to the next round, or had given up
     */
    public record Row(
            SignalColor color,
            int people,
            Duration firstDue,
            Duration allRung,
            Duration halfRung,
            Duration nextDue,
            int reached,
            int calls,
            int lateCalls) {
        /** Everybody was rung before the plan's next step came due. */
        public boolean kept() {
            return allRung.compareTo(nextDue) <= 0;
        }
    }

    /** @param people to be called at the same moment, by colour; colours without a ladder or without a voice round are left out */
    public List<Row> play(Map<SignalColor, Integer> people) {
        var run = new Run();
        people.forEach((color, count) -> {
            var ladder = ladders.get(color);
            if (ladder != null && voiceRungs(ladder).length > 0) {
                run.add(color, count, ladder);
            }
        });
        run.play();
        return run.rows();
    }

    /** Fewest lines by which every colour keeps its minutes; more than {@code most} reads as most + 1. */
    public int linesNeeded(Map<SignalColor, Integer> people, int most) {
        var low = 1;
        var high = most + 1;
        while (low < high) {
            var middle = (low + high) / 2;
            if (new LineSizing(ladders, trunk.withLines(middle))
                    .play(people).stream().allMatch(Row::kept)) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }

    /** Seconds at which a ladder calls by voice. */
    private static long[] voiceRungs(Ladder ladder) {
        return ladder.rounds().stream()
                .filter(rung -> rung.channels().contains(Channel.VOICE))
                .mapToLong(rung -> rung.after().toSeconds())
                .toArray();
    }

    /** A call that waits for a line. @param until the plan's next step for this person, seconds */
    private record Waiting(Group group, int person, int round, long due, long until) {}

    /** The people of one colour. */
    private static final class Group {
        final SignalColor color;
        final long[] rungs;
        final long giveUp;
        final boolean[] answered;
        final long[] first;
        int calls;
        int late;

        Group(SignalColor color, int people, Ladder ladder) {
            this.color = color;
            rungs = voiceRungs(ladder);
            giveUp = ladder.giveUp().toSeconds();
            answered = new boolean[people];
            first = new long[people];
            java.util.Arrays.fill(first, -1);
        }

        long after(int round) {
            return round + 1 < rungs.length ? rungs[round + 1] : giveUp;
        }
    }

    private final class Run {
        private final Map<SignalColor, Group> groups = new EnumMap<>(SignalColor.class);
        private final PriorityQueue<Waiting> planned =
                new PriorityQueue<>(Comparator.comparingLong(Waiting::due).thenComparing(this::rank));
        private final PriorityQueue<Waiting> waiting = new PriorityQueue<>(
                Comparator.comparing(this::rank).thenComparingLong(Waiting::due).thenComparingInt(Waiting::person));
        private final PriorityQueue<Long> lines = new PriorityQueue<>();
        private long draws;

        void add(SignalColor color, int people, Ladder ladder) {
            var group = new Group(color, people, ladder);
            groups.put(color, group);
            for (var person = 0; person < people; person++) {
                for (var round = 0; round < group.rungs.length; round++) {
                    planned.add(new Waiting(group, person, round, group.rungs[round], group.after(round)));
                }
            }
        }

        private int rank(Waiting call) {
            return -call.group.color.ordinal();
        }

        void play() {
            for (var line = 0; line < trunk.lines(); line++) {
                lines.add(0L);
            }
            while (!planned.isEmpty() || !waiting.isEmpty()) {
                var free = lines.remove();
                var now = waiting.isEmpty() ? Math.max(free, nextDue()) : free;
                while (nextDue() <= now) {
                    waiting.add(planned.remove());
                }
                lines.add(ring(now));
            }
        }

        private long nextDue() {
            var next = planned.peek();
            return next == null ? Long.MAX_VALUE : next.due;
        }

        /** @return when the line is free again */
        private long ring(long now) {
            while (!waiting.isEmpty()) {
                var call = waiting.remove();
                if (!call.group.answered[call.person]) {
                    return now + ring(call, now);
                }
            }
            return now;
        }

        private long ring(Waiting call, long now) {
            var group = call.group;
            group.calls++;
            group.late += now > call.until ? 1 : 0;
            if (group.first[call.person] < 0) {
                group.first[call.person] = now;
            }
            var answers = (++draws * GOLDEN) % 1.0 < trunk.share() / 100.0;
            group.answered[call.person] = answers;
            return (answers ? trunk.answered() : trunk.ringing()).toSeconds();
        }

        List<Row> rows() {
            var rows = new ArrayList<Row>();
            groups.values().stream()
                    .sorted(Comparator.comparing((Group group) -> group.color).reversed())
                    .forEach(group -> rows.add(row(group)));
            return rows;
        }

        private Row row(Group group) {
            var first = group.first.clone();
            java.util.Arrays.sort(first);
            var reached = 0;
            for (var answered : group.answered) {
                reached += answered ? 1 : 0;
            }
            return new Row(
                    group.color,
                    first.length,
                    Duration.ofSeconds(group.rungs[0]),
                    Duration.ofSeconds(first.length == 0 ? group.rungs[0] : first[first.length - 1]),
                    Duration.ofSeconds(first.length == 0 ? group.rungs[0] : first[first.length / 2]),
                    Duration.ofSeconds(group.after(0)),
                    reached,
                    group.calls,
                    group.late);
        }
    }
}
