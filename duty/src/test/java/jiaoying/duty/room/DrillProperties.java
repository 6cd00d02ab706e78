package jiaoying.duty.room;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import jiaoying.duty.call.CallFact;
import jiaoying.duty.errand.Channel;
import jiaoying.duty.errand.CourierReport;
import jiaoying.duty.errand.Errand;
import jiaoying.duty.ledger.Fact;
import jiaoying.duty.ledger.Personal;
import jiaoying.duty.monitor.SignalColor;
import jiaoying.duty.roster.RosterFact;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Whatever the roster and whatever happens: a drill addresses nobody but whom it names, and everything it says is marked. */
class DrillProperties {
    private static final int PEOPLE = 12;

    @Property(tries = 60)
    void a_drill_reaches_nobody_but_its_participants(@ForAll long seed) {
        var random = new Random(seed);
        var world = new World(random);
        world.open();
        var named = new ArrayList<String>();
        for (var n = 0; n < PEOPLE; n++) {
            if (random.nextInt(3) == 0) {
                named.add("p" + n);
            }
        }
        world.arrive(new Arrival.Act(
                "officer",
                new Deed.StartDrill(
                        "rainstorm", "P", random.nextBoolean() ? SignalColor.RED : SignalColor.ORANGE, "x", named)));
        for (var n = 0; n < 60; n++) {
            world.something();
        }

        var drills = new HashSet<>(world.drills);
        assertThat(named.isEmpty()).isEqualTo(drills.isEmpty());
        assertThat(world.errands).filteredOn(e -> drills.contains(e.order())).allSatisfy(errand -> {
            assertThat(named).as("seed %s", seed).contains(errand.to());
            assertThat(errand.message()).as("seed %s", seed).contains("【演练】");
        });
        assertThat(world.errands)
                .filteredOn(e -> !drills.contains(e.order()))
                .allSatisfy(errand ->
                        assertThat(errand.message()).as("seed %s", seed).doesNotContain("【演练】"));
    }

    @Property(tries = 60)
    void drills_and_answer_tests_come_after_every_call_that_is_meant(@ForAll long seed) {
        var world = new World(new Random(seed));
        world.open();
        world.arrive(new Arrival.Act(
                "officer",
                new Deed.StartDrill("rainstorm", "P", SignalColor.RED, "x", List.of("p1", "p2", "p3", "p4"))));
        world.arrive(new Arrival.Act("officer", new Deed.TestAnswers("P")));
        for (var color : List.of(SignalColor.BLUE, SignalColor.ORANGE)) {
            world.arrive(new Arrival.SignalReceived("o", "o", "rainstorm", "T", color, "", ""));
        }
        for (var n = 0; n < 40; n++) {
            world.something();
        }

        var drills = new HashSet<>(world.drills);
        var meant = world.errands.stream()
                .filter(errand -> errand.channel() != Channel.INTERNAL)
                .filter(errand -> !drills.contains(errand.order()))
                .mapToInt(Errand::priority)
                .max()
                .orElseThrow();
        assertThat(world.errands)
                .as("seed %s", seed)
                .filteredOn(errand -> drills.contains(errand.order()))
                .isNotEmpty()
                .allSatisfy(errand -> assertThat(errand.priority()).isGreaterThan(meant));
    }

    /** A city of random duties, and a few things that happen to it. */
    private static final class World {
        private final Random random;
        private final DutyRoom room = new DutyRoom(RoomScript.rules());
        private final List<Errand> errands = new ArrayList<>();
        private final List<String> drills = new ArrayList<>();
        private Instant now = Instant.parse("2023-09-05T02:00:00Z");
        private long number;

        World(Random random) {
            this.random = random;
        }

        void open() {
            arrive(new Arrival.RoomSet(
                    "t",
                    new Settings(
                            "R",
                            "R",
                            Settings.Issuer.HEADQUARTERS,
                            false,
                            false,
                            Duration.ofMinutes(5),
                            Optional.empty(),
                            "Asia/Shanghai")));
            var rows = new ArrayList<Fact>();
            rows.add(new RosterFact.AreaRegistered("P", "P", "P", "city", "", false));
            rows.add(new RosterFact.AreaRegistered("T", "T", "T", "town", "P", false));
            for (var n = 0; n < PEOPLE; n++) {
                var person = "p" + n;
                rows.add(new RosterFact.PersonRegistered(person, new Personal(person, person), "B", "x", "x"));
                rows.add(new RosterFact.ContactRegistered(person, "text", new Personal(person, "0")));
                rows.add(new RosterFact.ContactRegistered(person, "voice", new Personal(person, "0")));
                rows.add(new RosterFact.DutyAssigned(
                        "d" + n, person, "flood", random.nextInt(4) == 0 ? "P" : "T", List.of(any()), any()));
            }
            arrive(new Arrival.RegisterChanged("t", rows));
        }

        private String any() {
            return "p" + random.nextInt(PEOPLE);
        }

        void something() {
            pass(Duration.ofSeconds(5 + random.nextInt(90)));
            switch (random.nextInt(6)) {
                case 0 ->
                    arrive(new Arrival.SignalReceived(
                            "o", "o", "rainstorm", "T", SignalColor.values()[random.nextInt(5)], "", ""));
                case 1, 2 -> sent();
                case 3 -> arrive(new Arrival.LinkAnswered(key(), random.nextInt(4) == 0, random.nextBoolean()));
                case 4 -> {
                    var order = drills.isEmpty() ? "none" : drills.getFirst();
                    arrive(new Arrival.Act(
                            "officer",
                            random.nextBoolean() ? new Deed.CallAgain(order, any()) : new Deed.Escalate(order, any())));
                }
                default -> {
                    if (!drills.isEmpty() && random.nextInt(4) == 0) {
                        arrive(new Arrival.Act("officer", new Deed.EndDrill(drills.getFirst())));
                    }
                }
            }
        }

        private void sent() {
            arrive(new Arrival.CourierReports(errands.stream()
                    .filter(_ -> random.nextInt(3) == 0)
                    .map(e -> new CourierReport(e.key(), CourierReport.Kind.SUBMITTED, "c", "", ""))
                    .toList()));
        }

        private String key() {
            return errands.isEmpty()
                    ? "none"
                    : errands.get(random.nextInt(errands.size())).key();
        }

        private void pass(Duration span) {
            now = now.plus(span);
            room.openTimers().stream()
                    .filter(timer -> !timer.dueAt().isAfter(now))
                    .sorted(java.util.Comparator.comparing(jiaoying.duty.errand.Timer::id))
                    .forEach(timer -> arrive(new Arrival.TimerDue(timer.id(), timer.dueAt())));
        }

        void arrive(Arrival arrival) {
            number++;
            var step = room.take(number, now, arrival);
            for (var fact : step.facts()) {
                room.apply(now, fact);
                if (fact instanceof CallFact.CallOrderOpened opened && opened.aim() != CallFact.Aim.WARNING) {
                    drills.add(opened.order());
                }
            }
            errands.addAll(step.errands());
        }
    }
}
