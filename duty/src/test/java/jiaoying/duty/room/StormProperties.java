package jiaoying.duty.room;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import jiaoying.duty.call.CallFact;
import jiaoying.duty.errand.CarrierEvent;
import jiaoying.duty.errand.CourierReport;
import jiaoying.duty.errand.Errand;
import jiaoying.duty.errand.Timer;
import jiaoying.duty.ledger.Dated;
import jiaoying.duty.ledger.Fact;
import jiaoying.duty.ledger.Personal;
import jiaoying.duty.measure.Quantity;
import jiaoying.duty.measure.Reading;
import jiaoying.duty.monitor.SignalColor;
import jiaoying.duty.roster.RosterFact;
import jiaoying.duty.station.StationFact;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Random storms, offices, couriers and people against what must always hold. */
class StormProperties {
    @Property(tries = 60)
    void nobody_called_is_forgotten_and_nobody_who_answered_is_rung_again(@ForAll long seed) {
        var world = new World(seed);
        world.open();
        for (var n = 0; n < 400; n++) {
            world.something();
        }
        world.calm();
        assertThat(world.openOrders()).as("orders that never close").isEmpty();
        world.ladders.forEach(
                (callee, rungs) -> assertThat(rungs).as("rungs of %s", callee).isSorted());
        assertThat(world.keysGivenTwice).as("keys given to two intentions").isEmpty();
        assertThat(world.orderedAfterSettled)
                .as("errands ordered for somebody already settled")
                .isEmpty();
        assertThat(world.room.openTimers()).as("timers for nobody").isEmpty();
    }

    @Property(tries = 40)
    void a_snapshot_goes_on_exactly_as_if_nothing_had_been_forgotten(@ForAll long seed) {
        var world = new World(seed);
        world.open();
        for (var n = 0; n < 150; n++) {
            world.something();
        }
        var snapshot = world.room.snapshot(world.now);
        var matters = snapshot.matters().stream()
                .map(number -> world.ledger.get((int) (number - 1)))
                .toList();
        var fresh = new DutyRoom(RoomScript.rules());
        fresh.restore(snapshot, matters, world.journal.tailMap(world.now.minus(Duration.ofHours(25))));
        var original = world.room;
        var before = world.ledger.size();
        world.shadow = Optional.of(fresh);
        for (var n = 0; n < 150; n++) {
            world.something();
        }
        assertThat(world.ledger.size()).isGreaterThan(before);
        assertThat(fresh.snapshot(world.now)).isEqualTo(original.snapshot(world.now));
    }

    /** A room with a small city and everything that may happen to it, drawn from a seed. */
    private static final class World {
        final Random random;
        final DutyRoom room = new DutyRoom(RoomScript.rules());
        final List<Dated> ledger = new ArrayList<>();
        final TreeMap<Instant, List<Reading>> journal = new TreeMap<>();
        final Map<String, Errand> open = new LinkedHashMap<>();
        final List<String> submitted = new ArrayList<>();
        final Map<String, List<Integer>> ladders = new HashMap<>();
        final List<String> keysGivenTwice = new ArrayList<>();
        final List<String> orderedAfterSettled = new ArrayList<>();
        private final HashSet<String> keys = new HashSet<>();
        private final HashSet<String> settled = new HashSet<>();
        private final List<String> orders = new ArrayList<>();
        private final List<String> signals = new ArrayList<>();
        Optional<DutyRoom> shadow = Optional.empty();
        Instant now = Instant.parse("2023-09-05T12:00:00Z");
        private Instant minute = now;
        private long number;

        World(long seed) {
            random = new Random(seed);
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
            rows.add(new RosterFact.AreaRegistered("P", "P", "P", "city", "", false));
            for (var t = 0; t < 3; t++) {
                rows.add(new RosterFact.AreaRegistered("T" + t, "T" + t, "T", "town", "P", false));
                for (var p = 0; p < 4; p++) {
                    var person = "p" + t + p;
                    rows.add(new RosterFact.PersonRegistered(person, new Personal(person, person), "B", "x", "x"));
                    rows.add(new RosterFact.ContactRegistered(person, "text", new Personal(person, "0")));
                    if (p > 0) {
                        rows.add(new RosterFact.ContactRegistered(person, "voice", new Personal(person, "0")));
                    }
                    rows.add(new RosterFact.DutyAssigned(
                            "d" + person,
                            person,
                            "flood",
                            "T" + t,
                            List.of("p" + t + (p + 1) % 4),
                            "p" + (t + 1) % 3 + "0"));
                }
                rows.add(new StationFact.StationRegistered("A" + t, "A", "rain", 0, 0, "T" + t, 5));
                rows.add(new StationFact.StationRegistered("B" + t, "B", "rain", 0, 0, "T" + t, 5));
            }
            arrive(new Arrival.RegisterChanged("t", rows));
        }

