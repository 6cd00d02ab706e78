package jiaoying.duty.room;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import jiaoying.duty.programme.Kind.ClockRule;
import jiaoying.duty.programme.Period;
import jiaoying.duty.programme.Programme;
import jiaoying.duty.programme.Report;
import jiaoying.duty.programme.RowsAsOf;
import jiaoying.duty.programme.Term;

/** Publishing figures and deciding about drafts. Serves one arrival; only reads. */
final class PaperDesk {
    private final DutyRoom room;
    private final long number;
    private final Instant at;

    PaperDesk(DutyRoom room, long number, Instant at) {
        this.room = room;
        this.number = number;
        this.at = at;
    }

    Step act(String person, Deed.OnPaper deed) {
        return switch (deed) {
            case Deed.PublishFigures publish -> publish(person, publish);
            case Deed.KeepDocument keep ->
                room.papers().findDocument(keep.document()).isPresent()
                        ? Step.of(List.of())
                        : Step.of(List.of(
                                new RoomFact.DocumentKept(keep.document(), keep.name(), keep.characters(), person)));
            case Deed.DropDraft drop -> drop(person, drop);
            case Deed.ProposeLimit proposal -> propose(person, proposal);
            case Deed.DecideLimit decision -> decide(person, decision);
            case Deed.ProposeAmendment proposal -> new AmendmentDesk(room, number).propose(person, proposal);
            case Deed.DecideAmendment decision -> new AmendmentDesk(room, number).decide(person, decision);
        };
    }

    private Step drop(String person, Deed.DropDraft drop) {
        if (room.papers().findDocument(drop.document()).isEmpty()) {
            return Step.refused(Refusal.DOCUMENT_UNKNOWN, drop.document());
        }
        return drop.reason().isBlank()
                ? Step.refused(Refusal.NO_WORDS, "")
                : Step.of(List.of(new RoomFact.DraftDropped(
                        drop.document(), drop.from(), drop.to(), drop.reason().strip(), person)));
    }

    private Step publish(String person, Deed.PublishFigures deed) {
        var programme = room.cases().findProgramme(deed.programme());
        if (programme.isEmpty()) {
            return Step.refused(Refusal.FIGURES_UNKNOWN, deed.programme());
        }
        var zone = ZoneId.of(room.settings().zone());
        var today = LocalDate.ofInstant(at, zone);
        if (deed.from().isAfter(deed.to()) || deed.asOf().isAfter(today)) {
            return Step.refused(
                    Refusal.FIGURES_PERIOD, deed.from() + " .. " + deed.to() + ", " + deed.asOf(), ".. " + today);
        }
        if (!answers(person, programme.get())) {
            return Step.refused(Refusal.FIGURES_NOT_YOURS, person);
        }
        return Step.of(List.of(published(person, programme.get(), deed, zone)));
    }

    private Step propose(String person, Deed.ProposeLimit deed) {
        var programme = room.cases().findProgramme(deed.programme());
        var rule = programme.flatMap(one -> one.findKind(deed.what())).flatMap(kind -> kind.findClock(deed.clock()));
        var unit = Arrays.stream(Term.Unit.values())
                .filter(one -> one.word().equals(deed.unit()))
                .findFirst();
        if (rule.flatMap(ClockRule::term).isEmpty() || unit.isEmpty()) {
            return Step.refused(Refusal.LIMIT_UNKNOWN, deed.what() + "/" + deed.clock() + ", " + deed.unit());
        }
        if (!answers(person, programme.get())) {
            return Step.refused(Refusal.LIMIT_NOT_YOURS, person);
        }
        if (deed.reason().isBlank()) {
            return Step.refused(Refusal.NO_WORDS, "");
        }
        var was = rule.get().term().get();
        if (deed.amount() < 1
                || deed.amount() > unit.get().most()
                || !rule.get().allows(new Term(deed.amount(), unit.get(), was.roll()))) {
            return Step.refused(
                    Refusal.LIMIT_TOO_LONG,
                    deed.amount() + " " + deed.unit(),
                    rule.get().basis().term().map(PaperDesk::words).orElse(words(was)));
        }
        return Step.of(List.of(new RoomFact.LimitProposed(
                "L" + number,
                deed.programme(),
                deed.what(),
                deed.clock(),
                words(was),
                deed.amount(),
                deed.unit(),
                deed.reason().strip(),
                person)));
    }

    private static String words(Term term) {
        return term.amount() + " " + term.unit().word();
    }

    /** Never by whoever proposed it. */
    private Step decide(String person, Deed.DecideLimit deed) {
        var limit = room.limits().find(deed.change()).filter(one -> one.state().equals("proposed"));
        if (limit.isEmpty()) {
            return Step.refused(Refusal.LIMIT_UNKNOWN, deed.change());
        }
        var programme = room.cases().findProgramme(limit.get().programme()).orElseThrow();
        if (person.equals(limit.get().by()) || !answers(person, programme)) {
            return Step.refused(Refusal.LIMIT_NOT_YOURS, person);
        }
        if (!deed.approved() && deed.reason().isBlank()) {
            return Step.refused(Refusal.NO_WORDS, "");
        }
        return Step.of(List.of(new RoomFact.LimitDecided(
                deed.change(), deed.approved(), deed.reason().strip(), person)));
    }

    /** A supervisor, or a leader. */
    private boolean answers(String person, Programme programme) {
        return answers(room, person, programme);
    }

    static boolean answers(DutyRoom room, String person, Programme programme) {
        return programme.roles().stream()
                .filter(role -> role.leader() || role.body().equals(Programme.Role.SUPERVISING))
                .anyMatch(role -> room.directory().holds(person, programme.name(), role.id()));
    }

    private RoomFact published(String person, Programme programme, Deed.PublishFigures deed, ZoneId zone) {
        var reader = new RowsAsOf(deed.asOf(), zone);
        var rows = room.cases().items().stream()
                .filter(item -> item.opened().programme().equals(programme.name()))
                .flatMap(item -> item.row(reader).stream())
                .toList();
        var report = new Report(programme, rows, new Period(deed.from(), deed.to(), deed.asOf()));
        return new RoomFact.FiguresPublished(
                "R" + number,
                programme.name(),
                programme.version(),
                deed.from(),
                deed.to(),
                deed.asOf(),
                report.figures().stream()
                        .map(shown -> new RoomFact.PublishedFigure(
                                shown.indicator().id(),
                                shown.indicator().unit(),
                                shown.value().orElse(""),
                                shown.atLeast(),
                                shown.items()))
                        .toList(),
                report.texts().getOrDefault("zh-CN", ""),
                report.texts().getOrDefault("en", ""),
                person);
    }
}
