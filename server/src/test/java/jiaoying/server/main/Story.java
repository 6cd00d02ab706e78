package jiaoying.server.main;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** An hour of a real storm, which the real program plays in half a minute. */
final class Story {
    static final double SPEED = 180;

    static final Instant FIRST_ALERT = Instant.parse("2017-08-27T02:15:00Z");

    /** The ladders of the first order have begun and are not over. */
    static final Instant LADDERS_CLIMB = Instant.parse("2017-08-27T02:23:00Z");

    /** Five more towns are orange at 02:47, and the office has answered. */
    static final Instant FIVE_TOWNS_CALLED = Instant.parse("2017-08-27T02:55:00Z");

    /** The last rain falls at 03:10, the office has answered by 03:13, and the last ladder ends 10 minutes later. */
    static final Instant LADDERS_OVER = Instant.parse("2017-08-27T03:24:00Z");

    private static final Instant LAST_RAIN = Instant.parse("2017-08-27T03:10:00Z");

    private static final Path STORM = Path.of("src/test/resources/jiaoying/server/main/storm");

    private Story() {}

    static Path storm() {
        return STORM.toAbsolutePath();
    }

    static LiveProgram start(Path data, int port) throws IOException {
        return LiveProgram.start(data, port, "--storm=" + storm(), "--speed=" + SPEED);
    }

    /** Types one command; returns what it said. */
    static String type(String... args) {
        var out = new StringWriter();
        var writer = new PrintWriter(out, true);
        assertThat(Jiaoying.execute(args, Map.of(), writer, writer))
                .as(out::toString)
                .isZero();
        return out.toString();
    }

    /** A token for a source of readings, got while the program runs. */
    static String token(Path data) {
        return type("door", "add", "witness", "--data", data.toString())
                .lines()
                .toList()
                .getLast();
    }

    /**
     * Whether Watch shows that time; {@code over}: and all rain has come in, no alert is open and no ladder has a next step.
     * Whom nobody stood in for may stay on the officer's list: who answers hangs on the order's number.
     */
    static boolean shows(Visitor officer, Instant time, boolean over) {
        var reply = Witness.attempt(() -> officer.get("/api/watch"));
        if (reply.isEmpty() || reply.get().status() != 200) {
            return false;
        }
        var watch = reply.get().json();
        return !Instant.parse(watch.path("now").asString()).isBefore(time) && (!over || isOver(watch));
    }

    private static boolean isOver(JsonNode watch) {
        return watch.path("alerts").isEmpty()
                && watch.path("silent")
                        .valueStream()
                        .allMatch(row -> row.path("next").isEmpty())
                && rained(watch);
    }

    private static boolean rained(JsonNode watch) {
        return watch.path("stations")
                .valueStream()
                .anyMatch(station -> station.path("last_at").asString("").equals(LAST_RAIN.toString()));
    }
}
