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
    private long last;
    private int lastFindings;

    /** @param number the fact's number, which names the note */
    void write(long number, Instant at, NoteWritten note) {
        last = number;
        hold(notes, new NoteView(Long.toString(number), at, note.by(), note.text()));
    }

    void question(long number, Instant at, ReadingsQuestioned questioned) {
        last = number;
        lastFindings = questioned.findings().size();
        for (var i = 0; i < lastFindings; i++) {
            var finding = questioned.findings().get(i);
            var detail = "row " + finding.row() + " " + finding.field() + " = " + finding.value() + "; allowed: "
                    + finding.allowed();
            hold(findings, new FindingView(number + "." + i, at, "readings", questioned.source(), detail));
        }
    }

    void setAside(long number, Instant at, ArrivalSetAside aside) {
        last = number;
        lastFindings = 1;
        hold(
                findings,
                new FindingView(number + ".0", at, "set-aside", aside.kind() + " " + aside.arrival(), aside.problem()));
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
