package jiaoying.server.loop;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import jiaoying.duty.call.CallFact;
import jiaoying.duty.errand.CarrierEvent;
import jiaoying.duty.errand.CourierReport;
import jiaoying.duty.errand.Errand;
import jiaoying.duty.errand.OrdersErrands;
import jiaoying.duty.errand.SetsTimer;
import jiaoying.duty.errand.Timer;
import jiaoying.duty.ledger.Fact;
import jiaoying.duty.ledger.Personal;
import jiaoying.duty.monitor.SignalColor;
import jiaoying.duty.room.Arrival;
import jiaoying.duty.room.DutyRoom;
import jiaoying.duty.room.Rules;
import jiaoying.duty.room.Settings;
import jiaoying.duty.room.View;
import jiaoying.duty.room.ViewKey;
import jiaoying.duty.roster.RosterFact;
import jiaoying.server.store.Decisions;
import jiaoying.server.store.RoomJson;
import jiaoying.server.store.RoomRow;

/**
 * A red warning for made-up people, played in memory after a start and thrown away. The JVM compiles what has run often; without
 * this the first people called in the first storm would wait for it. Nothing of it reaches the inbox, the database or a courier.
 */
public final class Rehearsal {
    private static final String AREA = "rehearsal";
    private static final Instant START = Instant.parse("2000-01-01T00:00:00Z");
    private static final int PEOPLE = 500;

    /** So many are silent until their round is over. */
    private static final int SILENT = 100;

    private final RoomJson json;
    private final DutyRoom room;
    private final ArrayDeque<Timer> timers = new ArrayDeque<>();
    private final List<Errand> ordered = new ArrayList<>();
    private Instant at = START;
    private Decisions decisions;
    private long number;

    private Rehearsal(Rules rules, RoomJson json) {
        this.json = json;
        room = new DutyRoom(rules);
        decisions = new Decisions(new RoomRow(AREA, true, 0, 0, 0, 0, "00".repeat(32), START, 0, false), json);
    }

    /**
     * Plays some storms, as long as there is time for it.
     *
     * @param json of the room; made-up people get no keys
     * @param goOn asked between steps of some hundred people
     * @return how many people were called
     */
    public static int play(Rules rules, RoomJson json, int storms, BooleanSupplier goOn) {
        int called = 0;
        for (int storm = 0; storm < storms && goOn.getAsBoolean(); storm++) {
            called += new Rehearsal(rules, json).storm(goOn);
        }
        return called;
    }

    private int storm(BooleanSupplier goOn) {
        furnish();
        take(new Arrival.SignalReceived(AREA, AREA, "rainstorm", AREA, SignalColor.RED, "", ""));
        int called = ordered.size();
        report();
        if (goOn.getAsBoolean()) {
            escalate();
            report();
        }
        return called;
    }

    /** Who they are is kept nowhere, so that no keys are made. */
    private void furnish() {
        apply(new Arrival.RoomSet(
                AREA,
                new Settings(
                        AREA,
                        AREA,
                        Settings.Issuer.HEADQUARTERS,
                        true,
                        false,
                        Duration.ofMinutes(5),
                        Optional.empty(),
                        "Asia/Shanghai")));
        var rows = new ArrayList<Fact>();
        rows.add(new RosterFact.AreaRegistered(AREA, AREA, AREA, "town", "", true));
        for (int n = 0; n < PEOPLE; n++) {
            var person = AREA + n;
            rows.add(new RosterFact.PersonRegistered(person, new Personal(person, person), "", "", ""));
            rows.add(new RosterFact.ContactRegistered(person, "text", new Personal(person, "1")));
            rows.add(new RosterFact.ContactRegistered(person, "voice", new Personal(person, "1")));
            rows.add(new RosterFact.DutyAssigned(person, person, AREA, AREA, List.of(), ""));
        }
        apply(new Arrival.RegisterChanged(AREA, rows));
    }

    private void apply(Arrival arrival) {
        room.take(++number, at, arrival).facts().forEach(fact -> room.apply(at, fact));
    }

    /** All were handed over, and all but some answer. */
    private void report() {
        var errands = List.copyOf(ordered);
        ordered.clear();
        take(new Arrival.CourierReports(errands.stream()
                .map(errand -> new CourierReport(errand.key(), CourierReport.Kind.SUBMITTED, AREA, "", ""))
                .toList()));
        take(new Arrival.CarrierEvents(errands.stream()
                .skip(SILENT)
                .map(errand -> new CarrierEvent(AREA, errand.key(), errand.key(), CarrierEvent.Kind.CONFIRMED, ""))
                .toList()));
    }

    /** The rounds of those who are silent end, one after the other. */
    private void escalate() {
        var due = List.copyOf(timers);
        timers.clear();
        for (var timer : due) {
            at = timer.dueAt().isAfter(at) ? timer.dueAt() : at;
            take(new Arrival.TimerDue(timer.id(), timer.dueAt()));
        }
    }

    private void take(Arrival brought) {
        var arrival = json.json().read(Arrival.class, json.json().write(Arrival.class, brought));
        var step = room.take(++number, at, arrival);
        var touched = new HashSet<ViewKey>();
        for (var fact : step.facts()) {
            room.apply(at, fact);
            touched.addAll(room.touched(fact));
            note(fact);
        }
        var views = new LinkedHashMap<ViewKey, View>();
        touched.forEach(key -> views.put(key, room.view(key)));
        decisions.add(number, at, step, views);
        decisions = Decisions.after(decisions);
    }

    private void note(Fact fact) {
        if (fact instanceof OrdersErrands orders) {
            ordered.addAll(orders.errands());
        }
        if (fact instanceof SetsTimer sets && fact instanceof CallFact) {
            timers.addAll(sets.timers());
        }
    }
}
