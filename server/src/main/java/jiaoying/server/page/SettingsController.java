package jiaoying.server.page;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import jiaoying.duty.measure.Nearest;
import jiaoying.duty.programme.Amendment;
import jiaoying.duty.programme.Amendment.BodiesSet;
import jiaoying.duty.programme.Amendment.ChoiceAdded;
import jiaoying.duty.programme.Amendment.ChoiceRetired;
import jiaoying.duty.programme.Amendment.ChoiceReturned;
import jiaoying.duty.programme.Amendment.Reworded;
import jiaoying.duty.programme.Amendment.TargetSet;
import jiaoying.duty.programme.Fault;
import jiaoying.duty.programme.Faults;
import jiaoying.duty.programme.Field;
import jiaoying.duty.programme.Indicator;
import jiaoying.duty.programme.Kind;
import jiaoying.duty.programme.Period;
import jiaoying.duty.programme.Programme;
import jiaoying.duty.programme.Programme.ChoiceList;
import jiaoying.duty.programme.Report;
import jiaoying.duty.programme.Target;
import jiaoying.duty.room.Outcome;
import jiaoying.duty.room.Refusal;
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
        var mine = mine(programme, board);
        return new SettingsBody(
                programme.lists().stream()
                        .map(list -> list(list, programme, mine, texts))
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
                        .map(one -> change(one, programme, board, texts))
                        .toList());
    }

    private List<ItemView> mine(Programme programme, Board board) {
        return items.now().stream()
                .filter(item -> item.programme().equals(programme.name()) && ItemQuery.sees(board, item))
                .toList();
    }

    private static ListBody list(ChoiceList list, Programme programme, Collection<ItemView> items, Texts texts) {
        return new ListBody(
                list.id(),
                fields(programme, list.id())
                        .map(field -> in(field.name(), texts))
                        .distinct()
                        .toList(),
                List.copyOf(Faults.stepsBy(programme, list.id())),
                list.choices().stream()
                        .map(one -> new ChoiceBody(
                                one.id(), one.name().zh(), one.name().en(), one.retired(), (int) items.stream()
                                        .filter(item -> item.core().open() && has(programme, item, list.id(), one.id()))
                                        .count()))
                        .toList());
    }

    private static Stream<Field> fields(Programme programme, String list) {
        return programme.kinds().stream()
                .flatMap(kind -> kind.fields().stream())
                .filter(field -> field.list().equals(list));
    }

    private static boolean has(Programme programme, ItemView item, String list, String choice) {
        return programme.findKind(item.kind()).stream()
                .flatMap(kind -> kind.fields().stream())
                .filter(field -> field.list().equals(list))
                .anyMatch(field -> value(item, field.id()).equals(choice));
    }

    private static String value(ItemView item, String field) {
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

    // ---- changes

    private static ChangeBody change(AmendmentView one, Programme programme, Board board, Texts texts) {
        return new ChangeBody(
                one.change(),
                what(one.amendment()),
                title(one.amendment(), programme, board, texts),
                said(one.amendment(), one.was(), board, texts),
                to(one.amendment(), board, texts),
                one.reason(),
                board.register().personName(one.by(), texts),
                one.by(),
                one.at(),
                one.state(),
                board.register().personName(one.decidedBy(), texts),
                one.why(),
                one.decidedAt().orElse(null));
    }

    private static String what(Amendment amendment) {
        return switch (amendment) {
            case ChoiceAdded added -> "choice-added";
            case ChoiceRetired retired -> "choice-retired";
            case ChoiceReturned returned -> "choice-returned";
            case TargetSet target -> "target";
            case Reworded words -> "words";
            case BodiesSet bodies -> "bodies";
        };
    }

    private static String title(Amendment amendment, Programme programme, Board board, Texts texts) {
        return switch (amendment) {
            case ChoiceAdded one -> listName(one.list(), programme, texts) + " · " + one.choice();
            case ChoiceRetired one -> listName(one.list(), programme, texts) + " · " + one.choice();
            case ChoiceReturned one -> listName(one.list(), programme, texts) + " · " + one.choice();
            case TargetSet one ->
                Stream.of(
                                programme
                                        .findIndicator(one.indicator())
                                        .map(indicator -> in(indicator.name(), texts))
                                        .orElse(one.indicator()),
                                Integer.toString(one.year()),
                                board.register().townName(one.town(), texts))
                        .filter(part -> !part.isEmpty())
                        .reduce((a, b) -> a + " · " + b)
                        .orElseThrow();
            case Reworded one -> one.place();
            case BodiesSet one ->
                programme
                                .findKind(one.what())
                                .map(kind -> in(kind.name(), texts))
                                .orElse(one.what())
                        + (one.town().isEmpty() ? "" : " · " + board.register().townName(one.town(), texts));
        };
    }

    private static String listName(String list, Programme programme, Texts texts) {
        return fields(programme, list)
                .map(field -> in(field.name(), texts))
                .distinct()
                .reduce((a, b) -> a + " / " + b)
                .orElse(list);
    }

    private static List<String> said(Amendment amendment, List<String> values, Board board, Texts texts) {
        return amendment instanceof BodiesSet
                ? values.stream().map(one -> body(one, board, texts).name()).toList()
                : values;
    }

    private static List<String> to(Amendment amendment, Board board, Texts texts) {
        return switch (amendment) {
            case ChoiceAdded added -> List.of(added.zh(), added.en());
            case ChoiceRetired retired -> List.of();
            case ChoiceReturned returned -> List.of();
            case TargetSet target -> target.value().isEmpty() ? List.of() : List.of(target.value());
            case Reworded words -> List.of(words.zh(), words.en());
            case BodiesSet bodies ->
                bodies.lead().isEmpty()
                        ? List.of()
                        : said(amendment, List.of(bodies.lead(), bodies.supervising()), board, texts);
        };
    }

    // ---- what a change would do

    /** @param part of the change, or the language of a text @param line from 1, or 0 @param nearest the name that was probably meant, or empty */
    record FaultBody(
            String code,
            String part,
            int line,
            int column,
            String found,
            String nearest,
            List<String> allowed,
            String what,
            String todo) {}

    /**
     * @param open   items that have not ended and that it concerns
     * @param using  of them: those that have the value of a list, or that the figure counts this year
     * @param before the report of this year so far as it reads now, by language; after: as it would read
     * @param target how far the target would be reached; null where none is set
     */
    record Preview(
            List<FaultBody> faults,
            List<String> was,
            List<String> to,
            int open,
            int using,
            Map<String, String> before,
            Map<String, String> after,
            ReportController.@Nullable ReachedBody target) {}

    /** Nothing is changed; every fault at once. */
    @PostMapping("/api/programmes/{name}/settings/preview")
    Preview preview(
            @PathVariable String name, @RequestParam(defaultValue = "zh-CN") String lang, HttpServletRequest request)
            throws IOException {
        var texts = Texts.of(lang);
        var board = boards.forCaller("");
        var programme = reports.programme(name, board, texts);
        var amendment = AmendmentForm.read(request.getInputStream());
        var faults = Faults.of(programme, amendment);
        var after = programme.with(amendment, "?");
        var today = LocalDate.ofInstant(board.at(), Boards.zone(board));
        var year = new Period(today.withDayOfYear(1), today, today);
        var now = reports.report(new Reports.Asked(programme, year, today), board);
        var then = reports.report(new Reports.Asked(after, year, today), board);
        var mine = mine(programme, board).stream()
                .filter(item -> item.core().open())
                .toList();
        return new Preview(
                faults.stream().map(fault -> fault(fault, texts)).toList(),
                said(amendment, programme.before(amendment), board, texts),
                to(amendment, board, texts),
                (int) mine.stream()
                        .filter(item -> concerns(amendment, programme, item))
                        .count(),
                using(amendment, programme, mine, now),
                new LinkedHashMap<>(now.texts()),
                new LinkedHashMap<>(then.texts()),
                reached(amendment, then)
                        .map(one -> ReportController.reached(one, board, texts))
                        .orElse(null));
    }

    private static FaultBody fault(Fault fault, Texts texts) {
        var refusal = Refusal.valueOf("SETTING_" + fault.why().name());
        var words = Problem.Words.refused(
                texts, new Outcome.Refused(refusal, fault.where(), String.join(", ", fault.allowed())));
        return new FaultBody(
                words.code(),
                fault.part(),
                fault.line(),
                fault.column(),
                fault.found(),
                Nearest.find(fault.found().replaceAll("[{}]", ""), fault.allowed())
                        .orElse(""),
                fault.allowed(),
                words.what(),
                words.todo());
    }

    private static boolean concerns(Amendment amendment, Programme programme, ItemView item) {
        return switch (amendment) {
            case ChoiceAdded one -> chooses(programme, item, one.list());
            case ChoiceRetired one -> chooses(programme, item, one.list());
            case ChoiceReturned one -> chooses(programme, item, one.list());
            case TargetSet one ->
                one.town().isEmpty() || value(item, programme.town()).equals(one.town());
            case Reworded one -> {
                var parts = one.place().split("/");
                yield parts.length < 2
                        || programme.findKind(parts[1]).isEmpty()
                        || item.kind().equals(parts[1]);
            }
            case BodiesSet one ->
                item.kind().equals(one.what())
                        && item.lead().isEmpty()
                        && (one.town().isEmpty()
                                || value(item, programme.town()).equals(one.town()));
        };
    }

    private static boolean chooses(Programme programme, ItemView item, String list) {
        return programme.findKind(item.kind()).stream()
                .flatMap(kind -> kind.fields().stream())
                .anyMatch(field -> field.list().equals(list));
    }

    private static int using(Amendment amendment, Programme programme, Collection<ItemView> open, Report now) {
        return switch (amendment) {
            case ChoiceAdded one -> 0;
            case ChoiceRetired one -> having(programme, open, one.list(), one.choice());
            case ChoiceReturned one -> having(programme, open, one.list(), one.choice());
            case TargetSet one ->
                now.figures().stream()
                        .filter(shown -> shown.indicator().id().equals(one.indicator()))
                        .mapToInt(shown -> shown.items().size())
                        .sum();
            case Reworded one -> 0;
            case BodiesSet one -> 0;
        };
    }

    private static int having(Programme programme, Collection<ItemView> open, String list, String choice) {
        return (int)
                open.stream().filter(item -> has(programme, item, list, choice)).count();
    }

    private static Optional<jiaoying.duty.programme.Reached> reached(Amendment amendment, Report then) {
        if (!(amendment instanceof TargetSet set)) {
            return Optional.empty();
        }
        return set.town().isEmpty()
                ? then.figures().stream()
                        .map(Report.Shown::indicator)
                        .filter((Indicator one) -> one.id().equals(set.indicator()))
                        .findFirst()
                        .flatMap(then::reached)
                        .filter(one -> one.target().year() == set.year())
                : then.reachedByTown().stream()
                        .filter(one -> one.target().indicator().equals(set.indicator())
                                && one.target().town().equals(set.town())
                                && one.target().year() == set.year())
                        .findFirst();
    }

    private static String in(jiaoying.duty.programme.Text text, Texts texts) {
        return text.in(texts.chinese() ? "zh-CN" : "en");
    }
}
