package jiaoying.server.page;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import jiaoying.duty.document.Amount;
import jiaoying.duty.document.Demand;
import jiaoying.duty.document.DocumentReader;
import jiaoying.duty.room.Arrival;
import jiaoying.duty.room.Deed;
import jiaoying.duty.room.View.DocumentView;
import jiaoying.duty.room.View.DroppedDraft;
import jiaoying.duty.room.View.ItemView;
import jiaoying.duty.room.ViewKey;
import jiaoying.server.door.EvidenceDoor;
import jiaoying.server.door.FrontDoor;
import jiaoying.server.programme.DocumentText;
import jiaoying.server.reply.PlainText;
import jiaoying.server.reply.Problem;
import jiaoying.server.reply.Texts;
import jiaoying.server.security.Caller;
import jiaoying.server.store.Evidence;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * Notices and minutes that were read (文件识别): the stored text, the sentences that demand something, and what a person made of
 * each. Nothing enters by itself. An item that was made of a sentence has the source {@code doc:SHA256:FROM-TO}, and no text that is
 * stored is ever changed: another text is another document. For those who see the whole room.
 */
@RestController
public final class DocumentsController {
    static final String SOURCE = "doc:";
    private static final String TYPE = "text/plain;charset=utf-8";
    private static final int NAME_MOST = 120;

    private final Boards boards;
    private final ItemList items;
    private final FrontDoor door;
    private final Supplier<Evidence> evidence;

    public DocumentsController(Boards boards, FrontDoor door, Supplier<Evidence> evidence) {
        this.boards = boards;
        this.items = new ItemList(boards.reads());
        this.door = door;
        this.evidence = evidence;
    }

    record Listed(String document, String name, int characters, Instant at, String by, int items, int dropped) {}

    record Body(String name, String role, int from, int to) {}

    /** @param date null when the document does not say enough to know it */
    record Deadline(String text, int from, int to, @Nullable String date) {}

    record Made(String item, String number, String title) {}

    record Dropped(String reason, String by, Instant at) {}

    /** @param items that were made of the sentence; dropped: somebody decided that it is no task */
    record Draft(
            String text,
            int from,
            int to,
            List<String> words,
            List<Body> bodies,
            @Nullable Deadline deadline,
            List<Made> items,
            @Nullable Dropped dropped) {}

    record Figure(String text, String value, String unit, int from, int to) {}

    record Read(
            String document,
            String name,
            Instant at,
            String by,
            String text,
            List<Draft> drafts,
            List<Figure> figures,
            List<Made> others) {}

    @GetMapping("/api/documents")
    List<Listed> list(@RequestParam(defaultValue = "zh-CN") String lang) {
        var board = boards.forCaller("");
        var texts = Texts.of(lang);
        require(board, texts, "");
        return board.reads().rows().list("document", "", 0, board.fact()).stream()
                .map(DocumentView.class::cast)
                .sorted(Comparator.comparing(DocumentView::at).reversed())
                .map(view -> new Listed(
                        view.document(),
                        view.name(),
                        view.characters(),
                        view.at(),
                        board.register().personName(view.by(), texts),
                        made(view.document()).size(),
                        view.dropped().size()))
                .toList();
    }

    /** The body is the file: text in UTF-8, or a PDF with text. Its text is kept, enciphered, beside the ledger. */
    @PostMapping("/api/documents")
    Read read(
            @RequestParam(defaultValue = "") String name,
            @RequestParam(defaultValue = "zh-CN") String lang,
            HttpServletRequest request)
            throws IOException {
        var texts = Texts.of(lang);
        require(boards.forCaller(""), texts, name);
        var content = request.getInputStream().readNBytes(EvidenceDoor.MOST_BYTES + 1);
        var text = text(content, texts, name);
        var account = Caller.person().account();
        var kept = evidence.get()
                .keep(
                        text.getBytes(StandardCharsets.UTF_8),
                        TYPE,
                        account.actor(),
                        boards.reads().clock().instant());
        door.bring(
                account.name(),
                new Arrival.Act(
                        account.actor(),
                        new Deed.KeepDocument(kept.sha256(), PlainText.clip(name, NAME_MOST), text.length())));
        return find(kept.sha256(), texts)
                .orElseGet(() -> whole(
                        new DocumentView(
                                kept.sha256(),
                                name,
                                text.length(),
                                boards.reads().clock().instant(),
                                account.actor(),
                                List.of()),
                        text,
                        texts));
    }

