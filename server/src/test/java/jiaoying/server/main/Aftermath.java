package jiaoying.server.main;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import jiaoying.duty.call.CallFact.AttemptReported;
import jiaoying.duty.call.CallFact.CallOrderOpened;
import jiaoying.duty.call.CallFact.CalleeExhausted;
import jiaoying.duty.call.CallFact.CalleeListed;
import jiaoying.duty.call.CallFact.CalleeSettled;
import jiaoying.duty.call.CallFact.EvidenceHeard;
import jiaoying.duty.call.CallFact.RoundStarted;
import jiaoying.duty.call.CallFact.RuleJudged;
import jiaoying.duty.errand.CarrierEvent;
import jiaoying.duty.errand.CourierReport.Kind;
import jiaoying.duty.errand.Errand;
import jiaoying.duty.errand.OrdersErrands;
import jiaoying.duty.errand.SettlesErrands;
import jiaoying.duty.ledger.Fact;
import jiaoying.duty.measure.Reading;
import jiaoying.duty.room.RoomFact.ArrivalSetAside;
import jiaoying.duty.room.RoomFact.NoteWritten;
import jiaoying.duty.room.RoomFact.RoomHeld;
import jiaoying.duty.room.RoomFact.RoomReleased;
import jiaoying.duty.roster.Roster;
import jiaoying.duty.warn.WarnFact.SignalIssued;
import jiaoying.duty.warn.WarnFact.ThresholdAlertDecided;
import jiaoying.duty.warn.WarnFact.ThresholdAlertRaised;
import jiaoying.server.ledger.Anchor;
import jiaoying.server.ledger.ChainedEntry;
import jiaoying.server.ledger.LedgerExport;
import jiaoying.server.ledger.LedgerVerify;
import jiaoying.server.ledger.Verdict;
import jiaoying.server.loop.Rebuild;
import jiaoying.server.loop.Tables;
import jiaoying.server.store.History;
import jiaoying.server.store.JournalStore;
import jiaoying.server.store.LedgerStore;
import jiaoying.server.store.RoomJson;
import jiaoying.server.store.Rooms;
import jiaoying.server.store.StepStore;
import jiaoying.sim.carrier.Dispatch;
import jiaoying.sim.carrier.SubmissionForm;

/**
 * What a stopped demonstration left in its data directory: the ledger's facts, the journal, and what the simulated carriers
 * wrote down. Each check gives sentences about what is wrong; none is good.
 */
final class Aftermath implements AutoCloseable {
    static final String ROOM = "pinghu";

    /** Each ring of a telephone ends in one of these, or begins a talk with it. */
    private static final Set<CarrierEvent.Kind> RINGS =
            EnumSet.of(CarrierEvent.Kind.CONNECTED, CarrierEvent.Kind.NO_ANSWER, CarrierEvent.Kind.BUSY);

    private final OpenRooms rooms;
    private final Path data;
    private final List<Told> facts = new ArrayList<>();
    private final List<Reading> journal = new ArrayList<>();
    private final List<Submission> submissions;

    private record Told(long arrival, Instant at, Fact fact) {}

    /** Something that a carrier took. */
    private record Submission(Instant at, Dispatch dispatch) {}

    private record Place(String order, String person) {}

    Aftermath(Path data) throws IOException {
        this.data = data;
        rooms = OpenRooms.open(DataDirectory.open(data), Optional.empty());
        var json = new RoomJson(rooms.database(), ROOM, rooms.keys(ROOM));
        new History(rooms.database(), ROOM, json).each(0, 0, (arrival, at, readings, entries) -> {
            journal.addAll(readings);
            entries.forEach(entry -> facts.add(new Told(arrival, at, entry.fact())));
        });
        submissions = Files.exists(data.resolve("simulated-carriers"))
                ? Files.readAllLines(data.resolve("simulated-carriers")).stream()
                        .map(line -> line.split(" "))
                        .filter(parts -> parts.length == 3 && parts[2].equals("."))
                        .map(parts -> new Submission(Instant.parse(parts[0]), SubmissionForm.read(parts[1])))
                        .toList()
                : List.of();
    }

    int facts() {
        return facts.size();
    }

    int submissions() {
        return submissions.size();
    }

    /** What carriers took before an officer released the room. */
    long submissionsWhileHeld() {
        var released = released();
        return submissions.stream().filter(one -> one.at().isBefore(released)).count();
    }

