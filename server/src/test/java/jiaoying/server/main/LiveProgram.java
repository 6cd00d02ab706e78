package jiaoying.server.main;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** The real program in a process of its own, on the class path of the tests, so that it can be killed as a power cut kills it. */
final class LiveProgram implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Pattern SIGN_IN = Pattern.compile("/signin#(\\S+)");

    private final Process process;
    private final String address;
    private final Path said;

    private LiveProgram(Process process, String address, Path said) {
        this.process = process;
        this.address = address;
        this.said = said;
    }

    /** Starts {@code ./jiaoying run} on a data directory; what it says goes into a file beside the directory. */
    static LiveProgram start(Path data, int port, String... more) throws IOException {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-ea:jiaoying...",
                "--enable-native-access=ALL-UNNAMED",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xmx384m",
                "-Dstdout.encoding=UTF-8",
                "-Djiaoying.home=" + Path.of("..").toRealPath(),
                "-cp",
                System.getProperty("java.class.path"),
                Jiaoying.class.getName(),
                "run",
                "--lang=en",
                "--data=" + data,
                "--port=" + port));
        command.addAll(List.of(more));
        var said = Files.createTempFile(data.toAbsolutePath().getParent(), data.getFileName() + "-", ".said");
        var process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();
        return new LiveProgram(process, "http://127.0.0.1:" + port, said);
    }

    String address() {
        return address;
    }

    String said() {
        try {
            return Files.readString(said);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** Waits until it has printed its links, which it does when all of it is there. */
    LiveProgram awaitUp() throws InterruptedException {
        var deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!SIGN_IN.matcher(said()).find()) {
            if (!process.isAlive() || System.nanoTime() - deadline > 0) {
                throw new AssertionError("The program did not come up: " + said());
            }
            pause();
        }
        return this;
    }

    /** The token of the one-time link for the duty officer. */
    String signInToken() {
        var found = SIGN_IN.matcher(said());
        if (!found.find()) {
            throw new AssertionError("No link in: " + said());
        }
        return found.group(1);
    }

    /** A browser in which the duty officer is signed in by his one-time link. */
    Visitor signIn() {
        var officer = new Visitor(address);
        var reply = officer.post("/api/session/link", "{\"token\":\"" + signInToken() + "\"}");
        if (reply.status() != 200) {
            throw new AssertionError("Sign-in: " + reply.body());
        }
        return officer;
    }

    /** A process that this one started and whose command line names a class; empty when there is none now. */
    Optional<ProcessHandle> child(String name) {
        return process.descendants()
                .filter(child -> child.info().commandLine().orElse("").contains(name))
                .findFirst();
    }

    /** SIGKILL. */
    void kill() throws InterruptedException {
        process.destroyForcibly();
        process.waitFor();
    }

    /** SIGKILL for its database only, which it starts again itself. */
    static void killPostgres(Path data) throws IOException {
        var pid = Files.readString(data.resolve("postgres/postmaster.pid"))
                .lines()
                .findFirst()
                .orElse("");
        ProcessHandle.of(Long.parseLong(pid.strip())).ifPresent(ProcessHandle::destroyForcibly);
    }

    /** Ctrl-C, and waits for the end. */
    void stop() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            throw new AssertionError("The program does not stop: " + said());
        }
    }

    @SuppressWarnings("BusyWait") // another process tells us nothing
    static void pause() throws InterruptedException {
        Thread.sleep(25);
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }
}
