package jiaoying.server.watch;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/** Looks at a room's health over the network. */
public final class Probe {
    private static final int WHY_MAX = 200;

    private final URI health;
    private final Duration patience;
    private final InstantSource clock;
    private final HttpClient client;

    /** @param room address of its pages, for example {@code http://10.0.0.5:8573} */
    public Probe(URI room, Duration patience, InstantSource clock) {
        health = room.resolve("/api/health");
        this.patience = patience;
        this.clock = clock;
        client = HttpClient.newBuilder().connectTimeout(patience).build();
    }

    /** One look; whatever goes wrong is what was seen. */
    public Vigil.Look look() throws InterruptedException {
        try {
            var request = HttpRequest.newBuilder(health).timeout(patience).build();
            var reply = client.send(request, BodyHandlers.ofString());
            var said = reply.headers().firstValue("Date").flatMap(Probe::date);
            boolean up = reply.statusCode() == 200;
            return new Vigil.Look(
                    clock.instant(), up, up ? "" : "HTTP " + reply.statusCode() + " " + shortened(reply.body()), said);
        } catch (IOException e) {
            var why = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
            return new Vigil.Look(clock.instant(), false, shortened(why), Optional.empty());
        }
    }

    private static Optional<Instant> date(String text) {
        try {
            return Optional.of(ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant());
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    private static String shortened(String text) {
        var line = text.replaceAll("\\s+", " ").strip();
        return line.length() <= WHY_MAX ? line : line.substring(0, WHY_MAX) + "…";
    }
}