    /** Steps after the first that ladders took while the room was held. */
    List<String> climbedWhileHeld() {
        var since = facts.stream()
                .filter(told -> told.fact() instanceof RoomHeld)
                .findFirst()
                .orElseThrow()
                .at();
        var released = released();
        return facts.stream()
                .filter(told -> told.at().isAfter(since) && told.at().isBefore(released))
                .filter(told -> told.fact() instanceof CalleeExhausted
                        || (told.fact() instanceof RoundStarted round && round.round() > 0))
                .map(told -> told.at() + " " + told.fact())
                .toList();
    }

    /** Errands that had been planned when an officer released the room, and that carriers took after that. */
    long heldBackAndSent() {
        var released = released();
        var waiting = new HashSet<String>();
        facts.stream()
                .filter(told -> told.at().isBefore(released) && told.fact() instanceof OrdersErrands)
                .forEach(told -> ((OrdersErrands) told.fact()).errands().forEach(errand -> waiting.add(errand.key())));
        waiting.retainAll(keysTaken());
        return waiting.size();
    }

    private Instant released() {
        return facts.stream()
                .filter(told -> told.fact() instanceof RoomReleased)
                .findFirst()
                .orElseThrow()
                .at();
    }

    /** What the table of personal texts still has of somebody. */
    List<String> personal(String person) {
        return Tables.rows(
                rooms.database(), ROOM, "SELECT field FROM personal WHERE room = :room AND person = '" + person + "'");
    }

    /** Facts and caches in which a text stands. */
    List<String> mentions(String text) {
        return Stream.concat(facts.stream().map(told -> told.fact().toString()), caches().stream())
                .filter(one -> one.contains(text))
                .toList();
    }

    private <F extends Fact> Stream<F> all(Class<F> kind) {
        return facts.stream().map(Told::fact).filter(kind::isInstance).map(kind::cast);
    }

    /** Areas whose level rose and to which colour, in order. */
    List<String> alerts() {
        return all(ThresholdAlertRaised.class)
                .filter(raised -> raised.color().above(raised.was()))
                .map(raised -> raised.area() + " " + raised.color().word())
                .toList();
    }

    /** Colours of the signals that were more than the one before, by area. */
    Map<String, List<String>> signals() {
        return all(SignalIssued.class)
                .filter(issued -> !issued.action().equals("downgrade"))
                .collect(groupingBy(
                        SignalIssued::area,
                        TreeMap::new,
                        mapping(issued -> issued.color().word(), toList())));
    }

    /** Who was called for his duties, for which area and colour. */
    Set<String> callees() {
        var orders = new HashMap<String, String>();
        all(CallOrderOpened.class)
                .forEach(opened -> orders.put(
                        opened.order(), opened.area() + " " + opened.color().word()));
        var callees = new TreeSet<String>();
        all(CalleeListed.class)
                .filter(listed -> !calledAsLeader(listed))
                .forEach(listed -> callees.add(orders.get(listed.order()) + " " + listed.person()));
        return callees;
    }

    /** Called because too few had answered in time, which depends on how long nobody could. */
    private static boolean calledAsLeader(CalleeListed listed) {
        return listed.items().stream().allMatch(item -> item.duty().equals(Roster.SHIFT_LEADER));
    }

    /**
     * Leaders of the shift who were called without a reason: nobody had decided the alert in time, or the rule over all
     * callees had not been met, or they had been called so for the same hazard and area before.
     */
    List<String> leadersWithoutReason() {
        var opened = new HashMap<String, CallOrderOpened>();
        var overdue = new TreeSet<String>();
        var unmet = new TreeSet<String>();
        var leaders = new HashSet<String>();
        var without = new ArrayList<String>();
        for (var told : facts) {
            switch (told.fact()) {
                case ThresholdAlertDecided decided
                when decided.decision().equals("overdue") -> overdue.add(decided.alert());
                case RuleJudged judged when !judged.met() -> unmet.add(judged.order());
                case CallOrderOpened order -> opened.put(order.order(), order);
                case CalleeListed listed
                when calledAsLeader(listed) -> {
                    var order = Objects.requireNonNull(opened.get(listed.order()), "an order comes before its callees");
                    var again = !leaders.add(order.hazard() + '/' + order.area() + '/' + listed.person());
                    if (!again && !overdue.contains(order.reason()) && !unmet.contains(listed.order())) {
                        without.add(listed.person() + " was called as leader in " + listed.order());
                    }
                }
                default -> {}
            }
        }
        return without;
    }

