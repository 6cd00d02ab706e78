package jiaoying.server.door;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.Optional;
import jiaoying.duty.measure.Sentence;
import jiaoying.server.reply.Problem;
import jiaoying.server.reply.Texts;
import jiaoying.server.security.Caller;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** Where readings come in (测站数据入口): good rows are kept, broken ones are named. */
@RestController
public final class ReadingsDoor {
    static final long MOST_BYTES = 8L * 1024 * 1024;

    private final FrontDoor door;
    private final DoorCount count;

    public ReadingsDoor(FrontDoor door, DoorCount count) {
        this.door = door;
        this.count = count;
    }

    @PostMapping("/api/readings")
    ResponseEntity<Object> readings(HttpServletRequest request) throws IOException {
        try {
            var source = Caller.current().name();
            var rows = read(request);
            var arrival = rows.arrival(source);
            var reply =
                    Replies.of(door.bring(source, arrival, rows::body), outcome -> rows.body(outcome, reader(request)));
            count.good(arrival);
            return reply;
        } catch (Problem problem) {
            count.fault(String.valueOf(problem.status()));
            throw problem;
        }
    }

    private static Texts reader(HttpServletRequest request) {
        return Texts.of(Optional.ofNullable(request.getHeader(HttpHeaders.ACCEPT_LANGUAGE))
                .orElse(""));
    }

    private static ReadingRows read(HttpServletRequest request) throws IOException {
        InputStream in = BoundedBody.of(request.getInputStream(), request.getContentLengthLong(), MOST_BYTES);
        var type = Optional.ofNullable(request.getContentType()).orElse("").toLowerCase(Locale.ROOT);
        if (type.startsWith("application/json")) {
            return ReadingsJson.read(in);
        }
        if (type.startsWith("text/csv")) {
            return ReadingsCsv.read(in);
        }
        throw Problem.allowing(415, "content.type", type, Sentence.words("application/json, text/csv"));
    }
}
