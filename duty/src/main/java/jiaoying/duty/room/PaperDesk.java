package jiaoying.duty.room;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import jiaoying.duty.programme.Period;
import jiaoying.duty.programme.Programme;
import jiaoying.duty.programme.Report;

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

    /** A supervisor, or a leader. */
    private boolean answers(String person, Programme programme) {
        return programme.roles().stream()
                .filter(role -> role.leader() || role.body().equals(Programme.Role.SUPERVISING))
                .anyMatch(role -> room.directory().holds(person, programme.name(), role.id()));
    }

    private RoomFact published(String person, Programme programme, Deed.PublishFigures deed, ZoneId zone) {
        var rows = room.cases().items().stream()
                .filter(item -> item.opened().programme().equals(programme.name()))
                .flatMap(item -> item.row(deed.asOf(), zone).stream())
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
