package jiaoying.server.forecaster;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.lang.module.ModuleFinder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import jiaoying.server.scratch.Scratch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs in a process of their own, with the vector loops of the JVM, memory of its own and a lower priority: a large ground takes
 * nothing from the room, and the room starts as fast as without forecasts. The process stays for the next run, which so finds
 * its loops compiled and its ground read; it ends when a run failed or was stopped, when nobody asked for an hour, and when the
 * room's process is gone.
 */
public final class ModelProcess implements Model {
    private static final Logger LOG = LoggerFactory.getLogger(ModelProcess.class);
    private static final String VECTORS = "jdk.incubator.vector";
    private static final Path NICE = Path.of("/usr/bin/nice");

    /** There where the system gives large pages to who asks for them. */
    private static final Path LARGE_PAGES = Path.of("/sys/kernel/mm/transparent_hugepage");

    /** Share of the machine's memory that a run may take, percent. */
    private static final int MEMORY_MOST = 40;

    private static final int LOOK_MS = 100;

    /** A process that closed its answers has so long to end by itself, s. */
    private static final int ENDS_WITHIN_S = 10;

    private final boolean vectors = ModuleFinder.ofSystem().find(VECTORS).isPresent();
    private Optional<Worker> kept = Optional.empty();

    @Override
    public String kernel() {
        return vectors ? "vector" : "plain";
    }

    @Override
    public synchronized ModelOutcome run(ModelOrder order, BooleanSupplier stopped)
            throws IOException, InterruptedException {
        var known = kept.filter(Worker::alive);
        if (known.isEmpty()) {
            close();
            kept = Optional.of(new Worker());
        }
        var outcome = Optional.<ModelOutcome>empty();
        try {
            outcome = kept.orElseThrow().run(order, stopped);
            if (outcome.isEmpty() && known.isPresent() && kept.orElseThrow().leftIdle()) {
                close();
                kept = Optional.of(new Worker());
                outcome = kept.orElseThrow().run(order, stopped);
            }
            return outcome.orElseGet(() -> kept.orElseThrow().failure(order.run()));
        } finally {
            if (outcome.flatMap(ModelOutcome::result).isEmpty()) {
                close();
            }
        }
    }

    /** The process that is kept for the next run. */
    synchronized Optional<ProcessHandle> kept() {
        return kept.filter(Worker::alive).map(worker -> worker.process.toHandle());
    }

    /** Ends the process that is kept. */
    @Override
    public synchronized void close() {
        kept.ifPresent(Worker::end);
        kept = Optional.empty();
    }

    /** A process and the ends of its streams. */
    private final class Worker {
        private final Scratch scratch = Scratch.make("forecast");
        private final Path words = scratch.path().resolve("words.log");
        private final Process process;
        private final BufferedReader answers;
        private final Writer orders;

        Worker() throws IOException {
            var builder = new ProcessBuilder(command()).redirectError(words.toFile());
            builder.environment()
                    .put("CLASSPATH", System.getProperty("java.class.path")); // keeps the command line short
            process = builder.start();
            answers = process.inputReader(UTF_8);
            orders = process.outputWriter(UTF_8);
        }

        boolean alive() {
            return process.isAlive();
        }

        /** Whether it ended because nobody had asked. */
        boolean leftIdle() {
            return !process.isAlive() && process.exitValue() == ModelProgram.IDLE;
        }

        /** Empty when it ended without an answer that can be read. */
        Optional<ModelOutcome> run(ModelOrder order, BooleanSupplier stopped) throws IOException, InterruptedException {
            var answer = new FutureTask<>(() -> Optional.ofNullable(answers.readLine()));
            Thread.startVirtualThread(answer);
            tell(ModelProgram.JSON.writeValueAsString(order));
            while (true) {
                if (stopped.getAsBoolean()) {
                    throw new InterruptedException("the run was stopped");
                }
                try {
                    var line = answer.get(LOOK_MS, TimeUnit.MILLISECONDS);
                    if (line.isEmpty()) {
                        end(ENDS_WITHIN_S);
                        return Optional.empty();
                    }
                    return Optional.of(ModelProgram.JSON.readValue(line.get(), ModelOutcome.class));
                } catch (TimeoutException goesOn) {
                    // looks again whether it is wanted
                } catch (ExecutionException broken) {
                    LOG.debug("Run {}: its answer cannot be read", order.run(), broken);
                    end(0);
                    return Optional.empty();
                }
            }
        }

        /** Waits for its end, or makes it. */
        private void end(int within_s) throws InterruptedException {
            if (!process.waitFor(within_s, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        }

        private void tell(String order) {
            try {
                orders.write(order);
                orders.write('\n');
                orders.flush();
            } catch (IOException ended) {
                LOG.debug("The process of a forecast ended before it had its order", ended);
            }
        }

        ModelOutcome failure(String run) {
            LOG.error("Run {}: its process ended with {}: {}", run, process.exitValue(), said());
            return ModelOutcome.failed("process " + process.exitValue());
        }

        private String said() {
            try {
                return Files.readString(words);
            } catch (IOException unreadable) {
                return unreadable.toString();
            }
        }

        void end() {
            process.destroyForcibly(); // closes its streams too
            try {
                scratch.close();
            } catch (IOException stays) {
                LOG.debug("{} stays", scratch.path(), stays);
            }
        }
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
                "-Xms24m", // what a run took is given back after it
                "-XX:MinHeapFreeRatio=10",
                "-XX:MaxHeapFreeRatio=20",
                "-XX:ObjectAlignmentInBytes=64", // rows of numbers begin at lines of the cache
                "-XX:MaxRAMPercentage=" + MEMORY_MOST,
                "-Xlog:disable", // nothing of the JVM's own among the answers
                "-Xlog:all=error:stderr"));
        if (Files.isDirectory(LARGE_PAGES)) {
            command.add("-XX:+UseTransparentHugePages"); // rows of numbers lie far apart
        }
        command.add(ModelProgram.class.getName());
        return command;
    }
}
