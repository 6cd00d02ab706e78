package jiaoying.server.main;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import jiaoying.duty.call.CallPlan;
import jiaoying.duty.room.Rules;
import jiaoying.server.cap.CapDesk;
import jiaoying.server.cap.CapFeeds;
import jiaoying.server.cap.CapOut;
import jiaoying.server.door.Doors;
import jiaoying.server.door.mqtt.BrokerSettingsFile;
import jiaoying.server.door.mqtt.MqttDoor;
import jiaoying.server.door.sl651.KnownStation;
import jiaoying.server.door.sl651.Sl651Door;
import jiaoying.server.door.sl651.StationSettingsFile;
import jiaoying.server.forecaster.Forecaster;
import jiaoying.server.forecaster.ForecasterSettingsFile;
import jiaoying.server.page.Changes;
import jiaoying.server.page.ForecastReads;
import jiaoying.server.page.Reads;
import jiaoying.server.page.RoomInfo;
import jiaoying.server.page.TraceController;
import jiaoying.server.postgres.ContinuousCopy;
import jiaoying.server.postgres.EmbeddedPostgres;
import jiaoying.server.postgres.PostgresUnavailable;
import jiaoying.server.postgres.Server;
import jiaoying.server.replay.StormWords;
import jiaoying.server.reply.Said;
import jiaoying.server.reply.WrongSetting;
import jiaoying.server.security.DoorTokens;
import jiaoying.server.security.SignInLinks;
import jiaoying.server.store.Backup;
import jiaoying.server.store.Database;
import jiaoying.server.store.DatabaseFailed;
import jiaoying.server.store.Mentions;
import jiaoying.server.store.RecordingStore;
import jiaoying.sim.storm.StormUnreadable;
import org.slf4j.LoggerFactory;
import org.springframework.boot.web.server.PortInUseException;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * Joins all parts into one running server. The database with the room and the web server start at the same time; pages say
 * that the house is starting until both are there. Ends in the other order: pages, stage, couriers, loop, inbox, database.
 */
final class Wiring implements AutoCloseable {
    private static final int PASSWORD_COST = 12;
    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final Duration HEARTBEAT = Duration.ofSeconds(15);
    private static final Duration IDLE = Duration.ofMinutes(30);
    private static final Duration LONGEST_SESSION = Duration.ofHours(13); // a night's shift and its hand-over

    private final RunOptions options;
    private final Stage stage;
    private final CapDesk cap;
    private volatile Optional<CapFeeds> feeds = Optional.empty();
    private volatile Optional<CapOut> published = Optional.empty();
    private final Instant startedAt;
    private final InstantSource wallClock = InstantSource.system();
    private final Closing closing = new Closing();
    private final Doors doors = new Doors();
    private final Changes changes = new Changes(HEARTBEAT);
    private final CompletableFuture<RoomAtWork> room = new CompletableFuture<>();
    private final CompletableFuture<Rules> rules;
    private volatile Optional<RoomInfo.Restart> restarted = Optional.empty();
    private volatile Optional<Standby> standby = Optional.empty();
    private volatile Optional<ContinuousCopy> copy = Optional.empty();
    private volatile boolean ready;
    private volatile String firstAccount = "";
    private volatile int port;

    Wiring(RunOptions options, Stage stage) {
        this.options = options;
        this.stage = stage;
        this.cap = new CapDesk(
                Home.cap(options.data().path()),
                () -> room.join().reads().register().get().areas(),
                this::outlines,
                options.data().kind() == DataDirectory.Kind.DEMO);
        this.rules = CompletableFuture.supplyAsync(
                () -> stage.rules(Home.rules(options.data())), task -> onOwnThread("packs", task));
        this.startedAt = ProcessHandle.current().info().startInstant().orElse(wallClock.instant());
    }

    /** Runs until the program is told to stop, or another server has the database. @return the exit code */
    static int run(RunOptions options, Words words) throws InterruptedException {
        var wiring = new Wiring(options, stage(options));
        Runtime.getRuntime().addShutdownHook(new Thread(wiring::close, "stop"));
        if (options.standby()) {
            System.out.println(words.say("run.standing-by"));
        }
        wiring.start();
        wiring.announce(words);
        wiring.room.join().rehearse(wiring.rules.join(), wiring.closing);
        var replaced = new CountDownLatch(1);
        wiring.standby.ifPresent(standby -> standby.watch(replaced::countDown));
        replaced.await();
        System.err.println(words.say("run.replaced"));
        wiring.close();
        return Jiaoying.FOUND_WRONG;
    }

