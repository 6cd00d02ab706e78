package jiaoying.server.main;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import jiaoying.server.drill.Doors;

/** The program under drill in a process of its own, so that it dies as by a power cut. */
final class DrillProgram implements AutoCloseable {
    private static final Duration UP_WITHIN = Duration.ofMinutes(6);
    private static final Duration DOWN_WITHIN = Duration.ofSeconds(60);
    private static final Duration LOOK_EVERY = Duration.ofMillis(50);
    private static final int PORT_MIN = 20_000;
    private static final int PORTS = 10_000;

    private final Path folder;
    private final URI exchange;
    private final int people;
    private final int port;
    private final Doors doors;
    private Process process;

    private DrillProgram(Path folder, URI exchange, int people, int port, Doors doors) throws IOException {
        this.folder = folder;
        this.exchange = exchange;
        this.people = people;
        this.port = port;
        this.doors = doors;
        process = spawn();
    }

    /** @param port where it listens at each start */
    static DrillProgram start(Path folder, URI exchange, int people, int port, Doors doors) throws IOException {
        return new DrillProgram(folder, exchange, people, port, doors);
    }

    /**
     * A port that is free now, below those that systems give to connections (32768 and up): between a kill and a start no
     * connection can take it.
     */
    static int freePort() throws IOException {
        while (true) {
            var port = PORT_MIN + ThreadLocalRandom.current().nextInt(PORTS);
            try (var socket = new ServerSocket(port, 1, InetAddress.ofLiteral("127.0.0.1"))) {
                return socket.getLocalPort();
            } catch (BindException taken) {
                // another one
            }
        }
    }

    static Path data(Path folder) {
        return folder.resolve("data");
    }

    private Process spawn() throws IOException {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(argument -> !argument.startsWith("-Xmx")
                        && !argument.startsWith("-agentlib")
                        && !argument.startsWith("-javaagent")
                        && !argument.startsWith("-Dsurefire"))
                .forEach(command::add);
        command.addAll(List.of(
                "-Xmx384m",
                "-XX:TieredStopAtLevel=1",
                "-Djiaoying.home=" + Home.root(),
                "-cp",
                System.getProperty("java.class.path"),
                Jiaoying.class.getName(),
                "drill-room",
                "--data=" + data(folder),
                "--port=" + port,
                "--exchange=" + exchange,
                "--people=" + people));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(said().toFile()))
                .start();
    }

    private Path said() {
        return folder.resolve("program.log");
    }

    /** Waits until the room is there and well. */
    void awaitUp() throws InterruptedException, IOException {
        var deadline = System.nanoTime() + UP_WITHIN.toNanos();
        while (!up()) {
            if (!process.isAlive() || System.nanoTime() - deadline > 0) {
                throw new Refusal("drill.down", said(), tail());
            }
            Thread.sleep(LOOK_EVERY);
        }
    }

    private boolean up() {
        return Files.exists(DrillStage.token(data(folder), "sim-voice")) && doors.up();
    }

    private String tail() throws IOException {
        var lines = Files.readAllLines(said());
        return String.join("\n", lines.subList(Math.max(0, lines.size() - 5), lines.size()));
    }

    /** SIGKILL, and starts it again. */
    void killAndStart() throws InterruptedException, IOException {
        process.destroyForcibly();
        process.waitFor();
        process = spawn();
    }

    /** SIGKILL for its database only, which it starts again itself. @return whether there was one to kill */
    boolean killDatabase() throws IOException {
        var pid = data(folder).resolve("postgres/postmaster.pid");
        if (!Files.exists(pid)) {
            return false;
        }
        var number = Files.readAllLines(pid).stream().findFirst().orElse("").strip();
        var server =
                number.matches("\\d{1,9}") ? ProcessHandle.of(Long.parseLong(number)) : Optional.<ProcessHandle>empty();
        return server.map(ProcessHandle::destroyForcibly).orElse(false);
    }

    /** Ctrl-C, and waits for the end. */
    void stop() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(DOWN_WITHIN.toSeconds(), TimeUnit.SECONDS)) {
            throw new Refusal("drill.stuck", said());
        }
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }
}