        void something() {
            pass(Duration.ofSeconds(1 + random.nextInt(240)));
            switch (random.nextInt(10)) {
                case 0, 1 -> rain(random.nextInt(4) == 0 ? 25_000 : 2_000);
                case 2 -> office();
                case 3, 4 -> couriers();
                case 5, 6 -> people();
                case 7 -> officer();
                case 8 -> arrive(new Arrival.TimerDue("round/nobody/nowhere", now));
                default -> pass(Duration.ofMinutes(random.nextInt(30)));
            }
        }

        /** Lifts everything and lets time pass, so that every order can close. */
        void calm() {
            for (var t = 0; t < 3; t++) {
                arrive(new Arrival.SignalReceived("o", "o", "rainstorm", "T" + t, SignalColor.NONE, "", ""));
            }
            for (var n = 0; n < 300; n++) {
                pass(Duration.ofMinutes(5));
                rain(0);
            }
            for (var order : List.copyOf(openOrders())) {
                for (var t = 0; t < 3; t++) {
                    for (var p = 0; p < 4; p++) {
                        arrive(new Arrival.Act("officer", new Deed.ReachedByDesk(order, "p" + t + p, "")));
                    }
                }
            }
        }

        List<String> openOrders() {
            return room.calls().listOrders().stream()
                    .filter(o -> o.open())
                    .map(o -> o.id())
                    .toList();
        }

        private void pass(Duration span) {
            var until = now.plus(span);
            while (true) {
                var timer = room.openTimers().stream()
                        .filter(t -> !t.dueAt().isAfter(until))
                        .min(java.util.Comparator.comparing(Timer::dueAt).thenComparing(Timer::id));
                var next = minute.plusSeconds(60);
                if (timer.isPresent() && !timer.get().dueAt().isAfter(next)) {
                    now = timer.get().dueAt().isAfter(now) ? timer.get().dueAt() : now;
                    arrive(new Arrival.TimerDue(timer.get().id(), timer.get().dueAt()));
                } else if (!next.isAfter(until)) {
                    minute = next;
                    now = next.isAfter(now) ? next : now;
                    arrive(new Arrival.MinuteEnded());
                } else {
                    now = until;
                    return;
                }
            }
        }

        private void rain(int most) {
            var readings = new ArrayList<Reading>();
            for (var t = 0; t < 3; t++) {
                for (var gauge : List.of("A", "B")) {
                    if (random.nextInt(6) > 0) {
                        var observed = Instant.ofEpochSecond(
                                now.getEpochSecond() / 300 * 300 - 300L * (random.nextInt(8) == 0 ? 3 : 0));
                        readings.add(new Reading(
                                gauge + t, Quantity.RAIN, most == 0 ? 0 : random.nextInt(most), observed, false));
                    }
                }
            }
            arrive(new Arrival.Readings("g", readings, List.of()));
        }

        private void office() {
            var color = SignalColor.values()[random.nextInt(5)];
            arrive(new Arrival.SignalReceived(
                    "o", "o", "rainstorm", random.nextInt(9) == 0 ? "P" : "T" + random.nextInt(3), color, "", ""));
        }

        private void couriers() {
            var reports = new ArrayList<CourierReport>();
            for (var key : List.copyOf(open.keySet())) {
                if (random.nextInt(3) > 0) {
                    var kind = random.nextInt(8) == 0
                            ? CourierReport.Kind.AMBIGUOUS
                            : random.nextInt(9) == 0 ? CourierReport.Kind.FAILED : CourierReport.Kind.SUBMITTED;
                    reports.add(new CourierReport(key, kind, "c", "", ""));
                    if (kind == CourierReport.Kind.SUBMITTED) {
                        submitted.add(key);
                    }
                }
            }
            arrive(new Arrival.CourierReports(reports));
        }

