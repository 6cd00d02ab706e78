package jiaoying.server.main;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import jiaoying.server.flood.FloodRun;
import jiaoying.server.flood.LoopsHere;
import jiaoying.server.flood.ScenarioReader;
import jiaoying.server.flood.ScenarioRefused;
import jiaoying.water.inundation.Kernel;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Where the water will stand (内涝演算): a scenario in, maps of depth out. */
@Command(name = "flood")
final class FloodCommand implements Callable<Integer> {
    private static final int THREADS_MAX = 256;

    private final Words words;

    @Spec
    @SuppressWarnings("NullAway.Init")
    CommandSpec spec;

    @Parameters(paramLabel = "SCENARIO.yaml")
    @SuppressWarnings("NullAway.Init")
    Path scenario;

    @Option(names = "--out", paramLabel = "DIR", required = true)
    @SuppressWarnings("NullAway.Init")
    Path out;

    @Option(names = "--threads", paramLabel = "N")
    @Nullable
    Integer threads;

    @Option(names = "--kernel", paramLabel = "plain|vector")
    @Nullable
    Kernel kernel;

    @Option(names = "--json")
    boolean json;

    FloodCommand(Words words) {
        this.words = words;
    }

    @Override
    public Integer call() throws IOException {
        var began = System.nanoTime();
        var hands = threads == null ? Runtime.getRuntime().availableProcessors() : threads;
        if (hands < 1 || hands > THREADS_MAX) {
            throw new Refusal("flood.threads", hands, THREADS_MAX);
        }
        if (kernel == Kernel.VECTOR && !Kernel.vectorPresent()) {
            throw new Refusal("flood.vector");
        }
        if (Files.exists(out) && !Files.isDirectory(out)) {
            throw new Refusal("flood.out", out);
        }
        var chosen = kernel == null ? LoopsHere.fastest() : kernel;
        if (!Kernel.vectorPresent()) {
            spec.commandLine().getErr().println(words.say("flood.plain"));
        }
        try {
            var report = new FloodRun(ScenarioReader.read(scenario), chosen, hands, out, began).run();
            spec.commandLine().getOut().println(json ? FloodRun.json(report.fields()) : said(report));
            return Jiaoying.GOOD;
        } catch (ScenarioRefused refused) {
            refused.problems()
                    .forEach(problem -> spec.commandLine()
                            .getErr()
                            .println(words.say("flood." + problem.kind(), problem.values(words.texts()))));
            return Jiaoying.REFUSED;
        }
    }

    private String said(FloodRun.Report report) {
        return words.say(
                "flood.done",
                report.steps(),
                String.format(Locale.ROOT, "%.1f", report.wall_s()),
                String.format(Locale.ROOT, "%.0f", report.cellsPerSecond() / 1e6),
                out);
    }
}
