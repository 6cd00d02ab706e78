package jiaoying.server.page;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import jiaoying.duty.casework.CaseDeed.TakenRow;
import jiaoying.duty.casework.CaseFact.Entry;
import jiaoying.duty.programme.Field;
import jiaoying.duty.programme.Programme;
import jiaoying.duty.programme.Text;
import jiaoying.duty.room.Arrival;
import jiaoying.duty.room.Deed;
import jiaoying.server.door.EvidenceDoor;
import jiaoying.server.door.FrontDoor;
import jiaoying.server.door.Replies;
import jiaoying.server.programme.BadRow;
import jiaoying.server.programme.LedgerFile;
import jiaoying.server.programme.LedgerImport;
import jiaoying.server.programme.LedgerMapping;
import jiaoying.server.reply.Problem;
import jiaoying.server.reply.Texts;
import jiaoying.server.security.Caller;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * A plain ledger comes in (台账导入): first looked through, with a mapping that can be changed, then taken over as a whole. A form
 * with the parts {@code file}, {@code mapping} (JSON, may be missing), {@code sheet} and {@code ledger}.
 */
@RestController
public final class LedgerController {
    private static final JsonMapper JSON = new JsonMapper();
    private static final int SHOWN = 20;

    private final Boards boards;
    private final Programmes programmes;
    private final FrontDoor door;

    /** @param programmes that the room carries */
    public LedgerController(Boards boards, List<Programme> programmes, FrontDoor door) {
        this.boards = boards;
        this.programmes = new Programmes(programmes, boards.reads());
        this.door = door;
    }

    /** @param from the file's column, {@code =} and a text for every row, or empty */
    record Column(String column, String name, boolean needed, String from) {}

    record Fault(int line, String column, String value, String text) {}

    record RowShown(int line, String id, String kind, String said, String stage, String title) {}

    /**
     * @param words   words of the file that are not known, with those that are allowed
     * @param open    rows that begin here at the first stage; ended: that are taken over as ended
     * @param faults  every one, up to a bound; then nothing can be taken over
     */
    record Preview(
            String sha256,
            List<String> sheets,
            String sheet,
            List<String> header,
            List<Column> columns,
            List<Unknown> words,
            int rows,
            int open,
            int ended,
            List<RowShown> shown,
            List<Fault> faults) {}

    record Unknown(String column, String word, List<String> allowed) {}

    /** What the form has. */
    private record Form(byte[] content, String name, LedgerFile file, LedgerMapping mapping, String ledger) {}

    @PostMapping("/api/programmes/{name}/ledger/preview")
    Preview preview(
            @PathVariable String name, @RequestParam(defaultValue = "zh-CN") String lang, HttpServletRequest request)
            throws IOException, ServletException {
        var texts = Texts.of(lang);
        var programme = programme(name, texts);
        var form = form(request, programme);
        var looked = look(form, programme);
        return preview(form, programme, looked, texts);
    }

    /** All rows become items, or none. */
    @PostMapping("/api/programmes/{name}/ledger")
    ResponseEntity<Object> take(
            @PathVariable String name, @RequestParam(defaultValue = "zh-CN") String lang, HttpServletRequest request)
            throws IOException, ServletException {
        var texts = Texts.of(lang);
        var programme = programme(name, texts);
        var form = form(request, programme);
        var looked = look(form, programme);
        if (!looked.faults().isEmpty()) {
            var first = called(looked.faults().getFirst(), form, programme, texts);
            throw Problem.said(409, texts, "ledger.faults", texts.say("rows.line", first.line(), words(first, texts)));
        }
        var board = boards.forCaller("");
        if (!board.scope().whole() && looked.rows().stream().anyMatch(row -> placeless(programme, row, board))) {
            throw Problem.said(403, texts, "scope.room", "");
        }
        var account = Caller.person().account();
        var deed = new Deed.OnItem(looked.deed(programme, sha256(form.content()), form.ledger()));
        return Replies.of(door.bring(account.name(), new Arrival.Act(account.actor(), deed)));
    }

    private LedgerImport.Looked look(Form form, Programme programme) {
        var board = boards.forCaller("");
        return LedgerImport.look(
                programme, form.file(), form.mapping(), new Names(board), Boards.zone(board), board.at());
    }

    private Form form(HttpServletRequest request, Programme programme) throws IOException, ServletException {
        var part = Optional.ofNullable(request.getPart("file"))
                .orElseThrow(() -> Problem.said(400, Texts.of(""), "ledger.file", ""));
        byte[] content;
        try (var in = part.getInputStream()) {
            content = in.readNBytes(EvidenceDoor.MOST_BYTES + 1);
        }
        if (content.length > EvidenceDoor.MOST_BYTES) {
            throw Problem.said(413, Texts.of(""), "ledger.file", content.length + " B");
        }
        var name = Optional.ofNullable(part.getSubmittedFileName()).orElse("");
        var file = LedgerFile.read(content, name, text(request, "sheet"));
        var said = text(request, "mapping");
        var mapping = said.isEmpty() ? LedgerMapping.propose(programme, file) : mapping(said);
        return new Form(content, name, file, mapping, text(request, "ledger").strip());
    }

    private static LedgerMapping mapping(String json) {
        try {
            var read = JSON.readTree(json);
            var columns = new LinkedHashMap<String, String>();
            read.path("columns")
                    .properties()
                    .forEach(entry ->
                            columns.put(entry.getKey(), entry.getValue().asString("")));
            var words = new LinkedHashMap<String, Map<String, String>>();
            read.path("words").properties().forEach(entry -> {
                var of = words.computeIfAbsent(entry.getKey(), column -> new LinkedHashMap<>());
                entry.getValue()
                        .properties()
                        .forEach(word -> of.put(word.getKey(), word.getValue().asString("")));
            });
            return new LedgerMapping(columns, words);
        } catch (JacksonException e) {
            throw Problem.said(400, Texts.of(""), "ledger.mapping", "");
        }
    }