    /** Callees whose ladder has not ended: neither settled nor, every step spent, on the officer's own list. */
    List<String> unsettled() {
        var open = new LinkedHashSet<Place>();
        for (var told : facts) {
            switch (told.fact()) {
                case CalleeListed listed -> open.add(new Place(listed.order(), listed.person()));
                case CalleeSettled settled -> open.remove(place(settled));
                case CalleeExhausted spent -> open.remove(new Place(spent.order(), spent.person()));
                default -> {}
            }
        }
        return open.stream().map(place -> place + " has no final state").toList();
    }

    /** Callees who ended twice. */
    List<String> settledTwice() {
        return twice(all(CalleeSettled.class)
                .map(settled -> new Place(settled.order(), settled.person()) + " has two final states")
                .toList());
    }

    List<String> setAside() {
        return all(ArrivalSetAside.class).map(ArrivalSetAside::toString).toList();
    }

    /** Errands that were planned and have neither a report nor a withdrawal. */
    List<String> lostErrands() {
        var open = new HashMap<String, Errand>();
        for (var told : facts) {
            if (told.fact() instanceof SettlesErrands settles) {
                settles.settledKeys().forEach(open::remove);
            }
            if (told.fact() instanceof OrdersErrands orders) {
                orders.errands().forEach(errand -> open.put(errand.key(), errand));
            }
        }
        return open.values().stream()
                .map(errand -> errand.key() + " to " + errand.to() + " has neither report nor withdrawal")
                .toList();
    }

    /** What was reported as handed over although no carrier has it. */
    List<String> neverHandedOver() {
        var taken = keysTaken();
        return all(AttemptReported.class)
                .filter(reported -> reported.report().kind() == Kind.SUBMITTED)
                .map(reported -> reported.report().key())
                .filter(key -> !taken.contains(key))
                .map(key -> key + " is reported as handed over, but no carrier has it")
                .toList();
    }

    /** What carriers have although nobody planned it. */
    List<String> unplanned() {
        var planned = planned().keySet();
        return keysTaken().stream()
                .filter(key -> !planned.contains(key))
                .map(key -> key + " was handed over but never planned")
                .toList();
    }

    private Set<String> keysTaken() {
        var keys = new HashSet<String>();
        submissions.forEach(one -> keys.add(one.dispatch().key()));
        return keys;
    }

    private Map<String, Errand> planned() {
        var planned = new HashMap<String, Errand>();
        for (var told : facts) {
            if (told.fact() instanceof OrdersErrands orders) {
                orders.errands().forEach(errand -> planned.put(errand.key(), errand));
            }
        }
        return planned;
    }

    /** Rounds that began twice, and receipts that counted twice; nobody asked for a second call here. */
    List<String> doubles() {
        var rounds = all(RoundStarted.class)
                .map(round ->
                        "round " + round.round() + " of " + new Place(round.order(), round.person()) + " began twice")
                .toList();
        var receipts = all(EvidenceHeard.class)
                .map(heard -> "receipt " + heard.event().carrier() + " "
                        + heard.event().event() + " of " + heard.event().key() + " counts twice")
                .toList();
        return Stream.of(twice(rounds), twice(receipts)).flatMap(List::stream).toList();
    }

    /** Keys for which a telephone rang more than once, as carriers tell how each ring went. */
    List<String> rangAgain() {
        var rings = all(EvidenceHeard.class)
                .map(EvidenceHeard::event)
                .filter(event -> RINGS.contains(event.kind()))
                .map(event -> "key " + event.key() + " rang twice")
                .toList();
        return twice(rings);
    }

    /** How often a carrier was handed a key that it had already; it carries it once. */
    long keysHandedOverAgain() {
        return submissions.size() - keysTaken().size();
    }

    /** Calls that were planned for somebody whose ladder had ended. */
    List<String> plannedAfterTheAnswer() {
        var ended = new HashSet<Place>();
        var wrongs = new ArrayList<String>();
        for (var told : facts) {
            if (told.fact() instanceof CalleeSettled settled) {
                ended.add(place(settled));
            } else if (told.fact() instanceof RoundStarted round
                    && ended.contains(new Place(round.order(), round.person()))) {
                wrongs.add(round + " began after the end of its ladder");
            }
        }
        return wrongs;
    }