    private static String text(byte[] content, Texts texts, String name) {
        if (content.length > EvidenceDoor.MOST_BYTES) {
            throw Problem.said(413, texts, "document.long", name);
        }
        try {
            return DocumentText.of(content);
        } catch (DocumentText.Unreadable no) {
            throw Problem.said(415, texts, "document." + no.fault().name().toLowerCase(Locale.ROOT), name);
        }
    }

    @GetMapping("/api/documents/{document}")
    Read document(@PathVariable String document, @RequestParam(defaultValue = "zh-CN") String lang) {
        var texts = Texts.of(lang);
        require(boards.forCaller(""), texts, document);
        return find(document, texts).orElseThrow(() -> Problem.said(404, texts, "scope.nowhere", document));
    }

    private Optional<Read> find(String document, Texts texts) {
        var board = boards.forCaller("");
        return board.reads()
                .find()
                .find(new ViewKey("document", document), board.fact())
                .map(DocumentView.class::cast)
                .flatMap(view -> evidence.get()
                        .read(document)
                        .map(content -> whole(view, new String(content, StandardCharsets.UTF_8), texts)));
    }

    private Read whole(DocumentView view, String text, Texts texts) {
        var board = boards.forCaller("");
        var read = DocumentReader.read(text);
        var made = made(view.document());
        return new Read(
                view.document(),
                view.name(),
                view.at(),
                board.register().personName(view.by(), texts),
                text,
                read.demands().stream()
                        .map(demand -> draft(view, demand, made, board, texts))
                        .toList(),
                read.figures().stream().map(DocumentsController::figure).toList(),
                made.stream()
                        .filter(item -> read.demands().stream()
                                .noneMatch(demand -> item.source().equals(source(view.document(), demand.span()))))
                        .map(DocumentsController::made)
                        .toList());
    }

    private static Draft draft(DocumentView view, Demand demand, List<ItemView> made, Board board, Texts texts) {
        var source = source(view.document(), demand.span());
        return new Draft(
                demand.text(),
                demand.span().from(),
                demand.span().to(),
                demand.words(),
                demand.bodies().stream()
                        .map(body -> new Body(
                                body.body(),
                                body.role(),
                                body.span().from(),
                                body.span().to()))
                        .toList(),
                demand.deadline().map(DocumentsController::deadline).orElse(null),
                made.stream()
                        .filter(item -> item.source().equals(source))
                        .map(DocumentsController::made)
                        .toList(),
                view.dropped().stream()
                        .filter(one -> one.from() == demand.span().from()
                                && one.to() == demand.span().to())
                        .findFirst()
                        .map(one -> dropped(one, board, texts))
                        .orElse(null));
    }

    private static Dropped dropped(DroppedDraft one, Board board, Texts texts) {
        return new Dropped(one.reason(), board.register().personName(one.by(), texts), one.at());
    }

    private static Deadline deadline(Demand.When when) {
        return new Deadline(
                when.text(),
                when.span().from(),
                when.span().to(),
                when.day().map(Object::toString).orElse(null));
    }

    private static Figure figure(Amount amount) {
        return new Figure(
                amount.text(),
                amount.value().toPlainString(),
                amount.unit(),
                amount.span().from(),
                amount.span().to());
    }

    private List<ItemView> made(String document) {
        return items.now().stream()
                .filter(item -> item.source().startsWith(SOURCE + document + ':'))
                .toList();
    }

    private static Made made(ItemView item) {
        return new Made(item.item(), item.number(), item.title());
    }

    private static String source(String document, Demand.Span span) {
        return SOURCE + document + ':' + span.from() + '-' + span.to();
    }

    private static void require(Board board, Texts texts, String value) {
        if (!board.scope().whole()) {
            throw Problem.said(403, texts, "scope.room", value);
        }
    }
}
