package jiaoying.server.page;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import jiaoying.duty.programme.Programme;
import jiaoying.duty.room.View.ItemControl;
import jiaoying.duty.room.View.ItemView;
import jiaoying.duty.room.ViewKey;
import jiaoying.server.programme.Paper;
import jiaoying.server.reply.Problem;
import jiaoying.server.reply.Texts;
import jiaoying.server.security.Caller;
import jiaoying.server.store.Mentions;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The trace of an item (责任倒查), as a page to print and as a file that proves itself. */
@RestController
public final class TraceController {
    private static final List<String> PAPERS = List.of("pdf", "docx", "xlsx");

    /** For who sees the whole room: entries of the ledger are of all of it. */
    private static final List<String> SIGNED_TOO = List.of("pdf", "docx", "xlsx", "jsonl");

    private final Boards boards;
    private final Programmes programmes;
    private final Ledger ledger;

    /** @param programmes that the room carries */
    public TraceController(Boards boards, List<Programme> programmes, Ledger ledger) {
        this.boards = boards;
        this.programmes = new Programmes(programmes, boards.reads());
        this.ledger = ledger;
    }

    /** What the ledger says of something. */
    public interface Ledger {
        /** Where it stands now, as {@code number:hash}. */
        String head();

        /** Writes the signed file, whole however long. @param of what an entry has to name */
        void trace(String about, Mentions of, OutputStream to) throws IOException;
    }

    /** @param at an instant: what was known then, whatever was corrected later */
    @GetMapping("/api/items/{item}/trace.html")
    ResponseEntity<String> page(
            @PathVariable String item,
            @RequestParam(defaultValue = "") String at,
            @RequestParam(defaultValue = "zh-CN") String lang) {
        var texts = Texts.of(lang);
        var board = boards.forCaller(at);
        var view = view(item, board, texts);
        return PersonController.html(200, trace(view, board, texts).html(ledger.head(), reader()));
    }

    @GetMapping("/api/items/{item}/trace.pdf")
    ResponseEntity<byte[]> pdf(
            @PathVariable String item,
            @RequestParam(defaultValue = "") String at,
            @RequestParam(defaultValue = "zh-CN") String lang) {
        var texts = Texts.of(lang);
        var board = boards.forCaller(at);
        var view = view(item, board, texts);
        var paper = trace(view, board, texts).paper(ledger.head(), reader());
        return ReportController.sent(view.item() + ".trace", "pdf", paper, texts);
    }

    /** Entries of the ledger about the item and about the signals that asked for its control; {@code ledger verify} reads it. */
    @GetMapping("/api/items/{item}/trace.jsonl")
    void file(@PathVariable String item, @RequestParam(defaultValue = "zh-CN") String lang, HttpServletResponse reply)
            throws IOException {
        var view = view(item, boards.forCaller(""), Texts.of(lang));
        write(view.item(), about(List.of(view)), reply);
    }

    private static Mentions about(List<ItemView> items) {
        return new Mentions(Map.of(
                "item",
                items.stream().map(ItemView::item).collect(Collectors.toSet()),
                "signal",
                items.stream()
                        .flatMap(item -> item.controls().stream())
                        .map(ItemControl::signal)
                        .collect(Collectors.toSet())));
    }

    /** What a person did, was asked and answered; {@code html}, {@code pdf}, {@code docx} or {@code xlsx}. */
    @GetMapping("/api/trace/persons/{person}.{form}")
    ResponseEntity<?> person(
            @PathVariable String person,
            @PathVariable String form,
            @RequestParam(defaultValue = "") String at,
            @RequestParam(defaultValue = "1") int page,
            @RequestParam Map<String, String> query,
            @RequestParam(defaultValue = "zh-CN") String lang) {
        var texts = Texts.of(lang);
        var board = boards.forCaller(at);
        known(person, board, texts);
        return sent(
                person,
                form,
                book(board, texts).person(person, ledger.head(), reader()),
                new Part(person, page, query),
                board,
                texts);
    }

