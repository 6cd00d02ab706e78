package jiaoying.server.main;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import jiaoying.duty.room.Rules;
import jiaoying.server.pack.PackException;
import jiaoying.server.pack.PackLibrary;
import jiaoying.server.postgres.PostgresUnavailable;
import jiaoying.server.sim.Trials;
import jiaoying.server.sim.Trials.Failed;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * {@code ./jiaoying sim --seed N --seeds K}: plays the seeds N to N+K-1 through the real core on a virtual clock, with crashes
 * between any two steps (仿真). Exit code 0: every invariant held; 1: one did not.
 */
@Command(name = "sim")
final class SimCommand implements Callable<Integer> {
    private static final int STORMS_MAX = 20;
    private static final JsonMapper JSON = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .enable(SerializationFeature.INDENT_OUTPUT)
            .build();

    private final Words words;

    @Option(names = "--seed", paramLabel = "N", defaultValue = "1")
    long seed;

    @Option(names = "--seeds", paramLabel = "K", defaultValue = "100")
    long seeds;

    @Option(names = "--storms", paramLabel = "M", defaultValue = "1")
    int storms;

    @Option(names = "--only", paramLabel = "I,J")
    @Nullable
    String only;

    @Option(names = "--json")
    boolean json;

    @Spec
    CommandSpec spec = CommandSpec.create();

    SimCommand(Words words) {
        this.words = words;
    }

    /** What {@code --json} writes. */
    record Report(long seeds, List<Line> failed, long steps, long kills, double wallS) {}

    /** @param command repeats it exactly */
    record Line(long seed, String invariant, String command) {}

    @Override
    public Integer call() throws IOException, PostgresUnavailable, InterruptedException {
        if (seeds < 1 || storms < 1 || storms > STORMS_MAX) {
            throw new Refusal("sim.range", seeds, storms, STORMS_MAX);
        }
        var began = System.nanoTime();
        Trials.Result result;
        try (var trials = Trials.open(plans())) {
            result =
                    only == null ? trials.play(seed, seeds, storms, progress()) : trials.play(seed, storms, kept(only));
        }
        var lines = result.failed().stream().map(this::line).toList();
        var report = new Report(
                result.seeds(),
                lines,
                result.steps(),
                result.kills(),
                (System.nanoTime() - began) / 1_000_000 / 1000.0);
        say(report, result.failed());
        if (json) {
            spec.commandLine().getOut().println(JSON.writeValueAsString(report));
        }
        return lines.isEmpty() ? Jiaoying.GOOD : Jiaoying.FOUND_WRONG;
    }

    private static List<Rules> plans() throws IOException {
        try {
            var packs = PackLibrary.inside();
            return List.of(
                    packs.rules(PackLibrary.USUAL_CRITERIA, "call-and-answer", "zh-CN"),
                    packs.rules(PackLibrary.USUAL_CRITERIA, "call-and-answer", "en"));
        } catch (PackException e) {
            throw new Refusal("said", e);
        }
    }

    private Set<Integer> kept(String ids) {
        if (!ids.matches("-|\\d{1,6}(,\\d{1,6})*")) {
            throw new Refusal("sim.only", ids);
        }
        return ids.equals("-")
                ? Set.of()
                : Arrays.stream(ids.split(",")).map(Integer::valueOf).collect(Collectors.toSet());
    }

    private Line line(Failed failed) {
        var ids = failed.kept().isEmpty()
                ? "-"
                : new TreeSet<>(failed.kept()).stream().map(String::valueOf).collect(Collectors.joining(","));
        return new Line(
                failed.seed(),
                failed.invariant(),
                "./jiaoying sim --seed " + failed.seed() + " --seeds 1 --storms " + storms + " --only " + ids);
    }

    private void say(Report report, List<Failed> failed) {
        for (int i = 0; i < failed.size(); i++) {
            var one = failed.get(i);
            err().println(words.say(
                    "sim.failed",
                    one.seed(),
                    words.say("sim.invariant." + one.invariant()),
                    one.detail(),
                    report.failed().get(i).command()));
        }
        err().println(words.say(
                "sim.done", report.seeds(), report.failed().size(), report.steps(), report.kills(), report.wallS()));
    }

    private Consumer<Long> progress() {
        var console = System.console();
        if (console == null || !console.isTerminal()) {
            return _ -> {};
        }
        return done -> {
            err().printf("\r  %d / %d%s", done, seeds, done == seeds ? "\n" : "");
            err().flush();
        };
    }

    private PrintWriter err() {
        return spec.commandLine().getErr();
    }
}
