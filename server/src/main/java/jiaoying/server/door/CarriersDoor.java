package jiaoying.server.door;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import jiaoying.duty.errand.CarrierEvent;
import jiaoying.duty.measure.Sentence;
import jiaoying.duty.room.Arrival;
import jiaoying.server.reply.Problem;
import jiaoying.server.security.Caller;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** Where carriers tell what became of calls (回执入口): delivered, busy, key 1. */
@RestController
public final class CarriersDoor {
    private static final int MOST_EVENTS = 500;

    private final FrontDoor door;

    public CarriersDoor(FrontDoor door) {
        this.door = door;
    }

    @PostMapping("/api/carriers/{carrier}/events")
    ResponseEntity<Object> events(@PathVariable String carrier, HttpServletRequest request) throws IOException {
        var caller = Caller.current().name();
        if (!caller.equals(carrier)) {
            throw Problem.allowing(403, "carrier.token", carrier, Sentence.words(caller));
        }
        var events = Fields.read(request.getInputStream()).objects("events", MOST_EVENTS).stream()
                .map(fields -> event(carrier, fields))
                .toList();
        return Replies.of(door.bring(carrier, new Arrival.CarrierEvents(events)));
    }

    private static CarrierEvent event(String carrier, Fields fields) {
        return new CarrierEvent(carrier, fields.id("event"), fields.id("key"), kind(fields), fields.anyText("detail"));
    }

    /** A kind in lower case with hyphens, as on screens, or as the enum writes it. */
    private static CarrierEvent.Kind kind(Fields fields) {
        var word = fields.id("kind").toUpperCase(Locale.ROOT).replace('-', '_');
        return Arrays.stream(CarrierEvent.Kind.values())
                .filter(kind -> kind.name().equals(word))
                .findFirst()
                .orElseThrow(() -> fields.wrong("kind", Sentence.of("one-of", kinds())));
    }

    private static String kinds() {
        return Arrays.stream(CarrierEvent.Kind.values())
                .map(kind -> kind.name().toLowerCase(Locale.ROOT).replace('_', '-'))
                .collect(Collectors.joining(", "));
    }
}
