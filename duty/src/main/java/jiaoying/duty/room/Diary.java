package jiaoying.duty.room;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import jiaoying.duty.measure.Check;
import jiaoying.duty.measure.Sentence;
import jiaoying.duty.monitor.MonitorFact.ReadingsQuestioned;
import jiaoying.duty.monitor.MonitorFact.SuspectWouldRaise;
import jiaoying.duty.room.RoomFact.ArrivalSetAside;
import jiaoying.duty.room.RoomFact.NoteWritten;
import jiaoying.duty.room.View.DisputeView;
import jiaoying.duty.room.View.FindingView;
import jiaoying.duty.room.View.NoteView;
import jiaoying.duty.roster.RosterFact.ContactDisputed;
import jiaoying.duty.roster.RosterFact.ContactRegistered;
import jiaoying.duty.roster.RosterFact.Erased;

/** Notes and findings in the order in which they were written, only the latest of each are held; and disputed contacts. */
final class Diary {
    private static final int HELD_MAX = 1000;

    private final List<NoteView> notes = new ArrayList<>();
    private final List<FindingView> findings = new ArrayList<>();
    private final Map<String, DisputeView> disputes = new TreeMap<>();
    private List<String> lastDisputes = List.of();
    private long last;
    private int lastFindings;

    /** @param number the fact's number, which names the note */
    void write(long number, Instant at, NoteWritten note) {
        last = number;
        hold(notes, new NoteView(Long.toString(number), at, note.by(), note.text()));
    }

    /** What came late counts all the same and is no matter for anybody to look into: it stays in the ledger alone. */
    void question(long number, Instant at, ReadingsQuestioned questioned) {
        var matters = questioned.findings().stream()
                .filter(finding -> finding.check() != Check.LATE)
                .toList();
        last = number;
        lastFindings = matters.size();
        for (var i = 0; i < lastFindings; i++) {
            var finding = matters.get(i);
            var kind = (finding.kept() ? "suspect-" : "refused-") + finding.field();
            var found = Sentence.of(
                    "row",
                    finding.row(),
                    finding.field(),
                    finding.value(),
                    finding.check().word());
            hold(
                    findings,
                    new FindingView(
                            number + "." + i,
                            at,
                            kind,
                            questioned.source(),
                            finding.station(),
                            List.of(found, finding.allowed())));
        }
    }

    /** Not believed, and it matters: an officer decides. */
    void ask(long number, Instant at, SuspectWouldRaise would) {
        last = number;
        lastFindings = 1;
        var found = Sentence.of(
                "would-raise",
                would.area(),
                would.color().word(),
                would.hazard(),
                would.check().word(),
                would.observedAt());
        hold(findings, new FindingView(number + ".0", at, "would-raise", "", would.station(), List.of(found)));
    }

    void setAside(long number, Instant at, ArrivalSetAside aside) {
        last = number;
        lastFindings = 1;
        hold(
                findings,
                new FindingView(
                        number + ".0",
                        at,
                        "set-aside",
                        aside.kind(),
                        "",
                        List.of(Sentence.of("set-aside", aside.arrival(), aside.problem()))));
    }

    void dispute(Instant at, ContactDisputed disputed) {
        var id = contact(disputed.person(), disputed.channel());
        var first = Optional.ofNullable(disputes.get(id))
                .filter(row -> row.settledAt().isEmpty())
                .map(DisputeView::disputedAt);
        disputes.put(id, new DisputeView(disputed.person(), disputed.channel(), first.orElse(at), Optional.empty()));
        lastDisputes = List.of(id);
    }

    /** A contact that is registered anew is no longer in dispute. */
    void renew(Instant at, ContactRegistered contact) {
        settle(at, List.of(contact(contact.person(), contact.channel())));
    }

    void erase(Instant at, Erased erased) {
        settle(
                at,
                disputes.values().stream()
                        .filter(row -> row.person().equals(erased.person()))
                        .map(row -> contact(row.person(), row.channel()))
                        .toList());
    }

    private void settle(Instant at, List<String> contacts) {
        lastDisputes = contacts.stream()
                .filter(id ->
                        findDispute(id).filter(row -> row.settledAt().isEmpty()).isPresent())
                .toList();
        lastDisputes.forEach(id -> disputes.computeIfPresent(
                id, (_, row) -> new DisputeView(row.person(), row.channel(), row.disputedAt(), Optional.of(at))));
    }

    private static String contact(String person, String channel) {
        return person + '/' + channel;
    }

    /** The disputes that the last fact about a contact opened or settled, as person/channel. */
    List<String> lastDisputes() {
        return lastDisputes;
    }

    Optional<DisputeView> findDispute(String contact) {
        return Optional.ofNullable(disputes.get(contact));
    }

    /** The note that the last fact wrote. */
    String lastNote() {
        return Long.toString(last);
    }

    /** Ids of the findings that the last fact made, as far as they are held. */
    List<String> lastFindings() {
        var ids = new ArrayList<String>();
        for (var i = Math.max(0, lastFindings - HELD_MAX); i < lastFindings; i++) {
            ids.add(last + "." + i);
        }
        return ids;
    }

    Optional<NoteView> findNote(String id) {
        return notes.stream().filter(note -> note.note().equals(id)).findFirst();
    }

    Optional<FindingView> findFinding(String id) {
        return findings.stream().filter(finding -> finding.finding().equals(id)).findFirst();
    }

    private static <T> void hold(List<T> rows, T row) {
        rows.add(row);
        if (rows.size() > HELD_MAX) {
            rows.removeFirst();
        }
    }
}
