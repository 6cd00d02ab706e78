package jiaoying.server.sim;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import jiaoying.duty.call.CallFact.AnswerExpired;
import jiaoying.duty.call.CallFact.AttemptReported;
import jiaoying.duty.call.CallFact.CallOrderClosed;
import jiaoying.duty.call.CallFact.CallOrderOpened;
import jiaoying.duty.call.CallFact.CalleeExhausted;
import jiaoying.duty.call.CallFact.CalleeListed;
import jiaoying.duty.call.CallFact.CalleeSettled;
import jiaoying.duty.call.CallFact.EvidenceHeard;
import jiaoying.duty.call.CallFact.RoundStarted;
import jiaoying.duty.call.CallFact.SpeakerShared;
import jiaoying.duty.errand.CarrierEvent;
import jiaoying.duty.errand.Channel;
import jiaoying.duty.errand.CourierReport;
import jiaoying.duty.errand.Errand;
import jiaoying.duty.errand.OrdersErrands;
import jiaoying.duty.errand.Purpose;
import jiaoying.duty.errand.SettlesErrands;
import jiaoying.duty.ledger.Chain;
import jiaoying.duty.ledger.Fact;
import jiaoying.duty.room.Arrival;
import jiaoying.duty.room.Deed;
import jiaoying.duty.room.DutyRoom;
import jiaoying.duty.room.RoomFact.ArrivalSetAside;
import jiaoying.duty.room.Rules;
import jiaoying.duty.room.View;
import jiaoying.duty.roster.RosterFact.ContactDisputed;
import jiaoying.server.loop.Rebuild;
import jiaoying.server.store.Arrived;
import jiaoying.server.store.CacheRows;
import jiaoying.server.store.Database;
import jiaoying.server.store.History;
import jiaoying.server.store.Inbox;
import jiaoying.server.store.Keys;
import jiaoying.server.store.LedgerStore;
import jiaoying.server.store.RoomJson;
import jiaoying.server.store.Rooms;
import jiaoying.server.store.StepStore;
import jiaoying.server.store.ViewStore;
import org.jspecify.annotations.Nullable;

/**
 * What must hold when a seed has been played to its end, whatever went wrong on the way: the invariants of call and answer, the
 * chain, and that inbox and facts give the same again.
 */
final class Verdicts {
    private final Database db;
    private final String room;
    private final Keys keys;
    private final Witness witness;
    private final List<Told> facts = new ArrayList<>();
    private final Map<Long, Arrived> arrivals = new HashMap<>();
    private final Map<String, Errand> planned = new HashMap<>();

    /** A fact with the arrival that caused it. */
    private record Told(long arrival, Instant at, Fact fact) {}

    private record Place(String order, String person) {}

    Verdicts(Database db, String room, Keys keys, Witness witness) {
        this.db = db;
        this.room = room;
        this.keys = keys;
        this.witness = witness;
        var json = new RoomJson(db, room, keys);
        new History(db, room, json)
                .each(
                        0,
                        0,
                        (arrival, at, readings, entries) ->
                                entries.forEach(entry -> facts.add(new Told(arrival, at, entry.fact()))));
        var inbox = new Inbox(db, () -> Instant.EPOCH, 1);
        inbox.know(room, keys);
        for (var arrived : inbox.waiting(room).next(0, Integer.MAX_VALUE, Integer.MAX_VALUE)) {
            arrivals.put(arrived.number(), arrived);
        }
        for (var told : facts) {
            if (told.fact instanceof OrdersErrands orders) {
                orders.errands().forEach(errand -> planned.put(errand.key(), errand));
            }
        }
    }

    /** @param plans the rules under which everything was decided, if they were the same all the time */
    void check(Optional<Rules> plans) {
        nothingSetAside();
        everyLadderEnds();
        nothingAfterTheAnswer();
        oneKeyOneIntention();
        nothingLostNothingDoubled();
        laddersInTheirTime();
        ledgerCounts();
        plansAreFrozen();
        exercisesSaySo();
        townsAddUp();
        chain();
        plans.ifPresent(this::inboxGivesTheSame);
        plans.ifPresent(this::rebuildGivesTheSame);
    }

    private <F extends Fact> List<F> all(Class<F> kind) {
        return facts.stream()
                .map(Told::fact)
                .filter(kind::isInstance)
                .map(kind::cast)
                .toList();
    }

    private void nothingSetAside() {
        all(ArrivalSetAside.class).forEach(aside -> witness.wrong("set-aside", aside.toString()));
    }

