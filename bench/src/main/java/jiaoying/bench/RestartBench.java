package jiaoying.bench;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** Kills the demonstration with SIGKILL in the middle of its storm and measures how long it takes until it is at work again. */
final class RestartBench {
    private static final int KILLS = 7;

    /** From here a start counts as failed. */
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final HttpClient http = HttpClient.newHttpClient();
    private final Path home;
    private final Path data;
    private final int port;

    private RestartBench(Path home, Path data, int port) {
        this.home = home;
        this.data = data;
        this.port = port;
    }

    static boolean run() throws Exception {
        var classes = Path.of(RestartBench.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        var home = classes.resolve("../../..").normalize();
        var data = Bench.folder("bench").resolve("data");
        try (var free = new ServerSocket(0)) {
            var port = free.getLocalPort();
            free.close();
            return new RestartBench(home, data, port).measure();
        }
    }

    private boolean measure() throws Exception {
        var program = start();
        System.out.printf(Locale.ROOT, "first start, database made: UP after %.2f s%n", awaitUp(System.nanoTime()));
        var seconds = new ArrayList<Double>();
        for (var kill = 0; kill < KILLS; kill++) {
            TimeUnit.SECONDS.sleep(10 + 7L * kill % 13);
            program.destroyForcibly().waitFor();
            var killed = System.nanoTime();
            program = start();
            seconds.add(awaitUp(killed));
        }
        program.destroy();
        program.waitFor();
        Figures.seconds("kill -9 to health UP", seconds, "5 s");
        var export = data.resolveSibling("ledger.jsonl");
        return say(
                        command("ledger", "export", "--data", data.toString(), "--room", "pinghu", export.toString()),
                        "ledger exported")
                & say(command("ledger", "verify", export.toString()), "ledger verifies after all kills");
    }

    private Process start() throws IOException {
        return process(List.of("run", "--port", Integer.toString(port), "--data", data.toString()))
                .start();
    }

    private ProcessBuilder process(List<String> words) {
        var line = new ArrayList<String>();
        line.add(home.resolve("jiaoying").toString());
        line.addAll(words);
        return new ProcessBuilder(line)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        data.resolveSibling("out.log").toFile()));
    }

    private boolean command(String... words) throws Exception {
        return process(List.of(words)).start().waitFor() == 0;
    }

    /** @return seconds since then until the health page says UP */
    private double awaitUp(long since) throws Exception {
        var health = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/api/health"))
                .timeout(Duration.ofSeconds(2))
                .build();
        while (System.nanoTime() - since < PATIENCE.toNanos()) {
            try {
                if (http.send(health, BodyHandlers.discarding()).statusCode() == 200) {
                    return (System.nanoTime() - since) / 1e9;
                }
            } catch (IOException refused) {
                // not listening yet
            }
            TimeUnit.MILLISECONDS.sleep(20);
        }
        throw new IllegalStateException("not UP within " + PATIENCE + "; see " + data.resolveSibling("out.log"));
    }

    private static boolean say(boolean right, String what) {
        System.out.println(what + ": " + (right ? "yes" : "NO"));
        return right;
    }
}
