package jiaoying.duty.room;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import jiaoying.duty.ledger.Dated;
import jiaoying.duty.ledger.Fact;
import jiaoying.duty.measure.Quantity;
import jiaoying.duty.measure.Reading;
import jiaoying.duty.monitor.MonitorFact;
import jiaoying.duty.monitor.Quality;
import jiaoying.duty.roster.RosterFact;
import jiaoying.duty.station.StationFact;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** Faulty gauges, cumulative registers and levels over days: a room restored from a snapshot doubts and decides as the live one. */
class DoubtProperties {
    private static final Duration REFILL = Duration.ofHours(25);

    @Property(tries = 25)
    void a_restored_room_doubts_and_counts_like_the_live_one(@ForAll long seed) {
        goOn(new World(seed));
    }

    /** Without these the property would say nothing. */
    @Test
    void the_faults_of_the_property_lead_to_every_kind_of_doubt_and_deed() {
        var seen = new TreeSet<String>();
        for (var seed = 0; seed < 10; seed++) {
            var world = new World(seed);
            goOn(world);
            seen.addAll(world.seen);
        }
        assertThat(seen)
                .contains(
                        "doubted CLOCK",
                        "doubted DATUM_JUMP",
                        "doubted DRY_AMONG_WET",
                        "doubted STUCK",
                        "doubted WET_OUTLIER",
                        "overruled",
                        "registered-anew",
                        "accepted RAIN",
                        "accepted LEVEL",
                        "would raise rainstorm",
                        "would raise water-level",
                        "total");
    }

    private static void goOn(World world) {
        world.open();
        for (var n = 0; n < 250; n++) {
            world.something();
        }
        var snapshot = world.room.snapshot(world.now);
        var matters = snapshot.matters().stream()
                .map(number -> world.ledger.get((int) (number - 1)))
                .toList();
        var restored = new DutyRoom(World.rules());
        restored.restore(snapshot, matters, world.journal.tailMap(world.now.minus(REFILL)));
        world.shadow = Optional.of(restored);
        for (var n = 0; n < 150; n++) {
            world.something();
        }
        assertThat(restored.snapshot(world.now)).isEqualTo(world.room.snapshot(world.now));
        assertThat(world.room.snapshot(world.now).matters()).as("held for ever").hasSizeLessThan(400);
    }

    /** Eight gauges, a cumulative register and two rivers, each of which may be at fault for a while. */
    private static final class World {
        final DutyRoom room = new DutyRoom(rules());
        final List<Dated> ledger = new ArrayList<>();
        final TreeMap<Instant, List<Reading>> journal = new TreeMap<>();
        final TreeSet<String> seen = new TreeSet<>();
        private final Random random;
        private final boolean[] faults = new boolean[8];
        private final long[] level = {1_700, 1_500};
        private boolean wet = true;
        private long total;
        Optional<DutyRoom> shadow = Optional.empty();
        Instant now = Instant.parse("2023-09-05T12:00:00Z");
        private long number;

        World(long seed) {
            random = new Random(seed);
        }

        static Rules rules() {
            var usual = RoomScript.rules();
            var quality = new Quality(
                    "test",
                    "1",
                    usual.quality().gross(),
                    Duration.ofMinutes(30),
                    Duration.ofMinutes(60),
                    Duration.ofMinutes(60),
                    20_000,
                    List.of(1_000_000L),
                    new Quality.Same(12, 1_100),
                    new Quality.Neighbours(5, 30),
                    new Quality.Dry(3, 1_000, 20_000, 25),
                    new Quality.Outlier(1, 30_000, 3),
                    usual.quality().level(),
                    usual.quality().depth(),
                    "test");
            return new Rules(usual.criteria(), quality, usual.plan());
        }

        void open() {
            arrive(new Arrival.RoomSet(
                    "t",
                    new Settings(
                            "R",
                            "R",
                            Settings.Issuer.HEADQUARTERS,
                            true,
                            false,
                            Duration.ofMinutes(5),
                            Optional.empty(),
                            "Asia/Shanghai")));
            var rows = new ArrayList<Fact>();
            for (var area : List.of("T", "U")) {
                rows.add(new RosterFact.AreaRegistered(area, area, area, "town", "", false));
            }
            for (var i = 0; i < 8; i++) {
                rows.add(station("G" + i, "rain", 5));
            }
            rows.add(station("C8", "rain", 5));
            for (var i = 0; i < 2; i++) {
                rows.add(station("L" + i, "level", 5));
                rows.add(new StationFact.ThresholdsSet("L" + i, 1_860, 2_060, "Wusong", 0, "test"));
            }
            arrive(new Arrival.RegisterChanged("t", rows));
        }

        private static StationFact station(String id, String kind, int intervalMin) {
            var place = id.charAt(1) - '0';
            var area = place == 0 || place == 8 ? "T" : "U";
            return new StationFact.StationRegistered(id, id, kind, 121 + 0.01 * place, 30.7, area, intervalMin);
        }

        void something() {
            pass(random.nextInt(40) == 0 ? 5 + random.nextInt(200) : 5);
            wet ^= random.nextInt(40) == 0;
            for (var i = 0; i < faults.length; i++) {
                faults[i] ^= random.nextInt(faults[i] ? 50 : 60) == 0;
            }
            arrive(new Arrival.Readings("gauges", readings(), List.of()));
            if (random.nextInt(4) == 0) {
                pass(0);
                officer();
            }
        }