    /** I1: answered, or exhausted and so escalated, or the order is over. */
    private void everyLadderEnds() {
        var open = new HashSet<Place>();
        for (var told : facts) {
            switch (told.fact) {
                case CalleeListed listed -> open.add(new Place(listed.order(), listed.person()));
                case CalleeSettled settled -> open.remove(new Place(settled.order(), settled.person()));
                case AnswerExpired expired -> open.add(new Place(expired.order(), expired.person()));
                case CalleeExhausted spent -> open.remove(new Place(spent.order(), spent.person()));
                case CallOrderClosed closed -> open.removeIf(place -> place.order.equals(closed.order()));
                default -> {}
            }
        }
        open.forEach(place -> witness.wrong("I1", place + " has no end"));
        var missing = new Rooms(db).missing(room);
        if (missing != 0) {
            witness.wrong("I1", missing + " acknowledged arrivals are gone");
        }
    }

    /**
     * I2: nothing is handed over for somebody whose ladder has ended; an answer that expired ends it no longer, and what counts
     * for several is handed over as long as one of them is silent.
     */
    private void nothingAfterTheAnswer() {
        var ladders = new HashMap<Place, TreeMap<Instant, Boolean>>();
        var sharers = new HashMap<String, Set<String>>();
        for (var told : facts) {
            switch (told.fact) {
                case CalleeSettled settled ->
                    ladders.computeIfAbsent(new Place(settled.order(), settled.person()), p -> new TreeMap<>())
                            .put(told.at, true);
                case AnswerExpired expired ->
                    ladders.computeIfAbsent(new Place(expired.order(), expired.person()), p -> new TreeMap<>())
                            .put(told.at, false);
                case SpeakerShared shared ->
                    sharers.computeIfAbsent(shared.key(), key -> new HashSet<>())
                            .add(shared.person());
                default -> {}
            }
        }
        for (var one : witness.submissions()) {
            var errand = planned.get(one.parcel().key());
            if (errand != null && errand.purpose() == Purpose.CALL) {
                var people = new HashSet<>(sharers.getOrDefault(errand.key(), Set.of()));
                people.add(errand.callee());
                if (people.stream()
                        .allMatch(person -> ended(ladders.get(new Place(errand.order(), person)), one.at()))) {
                    witness.wrong("I2", one + " although the ladder ended: " + errand);
                }
            }
        }
    }

    /** Whether a ladder had ended so long before a moment that nothing could be on its way, and stayed so. */
    private static boolean ended(@Nullable TreeMap<Instant, Boolean> ladder, Instant at) {
        var before = ladder == null ? null : ladder.lowerEntry(at.minus(Witness.ON_ITS_WAY));
        return before != null
                && before.getValue()
                && requireNonNull(ladder).subMap(before.getKey(), at).values().stream()
                        .allMatch(ended -> ended);
    }

    /** I9: an exercise says so, and a drill reaches nobody but whom it names. */
    private void exercisesSaySo() {
        var orders = new HashMap<String, Told>();
        facts.stream()
                .filter(told -> told.fact instanceof CallOrderOpened opened && opened.exercise())
                .forEach(told -> orders.put(((CallOrderOpened) told.fact).order(), told));
        for (var one : witness.submissions()) {
            var errand = planned.get(one.parcel().key());
            var order = errand == null ? null : orders.get(errand.order());
            if (order == null) {
                continue;
            }
            if (!Witness.saysExercise(one.parcel().message())) {
                witness.wrong("I9", one + " belongs to an exercise and does not say so");
            }
            if (arrival(order.arrival) instanceof Arrival.Act act
                    && act.deed() instanceof Deed.StartDrill drill
                    && !drill.participants().contains(one.parcel().person())) {
                witness.wrong("I9", one + " reaches somebody whom the drill does not name");
            }
        }
    }

    /** I3: a key means one person, channel and purpose, and was planned. */
    private void oneKeyOneIntention() {
        var meant = new HashMap<String, String>();
        for (var told : facts) {
            if (told.fact instanceof OrdersErrands orders) {
                for (var errand : orders.errands()) {
                    var means = errand.channel() + " " + errand.purpose() + " " + errand.order() + " " + errand.callee()
                            + " " + errand.to();
                    var before = meant.putIfAbsent(errand.key(), means);
                    if (before != null && !before.equals(means)) {
                        witness.wrong("I3", errand.key() + " means " + before + " and " + means);
                    }
                }
            }
        }
        for (var one : witness.submissions()) {
            var errand = planned.get(one.parcel().key());
            if (errand == null
                    || errand.channel() != one.parcel().channel()
                    || !errand.to().equals(one.parcel().person())
                    || errand.purpose() != one.parcel().purpose()) {
                witness.wrong("I3", one + " is not what was planned: " + errand);
            }
        }
    }