    /** Entries that name the person, in whatever part. */
    @GetMapping("/api/trace/persons/{person}.jsonl")
    void personFile(
            @PathVariable String person, @RequestParam(defaultValue = "zh-CN") String lang, HttpServletResponse reply)
            throws IOException {
        var texts = Texts.of(lang);
        var board = boards.forCaller("");
        known(person, board, texts);
        var who = Set.of(person);
        signed(
                person,
                new Mentions(Map.of("person", who, "onBehalfOf", who, "to", who, "by", who, "persons", who)),
                board,
                texts,
                reply);
    }

    private static void known(String person, Board board, Texts texts) {
        if (!board.register().persons().containsKey(person) || !concerns(board, person)) {
            throw Problem.said(404, texts, "scope.nowhere", person);
        }
    }

    /** What a body led, where it was late and what its people did. */
    @GetMapping("/api/trace/bodies/{body}.{form}")
    ResponseEntity<?> body(
            @PathVariable String body,
            @PathVariable String form,
            @RequestParam(defaultValue = "") String at,
            @RequestParam(defaultValue = "1") int page,
            @RequestParam Map<String, String> query,
            @RequestParam(defaultValue = "zh-CN") String lang) {
        var texts = Texts.of(lang);
        var board = boards.forCaller(at);
        knownBody(body, board, texts);
        return sent(
                body,
                form,
                book(board, texts).body(body, ledger.head(), reader()),
                new Part(body, page, query),
                board,
                texts);
    }

    /** Entries that name the body, and all entries of every item that it ever led. */
    @GetMapping("/api/trace/bodies/{body}.jsonl")
    void bodyFile(
            @PathVariable String body, @RequestParam(defaultValue = "zh-CN") String lang, HttpServletResponse reply)
            throws IOException {
        var texts = Texts.of(lang);
        var board = boards.forCaller("");
        knownBody(body, board, texts);
        var led = items(board).stream()
                .filter(item -> item.leads().contains(body))
                .map(ItemView::item)
                .collect(Collectors.toSet());
        var named = Set.of(body);
        signed(
                body,
                new Mentions(
                        Map.of("item", led, "body", named, "lead", named, "supervising", named, "assisting", named)),
                board,
                texts,
                reply);
    }

    private static void knownBody(String body, Board board, Texts texts) {
        if (Optional.ofNullable(board.register().bodies().get(body))
                .filter(one -> board.scope().whole() || board.scope().covers(one.area()))
                .isEmpty()) {
            throw Problem.said(404, texts, "scope.nowhere", body);
        }
    }

    /** An incident, with the hazards near it that were open before it and who held them. @param metres how near */
    @GetMapping("/api/trace/incidents/{item}.{form}")
    ResponseEntity<?> incident(
            @PathVariable String item,
            @PathVariable String form,
            @RequestParam(defaultValue = "1000") int metres,
            @RequestParam(defaultValue = "") String at,
            @RequestParam(defaultValue = "1") int page,
            @RequestParam Map<String, String> query,
            @RequestParam(defaultValue = "zh-CN") String lang) {
        var texts = Texts.of(lang);
        var board = boards.forCaller(at);
        var view = view(item, board, texts);
        var trace = trace(view, board, texts).paper(ledger.head(), reader());
        var near = book(board, texts).near(view, within(metres));
        var blocks = new ArrayList<Paper.Block>();
        blocks.add(trace.blocks().getFirst());
        blocks.add(new Paper.Heading(texts.say("book.near", metres)));
        blocks.add(near.rows().isEmpty() ? new Paper.Paragraph(texts.say("trace.none")) : near);
        blocks.addAll(trace.blocks().subList(1, trace.blocks().size()));
        return sent(
                item, form, new Paper(trace.title(), List.copyOf(blocks)), new Part(item, page, query), board, texts);
    }

    /** Entries about the incident and about every item that stood near it before, as of a single item. */
    @GetMapping("/api/trace/incidents/{item}.jsonl")
    void incidentFile(
            @PathVariable String item,
            @RequestParam(defaultValue = "1000") int metres,
            @RequestParam(defaultValue = "zh-CN") String lang,
            HttpServletResponse reply)
            throws IOException {
        var texts = Texts.of(lang);
        var board = boards.forCaller("");
        var incident = view(item, board, texts);
        var near = book(board, texts).itemsNear(incident, within(metres));
        signed(item, about(Stream.concat(Stream.of(incident), near.stream()).toList()), board, texts, reply);
    }

