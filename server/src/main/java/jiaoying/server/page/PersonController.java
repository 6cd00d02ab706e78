package jiaoying.server.page;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import jiaoying.duty.casework.CaseDeed;
import jiaoying.duty.casework.CaseFact.Proof;
import jiaoying.duty.programme.Programme;
import jiaoying.duty.room.Arrival;
import jiaoying.duty.room.Deed;
import jiaoying.duty.room.Outcome;
import jiaoying.duty.room.View.ItemView;
import jiaoying.duty.room.ViewKey;
import jiaoying.server.door.EvidenceDoor;
import jiaoying.server.door.FrontDoor;
import jiaoying.server.reply.Problem;
import jiaoying.server.reply.Texts;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * The person's own link (应答链接): one person, one order, no sign-in; the token is the secret. Opening it answers nothing,
 * because chat programs open links to preview them; only a POST answers.
 */
@RestController
public final class PersonController {
    static final String SOURCE = "link";

    private final Boards boards;
    private final Function<String, Optional<LinkTarget>> targets;
    private final FrontDoor door;
    private final EvidenceDoor photos;
    private final ItemList items;
    private final Programmes programmes;
    private final RefusalNames names;

    /**
     * @param targets    of a token; empty when the token is not one of ours
     * @param programmes that the room carries
     * @param photos     where they are kept
     */
    public PersonController(
            Boards boards,
            Function<String, Optional<LinkTarget>> targets,
            FrontDoor door,
            List<Programme> programmes,
            EvidenceDoor photos) {
        this.boards = boards;
        this.targets = targets;
        this.door = door;
        this.photos = photos;
        this.items = new ItemList(boards.reads());
        this.programmes = new Programmes(programmes, boards.reads());
        this.names = new RefusalNames(boards, programmes);
    }

    @GetMapping("/a/{token}")
    ResponseEntity<String> open(@PathVariable String token, @RequestParam(defaultValue = "zh-CN") String lang) {
        var texts = Texts.of(lang);
        return targets.apply(token)
                .flatMap(target -> page(target, texts))
                .map(page -> page.expired() ? expired(texts) : html(200, page.html(false)))
                .orElseGet(() -> unknown(texts));
    }

    /** A form with photos. The token is looked at before the body is read. */
    @PostMapping(path = "/a/{token}", consumes = MediaType.MULTIPART_FORM_DATA_VALUE)
    ResponseEntity<String> photos(@PathVariable String token, HttpServletRequest request)
            throws IOException, ServletException {
        var texts = Texts.of(String.valueOf(request.getQueryString()).contains("lang=en") ? "en" : "zh-CN");
        var target = targets.apply(token);
        if (foreign(request)) {
            return html(403, PersonPage.notice(texts, "person.foreign"));
        }
        if (target.isEmpty()) {
            return unknown(texts);
        }
        try {
            return withPhotos(target.get(), new PhotoForm(request.getParts(), photos), texts);
        } catch (Problem problem) {
            var words = problem.body(texts).error();
            return page(target.get(), texts, texts.say("mine.refused", words.what(), words.allowed(), words.todo()))
                    .map(page -> html(problem.status(), page.html(false)))
                    .orElseGet(() -> unknown(texts));
        }
    }

    private ResponseEntity<String> withPhotos(LinkTarget target, PhotoForm form, Texts texts) throws IOException {
        var board = boards.whole();
        var item = board.reads()
                .find()
                .find(new ViewKey("item", form.text("item")), board.fact())
                .map(ItemView.class::cast);
        var proofs = item.isEmpty() ? List.<Proof>of() : form.keep(item.get(), target.to(), board.at());
        return page(target, texts)
                .filter(page -> !page.expired())
                .flatMap(page -> MyItems.deed(form.texts(), proofs))
                .map(deed -> onItem(target, deed, texts))
                .orElseGet(() -> expired(texts));
    }

