package jiaoying.server.main;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.ToLongFunction;
import jiaoying.duty.ledger.Fact;
import jiaoying.duty.room.Arrival;
import jiaoying.duty.room.Settings;
import jiaoying.duty.room.View.AlertView;
import jiaoying.duty.room.View.SignalView;
import jiaoying.duty.roster.RosterFact.PersonRegistered;
import jiaoying.duty.warn.WarnFact.ThresholdAlertRaised;
import jiaoying.server.courier.Carrier;
import jiaoying.server.demo.DemoClock;
import jiaoying.server.demo.DemoHazards;
import jiaoying.server.demo.DemoWorld;
import jiaoying.server.forecaster.ForecasterSettings;
import jiaoying.server.forecaster.ForecasterSettingsFile;
import jiaoying.server.loop.LoopListener;
import jiaoying.server.page.RoomInfo;
import jiaoying.server.page.VisitorPhone;
import jiaoying.server.replay.SampleCity;
import jiaoying.server.replay.StormRegister;
import jiaoying.server.replay.StormYaml;
import jiaoying.server.security.DoorTokens;
import jiaoying.server.security.Role;
import jiaoying.sim.carrier.Line;
import jiaoying.sim.people.SimulatedPeople;
import jiaoying.sim.storm.Storm;

/** The stage of a demonstration (演示): the sample city under a recorded storm, with simulated stations, office, carriers and people. */
final class DemoStage implements Stage {
    /** With this seed somebody answers for everybody in the end: the person, his deputy or his superior. */
    private static final long SEED = 2;

    private static final double ANSWER_RATE = 0.93;

    /** The person whom the visitor plays: responsible for the first village of the first town that turns orange. */
    private static final String VISITOR = "P165";

    private static final String VISITOR_VILLAGE = "330482003001";

    /** Registers and assesses hazards. */
    private static final String OFFICER = "P003";

    /** Supervises hazards, and checks them. */
    private static final String SUPERVISOR = "P007";

    /** A village in which nobody who is responsible answers: its ladder goes up to the deputy. */
    private static final Set<String> SILENT = Set.of("P171", "P173");

    /** Hazards first; then land, by whose five an inefficient enterprise goes its whole way. */
    static final List<SampleAccount> SAMPLE_ACCOUNTS = List.of(
            new SampleAccount("run.supervisor", "示例督办员", EnumSet.of(Role.DEPARTMENT), List.of(), SUPERVISOR),
            new SampleAccount("run.rectifier", "示例整改人", EnumSet.of(Role.VILLAGE), List.of(VISITOR_VILLAGE), VISITOR),
            new SampleAccount("run.land.bureau", "示例经信局", EnumSet.of(Role.DEPARTMENT), List.of(), "P471"),
            new SampleAccount("run.land.town", "示例经发办", EnumSet.of(Role.TOWN), List.of("330482102"), "P480"),
            new SampleAccount("run.land.acceptance", "示例验收组", EnumSet.of(Role.DEPARTMENT), List.of(), "P473"),
            new SampleAccount("run.land.supervisor", "示例专班", EnumSet.of(Role.DEPARTMENT), List.of(), "P474"),
            new SampleAccount("run.land.leader", "示例副市长", EnumSet.of(Role.DEPARTMENT), List.of(), "P475"));

    static final SimulatedPeople PEOPLE = new SimulatedPeople(SEED, ANSWER_RATE, Set.of(VISITOR), SILENT);

    private final Path data;
    private final double speed;
    private final String token;
    private final CompletableFuture<Played> played;
    private volatile Optional<DemoClock> clock = Optional.empty();
    private volatile Optional<DemoWorld> world = Optional.empty();
    private final DemoHazards hazards = new DemoHazards();

