package jiaoying.server.door;

import java.util.function.Function;
import jiaoying.duty.room.Outcome;
import jiaoying.server.door.FrontDoor.Brought;
import jiaoying.server.reply.Problem;
import org.springframework.http.ResponseEntity;

/** What a door answers: 200 with the outcome, 202 with a link when the room has not come to it yet, 409 when it said no. */
final class Replies {
    private Replies() {}

    record Waiting(long arrival, String link) {}

    record Taken(long arrival, OutcomeBody outcome) {}

    static ResponseEntity<Object> of(Brought brought) {
        return of(brought, outcome -> new Taken(brought.number(), OutcomeBody.of(outcome)));
    }

    static ResponseEntity<Object> of(Brought brought, Function<Outcome, Object> body) {
        if (brought.outcome().isEmpty()) {
            return ResponseEntity.accepted().body(new Waiting(brought.number(), brought.link()));
        }
        return switch (brought.outcome().get()) {
            case Outcome.Refused(var what, var value, var allowed, var todo) ->
                throw Problem.plain(409, what, value, allowed, todo);
            case Outcome.SetAside(var problem) ->
                throw Problem.plain(
                        409,
                        "The room could not take this and set it aside: " + problem,
                        "arrival " + brought.number(),
                        "",
                        "the duty officer sees it among the findings; do not send it again");
            case Outcome.Done done -> ResponseEntity.ok(body.apply(done));
            case Outcome.Stored stored -> ResponseEntity.ok(body.apply(stored));
        };
    }
}
