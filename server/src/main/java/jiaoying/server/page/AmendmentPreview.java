package jiaoying.server.page;

import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
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
import jiaoying.duty.programme.Indicator;
import jiaoying.duty.programme.Period;
import jiaoying.duty.programme.Programme;
import jiaoying.duty.programme.Reached;
import jiaoying.duty.programme.Report;
import jiaoying.duty.room.Outcome;
import jiaoying.duty.room.Refusal;
import jiaoying.duty.room.View.ItemView;
import jiaoying.server.reply.Problem;
import jiaoying.server.reply.Texts;
import org.jspecify.annotations.Nullable;

/** What a change of a programme would do (预览): its faults, the open items that it concerns, and the report of today with it. */
final class AmendmentPreview {
    private final Programme programme;
    private final List<ItemView> items;
    private final List<ItemView> open;
    private final Reports reports;
    private final Board board;
    private final Texts texts;

    /** @param items of the programme that the reader sees */
    AmendmentPreview(Programme programme, List<ItemView> items, Reports reports, Board board, Texts texts) {
        this.programme = programme;
        this.items = items;
        this.open = items.stream().filter(item -> item.core().open()).toList();
        this.reports = reports;
        this.board = board;
        this.texts = texts;
    }

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
    record Body(
            List<FaultBody> faults,
            List<String> was,
            List<String> to,
            int open,
            int using,
            Map<String, String> before,
            Map<String, String> after,
            ReportController.@Nullable ReachedBody target) {}

    Body of(Amendment amendment) {
        var after = programme.with(amendment, "?");
        var today = LocalDate.ofInstant(board.at(), Boards.zone(board));
        var year = new Period(today.withDayOfYear(1), today, today);
        var now = reports.report(new Reports.Asked(programme, year, today), board);
        var then = reports.report(new Reports.Asked(after, year, today), board);
        var words = new AmendmentWords(programme, board, texts);
        return new Body(
                Faults.of(programme, amendment).stream().map(this::fault).toList(),
                words.said(amendment, programme.before(amendment)),
                words.to(amendment),
                (int) open.stream().filter(item -> concerns(amendment, item)).count(),
                using(amendment, now),
                new LinkedHashMap<>(now.texts()),
                new LinkedHashMap<>(then.texts()),
                reached(amendment, then)
                        .map(one -> ReportController.reached(one, board, texts))
                        .orElse(null));
    }

    private FaultBody fault(Fault fault) {
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

    private boolean concerns(Amendment amendment, ItemView item) {
        return switch (amendment) {
            case ChoiceAdded one -> chooses(item, one.list());
            case ChoiceRetired one -> chooses(item, one.list());
            case ChoiceReturned one -> chooses(item, one.list());
            case TargetSet one -> inTown(item, one.town());
            case Reworded one -> {
                var parts = one.place().split("/");
                yield !ofOneKind(parts) || item.kind().equals(parts[1]);
            }
            case BodiesSet one -> item.kind().equals(one.what()) && item.lead().isEmpty() && inTown(item, one.town());
        };
    }

    /** Whether the words at a place are those of one kind; a list, a role and an indicator are of the whole programme. */
    private boolean ofOneKind(String[] place) {
        return place.length > 1
                && !List.of("choice", "role", "indicator").contains(place[0])
                && programme.findKind(place[1]).isPresent();
    }

    private boolean chooses(ItemView item, String list) {
        return programme.findKind(item.kind()).stream()
                .flatMap(kind -> kind.fields().stream())
                .anyMatch(field -> field.list().equals(list));
    }

    private int using(Amendment amendment, Report now) {
        return switch (amendment) {
            case ChoiceAdded one -> 0;
            case ChoiceRetired one -> having(one.list(), one.choice());
            case ChoiceReturned one -> having(one.list(), one.choice());
            case TargetSet one -> counted(one, now);
            case Reworded one -> 0;
            case BodiesSet one -> 0;
        };
    }

    /** Items that the figure counts this year, of the town only where the target is a town's. */
    private int counted(TargetSet set, Report now) {
        var numbers = now.figures().stream()
                .filter(shown -> shown.indicator().id().equals(set.indicator()))
                .flatMap(shown -> shown.items().stream())
                .collect(Collectors.toSet());
        return (int) items.stream()
                .filter(item -> numbers.contains(item.number()) && inTown(item, set.town()))
                .count();
    }

    private boolean inTown(ItemView item, String town) {
        return town.isEmpty()
                || SettingsController.value(item, programme.town()).equals(town);
    }

    private int having(String list, String choice) {
        return (int) open.stream()
                .filter(item -> SettingsController.has(programme, item, list, choice))
                .count();
    }

    private Optional<Reached> reached(Amendment amendment, Report then) {
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
}