    private static Stage stage(RunOptions options) {
        var mail = Couriers.mail(options.data(), System.getenv());
        var others = CarriersFile.carriers(options.data(), System.getenv());
        if (options.storm().isEmpty()) {
            return BareStage.real(mail, others);
        }
        try {
            return new DemoStage(options.data().path(), options.storm().get(), options.speed());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Starts everything, or nothing: a part that fails is said in one message and the others are ended. */
    void start() {
        var folder = options.data().scratch();
        closing.add(folder);
        var web = CompletableFuture.supplyAsync(() -> startWeb(folder.path()), task -> onOwnThread("web-start", task));
        try {
            var opened = openRoom();
            room.complete(opened);
            var context = web.join();
            port = Integer.parseInt(String.valueOf(context.getEnvironment().getProperty("local.server.port", "0")));
            opened.startCouriers(stage, address(), options.data().path(), closing);
            firstAccount = FirstDay.furnish(opened, stage, options.data().plan(), PASSWORD_COST);
            restarted = restarted.map(crash -> measured(opened));
            ready = true;
            closing.add(stage);
            stage.begin(opened, "http://127.0.0.1:" + port);
            openStationDoor();
            openBrokerDoors();
            feeds = Optional.of(closing.add(cap.poll(opened::put, wallClock)));
            published = opened.publish(cap, options.data().path(), closing);
            closing.add(context);
            closing.add(changes); // ends before the pages do, so that open screens do not hold them up
            opened.wantForecasts();
        } catch (RuntimeException e) {
            web.whenComplete(
                    (context, _) -> Optional.ofNullable(context).ifPresent(ConfigurableApplicationContext::close));
            web.handle((_, _) -> true).join();
            close();
            throw said(e);
        }
    }

    /** Off unless asked for; a demonstration is reached from this machine only. */
    private void openStationDoor() {
        if (options.sl651Port().isEmpty()) {
            return;
        }
        var wanted = options.sl651Port().getAsInt();
        try {
            var settings = StationSettingsFile.read(options.data().path(), wanted);
            var everywhere = options.lan() && !stage.settings().demo();
            var listen = InetAddress.getByAddress(everywhere ? new byte[4] : new byte[] {127, 0, 0, 1});
            var memory = new StoredStations(room.join().stations(), wallClock);
            var door = closing.add(Sl651Door.open(
                    listen, settings, arrival -> room.join().put(arrival), this::station, memory, wallClock));
            doors.keep(memory);
            doors.add(door::health);
            doors.addClock(door::askClock);
        } catch (IOException e) {
            throw new Refusal("run.sl651", wanted, String.valueOf(e.getMessage()));
        } catch (WrongSetting e) {
            throw new Refusal("said", e);
        } catch (IllegalArgumentException e) {
            throw new Refusal("said", String.valueOf(e.getMessage()));
        }
    }

    /** Brokers of others are for real rooms: a demonstration reaches nothing outside of this machine. */
    private void openBrokerDoors() {
        if (stage.settings().demo()) {
            return;
        }
        try {
            for (var broker : BrokerSettingsFile.read(options.data().path())) {
                var door =
                        closing.add(MqttDoor.open(broker, arrival -> room.join().put(arrival), wallClock));
                doors.add(door::health);
            }
        } catch (WrongSetting e) {
            throw new Refusal("said", e);
        } catch (IllegalArgumentException e) {
            throw new Refusal("said", String.valueOf(e.getMessage()));
        }
    }

    private Optional<KnownStation> station(String id) {
        return Optional.ofNullable(
                        room.join().reads().register().get().stations().get(id))
                .map(row -> new KnownStation(row.station(), row.kind(), row.intervalMin()));
    }

    /** Address of the pages, as people reach it. */
    String address() {
        return "http://" + (options.lan() ? lanAddress() : "127.0.0.1") + ":" + port;
    }

    /** A new one-time link for the first account. */
    String signInLink() {
        var links = new SignInLinks(() -> room.join().accounts(), wallClock);
        return address() + links.make(firstAccount, stage.settings().demo() ? SignInLinks.DEMO : SignInLinks.USUAL);
    }

    private String signInLink(String account) {
        return address() + new SignInLinks(() -> room.join().accounts(), wallClock).make(account, SignInLinks.DEMO);
    }

    private String name(Stage.SampleAccount account) {
        var row = room.join().reads().register().get().persons().get(account.person());
        return row == null ? account.person() : row.name().text();
    }

    /** A new token for a door of the room. */
    String doorToken(String source, String permission) {
        return new DoorTokens(() -> room.join().accounts(), wallClock).make(source, permission);
    }

    @Override
    public void close() {
        ready = false;
        closing.close();
    }

    private void announce(Words words) {
        var out = System.out;
        if (stage.settings().demo()) {
            out.println(words.say(
                    "run.demo",
                    words == Words.ZH ? stage.banner().zh() : stage.banner().en()));
        }
        out.println(words.say(stage.settings().demo() ? "run.duty" : "run.first", signInLink()));
        stage.accounts().forEach(one -> out.println(words.say(one.said(), signInLink(one.name()), name(one))));
        stage.visitorPage().ifPresent(page -> out.println(words.say("run.visitor", address() + page)));
        out.println(words.say("run.stop", options.data().path()));
        out.flush();
    }

    private RoomAtWork openRoom() {
        var data = options.data().path();
        var database = closing.add(openDatabase(data));
        var mark = closing.add(CrashMark.set(data));
        if (mark.lastRunWasCutOff()) {
            restarted = Optional.of(new RoomInfo.Restart(stage.clock().instant(), 0, 0));
        }
        var opened = RoomAtWork.open(database, data, stage, rules.join(), changes, closing);
        opened.keepForgotten(copy);
        return opened;
    }

    private Database openDatabase(Path data) {
        standby = options.database().map(this::rightToWork);
        var server = options.database().orElseGet(() -> startPostgres(data));
        return Database.open(server.jdbcUrl(), server.user(), server.password());
    }

    private Standby rightToWork(Server server) {
        try {
            return closing.add(options.standby() ? Standby.await(server) : Standby.take(server));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("The server is stopping", e);
        }
    }

    private Server startPostgres(Path data) {
        try {
            var server = closing.add(EmbeddedPostgres.start(data)).server();
            copy = options.copyTo()
                    .map(place -> closing.add(
                            ContinuousCopy.start(data, server, place, Backup.KEPT, wallClock, System::nanoTime)));
            return server;
        } catch (PostgresUnavailable e) {
            throw new CompletionException(e);
        }
    }

    private ConfigurableApplicationContext startWeb(Path folder) {
        var listen = options.lan() ? "0.0.0.0" : "127.0.0.1";
        return ServerApplication.of(
                        listen,
                        options.port(),
                        beans(),
                        folder,
                        ServerSettings.logging(options.data().log()))
                .run();
    }

    private WebBeans beans() {
        return new WebBeans(
                new WebBeans.Room(
                        lateReads(),
                        arrival -> room.join().put(arrival),
                        (number, wait) -> room.join().outcome(number, wait),
                        token -> room.join().target(token),
                        this::outlines,
                        () -> room.join().health(),
                        changes,
                        () -> room.join().accounts(),
                        doors,
                        () -> room.join().carrierRows(),
                        new LateJournal(() -> room.join().journal()),
                        cap,
                        () -> published,
                        new WebBeans.WarnSide(
                                () -> room.join().register().duties(room.join().room()),
                                () -> rules.join().plan().ladders().keySet(),
                                () -> rules.join().criteria(),
                                reader -> feeds.map(all -> all.states(reader)).orElse(List.of())),
                        StoreAnswers.late(
                                () -> room.join().answers(),
                                () -> room.join().out(),
                                () -> rules.join().plan(),
                                () -> room.join().lines()),
                        () -> rules.join().loop().programmes(),
                        forecasts(),
                        () -> room.join().evidence(),
                        new RecordingStore(options.data().path()),
                        ledger()),
                new WebBeans.Setup(
                        new RoomInfo(
                                stage.settings().room(),
                                Home.criteria(options.data().criteria()),
                                stage::banner,
                                stage::speed,
                                () -> restarted,
                                this::findings),
                        wallClock,
                        PASSWORD_COST,
                        PATIENCE,
                        IDLE,
                        LONGEST_SESSION,
                        stage.phones(),
                        () -> ready));
    }

    private ForecastReads forecasts() {
        Supplier<Optional<Forecaster>> forecaster = () -> room.join().forecaster();
        return new ForecastReads(
                run -> {
                    var one = forecaster.get();
                    return one.isPresent() ? one.get().files().frames(run) : Optional.empty();
                },
                () -> forecaster
                        .get()
                        .flatMap(Forecaster::box)
                        .map(box -> new ForecastReads.Box(
                                box.southWest().lon(),
                                box.southWest().lat(),
                                box.northEast().lon(),
                                box.northEast().lat(),
                                box.cell_m())));
    }

    private TraceController.Ledger ledger() {
        return new TraceController.Ledger() {
            @Override
            public String head() {
                return room.join().head();
            }

            @Override
            public void trace(String about, Mentions of, OutputStream to) throws IOException {
                room.join().trace(about, of, to);
            }
        };
    }

    /** The pages are made before the room is there; no page is asked before it is. */
    private Reads lateReads() {
        return new Reads(
                stage.clock(),
                at -> room.join().reads().factAt().applyAsLong(at),
                (kind, prefix, after, fact) -> room.join().reads().rows().list(kind, prefix, after, fact),
                (key, fact) -> room.join().reads().find().find(key, fact),
                at -> room.join().reads().sums().apply(at),
                (from, to, step, stations) -> room.join().reads().steps().list(from, to, step, stations),
                (station, quantity, from, to, at, most) ->
                        room.join().reads().readings().latest(station, quantity, from, to, at, most),
                () -> room.join().reads().register().get(),
                () -> room.join().reads().waiting().get());
    }

    /** The city's own boundaries in the data directory, or the sketch of the sample city. */
    private String outlines() {
        var own = boundaries();
        var file = Files.exists(own) ? Optional.of(own) : stage.outlines();
        try {
            return file.isPresent() ? Files.readString(file.get()) : "{\"type\":\"FeatureCollection\",\"features\":[]}";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** That the trunks have fewer lines than the plan reckons with, as {@code 5/30}. @param there 0 where no carrier says */
    static Optional<RoomInfo.Finding> fewLines(int there, CallPlan plan) {
        return plan.trunk()
                .filter(planned -> there > 0 && there < planned.lines())
                .map(planned -> new RoomInfo.Finding("lines-few", there + "/" + planned.lines()));
    }

    /** What a real room still lacks; a demonstration lacks nothing. */
    private List<RoomInfo.Finding> findings() {
        if (stage.settings().demo()) {
            return List.of();
        }
        var findings = new ArrayList<>(room.join().findings());
        if (!room.join().hasOwnBoundaries()) {
            findings.addFirst(new RoomInfo.Finding("no-boundaries", ""));
        }
        fewLines(room.join().lines(), rules.join().plan()).ifPresent(findings::add);
        return findings;
    }

    private Path boundaries() {
        return Boundaries.of(options.data().path()).file();
    }

    private RoomInfo.Restart measured(RoomAtWork opened) {
        var seconds = Duration.between(startedAt, wallClock.instant()).toMillis() / 100 / 10.0;
        return new RoomInfo.Restart(stage.clock().instant(), seconds, opened.lost());
    }

    /** What went wrong, in one message: the first cause that has words for the user. */
    private Refusal said(RuntimeException wrong) {
        for (Throwable cause = wrong; cause != null; cause = cause.getCause()) {
            var known = known(cause);
            if (known.isPresent()) {
                return known.get();
            }
        }
        LoggerFactory.getLogger(Wiring.class).error("The server could not start", wrong);
        return new Refusal(
                "run.part", String.valueOf(wrong.getMessage()), options.data().log());
    }

    private static Optional<Refusal> known(Throwable cause) {
        var message = String.valueOf(cause.getMessage());
        return switch (cause) {
            case Refusal refusal -> Optional.of(refusal);
            case PostgresUnavailable unavailable -> Optional.of(new Refusal("run.database", unavailable));
            case StormUnreadable unreadable ->
                Optional.of(new Refusal("said", (Said) reader -> StormWords.say(unreadable.told(), reader)));
            case WrongSetting settings -> Optional.of(new Refusal("said", settings));
            case IllegalArgumentException settings
            when message.contains(ForecasterSettingsFile.NAME) -> Optional.of(new Refusal("said", message));
            case DatabaseFailed failed -> Optional.of(new Refusal("run.database", message));
            case PortInUseException taken -> Optional.of(new Refusal("run.port", taken.getPort(), message));
            default -> Optional.empty();
        };
    }

    private static void onOwnThread(String name, Runnable work) {
        Thread.ofPlatform().name(name).start(work);
    }

    private static String lanAddress() {
        try {
            return NetworkInterface.networkInterfaces()
                    .flatMap(NetworkInterface::inetAddresses)
                    .filter(address -> address instanceof Inet4Address && address.isSiteLocalAddress())
                    .map(address -> String.valueOf(address.getHostAddress()))
                    .findFirst()
                    .orElse("127.0.0.1");
        } catch (SocketException e) {
            return "127.0.0.1";
        }
    }
}
