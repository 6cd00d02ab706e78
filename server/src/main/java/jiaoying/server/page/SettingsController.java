package jiaoying.server.page;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jiaoying.duty.programme.Amendment;
import jiaoying.duty.programme.Faults;
import jiaoying.duty.programme.Kind;
import jiaoying.duty.programme.Programme;
import jiaoying.duty.programme.Programme.ChoiceList;
import jiaoying.duty.programme.Report;
import jiaoying.duty.programme.Target;
import jiaoying.duty.programme.Text;
import jiaoying.duty.room.View.AmendmentView;
import jiaoying.duty.room.View.ItemView;
import jiaoying.server.door.AmendmentForm;
import jiaoying.server.reply.Problem;
import jiaoying.server.reply.Texts;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * What may be changed of a programme without its engineer (专项设置): lists, targets, words and usual bodies as they hold now,
 * the changes that were proposed and decided, and what a change would do.
 */
@RestController
public final class SettingsController {
    private final Boards boards;
    private final Programmes programmes;
    private final Reports reports;
    private final ItemList items;

    /** @param programmes as their packs have them */
    public SettingsController(Boards boards, List<Programme> programmes) {
        this.boards = boards;
        this.programmes = new Programmes(programmes, boards.reads());
        this.items = new ItemList(boards.reads());
        this.reports = new Reports(this.programmes, items);
    }

    record Named(String id, String name) {}

    /** @param open items with it that have not ended */
    record ChoiceBody(String id, String zh, String en, boolean retired, int open) {}

    /** @param fields that choose from it @param steps that go by it, so that only the engineer adds a value */
    record ListBody(String id, List<String> fields, List<String> steps, List<ChoiceBody> choices) {}

    record IndicatorBody(String id, String name, String unit, int scale) {}

    /** @param certainty of the pack, or {@code set} by two persons @param basis the change, or where the number stands */
    record TargetBody(
            String indicator, int year, String town, String townName, String value, String basis, String certainty) {}

    /** @param group what it names: a field, a stage, the report ... */
    record WordsBody(String place, String group, String of, String zh, String en) {}

    record UsualBody(String kind, String town, String townName, Named lead, Named supervising) {}

    /**
     * A change.
     *
     * @param what  choice-added, choice-retired, choice-returned, target, words or bodies
     * @param title what it is about, in the reader's language
     * @param was   words in Chinese and English, a number, or two bodies; empty where nothing stood
     */
    record ChangeBody(
            String change,
            String what,
            String title,
            List<String> was,
            List<String> to,
            String reason,
            String by,
            String person,
            Instant at,
            String state,
            String decidedBy,
            String why,
            @Nullable Instant decidedAt) {}

    record SettingsBody(
            List<ListBody> lists,
            List<IndicatorBody> indicators,
            List<TargetBody> targets,
            List<WordsBody> words,
            List<Named> kinds,
            List<UsualBody> usual,
            List<Named> towns,
            List<Named> bodies,
            List<String> placeholders,
            List<ChangeBody> changes) {}

    @GetMapping("/api/programmes/{name}/settings")
    SettingsBody settings(@PathVariable String name, @RequestParam(defaultValue = "zh-CN") String lang) {
        var texts = Texts.of(lang);
        var board = boards.forCaller("");
        var programme = reports.programme(name, board, texts);
        var open = chosen(programme, mine(programme, board));
        var words = new AmendmentWords(programme, board, texts);
        return new SettingsBody(
                programme.lists().stream()
                        .map(list -> list(list, programme, open, texts))
                        .toList(),
                programme.indicators().stream()
                        .map(one -> new IndicatorBody(one.id(), in(one.name(), texts), one.unit(), one.scale()))
                        .toList(),
                programme.targets().stream()
                        .map(one -> target(one, board, texts))
                        .toList(),
                words(programme, texts),
                programme.kinds().stream()
                        .filter(Kind::assigns)
                        .map(kind -> new Named(kind.id(), in(kind.name(), texts)))
                        .toList(),
                programme.usual().stream()
                        .map(one -> new UsualBody(
                                one.kind(),
                                one.town(),
                                board.register().townName(one.town(), texts),
                                body(one.lead(), board, texts),
                                body(one.supervising(), board, texts)))
                        .toList(),
                towns(programme, board, texts),
                board.register().bodies().keySet().stream()
                        .map(one -> body(one, board, texts))
                        .toList(),
                Report.placeholders(programme.indicators()),
                programmes.changes(name, board.fact()).stream()
                        .map(one -> change(one, words))
                        .toList());
    }

    private List<ItemView> mine(Programme programme, Board board) {
        return items.now().stream()
                .filter(item -> item.programme().equals(programme.name()) && ItemQuery.sees(board, item))
                .toList();
    }

