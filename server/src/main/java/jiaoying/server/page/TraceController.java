package jiaoying.server.page;

import java.util.List;
import java.util.stream.Stream;
import jiaoying.duty.programme.Programme;
import jiaoying.duty.room.View.ItemView;
import jiaoying.duty.room.ViewKey;
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
    private final ItemWords words;
    private final Ledger ledger;

    /** @param programmes that the room carries */
    public TraceController(Boards boards, List<Programme> programmes, Ledger ledger) {
        this.boards = boards;
        this.words = new ItemWords(programmes);
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
        var account = Caller.person().account();
        var whole = words.whole(view, account.actor(), sha256 -> "", board, texts);
        return PersonController.html(200, new TracePage(texts, board, view, whole).html(ledger.head(), account.name()));
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

    private static ItemView view(String item, Board board, Texts texts) {
        return board.reads()
                .find()
                .find(new ViewKey("item", item), board.fact())
                .map(ItemView.class::cast)
                .filter(row -> ItemQuery.sees(board, row))
                .orElseThrow(() -> Problem.said(404, texts, "scope.nowhere", item));
    }
}
