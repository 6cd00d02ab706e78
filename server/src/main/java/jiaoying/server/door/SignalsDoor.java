package jiaoying.server.door;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.function.Predicate;
import jiaoying.duty.measure.Sentence;
import jiaoying.duty.room.Arrival;
import jiaoying.server.security.Caller;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** Where a weather office's signals come in (预警信号入口). */
@RestController
public final class SignalsDoor {
    private final FrontDoor door;
    private final Predicate<String> areaKnown;

    public SignalsDoor(FrontDoor door, Predicate<String> areaKnown) {
        this.door = door;
        this.areaKnown = areaKnown;
    }

    @PostMapping("/api/signals")
    ResponseEntity<Object> signal(HttpServletRequest request) throws IOException {
        var fields = Fields.read(request.getInputStream());
        var by = Caller.current().name();
        var area = fields.id("area");
        if (!areaKnown.test(area)) {
            throw fields.wrong("area", Sentence.of("area-code"));
        }
        return Replies.of(door.bring(
                by,
                new Arrival.SignalReceived(
                        fields.text("source"),
                        by,
                        fields.id("hazard"),
                        area,
                        fields.color("color"),
                        fields.anyText("text"),
                        fields.anyText("alert"))));
    }
}
