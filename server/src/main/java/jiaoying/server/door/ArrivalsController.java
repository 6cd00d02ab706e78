package jiaoying.server.door;

import java.util.EnumSet;
import java.util.Optional;
import jiaoying.duty.measure.Sentence;
import jiaoying.duty.room.Outcome;
import jiaoying.server.reply.Problem;
import jiaoying.server.reply.Texts;
import jiaoying.server.security.Caller;
import jiaoying.server.security.Role;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

/** What became of an arrival, for whoever brought it and for the duty of the whole room. */
@RestController
public final class ArrivalsController {
    private static final EnumSet<Role> SEE_ALL = EnumSet.of(Role.DUTY_OFFICER, Role.DUTY_LEADER, Role.AUDITOR);

    private final FrontDoor door;

    public ArrivalsController(FrontDoor door) {
        this.door = door;
    }

    record ArrivalBody(
            long arrival, boolean taken, @Nullable Object outcome) {}

    @GetMapping("/api/arrivals/{number}")
    ArrivalBody arrival(
            @PathVariable long number,
            @RequestHeader(name = HttpHeaders.ACCEPT_LANGUAGE, defaultValue = "") String lang) {
        var caller = Caller.current();
        if (!door.broughtBy(number, caller.name()) && !seesAll(caller)) {
            throw Problem.allowing(404, "arrival.missing", String.valueOf(number), Sentence.of("arrival-number"));
        }
        Optional<Outcome> outcome = door.outcome(number);
        return new ArrivalBody(
                number,
                outcome.isPresent(),
                outcome.map(found -> door.reading(number, found, Texts.of(lang)))
                        .orElse(null));
    }

    private static boolean seesAll(Caller caller) {
        return caller instanceof Caller.Person(var account, var _)
                && account.areas().isEmpty()
                && account.roles().stream().anyMatch(SEE_ALL::contains);
    }
}
