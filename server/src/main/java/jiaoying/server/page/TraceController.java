package jiaoying.server.page;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import jiaoying.duty.programme.Programme;
import jiaoying.duty.room.View.ItemView;
import jiaoying.duty.room.ViewKey;
import jiaoying.server.programme.Paper;
import jiaoying.server.reply.Problem;
import jiaoying.server.reply.Texts;
import jiaoying.server.security.Caller;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The trace of an item (责任倒查), as a page to print and as a file that proves itself. */
@RestController
public final class TraceController {
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

        /** The signed file. @param texts parts of an entry's JSON, one of which is enough */
        byte[] trace(String about, List<String> texts);
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
    ResponseEntity<byte[]> file(@PathVariable String item, @RequestParam(defaultValue = "zh-CN") String lang) {
        var view = view(item, boards.forCaller(""), Texts.of(lang));
        var about = Stream.concat(
                        Stream.of("\"item\":\"" + view.item() + "\""),
                        view.controls().stream().map(control -> "\"signal\":\"" + control.signal() + "\""))
                .distinct()
                .toList();
        return ResponseEntity.ok()
                .contentType(MediaType.parseMediaType("application/jsonl"))
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"" + view.item() + ".trace.jsonl\"")
                .body(ledger.trace(view.item(), about));
    }

    /** What a person did, was asked and answered; {@code html}, {@code pdf} or, signed, {@code jsonl}. */
    @GetMapping("/api/trace/persons/{person}.{form}")
    ResponseEntity<?> person(
            @PathVariable String person,
            @PathVariable String form,
            @RequestParam(defaultValue = "") String at,
            @RequestParam(defaultValue = "zh-CN") String lang) {
        var texts = Texts.of(lang);
        var board = boards.forCaller(at);
        if (!board.register().persons().containsKey(person)) {
            throw Problem.said(404, texts, "scope.nowhere", person);
        }
        if (form.equals("jsonl")) {
            return signed(person, board, texts, "\"person\":\"" + person + "\"");
        }
        return sent(person, form, book(board, texts).person(person, ledger.head(), reader()), texts);
    }

    /** What a body led, where it was late and what its people did. */
    @GetMapping("/api/trace/bodies/{body}.{form}")
    ResponseEntity<?> body(
            @PathVariable String body,
            @PathVariable String form,
            @RequestParam(defaultValue = "") String at,
            @RequestParam(defaultValue = "zh-CN") String lang) {
        var texts = Texts.of(lang);
        var board = boards.forCaller(at);
        if (!board.register().bodies().containsKey(body)) {
            throw Problem.said(404, texts, "scope.nowhere", body);
        }
        if (form.equals("jsonl")) {
            return signed(body, board, texts, "\"body\":\"" + body + "\"", "\"lead\":\"" + body + "\"");
        }
        return sent(body, form, book(board, texts).body(body, ledger.head(), reader()), texts);
    }

    /** An incident, with the hazards near it that were open before it and who held them. @param metres how near */
    @GetMapping("/api/trace/incidents/{item}.{form}")
    ResponseEntity<?> incident(
            @PathVariable String item,
            @PathVariable String form,
            @RequestParam(defaultValue = "1000") int metres,
            @RequestParam(defaultValue = "") String at,
            @RequestParam(defaultValue = "zh-CN") String lang) {
        var texts = Texts.of(lang);
        var board = boards.forCaller(at);
        var view = view(item, board, texts);
        var trace = trace(view, board, texts).paper(ledger.head(), reader());
        var near = book(board, texts).near(view, Math.clamp(metres, 1, 100_000));
        var blocks = new ArrayList<Paper.Block>();
        blocks.add(trace.blocks().getFirst());
        blocks.add(new Paper.Heading(texts.say("book.near", metres)));
        blocks.add(near.rows().isEmpty() ? new Paper.Paragraph(texts.say("trace.none")) : near);
        blocks.addAll(trace.blocks().subList(1, trace.blocks().size()));
        return sent(item, form, new Paper(trace.title(), List.copyOf(blocks)), texts);
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
        var items = board.reads().rows().list("item", "", 0, board.fact()).stream()
                .map(ItemView.class::cast)
                .toList();
        return new TraceBook(texts, board, programmes.words(board), items);
    }

    /** The ledger's own entries are of the whole room. */
    private ResponseEntity<byte[]> signed(String about, Board board, Texts texts, String... parts) {
        if (!board.scope().whole()) {
            throw Problem.said(403, texts, "scope.room", about);
        }
        return ResponseEntity.ok()
                .contentType(MediaType.parseMediaType("application/jsonl"))
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"" + about + ".trace.jsonl\"")
                .body(ledger.trace(about, List.of(parts)));
    }

    private static ResponseEntity<?> sent(String name, String form, Paper paper, Texts texts) {
        return form.equals("html")
                ? PersonController.html(200, TraceBook.html(paper, texts))
                : ReportController.sent(name + ".trace", form, paper, texts);
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
