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
import jiaoying.server.reply.Said;
import jiaoying.server.reply.Texts;
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

    private final Texts texts;

    public ReplayCommand(Texts texts) {
        this.texts = texts;
    }

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
        } catch (StormUnreadable e) {
            return notPlayed(reader -> StormWords.say(e.told(), reader));
        } catch (PackException e) {
            return notPlayed(e);
        } catch (SampleCity.CityUnreadable e) {
            return notPlayed(e);
        } catch (NotAllowed e) {
            return notPlayed(e);
        } finally {
            System.setOut(out);
        }
    }

    private int notPlayed(Said why) {
        err().println(why.in(texts));
        return NOT_PLAYED;
    }

    /** An option that cannot be followed. */
    private static final class NotAllowed extends RuntimeException implements Said {
        private static final long serialVersionUID = 1L;

        private final String key;
        private final String value;

        NotAllowed(String key, Object value) {
            super(key + " " + value);
            this.key = key;
            this.value = String.valueOf(value);
        }

        @Override
        public String in(Texts reader) {
            return reader.say(key, value);
        }
    }

    private int play(PrintStream out) throws IOException, PackException, PostgresUnavailable {
        if (!(answerRate >= 0 && answerRate <= 1)) {
            throw new NotAllowed("replay.rate", answerRate);
        }
        var file = Optional.ofNullable(json)
                .filter(name -> !name.equals(STANDARD_OUTPUT))
                .map(Path::of);
        file.ifPresent(ReplayCommand::refuseUnwritable);
        var played = StormYaml.read(storm);
        played.sheet().remarks().forEach(remark -> err().println(StormWords.say(remark, texts)));
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
                .ifPresent(first -> err().println(
                                texts.say("replay.aside", report.setAside().size(), first)));
        return report.good() ? GOOD : FOUND_WRONG;
    }

    /** The folder of {@code ./jiaoying}, with packs and the sample city in it. */
    private static Path home() {
        return Path.of(System.getProperty("jiaoying.home", "")).toAbsolutePath().normalize();
    }

    private static void refuseUnwritable(Path file) {
        var folder = Optional.ofNullable(file.toAbsolutePath().getParent()).orElse(file.toAbsolutePath());
        if (!Files.isDirectory(folder) || !Files.isWritable(folder) || Files.isDirectory(file)) {
            throw new NotAllowed("replay.unwritable", file);
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

    private String summary(Storm played, ReplayReport report) {
        var calls = report.calls();
        return texts.say(
                "replay.done",
                texts.chinese() ? played.sheet().title() : played.sheet().titleEn(),
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
                texts.say(report.ledger().verified() ? "replay.verified" : "replay.broken"),
                "%.1f".formatted(report.wallS()));
    }

    private PrintWriter err() {
        return spec.commandLine().getErr();
    }
}