    private static String text(HttpServletRequest request, String part) throws IOException, ServletException {
        var found = request.getPart(part);
        if (found == null) {
            return "";
        }
        try (var in = found.getInputStream()) {
            return new String(in.readNBytes(EvidenceDoor.MOST_BYTES), StandardCharsets.UTF_8);
        }
    }

    private Preview preview(Form form, Programme programme, LedgerImport.Looked looked, Texts texts) {
        var ended = (int)
                looked.rows().stream().filter(row -> ended(programme, row)).count();
        return new Preview(
                sha256(form.content()),
                form.file().sheets(),
                form.file().sheet(),
                form.file().columns(),
                LedgerMapping.named(programme).stream()
                        .map(named -> new Column(
                                named.column(),
                                in(named.name(), texts),
                                named.needed(),
                                form.mapping().columns().getOrDefault(named.column(), "")))
                        .toList(),
                unknown(looked.faults(), form.mapping()),
                form.file().table().rows().size(),
                looked.rows().size() - ended,
                ended,
                looked.rows().stream()
                        .limit(SHOWN)
                        .map(row -> shown(programme, row, texts))
                        .toList(),
                looked.faults().stream()
                        .map(bad -> called(bad, form, programme, texts))
                        .map(bad -> new Fault(bad.line(), bad.column(), bad.value(), words(bad, texts)))
                        .toList());
    }

    /** With the name that people know for a column that the file does not have. */
    private static BadRow called(BadRow bad, Form form, Programme programme, Texts texts) {
        return LedgerMapping.named(programme).stream()
                .filter(named -> named.column().equals(bad.column())
                        && !form.file().columns().contains(bad.column()))
                .findFirst()
                .map(named -> new BadRow(bad.line(), in(named.name(), texts), bad.value(), bad.kind(), bad.values()))
                .orElse(bad);
    }

    private static boolean ended(Programme programme, TakenRow row) {
        return !programme.kind(row.what()).stage(row.stage()).core().open();
    }

    /** It belongs to no area, or to another than the account has: then it is for those who see the whole room. */
    private static boolean placeless(Programme programme, TakenRow row, Board board) {
        var kind = programme.kind(row.what());
        return row.fields().stream()
                .noneMatch(entry -> kind.findField(entry.field())
                                .filter(field -> field.type() == Field.Type.AREA)
                                .isPresent()
                        || entry.field().equals(programme.town())
                                && board.register()
                                        .findAreaNamed(entry.value())
                                        .filter(board.scope()::covers)
                                        .isPresent());
    }

    /** Words that a person can map to those that are known. */
    private static List<Unknown> unknown(List<BadRow> faults, LedgerMapping mapping) {
        return faults.stream()
                .filter(bad -> bad.kind().equals("choice") && !bad.value().isEmpty())
                .map(bad -> new Unknown(
                        mapping.columns().entrySet().stream()
                                .filter(entry -> entry.getValue().equals(bad.column()))
                                .map(Map.Entry::getKey)
                                .findFirst()
                                .orElse(bad.column()),
                        bad.value(),
                        Arrays.asList(String.valueOf(bad.values().getFirst()).split(", "))))
                .distinct()
                .toList();
    }

    private static RowShown shown(Programme programme, TakenRow row, Texts texts) {
        var kind = programme.kind(row.what());
        var stage = kind.stage(row.stage());
        var here = kind.loop() && stage.core().open() ? kind.first() : stage;
        var first = kind.fields().getFirst().id();
        return new RowShown(
                row.line(),
                row.id(),
                in(kind.name(), texts),
                in(stage.name(), texts),
                in(here.name(), texts),
                row.fields().stream()
                        .filter(entry -> entry.field().equals(first))
                        .map(Entry::value)
                        .findFirst()
                        .orElse(""));
    }

    private static String words(BadRow bad, Texts texts) {
        return texts.say(
                "rows." + bad.kind(),
                Arrays.stream(bad.filling())
                        .map(value -> value instanceof Text text ? in(text, texts) : value)
                        .toArray());
    }

    private static String in(Text text, Texts texts) {
        return text.in(texts.chinese() ? "zh-CN" : "en");
    }

    private Programme programme(String name, Texts texts) {
        return programmes
                .find(name, boards.forCaller(""))
                .filter(one -> one.exchange().isPresent())
                .orElseThrow(() -> Problem.said(404, texts, "scope.nowhere", name));
    }

    static String sha256(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Bug: every Java has SHA-256", e);
        }
    }

    /** Areas by code or name in either language, people by id or name, as the register has them. */
    private record Names(Board board) implements LedgerImport.City {
        @Override
        public Optional<String> area(String written) {
            return board.register().areas().values().stream()
                    .filter(area -> area.area().equals(written)
                            || area.nameZh().equals(written)
                            || area.nameEn().toLowerCase(Locale.ROOT).equals(written.toLowerCase(Locale.ROOT)))
                    .filter(area -> board.scope().covers(area.area()))
                    .map(area -> area.area())
                    .findFirst();
        }

        @Override
        public Optional<String> person(String written) {
            var persons = board.register().persons();
            if (persons.containsKey(written)) {
                return Optional.of(written);
            }
            var named = persons.values().stream()
                    .filter(person -> person.name().text().equals(written))
                    .toList();
            return named.size() == 1 ? Optional.of(named.getFirst().person()) : Optional.empty();
        }
    }
}