    /** What is played, and where. */
    private record Played(Storm storm, SampleCity city) {
        static Played read(Path storm) {
            try {
                return new Played(StormYaml.read(storm), SampleCity.read(Home.sampleCity()));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /**
     * Begins to read the storm, which takes about as long as the database and the pages need to start.
     *
     * @param data the demonstration's data directory
     */
    DemoStage(Path data, Path storm, double speed) throws IOException {
        this.data = data;
        this.speed = speed;
        this.token = token(data.resolve("keys"));
        this.played = CompletableFuture.supplyAsync(() -> Played.read(storm), DemoStage::onOwnThread);
    }

    private static void onOwnThread(Runnable work) {
        Thread.ofPlatform().daemon().name("storm-reader").start(work);
    }

    private static Instant story(Storm storm) {
        return storm.sheet().story().orElseGet(storm::start);
    }

    /** The visitor's link is a secret and stays the same after a restart. */
    private static String token(Path folder) throws IOException {
        var file = folder.resolve("visitor");
        if (!Files.exists(file)) {
            var secret = new byte[16];
            new SecureRandom().nextBytes(secret);
            Files.createDirectories(
                    folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(file, HexFormat.of().formatHex(secret));
        }
        return Files.readString(file).strip();
    }

    @Override
    public InstantSource clock() {
        return () -> clock.map(DemoClock::instant)
                .orElseGet(() -> story(played.join().storm()));
    }

    @Override
    public double speed() {
        return clock.map(DemoClock::speed).orElse(speed);
    }

    @Override
    public RoomInfo.Banner banner() {
        var sheet = played.join().storm().sheet();
        return new RoomInfo.Banner(sheet.title(), sheet.titleEn());
    }

    @Override
    public Settings settings() {
        return BareStage.settings("pinghu", "平湖（示例）", true);
    }

    @Override
    public Optional<ForecasterSettings> forecaster(Path directory) {
        return ForecasterSettingsFile.read(directory).or(() -> ForecasterSettings.demonstration(directory, speed));
    }

    @Override
    public void resume(Instant lastRecorded) {
        var storm = played.join().storm();
        var started = DemoClock.standing(story(storm), Optional.of(lastRecorded), speed);
        clock = Optional.of(started);
        try {
            world = Optional.of(DemoWorld.prepare(storm, started, PEOPLE, VISITOR, data));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public List<Fact> city() {
        var city = played.join().city();
        return StormRegister.rows(played.join().storm(), city.rows(), city.areas());
    }

    @Override
    public Optional<Path> outlines() {
        return Optional.of(Home.sampleCity().resolve("areas.geojson"));
    }

    @Override
    public Optional<Arrival.Readings> history() {
        return Optional.of(world().history())
                .filter(history -> !history.readings().isEmpty());
    }

    @Override
    public void items(ToLongFunction<Arrival> bring) {
        DemoHazards.open(clock().instant(), bring);
    }

    @Override
    public List<SampleAccount> accounts() {
        return SAMPLE_ACCOUNTS;
    }

    @Override
    public String firstPerson() {
        return OFFICER;
    }

    @Override
    public List<Carrier> carriers() {
        return world().carriers();
    }

    @Override
    public LoopListener listener() {
        LoopListener answers = (lastFact, at, facts, errands, touched) -> hazards.hear(at, facts);
        return world().and(answers);
    }

    @Override
    public VisitorPhone phones() {
        return new VisitorPhone(
                asked -> token.equals(asked) ? Optional.of(phone()) : Optional.empty(),
                (asked, call, key) -> token.equals(asked) && world().press(call, key));
    }

    private VisitorPhone.Phone phone() {
        world().looked();
        var heard = world().phone(VISITOR).stream()
                .map(one -> new VisitorPhone.Heard(one.at(), one.channel(), one.text(), one.ringing()))
                .toList();
        return new VisitorPhone.Phone(name(), heard);
    }

    private String name() {
        return played.join().city().rows().stream()
                .filter(PersonRegistered.class::isInstance)
                .map(PersonRegistered.class::cast)
                .filter(person -> person.person().equals(VISITOR))
                .map(person -> person.name().text())
                .findFirst()
                .orElse(VISITOR);
    }

    @Override
    public Optional<String> visitorPage() {
        return Optional.of("/phone/" + token);
    }

    @Override
    public void begin(RoomAtWork room, String address) {
        var doors = new DemoDoors(data.resolve("keys").resolve("demo-doors"), new DoorTokens(room::accounts, clock()));
        var carriers = new TreeMap<String, String>();
        Arrays.stream(Line.values())
                .forEach(line -> carriers.put(line.carrier(), doors.token(line.carrier(), "carrier")));
        var tokens = new DemoWorld.Tokens(doors.token("模拟测站", "readings"), doors.token("模拟气象台", "signals"), carriers);
        hazards.begin(arrival -> room.put(arrival).exceptionally(loss -> 0L));
        world().start(URI.create(address), tokens, room.register().areas(room.room()), alerts(room), signals(room));
    }

    /** A forecast's alert is answered by the room itself. */
    private static List<AlertView> alerts(RoomAtWork room) {
        return room.reads().rows().list("alert", "", 0, room.row().lastFact()).stream()
                .map(AlertView.class::cast)
                .filter(alert -> !alert.criteria().startsWith(ThresholdAlertRaised.FORECAST))
                .toList();
    }

    private static List<SignalView> signals(RoomAtWork room) {
        return room.reads().rows().list("signal", "", 0, room.row().lastFact()).stream()
                .map(SignalView.class::cast)
                .toList();
    }

    private DemoWorld world() {
        return world.orElseThrow(() -> new IllegalStateException("Bug: the stage is used before the room is opened"));
    }

    @Override
    public void close() {
        world.ifPresent(DemoWorld::close);
    }
}
