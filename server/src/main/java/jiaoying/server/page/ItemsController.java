package jiaoying.server.page;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import jiaoying.duty.programme.Programme;
import jiaoying.duty.room.View.ItemView;
import jiaoying.duty.room.ViewKey;
import jiaoying.server.reply.Problem;
import jiaoying.server.reply.Texts;
import jiaoying.server.security.Caller;
import jiaoying.server.store.Evidence;
import org.springframework.http.HttpHeaders;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The Act screen (处置): one work list over all programmes, one item with its trace, and the programmes as forms need them. */
@RestController
public final class ItemsController {
    private static final int MOST = 500;
    private static final String XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    private final Boards boards;
    private final ItemList items;
    private final Programmes programmes;
    private final Reports reports;
    private final Supplier<Evidence> evidence;

    /** @param programmes that the room carries */
    public ItemsController(Boards boards, List<Programme> programmes, Supplier<Evidence> evidence) {
        this.boards = boards;
        this.evidence = evidence;
        this.items = new ItemList(boards.reads());
        this.programmes = new Programmes(programmes, boards.reads());
        this.reports = new Reports(this.programmes, items);
    }

    /** @param total how many fit the filter, of which the rows are one part */
    record Listed(int total, Instant at, List<ItemWords.Row> rows) {}

    @GetMapping("/api/items")
    Listed list(@RequestParam Map<String, String> asked, @RequestParam(defaultValue = "zh-CN") String lang) {
        var board = boards.forCaller("");
        var query = new ItemQuery(asked);
        var texts = Texts.of(lang);
        var found = found(query, board, texts);
        var words = programmes.words(board);
        var rows = found.stream()
                .skip(query.number("from", 0, Integer.MAX_VALUE))
                .limit(query.number("limit", 1, MOST))
                .map(row -> words.row(row, board, texts))
                .toList();
        return new Listed(found.size(), board.at(), rows);
    }

    /** The same list, whole, as a sheet. */
    @GetMapping("/api/items.xlsx")
    void sheet(
            @RequestParam Map<String, String> asked,
            @RequestParam(defaultValue = "zh-CN") String lang,
            HttpServletResponse response)
            throws IOException {
        var board = boards.forCaller("");
        var texts = Texts.of(lang);
        var found = found(new ItemQuery(asked), board, texts);
        var zone = Boards.zone(board);
        var words = programmes.words(board);
        var room = board.room().map(one -> one.settings().name()).orElse("");
        var title = texts.say("items.sheet.title", room, ItemSheet.time(board.at(), zone), found.size());
        response.setContentType(XLSX);
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        response.setHeader(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"items.xlsx\"");
        ItemSheet.write(
                title,
                texts,
                zone,
                response.getOutputStream(),
                found.stream().map(row -> words.row(row, board, texts)));
    }

    private List<ItemView> found(ItemQuery query, Board board, Texts texts) {
        var person = Caller.person().account().actor();
        return query.ordered(
                items.now().stream().filter(query.fits(board, boards, person, counted(query, board, texts))));
    }

    /** Which items a figure counts, so that every number opens to its rows. */
    private Optional<Set<String>> counted(ItemQuery query, Board board, Texts texts) {
        if (query.text("figure").isEmpty()) {
            return Optional.empty();
        }
        var asked = reports.asked(query.text("programme"), query.asked(), board, texts);
        return reports.report(asked, board).figures().stream()
                .filter(shown -> shown.indicator().id().equals(query.text("figure")))
                .findFirst()
                .<Set<String>>map(shown -> new HashSet<>(shown.items()))
                .or(() -> Optional.of(Set.of()));
    }

    /** What is open, late and carded, by programme and by body, and what waits longest. */
    @GetMapping("/api/items/summary")
    ItemSummary summary(@RequestParam(defaultValue = "zh-CN") String lang) {
        var board = boards.forCaller("");
        var seen =
                items.now().stream().filter(row -> ItemQuery.sees(board, row)).toList();
        return ItemSummary.of(seen, programmes.at(board), programmes.words(board), board, Texts.of(lang));
    }

    /** What fields of forms choose from: areas that the account sees, bodies, and the people who hold a role of a programme. */
    @GetMapping("/api/items/choices")
    ItemWords.Choices choices(@RequestParam(defaultValue = "zh-CN") String lang) {
        var board = boards.forCaller("");
        return programmes.words(board).choices(board, Texts.of(lang));
    }

    @GetMapping("/api/items/{item}")
    ItemWords.Whole item(
            @PathVariable String item,
            @RequestParam(defaultValue = "") String at,
            @RequestParam(defaultValue = "zh-CN") String lang) {
        var board = boards.forCaller(at);
        var texts = Texts.of(lang);
        return board.reads()
                .find()
                .find(new ViewKey("item", item), board.fact())
                .map(ItemView.class::cast)
                .filter(row -> ItemQuery.sees(board, row))
                .map(row -> programmes
                        .words(board)
                        .whole(row, Caller.person().account().actor(), this::type, board, texts))
                .orElseThrow(() -> Problem.said(404, texts, "scope.nowhere", item));
    }

    private String type(String sha256) {
        return evidence.get().find(sha256).map(Evidence.Kept::type).orElse("");
    }

    @GetMapping("/api/programmes")
    List<ItemWords.ProgrammeWords> programmes(@RequestParam(defaultValue = "zh-CN") String lang) {
        var board = boards.forCaller("");
        return programmes.at(board).stream()
                .map(one -> programmes.words(board).programme(one, Texts.of(lang)))
                .toList();
    }
}
