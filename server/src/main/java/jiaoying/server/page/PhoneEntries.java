package jiaoying.server.page;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import jiaoying.duty.casework.CaseFact.Proof;
import jiaoying.duty.errand.CarrierEvent;
import jiaoying.duty.room.Arrival;
import jiaoying.duty.room.Deed;
import jiaoying.duty.room.Outcome;
import jiaoying.duty.room.View.ItemView;
import jiaoying.duty.room.ViewKey;
import jiaoying.server.door.EvidenceDoor;
import jiaoying.server.door.FrontDoor;
import jiaoying.server.reply.Problem;
import jiaoying.server.reply.Texts;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

/**
 * What a person's telephone kept until it had a network (离线暂存). Each entry is a form of his own page with a key, made once on the
 * telephone: it may come as often as it likes, also after a kill, and is done once. The telephone says how long ago it was entered,
 * not when, because its clock may be wrong.
 */
@RestController
public final class PhoneEntries {
    private static final String KEY = "Entry-Key";
    private static final String AGE = "Entry-Age";
    private static final Pattern KEYS = Pattern.compile("[0-9a-f]{32}");
    private static final Pattern SECONDS = Pattern.compile("\\d{1,9}");
    private static final Duration OLDEST = Duration.ofDays(30);
    private static final MediaType SCRIPT = MediaType.parseMediaType("text/javascript;charset=UTF-8");

    private final Boards boards;
    private final Function<String, Optional<LinkTarget>> targets;
    private final FrontDoor door;
    private final EvidenceDoor photos;
    private final RefusalNames names;

    /** @param targets of a token; empty when the token is not one of ours */
    public PhoneEntries(
            Boards boards,
            Function<String, Optional<LinkTarget>> targets,
            FrontDoor door,
            EvidenceDoor photos,
            RefusalNames names) {
        this.boards = boards;
        this.names = names;
        this.targets = targets;
        this.door = door;
        this.photos = photos;
    }

    /** What came of an entry. @param state done, refused, or later: it is to be sent again */
    record Reply(String state, String say) {}

    @GetMapping("/a/kept.js")
    ResponseEntity<String> script() {
        return script(
                PhoneScripts.KEPT,
                CacheControl.maxAge(Duration.ofDays(365)).cachePublic().immutable());
    }

    @GetMapping("/a/worker.js")
    ResponseEntity<String> worker() {
        return script(PhoneScripts.WORKER, CacheControl.noCache());
    }

    private static ResponseEntity<String> script(String text, CacheControl cache) {
        return ResponseEntity.ok().contentType(SCRIPT).cacheControl(cache).body(text);
    }

    /** The token is looked at before the body is read. */
    @PostMapping(path = "/a/{token}", consumes = MediaType.MULTIPART_FORM_DATA_VALUE, headers = KEY)
    ResponseEntity<Reply> take(
            @PathVariable String token,
            @RequestHeader(KEY) String key,
            @RequestHeader(name = AGE, defaultValue = "0") String age,
            HttpServletRequest request)
            throws IOException, ServletException {
        var texts = Texts.of(String.valueOf(request.getQueryString()).contains("lang=en") ? "en" : "zh-CN");
        var target = targets.apply(token);
        if (PersonController.foreign(request)) {
            return refused(403, texts.say("person.foreign.text"));
        }
        if (target.isEmpty()) {
            return refused(404, texts.say("person.unknown.text"));
        }
        if (expired(target.get())) {
            return refused(410, texts.say("person.expired.text"));
        }
        try {
            return arrival(target.get(), key, boards.whole().at().minus(age(age)), request)
                    .map(arrival -> answer(arrival, texts))
                    .orElseGet(() -> refused(400, texts.say("person.unclear.text")));
        } catch (Problem problem) {
            var words = problem.body(texts).error();
            return problem.status() >= 500
                    ? reply(503, "later", texts.say("person.busy.title"))
                    : refused(problem.status(), said(words, texts));
        }
    }

    private Optional<Arrival> arrival(LinkTarget target, String key, Instant enteredAt, HttpServletRequest request)
            throws IOException, ServletException {
        if (!KEYS.matcher(key).matches()) {
            return Optional.empty();
        }
        var form = new PhotoForm(request.getParts(), photos);
        var answer = said(form.text("act"));
        if (answer.isPresent()) {
            return Optional.of(new Arrival.PhoneAnswered(target.errand(), answer.get(), enteredAt));
        }
        return MyItems.deed(form.texts(), proofs(form, target, enteredAt))
                .map(deed -> new Arrival.PhoneActed(target.errand(), deed, key, enteredAt));
    }

    private static Optional<CarrierEvent.Kind> said(String act) {
        return switch (act) {
            case "received" -> Optional.of(CarrierEvent.Kind.CONFIRMED);
            case "in-place" -> Optional.of(CarrierEvent.Kind.IN_PLACE);
            case "not-me" -> Optional.of(CarrierEvent.Kind.NOT_ME);
            default -> Optional.empty();
        };
    }

    private List<Proof> proofs(PhotoForm form, LinkTarget target, Instant enteredAt) throws IOException {
        var board = boards.whole();
        var item = board.reads()
                .find()
                .find(new ViewKey("item", form.text("item")), board.fact())
                .map(ItemView.class::cast);
        return item.isEmpty() ? List.of() : form.keep(item.get(), target.to(), enteredAt);
    }

    private ResponseEntity<Reply> answer(Arrival arrival, Texts texts) {
        var outcome = door.bring(PersonController.SOURCE, arrival).outcome();
        if (outcome.isEmpty()) {
            return reply(202, "later", texts.say("person.saved"));
        }
        return switch (outcome.get()) {
            case Outcome.Refused no ->
                refused(409, said(Problem.Words.refused(texts, named(no, arrival, texts)), texts));
            case Outcome.SetAside aside -> refused(409, texts.say("kept.aside"));
            case Outcome.Done done -> reply(200, "done", texts.say("mine.done"));
            case Outcome.Stored stored -> reply(200, "done", texts.say("mine.done"));
        };
    }

    private Outcome.Refused named(Outcome.Refused no, Arrival arrival, Texts texts) {
        return arrival instanceof Arrival.PhoneActed acted ? names.named(no, new Deed.OnItem(acted.deed()), texts) : no;
    }

    private static String said(Problem.Words words, Texts texts) {
        return texts.say("mine.refused", words.what(), words.allowed(), words.todo());
    }

    private boolean expired(LinkTarget target) {
        var board = boards.whole();
        return board.reads()
                .order(target.order(), board.fact())
                .map(order -> PersonPage.expired(order, board.at()))
                .orElse(true);
    }

    private static Duration age(String seconds) {
        var said = SECONDS.matcher(seconds).matches() ? Duration.ofSeconds(Long.parseLong(seconds)) : Duration.ZERO;
        return said.compareTo(OLDEST) > 0 ? OLDEST : said;
    }

    private static ResponseEntity<Reply> refused(int status, String say) {
        return reply(status, "refused", say);
    }

    private static ResponseEntity<Reply> reply(int status, String state, String say) {
        return ResponseEntity.status(status)
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .body(new Reply(state, say));
    }
}