    /** Each errand has a report or was withdrawn; whoever was reached twice under a key was so by the room's word. */
    private void nothingLostNothingDoubled() {
        var open = new HashMap<String, Errand>();
        var again = new HashMap<String, Integer>();
        for (var told : facts) {
            if (told.fact instanceof SettlesErrands settles) {
                settles.settledKeys().forEach(open::remove);
            }
            if (told.fact instanceof OrdersErrands orders) {
                orders.errands().forEach(errand -> open.put(errand.key(), errand));
            }
            if (told.fact instanceof AttemptReported reported
                    && reported.again().isPresent()) {
                again.merge(reported.report().key(), 1, Integer::sum);
            }
        }
        open.values().stream()
                .filter(errand -> errand.channel() != Channel.INTERNAL)
                .forEach(errand -> witness.wrong("lost", errand + " has neither report nor withdrawal"));
        var taken = new HashMap<String, Set<String>>();
        witness.submissions()
                .forEach(one -> taken.computeIfAbsent(one.parcel().key(), key -> new HashSet<>())
                        .add(one.carrier()));
        for (var reported : all(AttemptReported.class)) {
            var report = reported.report();
            if (report.kind() == CourierReport.Kind.SUBMITTED
                    && !taken.getOrDefault(report.key(), Set.of()).contains(report.carrier())) {
                witness.wrong("lost", report + ", but that carrier has nothing under this key");
            }
        }
        witness.reached().forEach((key, times) -> {
            if (times > 1 + again.getOrDefault(key, 0)) {
                witness.wrong("I3", planned.get(key) + " reached somebody " + times + " times unflagged");
            }
        });
    }

    /** I5: a rung begins when its time has come, or because somebody asked for it. */
    private void laddersInTheirTime() {
        var due = new HashMap<Place, RoundStarted>();
        for (var told : facts) {
            switch (told.fact) {
                case RoundStarted round -> {
                    var place = new Place(round.order(), round.person());
                    var before = due.put(place, round);
                    if (before != null && round.round() != before.round()) {
                        inTime(told, before);
                    }
                    if (before != null && round.round() < before.round()) {
                        witness.wrong("I5", round + " goes back from " + before);
                    }
                }
                case CalleeExhausted spent -> {
                    var place = new Place(spent.order(), spent.person());
                    Optional.ofNullable(due.get(place)).ifPresent(before -> inTime(told, before));
                }
                default -> {}
            }
        }
    }

    private void inTime(Told told, RoundStarted before) {
        boolean asked = facts.stream()
                        .anyMatch(f -> f.arrival == told.arrival
                                && (f.fact instanceof ContactDisputed || f.fact instanceof AnswerExpired))
                || arrival(told.arrival) instanceof Arrival.Act act && act.deed() instanceof Deed.Escalate;
        if (!asked && told.at.isBefore(before.nextDue())) {
            witness.wrong("I5", told.fact + " at " + told.at + ", before it was due: " + before.nextDue());
        }
    }

    private Arrival arrival(long number) {
        return requireNonNull(arrivals.get(number)).arrival().orElseThrow();
    }

    /** I7: what the ledger counts is what came in, and what was acknowledged is in it. */
    private void ledgerCounts() {
        var reports = new ArrayList<CourierReport>();
        var events = new HashSet<String>();
        long taken = new Rooms(db).get(room).lastTaken();
        for (var arrived :
                arrivals.values().stream().filter(one -> one.number() <= taken).toList()) {
            switch (arrived.arrival().orElseThrow()) {
                case Arrival.CourierReports all -> reports.addAll(all.reports());
                case Arrival.CarrierEvents all ->
                    all.events().stream()
                            .filter(event -> planned.containsKey(event.key()))
                            .map(Verdicts::event)
                            .forEach(events::add);
                default -> {}
            }
        }
        long known = reports.stream()
                .filter(report -> planned.containsKey(report.key()))
                .filter(report -> requireNonNull(planned.get(report.key())).channel() != Channel.INTERNAL)
                .count();
        equal("reports of couriers", known, (long) all(AttemptReported.class).size());
        var heard = all(EvidenceHeard.class).stream()
                .map(EvidenceHeard::event)
                .filter(event -> !event.carrier().equals("link"))
                .map(Verdicts::event)
                .toList();
        equal("events of carriers", events, new HashSet<>(heard));
        equal("events of carriers once", events.size(), heard.size());
        for (var acknowledged : witness.acknowledged().entrySet()) {
            var kept = arrivals.get(acknowledged.getKey());
            if (kept == null || !kept.arrival().equals(Optional.of(acknowledged.getValue()))) {
                witness.wrong("I7", "acknowledged as number " + acknowledged + ", kept is " + kept);
            }
        }
    }