        private List<Reading> readings() {
            var readings = new ArrayList<Reading>();
            for (var i = 0; i < 8; i++) {
                if (random.nextInt(15) > 0) {
                    readings.add(rain(i));
                }
            }
            total = random.nextInt(60) == 0 ? 0 : total + random.nextInt(wet ? 2_000 : 200);
            var behind = Duration.ofMinutes(random.nextInt(20) == 0 ? 15 : 0);
            readings.add(new Reading("C8", Quantity.RAIN_TOTAL, total, now.minus(behind), false));
            for (var i = 0; i < 2; i++) {
                level[i] +=
                        random.nextInt(41) - 20 + (random.nextInt(50) == 0 ? (level[i] > 3_000 ? -4_000 : 4_000) : 0);
                var spike = random.nextInt(30) == 0 ? 600 : 0;
                readings.add(new Reading("L" + i, Quantity.LEVEL, level[i] + spike, now, false));
            }
            return readings;
        }

        /** Blocked, wild, stuck, beyond the limit, clock behind, clock ahead: one fault for each of the first gauges. */
        private Reading rain(int gauge) {
            var milli = wet ? 800 + random.nextInt(1_500) : random.nextInt(3) == 0 ? 100 : 0;
            var at = now;
            if (faults[gauge]) {
                switch (gauge) {
                    case 0 -> milli = 9_000 + random.nextInt(100);
                    case 1 -> milli = 0;
                    case 2 -> milli = 2_040;
                    case 3 -> milli = random.nextInt(8) == 0 ? 70_000 : milli;
                    case 4 -> at = now.minus(Duration.ofHours(2));
                    case 5 -> at = now.plus(Duration.ofMinutes(10));
                    default -> {}
                }
            }
            if (gauge == 0 && random.nextInt(60) == 0) {
                milli = 80_000;
            }
            return new Reading("G" + gauge, Quantity.RAIN, milli, at, false);
        }

        private void officer() {
            var stations = new ArrayList<>(List.of("G0", "G1", "G2", "G3", "G4", "G5", "G6", "G7", "C8", "L0", "L1"));
            java.util.Collections.shuffle(stations, random);
            switch (random.nextInt(3)) {
                case 0 ->
                    stations.stream()
                            .filter(station -> !room.monitor().doubts(station).isEmpty())
                            .findFirst()
                            .ifPresent(station -> act(new Deed.OverruleDoubt(
                                    station,
                                    room.monitor().doubts(station).getFirst().word(),
                                    "seen")));
                case 1 -> {
                    var suspects = journal.tailMap(now.minus(Duration.ofHours(6))).values().stream()
                            .flatMap(List::stream)
                            .filter(Reading::suspect)
                            .toList();
                    if (!suspects.isEmpty()) {
                        var one = suspects.get(random.nextInt(suspects.size()));
                        act(new Deed.AcceptReading(one.station(), one.observedAt(), "seen"));
                    }
                }
                default -> {
                    var id = stations.getFirst();
                    var kind = id.startsWith("L") ? "level" : "rain";
                    var row = random.nextInt(5) == 0
                            ? station(id, kind, 5 + random.nextInt(2))
                            : new StationFact.ThresholdsSet("L1", 1_860, 2_060 + random.nextInt(9), "1985", 0, "test");
                    if (random.nextInt(4) == 0) {
                        arrive(new Arrival.RegisterChanged("t", List.of(row)));
                    }
                }
            }
        }

        private void act(Deed deed) {
            arrive(new Arrival.Act("officer", deed));
        }

        /** So many minutes; a second more, so that no two arrivals are recorded at one instant. */
        private void pass(int minutes) {
            for (var n = 0; n < minutes; n++) {
                now = now.plusSeconds(60);
                for (var timer : room.openTimers()) {
                    if (!timer.dueAt().isAfter(now)) {
                        arrive(new Arrival.TimerDue(timer.id(), timer.dueAt()));
                    }
                }
                arrive(new Arrival.MinuteEnded());
            }
            now = now.plusMillis(1);
        }

        private void arrive(Arrival arrival) {
            number++;
            var step = room.take(number, now, arrival);
            shadow.ifPresent(other -> assertThat(other.take(number, now, arrival))
                    .as("at %s", now)
                    .isEqualTo(step));
            room.apply(now, step.journal());
            shadow.ifPresent(other -> other.apply(now, step.journal()));
            if (!step.journal().isEmpty()) {
                journal.computeIfAbsent(now, at -> new ArrayList<>()).addAll(step.journal());
            }
            for (var fact : step.facts()) {
                see(fact);
                room.apply(now, fact);
                shadow.ifPresent(other -> other.apply(now, fact));
                ledger.add(new Dated(now, fact));
                room.touched(fact).forEach(key -> {
                    var view = room.view(key);
                    shadow.ifPresent(other -> assertThat(other.view(key)).isEqualTo(view));
                });
            }
            if (step.journal().stream().anyMatch(r -> r.quantity() == Quantity.RAIN_TOTAL)
                    && step.journal().stream()
                            .anyMatch(r -> r.station().equals("C8") && r.quantity() == Quantity.RAIN)) {
                seen.add("total");
            }
        }

        private void see(Fact fact) {
            switch (fact) {
                case MonitorFact.StationDoubted doubted -> seen.add("doubted " + doubted.check());
                case MonitorFact.StationTrusted trusted ->
                    seen.add(trusted.by().isEmpty() ? trusted.reason().toString() : "overruled");
                case MonitorFact.ReadingAccepted accepted -> seen.add("accepted " + accepted.quantity());
                case MonitorFact.SuspectWouldRaise would -> seen.add("would raise " + would.hazard());
                default -> {}
            }
        }
    }
}
