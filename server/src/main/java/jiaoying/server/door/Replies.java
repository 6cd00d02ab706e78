package jiaoying.server.door;

import java.util.function.BiFunction;
import java.util.function.Function;
import jiaoying.duty.room.Outcome;
import jiaoying.server.door.FrontDoor.Brought;
import jiaoying.server.reply.Problem;
import jiaoying.server.reply.Texts;
import org.springframework.http.ResponseEntity;

/** What a door answers: 200 with the outcome, 202 with a link when the room has not come to it yet, 409 when it said no. */
public final class Replies {
    private Replies() {}

    record Waiting(long arrival, String link) {}

    record Taken(long arrival, OutcomeBody outcome) {}

    public static ResponseEntity<Object> of(Brought brought) {
        return of(brought, outcome -> new Taken(brought.number(), OutcomeBody.of(outcome, Texts.EN)));
    }

    /** @param named a refusal in the reader's words */
    static ResponseEntity<Object> named(Brought brought, BiFunction<Outcome.Refused, Texts, Outcome.Refused> named) {
        if (brought.outcome().isPresent() && brought.outcome().get() instanceof Outcome.Refused no) {
            throw Problem.worded(409, reader -> Problem.Words.refused(reader, named.apply(no, reader)));
        }
        return of(brought);
    }

    static ResponseEntity<Object> of(Brought brought, Function<Outcome, Object> body) {
        if (brought.outcome().isEmpty()) {
            return ResponseEntity.accepted().body(new Waiting(brought.number(), brought.link()));
        }
        return switch (brought.outcome().get()) {
            case Outcome.Refused no -> throw Problem.worded(409, reader -> Problem.Words.refused(reader, no));
            case Outcome.SetAside(var problem) ->
                throw Problem.worded(409, reader -> Problem.Words.said(reader, "refused.set-aside", problem));
            case Outcome.Done done -> ResponseEntity.ok(body.apply(done));
            case Outcome.Stored stored -> ResponseEntity.ok(body.apply(stored));
        };
    }
}
