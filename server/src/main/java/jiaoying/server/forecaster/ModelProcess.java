package jiaoying.server.forecaster;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.lang.module.ModuleFinder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Each run in a process of its own, with the vector loops of the JVM, memory of its own and a lower priority: a large ground
 * takes nothing from the room, and the room starts as fast as without forecasts. It ends when the room's process is gone.
 */
public final class ModelProcess implements Model {
    private static final Logger LOG = LoggerFactory.getLogger(ModelProcess.class);
    private static final String VECTORS = "jdk.incubator.vector";
    private static final Path NICE = Path.of("/usr/bin/nice");

    /** Share of the machine's memory that a run may take, percent. */
    private static final int MEMORY_MOST = 40;

    private static final int LOOK_MS = 100;

    private final boolean vectors = ModuleFinder.ofSystem().find(VECTORS).isPresent();

    @Override
    public String kernel() {
        return vectors ? "vector" : "plain";
    }

    @Override
    public ModelOutcome run(ModelOrder order, BooleanSupplier stopped) throws IOException, InterruptedException {
        var words = Files.createTempFile("jiaoying-forecast", ".log");
        try {
            return outcome(order, stopped, words.toFile());
        } finally {
            Files.deleteIfExists(words);
        }
    }

    private ModelOutcome outcome(ModelOrder order, BooleanSupplier stopped, File words)
            throws IOException, InterruptedException {
        var builder = new ProcessBuilder(command()).redirectError(words);
        builder.environment().put("CLASSPATH", System.getProperty("java.class.path")); // keeps the command line short
        var process = builder.start();
        try {
            var reader = process.inputReader(UTF_8);
            var answer = new FutureTask<>(() -> line(reader));
            Thread.startVirtualThread(answer);
            tell(process, ModelProgram.JSON.writeValueAsString(order));
            while (!process.waitFor(LOOK_MS, TimeUnit.MILLISECONDS)) {
                if (stopped.getAsBoolean()) {
                    throw new InterruptedException("the run was stopped");
                }
            }
            return read(order.run(), process.exitValue(), answer, words);
        } finally {
            process.destroyForcibly(); // closes its streams too
        }
    }

    private static Optional<String> line(BufferedReader reader) throws IOException {
        return Optional.ofNullable(reader.readLine());
    }

    /** Its input stays open: it ends when that does. */
    private static void tell(Process process, String order) {
        try {
            var orders = process.outputWriter(UTF_8);
            orders.write(order);
            orders.write('\n');
            orders.flush();
        } catch (IOException ended) {
            LOG.debug("The process of a forecast ended before it had its order", ended);
        }
    }

    private static ModelOutcome read(String run, int exit, FutureTask<Optional<String>> answer, File words)
            throws IOException, InterruptedException {
        try {
            var line = answer.get();
            if (line.isPresent()) {
                return ModelProgram.JSON.readValue(line.get(), ModelOutcome.class);
            }
        } catch (ExecutionException broken) {
            LOG.debug("Run {}: its answer cannot be read", run, broken);
        }
        LOG.error("Run {}: its process ended with {}: {}", run, exit, Files.readString(words.toPath()));
        return ModelOutcome.failed("process " + exit);
    }

    private List<String> command() {
        var command = new ArrayList<String>();
        if (Files.isExecutable(NICE)) {
            command.addAll(List.of(NICE.toString(), "-n", "5"));
        }
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        if (vectors) {
            command.addAll(List.of("--add-modules", VECTORS));
        }
        command.addAll(List.of(
                "-ea:jiaoying...",
                "-XX:+UseSerialGC",
                "-XX:ObjectAlignmentInBytes=64", // rows of numbers begin at lines of the cache
                "-XX:MaxRAMPercentage=" + MEMORY_MOST,
                ModelProgram.class.getName()));
        return command;
    }
}
