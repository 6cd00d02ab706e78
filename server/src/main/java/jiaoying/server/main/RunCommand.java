package jiaoying.server.main;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import jiaoying.server.postgres.EmbeddedPostgres;
import jiaoying.server.postgres.PostgresUnavailable;
import jiaoying.server.replay.StormWords;
import jiaoying.server.replay.StormYaml;
import jiaoying.server.reply.Said;
import jiaoying.sim.storm.StormUnreadable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Runs the duty room until it is told to stop (值守). */
@Command(name = "run")
final class RunCommand implements Callable<Integer> {
    private static final int PORT = 8573;
    static final String STORM = "harvey2017";
    static final double SPEED = 12;

    private final Words words;

    @Option(names = "--empty")
    boolean empty;

    @Option(names = "--port", paramLabel = "N", defaultValue = "" + PORT)
    int port;

    @Option(names = "--data", paramLabel = "DIR")
    @Nullable
    Path data;

    @Option(names = "--storm", paramLabel = "NAME")
    @Nullable
    String storm;

    @Option(names = "--speed", paramLabel = "N", defaultValue = "" + SPEED)
    double speed;

    @Option(names = "--criteria", paramLabel = "NAME")
    @Nullable
    String criteria;

    @Option(names = "--plan", paramLabel = "NAME|DIR")
    @Nullable
    String plan;

    @Option(names = "--sl651-port", paramLabel = "N")
    @Nullable
    Integer sl651Port;

    @Option(names = "--lan")
    boolean lan;

    @Option(names = "--database-url", paramLabel = "URL", defaultValue = "${env:JIAOYING_DATABASE_URL}")
    @Nullable
    String databaseUrl;

    @Option(names = "--standby")
    boolean standby;

    @Option(names = "--copy-to", paramLabel = "DIR")
    @Nullable
    Path copyTo;

    RunCommand(Words words) {
        this.words = words;
    }

    @Override
    public Integer call() throws Exception {
        return Wiring.run(options(), words);
    }

    /** Checks everything that can be checked before anything is started. */
    RunOptions options() throws PostgresUnavailable {
        if (empty && storm != null) {
            throw new Refusal("run.empty-storm", storm);
        }
        if (!(speed >= 1 && speed <= 3600)) {
            throw new Refusal("run.speed", speed);
        }
        var database = Optional.ofNullable(databaseUrl).map(ExternalDatabase::of);
        if (standby && database.isEmpty()) {
            throw new Refusal("run.standby");
        }
        if (copyTo != null && database.isPresent()) {
            throw new Refusal("run.copy-external");
        }
        var played = empty ? Optional.<Path>empty() : Optional.of(storm(storm == null ? STORM : storm));
        refusePortInUse();
        refuseStationPort();
        if (criteria != null) {
            Home.rules(criteria); // says what is wrong with the name or the pack
        }
        var chosen = Optional.ofNullable(plan).map(PlanChoice::asked);
        chosen.ifPresent(PlanChoice::read); // all that is wrong with it, before anything is made
        if (DataDirectory.isNew(dataPath())) {
            played.ifPresent(RunCommand::refuseUnplayable);
        }
        if (!standby) {
            database.ifPresent(ExternalDatabase::refuseAway);
        }
        refuseCopyInside();
        var directory = dataDirectory();
        if (database.isEmpty()) {
            EmbeddedPostgres.refuseInUse(directory.path());
        }
        if (criteria != null) {
            directory.decideBy(criteria);
        }
        chosen.ifPresent(directory::callBy);
        var stations = sl651Port == null ? OptionalInt.empty() : OptionalInt.of(sl651Port);
        return new RunOptions(
                directory,
                database,
                port,
                lan,
                played,
                speed,
                words.tag(),
                stations,
                standby,
                Optional.ofNullable(copyTo).map(Path::toAbsolutePath));
    }

    /** Neither may be in the other: the copy would copy itself, or end with what it copies. */
    private void refuseCopyInside() {
        if (copyTo == null) {
            return;
        }
        var copy = copyTo.toAbsolutePath().normalize();
        var data = dataPath().toAbsolutePath().normalize();
        if (copy.startsWith(data) || data.startsWith(copy)) {
            throw new Refusal("run.copy-inside", copy, data);
        }
    }

    private DataDirectory dataDirectory() {
        var kind = empty ? DataDirectory.Kind.REAL : DataDirectory.Kind.DEMO;
        return DataDirectory.openOrCreate(dataPath(), kind);
    }

    private Path dataPath() {
        return data == null ? Home.data(empty ? DataDirectory.Kind.REAL : DataDirectory.Kind.DEMO) : data;
    }

    /** Before a data directory is made for it. */
    private static void refuseUnplayable(Path storm) {
        try {
            StormYaml.read(storm);
        } catch (StormUnreadable e) {
            throw new Refusal("said", (Said) reader -> StormWords.say(e.told(), reader));
        }
    }

    /** The folder of a storm: by the name of a sample, or by path. */
    static Path storm(String name) {
        var sample = Home.storms().resolve(name);
        for (var folder : new Path[] {sample, Path.of(name).toAbsolutePath()}) {
            if (Files.isRegularFile(folder.resolve("storm.yaml"))) {
                return folder.normalize();
            }
        }
        throw new Refusal("run.storm", name, storms());
    }

    private static String storms() {
        try (var folders = Files.list(Home.storms())) {
            return folders.filter(folder -> Files.exists(folder.resolve("storm.yaml")))
                    .map(folder -> folder.getFileName().toString())
                    .sorted()
                    .collect(Collectors.joining(", "));
        } catch (IOException none) {
            return "-";
        }
    }

    private void refusePortInUse() {
        if (port < 0 || port > 65535) {
            throw new Refusal("run.port-range", port);
        }
        try (var socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(address(), port));
        } catch (IOException e) {
            throw new Refusal("run.port", port, String.valueOf(e.getMessage()));
        }
    }

    private void refuseStationPort() {
        if (sl651Port != null && (sl651Port < 0 || sl651Port > 65535)) {
            throw new Refusal("run.sl651-range", sl651Port);
        }
    }

    private InetAddress address() throws UnknownHostException {
        return InetAddress.getByAddress(lan ? new byte[] {0, 0, 0, 0} : new byte[] {127, 0, 0, 1});
    }
}
