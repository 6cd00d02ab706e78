package jiaoying.server.sim;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import jiaoying.server.sim.Happening.Kind;
import jiaoying.sim.chance.Chance;

/**
 * What one seed plays (剧本): a small city, the signals of its storms and what goes wrong. The same seed and number of storms
 * give the same script; leaving happenings out changes nothing about the others.
 *
 * @param exercise every message must say so
 * @param answering share of people who answer
 */
record Script(
        long seed, int storms, int towns, int persons, boolean exercise, double answering, List<Happening> happenings) {
    /** From one storm to the next; longer than the longest ladder of the usual plan. */
    static final Duration STORM = Duration.ofMinutes(30);

    private static final List<Kind> MEDDLING =
            List.of(Kind.CORRECT, Kind.RETRACT, Kind.DESK, Kind.AGAIN, Kind.ESCALATE, Kind.NEW_DEPUTY, Kind.WRONG_KEY);
    private static final List<Kind> FAULTS = List.of(
            Kind.KILL,
            Kind.KILL,
            Kind.KILL,
            Kind.KILL,
            Kind.KILL,
            Kind.KILL,
            Kind.KILL_TWICE,
            Kind.KILL_TWICE,
            Kind.AWAY,
            Kind.AWAY,
            Kind.ANSWER_LOST,
            Kind.RIVAL,
            Kind.RESTART,
            Kind.REBUILD,
            Kind.OTHER_PLAN,
            Kind.CARRIER_DOWN,
            Kind.CARRIER_MUTE,
            Kind.CARRIER_BREAKS,
            Kind.CARRIER_BREAKS,
            Kind.CARRIER_TURNS,
            Kind.CARRIER_BUSY);

    private static final List<Kind> MORE_MEDDLING =
            List.of(Kind.DRILL, Kind.DRILL, Kind.ANSWER_TEST, Kind.END_DRILL, Kind.IN_PLACE, Kind.TAKE_OVER);

    static Script of(long seed, int storms) {
        var chance = Chance.of(seed, "script");
        int towns = 1 + below(chance, 2);
        int persons = 1 + below(chance, 3);
        boolean exercise = chance.falls(0.2);
        double answering = chance.share();
        var draw = new Draw(chance, towns);
        for (int storm = 0; storm < storms; storm++) {
            draw.storm(STORM.multipliedBy(storm));
        }
        draw.clocks(Chance.of(seed, "clocks"), storms);
        draw.plan(Chance.of(seed, "plan"));
        draw.exercises(Chance.of(seed, "exercises"), storms);
        return new Script(seed, storms, towns, persons, exercise, answering, List.copyOf(draw.happenings));
    }

    Script only(Predicate<Happening> kept) {
        return new Script(
                seed,
                storms,
                towns,
                persons,
                exercise,
                answering,
                happenings.stream().filter(kept).toList());
    }

    Script only(Set<Integer> ids) {
        return only(happening -> ids.contains(happening.id()));
    }

    boolean has(Kind kind) {
        return find(kind).isPresent();
    }

    Optional<Happening> find(Kind kind) {
        return happenings.stream().filter(one -> one.kind() == kind).findFirst();
    }

    static int below(Chance chance, int bound) {
        return (int) (chance.share() * bound);
    }

    private static final class Draw {
        private final Chance chance;
        private final int towns;
        private final List<Happening> happenings = new ArrayList<>();

        Draw(Chance chance, int towns) {
            this.chance = chance;
            this.towns = towns;
        }

        void storm(Duration start) {
            int signals = 1 + below(chance, 2);
            for (int i = 0; i < signals; i++) {
                var at = start.plus(chance.seconds(0, 40));
                int town = below(chance, towns);
                boolean red = chance.falls(0.8);
                add(at, red ? Kind.RED : Kind.ORANGE, town, Duration.ZERO);
                if (!red && chance.falls(0.6)) {
                    add(at.plus(chance.seconds(5, 300)), Kind.RED, town, Duration.ZERO);
                }
                if (red && chance.falls(0.2)) {
                    add(at.plus(chance.seconds(5, 300)), Kind.ORANGE, town, Duration.ZERO);
                }
                if (chance.falls(0.6)) {
                    add(at.plus(chance.seconds(3, 700)), Kind.LIFT, town, Duration.ZERO);
                }
            }
            several(3, MEDDLING, start, 600);
            several(6, FAULTS, start, 600);
            several(4, FAULTS, start, 60);
        }

        /** Drawn by itself and last, so that it changes nothing about what else happens. Some jumps are those of a time server. */
        void clocks(Chance jumps, int storms) {
            for (int storm = 0; storm < storms; storm++) {
                for (int count = jumps.falls(0.4) ? 1 + below(jumps, 2) : 0; count > 0; count--) {
                    var at = STORM.multipliedBy(storm).plus(jumps.seconds(0, 900));
                    var kind = jumps.falls(0.6) ? Kind.CLOCK_BACK : Kind.CLOCK_AHEAD;
                    add(at, kind, 0, jumps.falls(0.5) ? jumps.seconds(1, 90) : jumps.seconds(90, 7_200));
                }
            }
        }

        /** What the plan holds beside its rounds; one happening each, so that a failing seed shows which was needed. */
        void plan(Chance terms) {
            if (terms.falls(0.3)) {
                add(Duration.ZERO, Kind.PLAN_REPORT, 0, terms.seconds(20, 240));
            }
            if (terms.falls(0.3)) {
                add(Duration.ZERO, Kind.PLAN_RULE, below(terms, 8), terms.seconds(20, 400));
            }
            if (terms.falls(0.2)) {
                add(Duration.ZERO, Kind.PLAN_QUIET, 0, terms.seconds(120, 1_500));
                add(terms.seconds(0, 60), Kind.ORANGE, below(terms, towns), Duration.ZERO);
            }
            if (terms.falls(0.2)) {
                add(Duration.ZERO, Kind.PLAN_SPACING, 0, terms.seconds(30, 400));
            }
            if (terms.falls(0.3)) {
                add(Duration.ZERO, Kind.PLAN_LOUD, below(terms, 3), Duration.ZERO);
            }
            if (terms.falls(0.6)) {
                add(Duration.ZERO, Kind.PARTICIPANTS, below(terms, 24), Duration.ZERO);
            }
        }

        void exercises(Chance when, int storms) {
            for (int storm = 0; storm < storms; storm++) {
                for (int count = when.falls(0.5) ? 1 + below(when, 3) : 0; count > 0; count--) {
                    var at = STORM.multipliedBy(storm).plus(when.seconds(0, 400));
                    add(at, MORE_MEDDLING.get(below(when, MORE_MEDDLING.size())), below(when, 24), Duration.ZERO);
                }
            }
        }

        private void several(int most, List<Kind> kinds, Duration start, int within_s) {
            int count = below(chance, most + 1);
            for (int i = 0; i < count; i++) {
                var kind = kinds.get(below(chance, kinds.size()));
                boolean longer = kind.compareTo(Kind.CARRIER_DOWN) >= 0;
                add(
                        start.plus(chance.seconds(0, within_s)),
                        kind,
                        below(chance, 24),
                        chance.seconds(1, longer ? 240 : 45));
            }
        }

        private void add(Duration at, Kind kind, int nth, Duration span) {
            happenings.add(new Happening(happenings.size(), at, kind, nth, span));
        }
    }
}
