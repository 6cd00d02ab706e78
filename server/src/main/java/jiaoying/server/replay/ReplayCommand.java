package jiaoying.server.replay;

import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import jiaoying.server.pack.PackException;
import jiaoying.server.pack.PackLibrary;
import jiaoying.server.postgres.PostgresUnavailable;
import jiaoying.sim.people.SimulatedPeople;
import jiaoying.sim.storm.Storm;
import jiaoying.sim.storm.StormUnreadable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * {@code ./jiaoying replay DIR}: plays a recorded storm through the whole server on a virtual clock (重放). Nothing outside
 * this process hears of it. Exit code 0: played; 1: played, and the ledger does not verify, a call was lost or an arrival set aside; 2: not played.
 */
@Command(name = "replay")
public final class ReplayCommand implements Callable<Integer> {
    private static final int GOOD = 0;
    private static final int FOUND_WRONG = 1;
    private static final int NOT_PLAYED = 2;
    private static final String STANDARD_OUTPUT = "-";

    @Parameters(paramLabel = "DIR", arity = "1")
    Path storm = Path.of("");

    @Option(names = "--json", paramLabel = "FILE")
    @Nullable
    String json;

    @Option(names = "--seed", paramLabel = "N", defaultValue = "1")
    long seed;

    @Option(names = "--criteria", paramLabel = "NAME", defaultValue = PackLibrary.USUAL_CRITERIA)
    String criteria = PackLibrary.USUAL_CRITERIA;

    @Option(names = "--answer-rate", paramLabel = "SHARE", defaultValue = "0.8")
    double answerRate;

    @Spec
    CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws Exception {
        var out = System.out;
        System.setOut(System.err); // whatever logs: standard output is for the report alone
        try {
            return play(out);
        } catch (StormUnreadable | PackException | PostgresUnavailable e) {
            err().println(e.getMessage());
            return NOT_PLAYED;
        } finally {
            System.setOut(out);
        }
    }

    private int play(PrintStream out) throws IOException, PackException, PostgresUnavailable {
        if (!(answerRate >= 0 && answerRate <= 1)) {
            throw new StormUnreadable("--answer-rate %s is not allowed; allowed: 0 to 1, as 0.8".formatted(answerRate));
        }
        var file = Optional.ofNullable(json)
                .filter(name -> !name.equals(STANDARD_OUTPUT))
                .map(Path::of);
        file.ifPresent(ReplayCommand::refuseUnwritable);
        var played = StormYaml.read(storm);
        played.sheet().remarks().forEach(err()::println);
        var rules = PackLibrary.of(home().resolve("packs")).rules(criteria, "call-and-answer", "zh-CN");
        var city = SampleCity.read(home().resolve("samples/pinghu"));
        var report =
                new ReplayRun(played, city, rules, new SimulatedPeople(seed, answerRate), progress(played)).report();
        if (file.isPresent()) {
            write(file.get(), report.json());
        } else if (json != null) {
            out.write(report.json().getBytes(StandardCharsets.UTF_8));
            out.flush();
        }
        err().println(summary(played, report));
        report.setAside().stream()
                .findFirst()
                .ifPresent(first -> err().println("Bug: the room set %d arrivals aside, first %s"
                        .formatted(report.setAside().size(), first)));
        return report.good() ? GOOD : FOUND_WRONG;
    }

    /** The folder of {@code ./jiaoying}, with packs and the sample city in it. */
    private static Path home() {
        return Path.of(System.getProperty("jiaoying.home", "")).toAbsolutePath().normalize();
    }

    private static void refuseUnwritable(Path file) {
        var folder = Optional.ofNullable(file.toAbsolutePath().getParent()).orElse(file.toAbsolutePath());
        if (!Files.isDirectory(folder) || !Files.isWritable(folder) || Files.isDirectory(file)) {
            throw new StormUnreadable(
                    "--json %s cannot be written; allowed: a file in a folder that exists and may be written, or - for standard output"
                            .formatted(file));
        }
    }

    /** The file is there whole or not at all. */
    private static void write(Path file, String text) throws IOException {
        var absolute = file.toAbsolutePath();
        var beside = absolute.resolveSibling(absolute.getFileName() + ".part");
        Files.writeString(beside, text);
        Files.move(beside, absolute, StandardCopyOption.REPLACE_EXISTING);
    }

    private Consumer<Instant> progress(Storm played) {
        var console = System.console();
        if (console == null || !console.isTerminal()) {
            return _ -> {};
        }
        return new Progress(err(), played.start(), played.end());
    }

    private static String summary(Storm played, ReplayReport report) {
        var calls = report.calls();
        return ("%s: %d readings (%d stored, %d suspect), %d warnings, %d call orders, %d people called,"
                        + " %d answered, %d taken over, %d escalated; ledger of %d facts %s; %.1f s")
                .formatted(
                        played.sheet().name(),
                        report.readings().received(),
                        report.readings().stored(),
                        report.readings().suspect(),
                        report.warnings().size(),
                        calls.orders(),
                        calls.people(),
                        calls.answered(),
                        calls.takenOver(),
                        calls.escalated(),
                        report.ledger().facts(),
                        report.ledger().verified() ? "verified" : "NOT VERIFIED",
                        report.wallS());
    }

    private PrintWriter err() {
        return spec.commandLine().getErr();
    }
}
