package jiaoying.server.page;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import java.util.function.Supplier;
import jiaoying.duty.measure.Sentence;
import jiaoying.server.cap.CapOut;
import jiaoying.server.reply.Problem;
import jiaoying.server.security.Caller;
import jiaoying.wire.cap.Cap;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.util.DigestUtils;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** Our own CAP messages (预警订阅源): a feed and the files in it, for everybody only where the room's settings say so. */
@RestController
public final class FeedController {
    private final Supplier<Optional<CapOut>> out;

    /** @param out empty when the room publishes nothing */
    public FeedController(Supplier<Optional<CapOut>> out) {
        this.out = out;
    }

    @GetMapping("/feeds/cap.atom")
    ResponseEntity<byte[]> feed(HttpServletRequest request) {
        return reply(
                request,
                "application/atom+xml",
                opened().feed(request.getRequestURL().toString()));
    }

    @GetMapping("/feeds/cap/{name}.xml")
    ResponseEntity<byte[]> message(@PathVariable String name, HttpServletRequest request) {
        var found = opened().find(name);
        return reply(
                request,
                Cap.MEDIA_TYPE,
                found.orElseThrow(() -> Problem.allowing(404, "feed.message", name, Sentence.of("feed-messages"))));
    }

    private CapOut opened() {
        var opened = out.get().orElseThrow(() -> Problem.allowing(404, "feed.none", "", Sentence.of("feed-messages")));
        if (!opened.isPublic() && Caller.find().isEmpty()) {
            throw Problem.allowing(401, "feed.closed", "", Sentence.of("feed-token"));
        }
        return opened;
    }

    private static ResponseEntity<byte[]> reply(HttpServletRequest request, String type, byte[] body) {
        var tag = "\"" + DigestUtils.md5DigestAsHex(body) + "\"";
        if (tag.equals(request.getHeader(HttpHeaders.IF_NONE_MATCH))) {
            return ResponseEntity.status(304).eTag(tag).build();
        }
        return ResponseEntity.ok()
                .header(HttpHeaders.CONTENT_TYPE, type)
                .eTag(tag)
                .body(body);
    }
}
