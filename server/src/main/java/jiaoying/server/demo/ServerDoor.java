package jiaoying.server.demo;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** A way into the running server from outside: posts to one of its doors. */
final class ServerDoor {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();

    private final URI server;
    private final String token;

    /** @param token bearer token of the door, or empty for a door that needs none */
    ServerDoor(URI server, String token) {
        this.server = server;
        this.token = token;
    }

    /** Posts JSON. @throws IOException when the server is away or too busy, so that it should be sent again */
    int json(String path, String body) throws IOException, InterruptedException {
        return send(server.resolve(path), "application/json", body);
    }

    /** Presses the button of a person's page. */
    static int press(URI link) throws IOException, InterruptedException {
        return new ServerDoor(link, "").send(link, "application/x-www-form-urlencoded", "act=received");
    }

    private int send(URI address, String type, String body) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(address)
                .timeout(PATIENCE)
                .header("Content-Type", type)
                .POST(BodyPublishers.ofString(body));
        if (!token.isEmpty()) {
            request.header("Authorization", "Bearer " + token);
        }
        var status = CLIENT.send(request.build(), BodyHandlers.discarding()).statusCode();
        if (status >= 500) {
            throw new IOException("%s answered %d".formatted(address.getPath(), status));
        }
        return status;
    }
}
