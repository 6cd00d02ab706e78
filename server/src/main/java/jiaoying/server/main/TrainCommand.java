package jiaoying.server.main;

import java.io.IOException;
import java.net.CookieManager;
import java.net.HttpCookie;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Callable;
import jiaoying.server.replay.ReplayRun;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Starts the demonstration twice on a throw-away data directory, anew and over what is there, opens a few pages and stops, so that
 * the JVM can keep what it learned in its start-up cache; and makes the tables that replays begin with. Longer it does not learn:
 * what was compiled in training is compiled at every start, before the pages are up. {@code ./jiaoying} calls it after building.
 */
@Command(name = "train", hidden = true)
final class TrainCommand implements Callable<Integer> {
    private static final String[] PAGES = {
        "/", "/api/me", "/api/watch", "/api/health", "/api/map", "/api/watch/timeline", "/api/watch?rows=none"
    };

    @Option(names = "--data", required = true)
    @SuppressWarnings("NullAway.Init")
    Path data;

    @Override
    public Integer call() throws Exception {
        start();
        start();
        var template = ReplayRun.template();
        if (template.isPresent()) {
            template.get().keep();
        }
        return Jiaoying.GOOD;
    }

    /** By the way of the command line. */
    private void start() throws Exception {
        var line = Jiaoying.toRun(Words.EN).parseArgs("run", "--port", "0", "--data", data.toString());
        var run = (RunCommand) line.subcommand().commandSpec().userObject();
        var options = run.options();
        try (var wiring =
                new Wiring(options, new DemoStage(data, options.storm().orElseThrow(), options.speed()))) {
            wiring.start();
            look(wiring);
        }
    }

    private static void look(Wiring wiring) throws IOException, InterruptedException {
        var cookies = new CookieManager();
        try (var client = HttpClient.newBuilder().cookieHandler(cookies).build()) {
            var pages = new Pages(client, cookies, wiring.address());
            pages.get("/signin");
            pages.signIn(wiring.signInLink());
            for (var page : PAGES) {
                pages.get(page);
            }
        }
    }

    private record Pages(HttpClient client, CookieManager cookies, String address) {
        String get(String page) throws IOException, InterruptedException {
            var request = HttpRequest.newBuilder(URI.create(address + page)).build();
            return client.send(request, BodyHandlers.ofString()).body();
        }

        void signIn(String link) throws IOException, InterruptedException {
            var token = link.substring(link.indexOf('#') + 1);
            var request = HttpRequest.newBuilder(URI.create(address + "/api/session/link"))
                    .header("Content-Type", "application/json")
                    .header("X-XSRF-TOKEN", proof())
                    .POST(BodyPublishers.ofString("{\"token\":\"" + token + "\"}"))
                    .build();
            client.send(request, BodyHandlers.ofString());
        }

        private String proof() {
            return cookies.getCookieStore().getCookies().stream()
                    .filter(cookie -> cookie.getName().equals("XSRF-TOKEN"))
                    .map(HttpCookie::getValue)
                    .filter(Objects::nonNull)
                    .findFirst()
                    .orElse("");
        }
    }
}
