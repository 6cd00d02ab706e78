package jiaoying.server.replay;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import jiaoying.duty.ledger.Fact;
import jiaoying.duty.measure.Finding;
import jiaoying.duty.measure.Sentence;
import jiaoying.duty.monitor.SignalColor;
import jiaoying.duty.room.Arrival;
import jiaoying.duty.room.Rules;
import jiaoying.duty.room.Settings;
import jiaoying.duty.room.ViewKey;
import jiaoying.duty.warn.WarnFact.ThresholdAlertRaised;
import jiaoying.server.courier.Carrier;
import jiaoying.server.courier.CourierPump;
import jiaoying.server.ledger.ChainedEntry;
import jiaoying.server.ledger.Head;
import jiaoying.server.ledger.LedgerExport;
import jiaoying.server.loop.LoopListener;
import jiaoying.server.loop.RoomLoop;
import jiaoying.server.store.Database;
import jiaoying.server.store.Inbox;
import jiaoying.server.store.Keys;
import jiaoying.server.store.LedgerStore;
import jiaoying.server.store.Rooms;
import jiaoying.sim.carrier.Line;
import jiaoying.sim.carrier.SimulatedCarrier;
import jiaoying.sim.office.SimulatedOffice;
import jiaoying.sim.people.SimulatedPeople;
import jiaoying.sim.schedule.Scheduler;
import jiaoying.sim.storm.BadRow;
import jiaoying.sim.storm.Storm;
import jiaoying.sim.storm.StormStep;

/**
 * Plays a storm through inbox, loop, store and couriers on a virtual clock, in one thread: stations report each step at its
 * end, a simulated office answers alerts, simulated carriers and people answer calls. Time moves only when nothing is left
 * to do, so that the same seed and storm give the same ledger byte for byte.
 */
final class Replay implements LoopListener, AutoCloseable {
    static final String ROOM = "replay";

    /** How long it goes on at most after the last reading. */
    private static final Duration LONGEST_END = Duration.ofHours(48);

    private static final int INBOX = 100_000;

    private final Storm storm;
    private final Duration silentAfter;
    private final Consumer<Instant> progress;
    private final Scheduler scheduler;
    private final ReplayTally tally = new ReplayTally();
    private final SimulatedOffice office;
    private final StationNames stations;
    private final Keys keys;
    private final LedgerStore ledger;
    private final Inbox inbox;
    private final RoomLoop loop;
    private final CourierPump pump;
    private Optional<Instant> ringing = Optional.empty();
    private long received;
    private int coming;

    /** @param progress hears how far the virtual clock is */
    Replay(Storm storm, Rules rules, SimulatedPeople people, Database database, Consumer<Instant> progress) {
        this.storm = storm;
        silentAfter = rules.quality().silentAfter();
        this.progress = progress;
        scheduler = new Scheduler(storm.start());
        office = new SimulatedOffice(people.seed());
        stations = new StationNames(storm);
        ledger = new LedgerStore(database);
        inbox = Inbox.forReplay(database, scheduler, INBOX);
        keys = Keys.ofSeed(people.seed(), ROOM);
        new Rooms(database).open(ROOM, true, keys, storm.start());
        loop = RoomLoop.openForReplay(database, ROOM, rules, keys, inbox, scheduler, this);
        var carrier = new SimulatedCarrier(people.seed(), people);
        var carriers = Stream.of(Line.values())
                .map(line -> (Carrier) new ReplayCarrier(line, carrier, tally, this))
                .toList();
        pump = new CourierPump(database, ROOM, carriers, inbox, keys, scheduler, "http://127.0.0.1");
    }

    /** Plays the storm to its end. @param register rows of the register in which it is played */
    void play(List<Fact> register) {
        put(new Arrival.RoomSet("replay", settings()));
        put(new Arrival.RegisterChanged("replay", register));
        storm.steps().forEach(step -> later(step.end(), () -> report(step)));
        do {
            settle();
            askForRing();
        } while (!over() && scheduler.advance());
    }

