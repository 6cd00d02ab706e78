package jiaoying.server.main;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import jiaoying.server.main.DataDirectory.Kind;
import jiaoying.server.postgres.PostgresUnavailable;
import jiaoying.server.replay.ReplayRun;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Starts the demonstration on a throw-away data directory, opens a few pages and stops, so that the JVM can keep what it
 * learned in its start-up cache, and makes the tables that replays begin with. {@code ./jiaoying} calls it after building. Longer
 * it does not learn: what was compiled in training is compiled at every start, before the pages are up.
 */
@Command(name = "train", hidden = true)
final class TrainCommand implements Callable<Integer> {
    @Option(names = "--data", required = true)
    @SuppressWarnings("NullAway.Init")
    Path data;

    @Override
    public Integer call() throws IOException, InterruptedException, PostgresUnavailable {
        var storm = RunCommand.storm(RunCommand.STORM);
        var directory = DataDirectory.openOrCreate(data, Kind.DEMO);
        var options = new RunOptions(directory, Optional.empty(), 0, false, Optional.of(storm), RunCommand.SPEED, "en");
        try (var wiring = new Wiring(options, new DemoStage(directory.path(), storm, RunCommand.SPEED));
                var client = HttpClient.newHttpClient()) {
            wiring.start();
            for (var page : new String[] {"/signin", "/api/health", "/api/me", "/api/watch"}) {
                client.send(
                        HttpRequest.newBuilder(URI.create(wiring.address() + page))
                                .build(),
                        BodyHandlers.ofString());
            }
            wiring.signInLink();
        }
        var template = ReplayRun.template();
        if (template.isPresent()) {
            template.get().keep();
        }
        return Jiaoying.GOOD;
    }
}
