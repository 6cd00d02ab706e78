package jiaoying.duty.room;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import jiaoying.duty.monitor.MonitorFact.ReadingsQuestioned;
import jiaoying.duty.room.RoomFact.ArrivalSetAside;
import jiaoying.duty.room.RoomFact.NoteWritten;
import jiaoying.duty.room.View.FindingView;
import jiaoying.duty.room.View.NoteView;

/** Notes and findings in the order in which they were written; only the latest of each are held. */
final class Diary {
    private static final int HELD_MAX = 1000;

    private final List<NoteView> notes = new ArrayList<>();
    private final List<FindingView> findings = new ArrayList<>();
    private long notesWritten;
    private long findingsMade;

    void write(Instant at, NoteWritten note) {
        notesWritten++;
        hold(notes, new NoteView(Long.toString(notesWritten), at, note.by(), note.text()));
    }

    void question(Instant at, ReadingsQuestioned questioned) {
        for (var finding : questioned.findings()) {
            var detail = "row " + finding.row() + " " + finding.field() + " = " + finding.value() + "; allowed: " + finding.allowed();
            find(at, "readings", questioned.source(), detail);
        }
    }

    void setAside(Instant at, ArrivalSetAside aside) {
        find(at, "set-aside", aside.kind() + " " + aside.arrival(), aside.problem());
    }

    String lastNote() {
        return Long.toString(notesWritten);
    }

    /** Ids of the findings that the last {@code count} rows made. */
    List<String> lastFindings(int count) {
        var ids = new ArrayList<String>();
        for (var n = findingsMade - count + 1; n <= findingsMade; n++) {
            ids.add(Long.toString(n));
        }
        return ids;
    }

    Optional<NoteView> findNote(String id) {
        return notes.stream().filter(note -> note.note().equals(id)).findFirst();
    }

    Optional<FindingView> findFinding(String id) {
        return findings.stream().filter(finding -> finding.finding().equals(id)).findFirst();
    }

    private void find(Instant at, String kind, String source, String detail) {
        findingsMade++;
        hold(findings, new FindingView(Long.toString(findingsMade), at, kind, source, detail));
    }

    private static <T> void hold(List<T> rows, T row) {
        rows.add(row);
        if (rows.size() > HELD_MAX) {
            rows.removeFirst();
        }
    }
}