    /** For each call handed over after its callee's ladder had ended: by how much, on the clock of the story. */
    List<Duration> afterTheAnswer() {
        var ended = new HashMap<Place, Instant>();
        facts.stream()
                .filter(told -> told.fact() instanceof CalleeSettled)
                .forEach(told -> ended.put(place((CalleeSettled) told.fact()), told.at()));
        var planned = planned();
        return submissions.stream()
                .flatMap(one -> Optional.ofNullable(planned.get(one.dispatch().key())).stream()
                        .flatMap(errand ->
                                Optional.ofNullable(ended.get(new Place(errand.order(), errand.callee()))).stream())
                        .map(end -> Duration.between(end, one.at())))
                .filter(Duration::isPositive)
                .sorted()
                .toList();
    }

    private static Place place(CalleeSettled settled) {
        return new Place(settled.order(), settled.person());
    }

    /** Acknowledged arrivals of which there is no trace. */
    List<String> missing(Witness witness) {
        var notes = new HashMap<String, Long>();
        facts.stream()
                .filter(told -> told.fact() instanceof NoteWritten)
                .forEach(told -> notes.put(((NoteWritten) told.fact()).text(), told.arrival()));
        var read = new HashSet<Instant>();
        journal.stream()
                .filter(reading -> reading.station().equals(witness.station()))
                .forEach(reading -> read.add(reading.observedAt()));
        var steps = new StepStore(rooms.database());
        var wrongs = new ArrayList<String>();
        for (var ack : witness.acks()) {
            var there = ack.note() ? notes.containsKey(ack.text()) : read.contains(ack.observedAt());
            var taken = ack.arrival().isEmpty()
                    || steps.findOutcome(ROOM, ack.arrival().getAsLong()).isPresent();
            if (!there || !taken) {
                wrongs.add(ack + " was acknowledged; there: " + there + ", taken: " + taken);
            }
        }
        var missing = new Rooms(rooms.database()).missing(ROOM);
        if (missing != 0) {
            wrongs.add(missing + " numbers are missing in the inbox");
        }
        return wrongs;
    }

    /** What an auditor finds in an export. */
    Verdict verified() throws IOException {
        var file = Files.createTempFile(data.toAbsolutePath().getParent(), "ledger-", ".jsonl");
        var keys = rooms.keys(ROOM);
        var ledger = new LedgerStore(rooms.database());
        try (var out = Files.newOutputStream(file)) {
            var entries = ledger.entries(ROOM, ledger.head(ROOM).count(), ChainedEntry::new);
            LedgerExport.write(out, ROOM, keys.publicKeyHex(), entries, keys::sign);
        }
        return LedgerVerify.verify(file, Anchor.NONE.withKey(keys.publicKeyHex()));
    }

    /** Seals of the journal that do not fit its rows; a journal that was never sealed is wrong too. */
    List<String> brokenSeals() {
        var store = new JournalStore(rooms.database());
        var broken = store.firstBrokenSeal(ROOM);
        if (broken.isPresent()) {
            return List.of("the seal in fact " + broken.getAsLong() + " does not fit the journal");
        }
        return store.seals(ROOM) == 0 ? List.of("the journal was never sealed") : List.of();
    }

    /** Rows of the caches that a rebuild makes differently. */
    List<String> changedByRebuild() {
        var before = caches();
        Rebuild.run(rooms.database(), ROOM, Home.rules(rooms.directory().criteria()), rooms.keys(ROOM));
        var after = caches();
        var lost = new ArrayList<>(before);
        lost.removeAll(new HashSet<>(after));
        var added = new ArrayList<>(after);
        added.removeAll(new HashSet<>(before));
        return Stream.concat(
                        lost.stream().map(row -> "before: " + row),
                        added.stream().map(row -> "after: " + row))
                .toList();
    }

    private List<String> caches() {
        return Tables.CACHES.stream()
                .flatMap(query -> Tables.rows(rooms.database(), ROOM, query).stream())
                .toList();
    }

    private static List<String> twice(List<String> sentences) {
        var seen = new HashSet<String>();
        return sentences.stream().filter(one -> !seen.add(one)).toList();
    }

    @Override
    public void close() {
        rooms.close();
    }
}