    private static String event(CarrierEvent event) {
        return event.carrier() + '/' + event.event();
    }

    private void equal(String what, Object one, Object other) {
        if (!one.equals(other)) {
            witness.wrong("I7", what + ": " + one + " came in, the ledger has " + other);
        }
    }

    /** I8: rounds follow the ladder that the order was opened with; those beside it call the person himself. */
    private void plansAreFrozen() {
        var orders = new HashMap<String, CallOrderOpened>();
        for (var told : facts) {
            if (told.fact instanceof CallOrderOpened opened) {
                orders.put(opened.order(), opened);
            }
            if (told.fact instanceof RoundStarted round && isBesideLadder(arrival(told.arrival))) {
                if (!round.target().equals("self")) {
                    witness.wrong("I8", round + " calls somebody else outside of the ladder");
                }
            } else if (told.fact instanceof RoundStarted round) {
                var plan = requireNonNull(orders.get(round.order())).plan();
                var rung = plan.rounds().get(round.round());
                if (!rung.to().equals(round.target())
                        || !round.errands().stream()
                                .allMatch(errand -> rung.channels().contains(errand.channel()))) {
                    witness.wrong("I8", round + " is not " + rung + " of its order");
                }
            }
        }
    }

    /** An officer calls again, or carriers that were out call once more whom the last round did not reach. */
    private static boolean isBesideLadder(Arrival arrival) {
        return arrival instanceof Arrival.Act act && act.deed() instanceof Deed.CallAgain
                || arrival instanceof Arrival.CarrierChanged changed && changed.well();
    }

    /** I10: what the screens count for an order is the sum over the towns of its callees. */
    private void townsAddUp() {
        var views = new ViewStore(db);
        var callees = views.listNow(room, "callee", View.CalleeView.class);
        for (var order : views.listNow(room, "order", View.OrderView.class)) {
            var own = callees.stream()
                    .filter(callee -> callee.order().equals(order.order())
                            && !callee.state().equals("carried-over"))
                    .toList();
            var towns = own.stream().collect(groupingBy(View.CalleeView::area, counting()));
            long called = towns.values().stream().mapToLong(Long::longValue).sum();
            long answered = own.stream()
                    .filter(callee ->
                            callee.state().equals("answered") || callee.state().equals("reached-by-desk"))
                    .count();
            if (called != order.called() || answered != order.answered()) {
                witness.wrong("I10", order + " counts otherwise than its towns " + towns + ", answered " + answered);
            }
        }
    }

    private void chain() {
        var store = new LedgerStore(db);
        var head = store.head(room);
        var hash = Chain.genesis(LedgerStore.firstLine(room, keys.publicKeyHex()));
        var entries = store.entries(room, head.count(), (entry, after) -> new byte[][] {entry, after});
        while (entries.hasNext()) {
            var entry = entries.next();
            hash = Chain.next(hash, entry[0]);
            if (!Arrays.equals(hash, entry[1])) {
                witness.wrong("chain", "a stored hash is not that of its entry");
            }
        }
        if (!HexFormat.of().formatHex(hash).equals(head.hash())) {
            witness.wrong("chain", "the head is not that of the entries");
        }
    }

    /** I11: the same arrivals at the same moments give the same facts. */
    private void inboxGivesTheSame(Rules rules) {
        var again = new DutyRoom(rules);
        var moments = new StepStore(db).recordedAt(room);
        var stored = facts.stream().collect(groupingBy(Told::arrival));
        for (var step : moments.entrySet()) {
            var decided = again.take(step.getKey(), step.getValue(), arrival(step.getKey()));
            again.apply(step.getValue(), decided.journal());
            decided.facts().forEach(fact -> again.apply(step.getValue(), fact));
            var kept = stored.getOrDefault(step.getKey(), List.of()).stream()
                    .map(Told::fact)
                    .toList();
            if (!kept.equals(decided.facts())) {
                witness.wrong(
                        "I11",
                        "arrival " + step.getKey() + " " + arrival(step.getKey()) + " gave " + kept
                                + ", again it gives " + decided.facts());
                return;
            }
        }
    }

    private void rebuildGivesTheSame(Rules rules) {
        var before = CacheRows.of(db, room);
        Rebuild.run(db, room, rules, keys);
        var after = CacheRows.of(db, room);
        if (!before.equals(after)) {
            var lost = new ArrayList<>(before);
            after.forEach(lost::remove);
            var fresh = new ArrayList<>(after);
            before.forEach(fresh::remove);
            witness.wrong("rebuild", "gone " + lost + ", new " + fresh);
        }
    }
}
