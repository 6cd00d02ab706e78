package jiaoying.server.drill;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import tools.jackson.databind.json.JsonMapper;

/** The doors of the program that is drilled, as anybody outside reaches them. May be called from many threads. */
public final class Doors {
    private static final Duration PATIENCE = Duration.ofSeconds(8);
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();

    /** In place of a status: nobody knows whether it was taken; it is brought again. */
    private static final int AWAY = 0;

    private final URI server;
    private final UnaryOperator<String> tokens;

    /** @param tokens the bearer token by the name of a source; empty while there is none */
    public Doors(URI server, UnaryOperator<String> tokens) {
        this.server = server;
        this.tokens = tokens;
    }

    /** The signal of an area; {@code none} lifts. @return whether the room has decided on it: taken, or refused since it has it already */
    public boolean signal(String area, String color) {
        int status = post(
                "/api/signals",
                "office",
                Map.of(
                        "source",
                        "演习气象台",
                        "hazard",
                        "rainstorm",
                        "area",
                        area,
                        "color",
                        color,
                        "text",
                        "演习",
                        "alert",
                        ""));
        return status != AWAY && status != 401 && status != 403;
    }

    boolean event(String carrier, String event, String key, String kind) {
        var one = Map.of("event", event, "key", key, "kind", kind, "detail", "");
        int status = post("/api/carriers/" + carrier + "/events", carrier, Map.of("events", List.of(one)));
        return status == 200 || status == 202;
    }

    /** True when the room is there and well. */
    public boolean up() {
        try {
            var request = HttpRequest.newBuilder(server.resolve("/api/health"))
                    .timeout(PATIENCE)
                    .build();
            return CLIENT.send(request, BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private int post(String path, String source, Map<String, ?> body) {
        try {
            var request = HttpRequest.newBuilder(server.resolve(path))
                    .timeout(PATIENCE)
                    .header("Content-Type", "application/json")
                    .header("Authorization", "Bearer " + tokens.apply(source))
                    .POST(BodyPublishers.ofString(JsonMapper.shared().writeValueAsString(body)))
                    .build();
            int status = CLIENT.send(request, BodyHandlers.discarding()).statusCode();
            return status >= 500 ? AWAY : status;
        } catch (IOException e) {
            return AWAY;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return AWAY;
        }
    }
}
