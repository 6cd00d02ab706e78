package jiaoying.server.main;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import jiaoying.duty.ledger.Fact;
import jiaoying.duty.room.Settings;
import jiaoying.duty.room.View.AlertView;
import jiaoying.server.courier.Carrier;
import jiaoying.server.demo.DemoClock;
import jiaoying.server.demo.DemoWorld;
import jiaoying.server.loop.LoopListener;
import jiaoying.server.page.VisitorPhone;
import jiaoying.server.page.VisitorPhone.Heard;
import jiaoying.server.page.VisitorPhone.Phone;
import jiaoying.server.register.AreaLocator;
import jiaoying.server.replay.StormRegister;
import jiaoying.server.replay.StormYaml;
import jiaoying.server.security.DoorTokens;
import jiaoying.sim.carrier.Line;
import jiaoying.sim.people.SimulatedPeople;
import jiaoying.sim.storm.Storm;
import jiaoying.sim.storm.StormUnreadable;

/**
 * The stage of a demonstration (演示): a recorded storm over the sample city, faster than life, with simulated people of
 * whom the visitor plays one.
 */
final class DemoStage implements Stage {
    private static final long SEED = 1;
    private static final double ANSWER_RATE = 0.9;

    /** The responsible person of Caoqiao Community (曹桥社区), in the town that turns orange first. */
    private static final String VISITOR = "P165";

    /** Nobody answers for Caoqiao Village (曹桥村): neither its responsible person nor his deputy. */
    private static final Set<String> SILENT = Set.of("P168", "P169");

    private final Storm storm;
    private final Path city;
    private final DemoClock clock;
    private final DemoWorld world;
    private final String token;
    private volatile String visitorName = VISITOR;

    private DemoStage(Storm storm, Path city, DemoClock clock, DemoWorld world, String token) {
        this.storm = storm;
        this.city = city;
        this.clock = clock;
        this.world = world;
        this.token = token;
    }

    /** @param city folder of the sample city; data: where the simulated phones keep what they received */
    static DemoStage prepare(Path stormFolder, Path city, Path data, double speed) {
        try {
            var storm = StormYaml.read(stormFolder);
            var clock = DemoClock.start(storm.sheet().story().orElseGet(storm::start), speed);
            var people = new SimulatedPeople(SEED, ANSWER_RATE, Set.of(VISITOR), SILENT);
            var folder = Files.createDirectories(data.resolve("demo"));
            return new DemoStage(storm, city, clock, DemoWorld.prepare(storm, clock, people, folder), token(folder));
        } catch (StormUnreadable wrong) {
            throw new Refusal("run.storm-unreadable", stormFolder, String.valueOf(wrong.getMessage()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The visitor's page keeps its address over a restart. */
    private static String token(Path folder) throws IOException {
        var file = folder.resolve("visitor");
        if (!Files.exists(file)) {
            Files.writeString(file, UUID.randomUUID().toString());
        }
        return Files.readString(file).strip();
    }

    @Override
    public InstantSource clock() {
        return clock;
    }

    @Override
    public double speed() {
        return clock.speed();
    }

    @Override
    public String banner() {
        return storm.sheet().title();
    }

    @Override
    public Settings settings() {
        return BareStage.settings("pinghu", "平湖（示例）", true);
    }

    @Override
    public Optional<Path> register() {
        return Optional.of(city);
    }

    @Override
    public List<Fact> furnished(List<Fact> rows) {
        try {
            return StormRegister.rows(storm, rows, AreaLocator.read(city.resolve("areas.geojson")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public List<Carrier> carriers() {
        return world.carriers();
    }

    @Override
    public LoopListener listener() {
        return world;
    }

    @Override
    public Optional<String> visitorPage() {
        return Optional.of("/phone/" + token);
    }

    @Override
    public VisitorPhone phones() {
        return new VisitorPhone(
                asked -> asked.equals(token) ? Optional.of(new Phone(visitorName, heard())) : Optional.empty(),
                (asked, call, key) -> asked.equals(token) && world.press(call, key));
    }

    private List<Heard> heard() {
        return world.phone(VISITOR).stream()
                .map(one -> new Heard(one.at(), one.channel(), one.text(), one.ringing()))
                .toList();
    }

    @Override
    public void begin(RoomAtWork room, int port) {
        clock.goOnFrom(room.row().recordedAt());
        visitorName = room.register().names(room.room()).getOrDefault(VISITOR, VISITOR);
        if (room.row().journalCount() == 0) {
            room.put(world.history()).join();
        }
        world.start(
                URI.create("http://127.0.0.1:" + port),
                tokens(room),
                room.register().areas(room.room()),
                openAlerts(room));
    }

    /** New ones at each start; the room keeps no token in the clear. */
    private static DemoWorld.Tokens tokens(RoomAtWork room) {
        var doors = new DoorTokens(room::accounts, InstantSource.system());
        Map<String, String> carriers = Stream.of(Line.values())
                .collect(Collectors.toMap(Line::carrier, line -> doors.make(line.carrier(), "carrier")));
        return new DemoWorld.Tokens(doors.make("storm", "readings"), doors.make("office", "signals"), carriers);
    }

    private static List<AlertView> openAlerts(RoomAtWork room) {
        var fact = room.row().lastFact();
        return room.reads().rows().list("alert", "", 0, fact).stream()
                .map(AlertView.class::cast)
                .filter(alert -> alert.decision().isEmpty())
                .toList();
    }

    @Override
    public void close() {
        world.close();
    }
}