        private void people() {
            if (submitted.isEmpty()) {
                return;
            }
            var events = new ArrayList<CarrierEvent>();
            for (var n = 0; n < 3; n++) {
                var key = submitted.get(random.nextInt(submitted.size()));
                var kind = CarrierEvent.Kind.values()[random.nextInt(CarrierEvent.Kind.values().length)];
                events.add(new CarrierEvent("c", "e" + random.nextInt(2000), key, kind, ""));
            }
            if (random.nextBoolean()) {
                arrive(new Arrival.CarrierEvents(events));
            } else {
                arrive(new Arrival.LinkAnswered(
                        events.getFirst().key(), random.nextInt(5) == 0, random.nextInt(3) == 0));
            }
        }

        private void officer() {
            if (orders.isEmpty()) {
                return;
            }
            var order = orders.get(random.nextInt(orders.size()));
            var person = "p" + random.nextInt(3) + random.nextInt(4);
            arrive(new Arrival.Act(
                    "officer",
                    switch (random.nextInt(12)) {
                        case 6 -> new Deed.TakeOver(order, person, "我来");
                        case 7 -> new Deed.ReachedByHand(order, person, "door", "在", random.nextBoolean() ? "邻居" : "");
                        case 8 -> new Deed.ReportedInPlace(order, person, "到");
                        case 9 -> new Deed.EndDrill(order);
                        case 10 -> new Deed.TestAnswers("T" + random.nextInt(3));
                        case 11 ->
                            new Deed.StartDrill(
                                    "rainstorm",
                                    "T1",
                                    SignalColor.RED,
                                    "演练",
                                    List.of(person, "p1" + random.nextInt(4)));
                        case 0 -> new Deed.ReachedByDesk(order, person, "好");
                        case 1 -> new Deed.CallAgain(order, person);
                        case 2 -> new Deed.Escalate(order, person);
                        case 3 -> new Deed.WriteNote("记录");
                        case 4 -> new Deed.RetractSignal(signals.isEmpty() ? "none" : signals.getLast(), "误");
                        default -> new Deed.CorrectSignal(signals.isEmpty() ? "none" : signals.getLast(), "更正", "");
                    }));
        }

        private void arrive(Arrival arrival) {
            number++;
            var step = room.take(number, now, arrival);
            shadow.ifPresent(
                    other -> assertThat(other.take(number, now, arrival)).isEqualTo(step));
            room.apply(now, step.journal());
            shadow.ifPresent(other -> other.apply(now, step.journal()));
            journal.computeIfAbsent(now, at -> new ArrayList<>()).addAll(step.journal());
            for (var fact : step.facts()) {
                remember(fact);
                room.apply(now, fact);
                shadow.ifPresent(other -> other.apply(now, fact));
                ledger.add(new Dated(now, fact));
                room.touched(fact).forEach(key -> {
                    var view = room.view(key);
                    shadow.ifPresent(other -> assertThat(other.view(key)).isEqualTo(view));
                });
            }
            step.settledKeys().forEach(open::remove);
            step.errands().forEach(errand -> open.put(errand.key(), errand));
        }

        private void remember(Fact fact) {
            switch (fact) {
                case CallFact.CallOrderOpened opened -> orders.add(opened.order());
                case CallFact.RoundStarted round -> {
                    var callee = round.order() + '/' + round.person();
                    ladders.computeIfAbsent(callee, c -> new ArrayList<>()).add(round.round());
                    round.errands().stream().filter(e -> !keys.add(e.key())).forEach(e -> keysGivenTwice.add(e.key()));
                    if (settled.contains(callee)) {
                        orderedAfterSettled.add(callee);
                    }
                }
                case CallFact.CalleeSettled done -> settled.add(done.order() + '/' + done.person());
                case CallFact.AnswerExpired gone -> settled.remove(gone.order() + '/' + gone.person());
                case jiaoying.duty.warn.WarnFact.SignalIssued issued -> signals.add(issued.signal());
                default -> {}
            }
        }
    }
}
