package jiaoying.server.demo;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import jiaoying.duty.errand.Channel;
import jiaoying.duty.ledger.Fact;
import jiaoying.duty.room.Arrival;
import jiaoying.duty.room.View.AlertView;
import jiaoying.duty.room.View.SignalView;
import jiaoying.duty.room.ViewKey;
import jiaoying.duty.roster.RosterFact.AreaRegistered;
import jiaoying.duty.warn.WarnFact;
import jiaoying.duty.warn.WarnFact.ThresholdAlertRaised;
import jiaoying.server.courier.Carrier;
import jiaoying.server.loop.LoopListener;
import jiaoying.sim.carrier.Line;
import jiaoying.sim.carrier.LoopbackCarriers;
import jiaoying.sim.carrier.LoopbackCarriers.Told;
import jiaoying.sim.carrier.SimulatedCarrier;
import jiaoying.sim.carrier.TakenFile;
import jiaoying.sim.office.SimulatedOffice;
import jiaoying.sim.office.SimulatedOffice.Alert;
import jiaoying.sim.people.SimulatedPeople;
import jiaoying.sim.storm.Storm;

/**
 * The outside world of a demonstration (演示): stations, weather office, carriers and people, on the demonstration's clock.
 * It is made before the server, which needs its {@link #carriers()}, and begins to move with {@link #start}. It sees of the
 * server what any outsider sees, its doors; as {@link LoopListener} it only overhears threshold alerts and signals for the office.
 */
public final class DemoWorld implements LoopListener, AutoCloseable {
    /** How long the world waits for its threads when it ends. */
    private static final Duration LAST_STEP = Duration.ofSeconds(2);

    private static final Duration LOOK_EVERY = Duration.ofMillis(200);

    private final Storm storm;
    private final DemoClock clock;
    private final Path stations;
    private final FairTime fairTime;
    private final SimulatedOffice office;
    private final LoopbackCarriers phones;
    private final Map<String, String> areaNames = new ConcurrentHashMap<>();
    private final List<Alert> overheard = new ArrayList<>();
    private final SignalsOfOthers others = new SignalsOfOthers();
    private final List<Thread> threads = new ArrayList<>();
    private Optional<PhonesToServer> toServer = Optional.empty();
    private Optional<OfficeLine> officeLine = Optional.empty();

    /** Bearer tokens of the doors. @param carriers by name of the carrier, see {@link Line#carrier()} */
    public record Tokens(String readings, String signals, Map<String, String> carriers) {}

    /** @param ringing id of a call that can be picked up now */
    public record Heard(Instant at, Channel channel, String text, Optional<String> ringing) {}

    /**
     * @param visitor the person whom a visitor plays
     * @param folder  where simulated carriers remember what they took, and stations what was acknowledged
     */
    public static DemoWorld prepare(Storm storm, DemoClock clock, SimulatedPeople people, String visitor, Path folder)
            throws IOException {
        return new DemoWorld(storm, clock, people, visitor, folder);
    }

    private DemoWorld(Storm storm, DemoClock clock, SimulatedPeople people, String visitor, Path folder)
            throws IOException {
        this.storm = storm;
        this.clock = clock;
        fairTime = new FairTime(clock, visitor, System::nanoTime);
        stations = folder.resolve("simulated-stations");
        office = new SimulatedOffice(people.seed());
        phones = LoopbackCarriers.start(
                0,
                new SimulatedCarrier(people.seed(), people),
                clock,
                new TakenFile(folder.resolve("simulated-carriers")),
                this::tell);
    }

    /** The only carriers of a demonstration, mail included. */
    public List<Carrier> carriers() {
        return Stream.of(Line.values())
                .map(line -> (Carrier) new WireCarrier(line, phones.address()))
                .toList();
    }

    /** What the stations reported in the day before the story begins; a new room begins with it. */
    public Arrival.Readings history() {
        return StormPlayer.before(storm, clock.instant());
    }

    /**
     * Lets the clock run and the storm begin, or go on.
     *
     * @param areas   names for what the office writes
     * @param alerts  threshold alerts; the office answers those that it owes a signal, see {@link OwedSignals}
     * @param signals of the office and of others, those that have ended too
     */
    public synchronized void start(
            URI server,
            Tokens tokens,
            Collection<AreaRegistered> areas,
            Collection<AlertView> alerts,
            Collection<SignalView> signals) {
        signals.stream()
                .filter(row -> row.endedAt().isEmpty())
                .forEach(row -> others.issued(row.signal(), row.hazard(), row.area(), row.source(), row.color()));
        areas.forEach(area -> areaNames.put(area.area(), area.nameZh()));
        toServer = Optional.of(new PhonesToServer(server, tokens.carriers()));
        clock.go();
        var line = new OfficeLine(office, clock, new ServerDoor(server, tokens.signals()), others);
        OwedSignals.of(alerts, signals).stream().map(this::alert).forEach(line::hear);
        overheard.forEach(line::hear);
        overheard.clear();
        officeLine = Optional.of(line);
        threads.add(Thread.ofPlatform().daemon().name("simulated-office").start(line));
        var player = new StormPlayer(storm, clock, new ServerDoor(server, tokens.readings()), stations);
        threads.add(Thread.ofPlatform().daemon().name("simulated-stations").start(player));
        threads.add(Thread.ofPlatform().daemon().name("fair-time").start(this::keepFair));
    }

    private void keepFair() {
        try {
            while (true) {
                fairTime.settle();
                Thread.sleep(LOOK_EVERY);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Somebody looks at the visitor's phone. */
    public void looked() {
        fairTime.looked();
    }

    /** What a person's simulated phone has, newest first. */
    public List<Heard> phone(String person) {
        return phones.phone(person).stream()
                .map(received -> new Heard(
                        received.at(),
                        Channel.valueOf(received.dispatch().line().name()),
                        received.dispatch().message(),
                        received.ringing() ? Optional.of(received.dispatch().key()) : Optional.empty()))
                .toList();
    }

    /** The visitor presses key 1 or 9 in a call that rings; false when it does not ring any more. */
    public boolean press(String call, char key) {
        return phones.press(call, key);
    }

    @Override
    public void committed(long lastFact, Instant at, List<Fact> facts, boolean errands, Set<ViewKey> touched) {
        for (var fact : facts) {
            fairTime.hear(fact);
            if (fact instanceof WarnFact warned) {
                others.hear(warned);
            }
            if (fact instanceof ThresholdAlertRaised raised && !raised.byForecast()) {
                overhear(at, raised);
            }
        }
    }

    private synchronized void overhear(Instant at, ThresholdAlertRaised raised) {
        var alert = new Alert(
                raised.alert(),
                raised.hazard(),
                raised.area(),
                areaName(raised.area()),
                raised.color().word(),
                at);
        officeLine.ifPresentOrElse(line -> line.hear(alert), () -> overheard.add(alert));
    }

    private Alert alert(AlertView open) {
        return new Alert(
                open.alert(),
                open.hazard(),
                open.area(),
                areaName(open.area()),
                open.color().word(),
                open.raisedAt());
    }

    private String areaName(String area) {
        return areaNames.getOrDefault(area, area);
    }

    private void tell(List<Told> happenings) throws IOException, InterruptedException {
        server().tell(happenings);
    }

    private synchronized PhonesToServer server() throws IOException {
        return toServer.orElseThrow(() -> new IOException("the server is not up yet"));
    }

    @Override
    public void close() {
        phones.close();
        threads.forEach(Thread::interrupt);
        try {
            for (var thread : threads) {
                thread.join(LAST_STEP); // what it wrote down of what was acknowledged is whole
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