    /**
     * What stood near a place before something happened there, whether or not an item tells of it.
     *
     * @param place longitude and latitude in degrees, as {@code 121.02,30.70} @param when an instant, not after now
     */
    @GetMapping("/api/trace/places/{place}.{form}")
    ResponseEntity<?> place(
            @PathVariable String place,
            @PathVariable String form,
            @RequestParam(defaultValue = "1000") int metres,
            @RequestParam(defaultValue = "") String when,
            @RequestParam(defaultValue = "1") int page,
            @RequestParam Map<String, String> query,
            @RequestParam(defaultValue = "zh-CN") String lang) {
        var texts = Texts.of(lang);
        var board = boards.forCaller("");
        var paper = book(board, texts)
                .incident(spot(place, texts), boards.instant(when), within(metres), ledger.head(), reader());
        return sent("incident", form, paper, new Part(place, page, query), board, texts);
    }

    /** Entries about every item that stood near the place before. */
    @GetMapping("/api/trace/places/{place}.jsonl")
    void placeFile(
            @PathVariable String place,
            @RequestParam(defaultValue = "1000") int metres,
            @RequestParam(defaultValue = "") String when,
            @RequestParam(defaultValue = "zh-CN") String lang,
            HttpServletResponse reply)
            throws IOException {
        var texts = Texts.of(lang);
        var board = boards.forCaller("");
        var near = book(board, texts).itemsNear(spot(place, texts), boards.instant(when), within(metres));
        signed(place, about(near), board, texts, reply);
    }

    private static double[] spot(String place, Texts texts) {
        return TraceBook.point(place).orElseThrow(() -> Problem.said(400, texts, "trace.place", place));
    }

    private static int within(int metres) {
        return Math.clamp(metres, 1, 100_000);
    }

    /** Himself, or somebody with a duty where the reader may see. */
    private static boolean concerns(Board board, String person) {
        return board.scope().whole()
                || Caller.person().account().actor().equals(person)
                || board.register().duties().stream()
                        .anyMatch(duty ->
                                duty.person().equals(person) && board.scope().covers(duty.area()));
    }

    private TracePage trace(ItemView view, Board board, Texts texts) {
        var whole =
                programmes.words(board).whole(view, Caller.person().account().actor(), sha256 -> "", board, texts);
        return new TracePage(texts, board, view, whole);
    }

    /** Whose name stands on what he takes away. */
    private static String reader() {
        return Caller.person().account().name();
    }

    private TraceBook book(Board board, Texts texts) {
        return new TraceBook(texts, board, programmes.words(board), items(board));
    }

    /** That the reader may see: what lies elsewhere is not told by the way of a person, a body or a place. */
    private static List<ItemView> items(Board board) {
        return board.reads().rows().list("item", "", 0, board.fact()).stream()
                .map(ItemView.class::cast)
                .filter(item -> ItemQuery.sees(board, item))
                .toList();
    }

    /** The ledger's own entries are of the whole room. */
    private void signed(String about, Mentions of, Board board, Texts texts, HttpServletResponse reply)
            throws IOException {
        if (!board.scope().whole()) {
            throw Problem.said(403, texts, "scope.room", about);
        }
        write(about, of, reply);
    }

    private void write(String about, Mentions of, HttpServletResponse reply) throws IOException {
        reply.setContentType("application/jsonl");
        reply.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        reply.setHeader(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"" + about + ".trace.jsonl\"");
        ledger.trace(about, of, reply.getOutputStream());
    }

    private static ResponseEntity<?> sent(String name, String form, Paper paper, Part part, Board board, Texts texts) {
        return form.equals("html")
                ? PersonController.html(200, part.html(paper, board.scope().whole() ? SIGNED_TOO : PAPERS, texts))
                : ReportController.sent(name + ".trace", form, Part.first(paper, texts), texts);
    }

    private static ItemView view(String item, Board board, Texts texts) {
        return board.reads()
                .find()
                .find(new ViewKey("item", item), board.fact())
                .map(ItemView.class::cast)
                .filter(row -> ItemQuery.sees(board, row))
                .orElseThrow(() -> Problem.said(404, texts, "scope.nowhere", item));
    }
}
