package jiaoying.server.main;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import jiaoying.duty.ledger.Fact;
import jiaoying.duty.room.Arrival;
import jiaoying.duty.room.Settings;
import jiaoying.duty.room.View.AlertView;
import jiaoying.server.courier.Carrier;
import jiaoying.server.demo.DemoClock;
import jiaoying.server.demo.DemoWorld;
import jiaoying.server.demo.Story;
import jiaoying.server.loop.LoopListener;
import jiaoying.server.page.VisitorPhone;
import jiaoying.server.page.VisitorPhone.Heard;
import jiaoying.server.page.VisitorPhone.Phone;
import jiaoying.server.replay.SampleCity;
import jiaoying.server.replay.StormRegister;
import jiaoying.server.replay.StormYaml;
import jiaoying.server.security.DoorTokens;
import jiaoying.sim.carrier.Line;
import jiaoying.sim.people.SimulatedPeople;
import jiaoying.sim.storm.Storm;
import jiaoying.sim.storm.StormUnreadable;

/** The stage of a demo (演示): a recorded storm over the sample city, with a simulated weather office, carriers and people. */
final class DemoStage implements Stage {
    private static final long SEED = 1;
    private static final double ANSWER_RATE = 0.85;

    private final Path city;
    private final Path data;
    private final double speed;
    private final String lang;
    private final CompletableFuture<Script> script;
    private volatile Optional<DemoClock> clock = Optional.empty();
    private volatile Optional<DemoWorld> world = Optional.empty();
    private String visitorToken = "";

    /** The storm and the register in which it is played. */
    private record Script(Storm storm, List<Fact> register, Story story) {
        static Script read(Path storm, Path city) {
            try {
                var played = StormYaml.read(storm);
                var sample = SampleCity.read(city);
                var register = StormRegister.rows(played, sample.rows(), sample.areas());
                return new Script(played, register, Story.of(played, register));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (StormUnreadable e) {
                throw new Refusal("said", String.valueOf(e.getMessage()));
            }
        }
    }

    /** Begins to read the storm, which takes about as long as the database needs to start. */
    DemoStage(Path storm, Path city, Path data, double speed, String lang) {
        this.city = city;
        this.data = data;
        this.speed = speed;
        this.lang = lang;
        script = CompletableFuture.supplyAsync(
                () -> Script.read(storm, city),
                work -> Thread.ofPlatform().daemon().name("storm-reader").start(work));
    }

    @Override
    public Settings settings() {
        return BareStage.settings("pinghu", "平湖（示例）", true);
    }

    @Override
    public void set(Optional<Instant> lastRecorded) {
        var story = script.join().story();
        var started = DemoClock.start(story.start(), lastRecorded, speed);
        var visitors = story.visitor().isEmpty() ? List.<String>of() : List.of(story.visitor());
        var people = new SimulatedPeople(SEED, ANSWER_RATE, Set.copyOf(visitors), story.silent());
        try {
            visitorToken = visitorToken();
            world = Optional.of(DemoWorld.prepare(script.join().storm(), started, people, data));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        clock = Optional.of(started);
    }

    /** The same after a restart, so that the visitor's page goes on. */
    private String visitorToken() throws IOException {
        var file = data.resolve("visitor");
        if (!Files.exists(file)) {
            Files.writeString(file, UUID.randomUUID().toString());
        }
        return Files.readString(file).strip();
    }

    @Override
    public InstantSource clock() {
        return () -> clock.map(DemoClock::instant)
                .orElseThrow(() -> new IllegalStateException("Bug: the demo's clock is asked before it is set"));
    }

    @Override
    public double speed() {
        return speed;
    }

    @Override
    public String banner() {
        var sheet = script.join().storm().sheet();
        return lang.startsWith("en") ? sheet.titleEn() : sheet.title();
    }

    @Override
    public List<Arrival> firstDay() {
        return List.of(new Arrival.RegisterChanged("demo", script.join().register()), world().history());
    }

    @Override
    public Optional<Path> outlines() {
        return Optional.of(city.resolve("areas.geojson"));
    }

    @Override
    public List<Carrier> carriers() {
        return world().carriers();
    }

    @Override
    public VisitorPhone phones() {
        return new VisitorPhone(
                this::phone, (token, call, key) -> token.equals(visitorToken) && world().press(call, key));
    }

    private Optional<Phone> phone(String token) {
        var visitor = script.join().story().visitor();
        return Optional.of(token)
                .filter(given -> !given.isEmpty() && given.equals(visitorToken))
                .map(_ -> new Phone(
                        visitor,
                        world().phone(visitor).stream()
                                .map(heard -> new Heard(heard.at(), heard.channel(), heard.text(), heard.ringing()))
                                .toList()));
    }

    @Override
    public LoopListener listener() {
        return world();
    }

    @Override
    public Optional<String> visitorPage() {
        return script.join().story().visitor().isEmpty() ? Optional.empty() : Optional.of("/phone/" + visitorToken);
    }

    @Override
    public void begin(RoomAtWork room, URI server) {
        var doors = new DoorTokens(room::accounts, InstantSource.system());
        var carriers = new HashMap<String, String>();
        for (var line : Line.values()) {
            carriers.put(line.carrier(), doors.make(line.carrier(), "carrier"));
        }
        var tokens = new DemoWorld.Tokens(doors.make("storm", "readings"), doors.make("office", "signals"), carriers);
        var register = room.reads().register().get();
        world().start(server, tokens, register.areas().values(), room.rows("alert", AlertView.class));
    }

    private DemoWorld world() {
        return world.orElseThrow(() -> new IllegalStateException("Bug: the demo's world is asked before it is made"));
    }

    @Override
    public void close() {
        world.ifPresent(DemoWorld::close);
    }
}
