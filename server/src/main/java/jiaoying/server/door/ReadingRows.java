package jiaoying.server.door;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import jiaoying.duty.measure.Finding;
import jiaoying.duty.measure.Reading;
import jiaoying.duty.measure.Sentence;
import jiaoying.duty.room.Arrival;
import jiaoying.duty.room.Outcome;
import jiaoying.server.door.OutcomeBody.FindingBody;
import jiaoying.server.reply.Problem;
import jiaoying.server.reply.Texts;

/** The rows of one message as they are read, good ones and broken ones apart, with a bound on both. */
public final class ReadingRows {
    static final int MOST_ROWS = 20_000;
    static final int MOST_FINDINGS = 2_000;

    private final List<Reading> readings = new ArrayList<>();
    /** Row of the message of each good reading. */
    private final List<Integer> rows = new ArrayList<>();

    private final List<Finding> malformed = new ArrayList<>();
    private int count;

    /** A message in the form of {@code POST /api/readings}, JSON. @throws Problem when it is none */
    public static ReadingRows ofJson(InputStream in) {
        return ReadingsJson.read(in);
    }

    /** The same as CSV. */
    public static ReadingRows ofCsv(InputStream in) throws IOException {
        return ReadingsCsv.read(in);
    }

    /** @param given the fields of {@code POST /api/readings} by name */
    public void add(Map<String, String> given) {
        int row = next();
        switch (ReadingRow.read(row, given)) {
            case ReadingRow.Read.Good(var reading) -> {
                readings.add(reading);
                rows.add(row);
            }
            case ReadingRow.Read.Broken(var findings) -> malformed(findings);
        }
    }

    void addBroken(String value, Sentence allowed) {
        malformed(List.of(ReadingRow.finding(next(), "", "row", value, allowed)));
    }

    public Arrival.Readings arrival(String source) {
        return new Arrival.Readings(source, List.copyOf(readings), List.copyOf(malformed));
    }

    /** How the outcome reads to the sender: every finding under the row of his message. */
    public Object body(Outcome outcome, Texts texts) {
        return outcome instanceof Outcome.Stored(var stored, var findings)
                ? new OutcomeBody.Stored("Stored", stored, named(findings, texts))
                : OutcomeBody.of(outcome, texts);
    }

    /** The room counts the readings that reached it; the sender counts his rows. */
    private List<FindingBody> named(List<Finding> heard, Texts texts) {
        var all = new LinkedHashSet<>(malformed);
        for (var finding : heard) {
            all.add(all.contains(finding) || finding.row() >= rows.size() ? finding : atRow(finding));
        }
        return all.stream()
                .sorted((a, b) -> Integer.compare(a.row(), b.row()))
                .map(finding -> FindingBody.of(finding, texts))
                .toList();
    }

    /** Rows of the message that could not be read. */
    public Set<Integer> malformedRows() {
        return malformed.stream().map(Finding::row).collect(Collectors.toSet());
    }

    /** Rows of the message that are not in the journal. */
    public Set<Integer> lostRows(Outcome outcome) {
        var lost = new HashSet<>(malformedRows());
        if (outcome instanceof Outcome.Stored(var _, var findings)) {
            findings.stream()
                    .filter(it -> !it.kept() && !malformed.contains(it) && it.row() < rows.size())
                    .forEach(it -> lost.add(rows.get(it.row())));
        } else {
            lost.addAll(rows);
        }
        return lost;
    }

    private Finding atRow(Finding finding) {
        return new Finding(
                rows.get(finding.row()),
                finding.check(),
                finding.station(),
                finding.field(),
                finding.value(),
                finding.allowed(),
                finding.kept());
    }

    private int next() {
        if (count == MOST_ROWS) {
            throw Problem.allowing(413, "readings.rows", "", Sentence.of("rows-most", MOST_ROWS));
        }
        return count++;
    }

    private void malformed(List<Finding> findings) {
        malformed.addAll(findings);
        if (malformed.size() > MOST_FINDINGS) {
            var first = malformed.getFirst();
            throw Problem.allowing(
                    400, "readings.wrong", first.row() + ": " + first.field() + " = " + first.value(), first.allowed());
        }
    }
}