    /** Writes the ledger as it is exported for an auditor. */
    Head export(Path file) throws IOException {
        loop.save();
        var head = ledger.head(ROOM);
        try (var out = Files.newOutputStream(file)) {
            var entries = ledger.entries(ROOM, head.count(), ChainedEntry::new);
            return LedgerExport.write(out, ROOM, keys.publicKeyHex(), entries, keys::sign);
        }
    }

    ReplayReport report(double levelChangesPerStation, ReplayReport.Ledger ledger, Duration wall) {
        return new ReplayReport(
                tally.readings(received),
                tally.warnings(),
                levelChangesPerStation,
                tally.areaLevelChanges(),
                tally.calls(),
                ledger,
                wall.toMillis() / 1000.0,
                tally.setAside());
    }

    private Settings settings() {
        return new Settings(
                ROOM,
                storm.sheet().title(),
                Settings.Issuer.HEADQUARTERS,
                true,
                false,
                Duration.ofMinutes(5),
                Optional.empty(),
                "Asia/Shanghai");
    }

    private void report(StormStep step) {
        progress.accept(step.end());
        var readings = step.observations().stream().map(stations::reading).toList();
        var malformed = step.bad().stream().map(Replay::finding).toList();
        received += readings.size() + malformed.size();
        put(new Arrival.Readings("storm", readings, malformed));
    }

    /** The row is counted from 0 after the header, as in a message with the same rows. */
    private static Finding finding(BadRow row) {
        return Finding.unread(
                Math.toIntExact(row.line() - 2),
                row.field(),
                row.value(),
                new Sentence(
                        row.allowed().code(),
                        row.allowed().values().stream().map(String::valueOf).toList()));
    }

    /** Lets the server do all that can be done now. */
    private void settle() {
        int done;
        do {
            done = loop.turn() + carry();
        } while (done > 0);
    }

    /** Couriers look only at what is committed: who has answered by now is not called. */
    private int carry() {
        if (pump.nextTurn().isAfter(scheduler.instant())) {
            return 0;
        }
        loop.save();
        return pump.turn(scheduler.instant());
    }

    private void askForRing() {
        loop.nextRing().filter(at -> !ringing.equals(Optional.of(at))).ifPresent(at -> {
            ringing = Optional.of(at);
            scheduler.at(at, () -> loop.ring(scheduler.instant()));
        });
    }

    /** The data is over, and everything that can still follow from it has. */
    private boolean over() {
        var silence = Duration.between(storm.end(), scheduler.instant());
        if (!silence.isNegative()) {
            loop.save();
        }
        if (silence.isNegative() || coming > 0 || tally.timersOpen()) {
            return silence.compareTo(LONGEST_END) > 0;
        }
        return tally.everyOrderClosed() || silence.compareTo(silentAfter.plusMinutes(1)) > 0;
    }

    /** What the outside world does at that time. */
    void later(Instant at, Runnable what) {
        coming++;
        scheduler.at(at, () -> {
            coming--;
            what.run();
        });
    }

    Instant now() {
        return scheduler.instant();
    }

    /** Puts something on the doorstep of the room. */
    void put(Arrival arrival) {
        inbox.put(ROOM, arrival);
    }

    @Override
    public void committed(long lastFact, Instant at, List<Fact> facts, boolean errands, Set<ViewKey> touched) {
        if (errands) {
            pump.wake();
        }
        tally.note(at, facts);
        for (var fact : facts) {
            if (fact instanceof ThresholdAlertRaised raised) {
                answer(at, raised);
            }
        }
    }

    private void answer(Instant at, ThresholdAlertRaised raised) {
        var signal = office.hear(new SimulatedOffice.Alert(
                raised.alert(),
                raised.hazard(),
                raised.area(),
                tally.areaName(raised.area()),
                raised.color().word(),
                at));
        later(
                signal.at(),
                () -> put(new Arrival.SignalReceived(
                        signal.source(),
                        "office",
                        signal.hazard(),
                        signal.area(),
                        SignalColor.find(signal.color()).orElseThrow(),
                        signal.text(),
                        signal.alert())));
    }

    @Override
    public void close() {
        pump.close();
        loop.close();
        inbox.close();
    }
}