    @PostMapping("/a/{token}")
    ResponseEntity<String> answer(
            @PathVariable String token,
            @RequestParam(defaultValue = "") String act,
            @RequestParam(defaultValue = "") String item,
            @RequestParam(defaultValue = "") String signal,
            @RequestParam(defaultValue = "") String said,
            @RequestParam(defaultValue = "zh-CN") String lang,
            HttpServletRequest request) {
        var texts = Texts.of(lang);
        if (foreign(request)) {
            return html(403, PersonPage.notice(texts, "person.foreign"));
        }
        return targets.apply(token)
                .flatMap(target -> page(target, texts)
                        .map(page -> MyItems.deed(
                                        Map.of("act", act, "item", item, "signal", signal, "said", said), List.of())
                                .filter(deed -> !page.expired())
                                .map(deed -> onItem(target, deed, texts))
                                .orElseGet(() -> answer(target, page, act, texts))))
                .orElseGet(() -> unknown(texts));
    }

    /** What was asked of an item is done, or the page says by which rule it is not. */
    private ResponseEntity<String> onItem(LinkTarget target, CaseDeed deed, Texts texts) {
        try {
            var brought = door.bring(SOURCE, new Arrival.LinkActed(target.errand(), deed));
            var refused = brought.outcome()
                    .filter(Outcome.Refused.class::isInstance)
                    .map(Outcome.Refused.class::cast)
                    .map(no -> names.named(no, new Deed.OnItem(deed), texts));
            return page(target, texts, MyItems.said(refused, texts))
                    .map(page -> html(refused.isPresent() ? 409 : 200, page.html(false)))
                    .orElseGet(() -> unknown(texts));
        } catch (Problem busy) {
            return html(busy.status(), PersonPage.notice(texts, "person.busy"));
        }
    }

    private ResponseEntity<String> answer(LinkTarget target, PersonPage page, String act, Texts texts) {
        if (page.expired()) {
            return expired(texts);
        }
        return switch (act) {
            case "received" ->
                page.answered()
                        ? html(200, page.html(false))
                        : record(new Arrival.LinkAnswered(target.errand(), false), target, texts);
            case "in-place" -> record(new Arrival.LinkAnswered(target.errand(), false, true), target, texts);
            case "not-me" -> record(new Arrival.LinkAnswered(target.errand(), true), target, texts);
            default -> html(400, PersonPage.notice(texts, "person.unclear"));
        };
    }

    private ResponseEntity<String> record(Arrival.LinkAnswered answer, LinkTarget target, Texts texts) {
        try {
            var brought = door.bring(SOURCE, answer);
            var saved = brought.outcome().isEmpty();
            return page(target, texts).map(page -> html(200, page.html(saved))).orElseGet(() -> unknown(texts));
        } catch (Problem busy) {
            return html(busy.status(), PersonPage.notice(texts, "person.busy"));
        }
    }

    private Optional<PersonPage> page(LinkTarget target, Texts texts) {
        return page(target, texts, "");
    }

    private Optional<PersonPage> page(LinkTarget target, Texts texts, String said) {
        var board = boards.whole();
        var mine = new MyItems(texts, board, programmes.words(board)).html(items.now(), target.to(), said);
        return board.reads()
                .order(target.order(), board.fact())
                .flatMap(order -> board.callee(target.order(), target.person())
                        .map(callee -> new PersonPage(texts, board, order, callee, target, mine)));
    }

    /** A form of another site. With our referrer policy a browser's own form says "null"; then it tells the site otherwise. */
    static boolean foreign(HttpServletRequest request) {
        var origin = Optional.ofNullable(request.getHeader(HttpHeaders.ORIGIN)).orElse("null");
        if (origin.equals("null")) {
            return "cross-site".equals(request.getHeader("Sec-Fetch-Site"));
        }
        var host = Optional.ofNullable(request.getHeader(HttpHeaders.HOST)).orElse("");
        return !host.equals(authority(origin));
    }

    private static String authority(String origin) {
        try {
            return Optional.ofNullable(URI.create(origin).getAuthority()).orElse("");
        } catch (IllegalArgumentException e) {
            return "";
        }
    }

    private static ResponseEntity<String> unknown(Texts texts) {
        return html(404, PersonPage.notice(texts, "person.unknown"));
    }

    private static ResponseEntity<String> expired(Texts texts) {
        return html(410, PersonPage.expiredNotice(texts));
    }

    static ResponseEntity<String> html(int status, String html) {
        return ResponseEntity.status(status)
                .contentType(MediaType.parseMediaType("text/html;charset=UTF-8"))
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .body(html);
    }
}