    private static ListBody list(ChoiceList list, Programme programme, Map<String, Integer> open, Texts texts) {
        return new ListBody(
                list.id(),
                AmendmentWords.fields(programme, list.id())
                        .map(field -> in(field.name(), texts))
                        .distinct()
                        .toList(),
                List.copyOf(Faults.stepsBy(programme, list.id())),
                list.choices().stream()
                        .map(one -> new ChoiceBody(
                                one.id(),
                                one.name().zh(),
                                one.name().en(),
                                one.retired(),
                                open.getOrDefault(list.id() + '/' + one.id(), 0)))
                        .toList());
    }

    /** How many open items have each value of each list, as {@code LIST/VALUE}; every item is looked at once. */
    private static Map<String, Integer> chosen(Programme programme, List<ItemView> items) {
        var counts = new HashMap<String, Integer>();
        for (var item : items) {
            var kind = item.core().open() ? programme.findKind(item.kind()) : Optional.<Kind>empty();
            kind.ifPresent(one -> item.fields()
                    .forEach(entry -> one.findField(entry.field())
                            .filter(field -> !field.list().isEmpty())
                            .ifPresent(field -> counts.merge(field.list() + '/' + entry.value(), 1, Integer::sum))));
        }
        return counts;
    }

    static boolean has(Programme programme, ItemView item, String list, String choice) {
        return programme.findKind(item.kind()).stream()
                .flatMap(kind -> kind.fields().stream())
                .filter(field -> field.list().equals(list))
                .anyMatch(field -> value(item, field.id()).equals(choice));
    }

    static String value(ItemView item, String field) {
        return item.fields().stream()
                .filter(entry -> entry.field().equals(field))
                .map(entry -> entry.value())
                .findFirst()
                .orElse("");
    }

    private static TargetBody target(Target one, Board board, Texts texts) {
        return new TargetBody(
                one.indicator(),
                one.year(),
                one.town(),
                board.register().townName(one.town(), texts),
                one.value().toPlainString(),
                one.basis(),
                one.certainty());
    }

    private static List<WordsBody> words(Programme programme, Texts texts) {
        var all = new ArrayList<WordsBody>();
        programme.words().forEach((place, text) -> {
            var parts = place.split("/");
            var of = parts.length < 3
                    ? ""
                    : programme
                            .findKind(parts[1])
                            .map(kind -> in(kind.name(), texts))
                            .orElse(parts[1]);
            all.add(new WordsBody(place, parts[0], of, text.zh(), text.en()));
        });
        return all;
    }

    /** Towns that a target may name: by code, or by name where items have names. */
    private static List<Named> towns(Programme programme, Board board, Texts texts) {
        if (programme.town().isEmpty()) {
            return List.of();
        }
        var code = programme.townIsArea();
        return board.register().areas().values().stream()
                .filter(area -> area.kind().equals("town") || area.kind().equals("subdistrict"))
                .map(area -> new Named(
                        code ? area.area() : area.nameZh(), board.register().areaName(area.area(), texts)))
                .toList();
    }

    private static Named body(String body, Board board, Texts texts) {
        return new Named(body, ItemWords.body(body, board, texts).name());
    }

    private static ChangeBody change(AmendmentView one, AmendmentWords words) {
        var register = words.board().register();
        return new ChangeBody(
                one.change(),
                words.what(one.amendment()),
                words.title(one.amendment()),
                words.said(one.amendment(), one.was()),
                words.to(one.amendment()),
                one.reason(),
                register.personName(one.by(), words.texts()),
                one.by(),
                one.at(),
                one.state(),
                register.personName(one.decidedBy(), words.texts()),
                one.why(),
                one.decidedAt().orElse(null));
    }

    /** What a change would do that somebody writes. Nothing is changed; every fault at once. */
    @PostMapping("/api/programmes/{name}/settings/preview")
    AmendmentPreview.Body preview(
            @PathVariable String name, @RequestParam(defaultValue = "zh-CN") String lang, HttpServletRequest request)
            throws IOException {
        return preview(name, AmendmentForm.read(request.getInputStream()), Texts.of(lang));
    }

    /** What a change would do that was proposed, for whoever decides. */
    @GetMapping("/api/programmes/{name}/settings/{change}/preview")
    AmendmentPreview.Body preview(
            @PathVariable String name, @PathVariable String change, @RequestParam(defaultValue = "zh-CN") String lang) {
        var texts = Texts.of(lang);
        var fact = boards.forCaller("").fact();
        return programmes.changes(name, fact).stream()
                .filter(one -> one.change().equals(change))
                .findFirst()
                .map(one -> preview(name, one.amendment(), texts))
                .orElseThrow(() -> Problem.said(404, texts, "scope.nowhere", change));
    }

    private AmendmentPreview.Body preview(String name, Amendment amendment, Texts texts) {
        var board = boards.forCaller("");
        var programme = reports.programme(name, board, texts);
        return new AmendmentPreview(programme, mine(programme, board), reports, board, texts).of(amendment);
    }

    private static String in(Text text, Texts texts) {
        return text.in(texts.chinese() ? "zh-CN" : "en");
    }
}
