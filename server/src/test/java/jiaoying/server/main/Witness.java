package jiaoying.server.main;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import jiaoying.server.main.Visitor.Reply;

/**
 * Somebody outside who writes down what the program acknowledged: notes of the duty officer and readings of a source of his
 * own, by turns. What was not acknowledged he sends again, as every honest client does, so that it may be there twice.
 */
final class Witness {
    /** His readings are of the day before the storm, one a minute. */
    private static final Instant FIRST = Instant.parse("2017-08-26T06:00:00Z");

    private final Visitor officer;
    private final String station;
    private final String token;
    private final List<Ack> acks = new ArrayList<>();
    private int next = 1;

    /** @param arrival number, where the reply said it. @param note else it was a reading */
    record Ack(int what, boolean note, OptionalLong arrival) {
        String text() {
            return "witness " + what;
        }

        Instant observedAt() {
            return FIRST.plus(Duration.ofMinutes(what));
        }
    }

    /** @param token of a door for readings */
    Witness(Visitor officer, String token) {
        this.officer = officer;
        this.token = token;
        station = officer.get("/api/watch")
                .json()
                .path("stations")
                .valueStream()
                .filter(one -> one.path("area").asString("").isEmpty())
                .findFirst()
                .orElseThrow()
                .path("id")
                .asString();
    }

    /** A rain gauge outside the city, which no warning rests on. */
    String station() {
        return station;
    }

    List<Ack> acks() {
        return acks;
    }

    /** Sends the next thing, or the last again; false when it was not acknowledged. */
    boolean send() {
        var note = next % 2 == 0;
        var reply = note ? note() : reading();
        if (reply.isEmpty() || reply.get().status() >= 500) {
            return false;
        }
        if (reply.get().status() != 200 && reply.get().status() != 202) {
            throw new AssertionError("Witness " + next + ": " + reply.get().body());
        }
        if (!note
                && reply.get().status() == 200
                && reply.get().json().path("stored").asInt() != 1) {
            throw new AssertionError("Witness " + next + ": " + reply.get().body());
        }
        var arrival = reply.get().json().path("arrival").asLong(0);
        acks.add(new Ack(next, note, arrival == 0 ? OptionalLong.empty() : OptionalLong.of(arrival)));
        next++;
        return true;
    }

    private Optional<Reply> note() {
        return attempt(() -> officer.post("/api/acts/write-note", "{\"text\":\"witness " + next + "\"}"));
    }

    private Optional<Reply> reading() {
        return attempt(() -> officer.send(
                "POST",
                "/api/readings",
                "station,quantity,value,unit,observed_at\n%s,rain,0.2,mm,%s\n"
                        .formatted(station, FIRST.plus(Duration.ofMinutes(next))),
                "Content-Type",
                "text/csv",
                "Authorization",
                "Bearer " + token));
    }

    /** Empty when the program was away, or went away before it answered. */
    static Optional<Reply> attempt(java.util.function.Supplier<Reply> request) {
        try {
            return Optional.of(request.get());
        } catch (AssertionError away) {
            if (away.getCause() instanceof IOException) {
                return Optional.empty();
            }
            throw away;
        }
    }
}
