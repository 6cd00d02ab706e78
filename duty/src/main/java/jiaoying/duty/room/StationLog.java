package jiaoying.duty.room;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import jiaoying.duty.measure.Check;
import jiaoying.duty.measure.Sentence;
import jiaoying.duty.monitor.MonitorFact;
import jiaoying.duty.monitor.MonitorFact.ReadingAccepted;
import jiaoying.duty.monitor.MonitorFact.ReadingsQuestioned;
import jiaoying.duty.monitor.MonitorFact.StationDoubted;
import jiaoying.duty.monitor.MonitorFact.StationFellSilent;
import jiaoying.duty.monitor.MonitorFact.StationHeardAgain;
import jiaoying.duty.monitor.MonitorFact.StationTrusted;
import jiaoying.duty.monitor.MonitorFact.SuspectWouldRaise;
import jiaoying.duty.room.View.DoubtView;
import jiaoying.duty.room.View.MarkView;

/**
 * What the checks said of each station: the doubts that stand and why, and a line for everything that happened. Of the lines
 * only those of the last instant are held, which is as long as the projections need them.
 */
final class StationLog {
    /** Ids of lines begin with station and month, so that a page reads the months it shows and no more. */
    private static final DateTimeFormatter MONTH =
            DateTimeFormatter.ofPattern("yyyy-MM").withZone(ZoneOffset.UTC);

    private final Map<String, Map<Check, DoubtView>> doubts = new TreeMap<>();
    private final Map<String, MarkView> held = new TreeMap<>();
    private Instant heldAt = Instant.MIN;
    private List<String> lastMarks = List.of();

    /** @param number the fact's number, which names its lines */
    void write(long number, Instant at, MonitorFact fact) {
        hold(number, at, marks(at, fact));
        switch (fact) {
            case StationDoubted doubted ->
                of(doubted.station())
                        .put(
                                doubted.check(),
                                new DoubtView(doubted.check(), at, doubted.evidence(), "", "", Optional.empty()));
            case StationTrusted trusted -> trust(at, trusted);
            default -> {}
        }
    }

    private void hold(long number, Instant at, List<MarkView> marks) {
        if (!at.equals(heldAt)) {
            held.clear();
            heldAt = at;
        }
        var ids = new ArrayList<String>();
        for (var mark : marks) {
            var id = mark.station() + '/' + MONTH.format(at) + '/' + number + '.' + ids.size();
            held.put(id, mark);
            ids.add(id);
        }
        lastMarks = List.copyOf(ids);
    }

    private void trust(Instant at, StationTrusted trusted) {
        var of = of(trusted.station());
        if (trusted.by().isEmpty()) {
            of.remove(trusted.check());
        } else {
            of.computeIfPresent(
                    trusted.check(),
                    (check, doubt) -> new DoubtView(
                            check,
                            doubt.since(),
                            doubt.evidence(),
                            trusted.by(),
                            words(trusted.reason()),
                            Optional.of(at)));
        }
        if (of.isEmpty()) {
            doubts.remove(trusted.station());
        }
    }

    private Map<Check, DoubtView> of(String station) {
        return doubts.computeIfAbsent(station, _ -> new TreeMap<>());
    }

    private static List<MarkView> marks(Instant at, MonitorFact fact) {
        return switch (fact) {
            case StationDoubted doubted ->
                List.of(mark(at, doubted.station(), "doubted", doubted.check(), doubted.evidence()));
            case StationTrusted trusted ->
                List.of(new MarkView(
                        trusted.station(),
                        at,
                        trusted.by().isEmpty() ? "trusted" : "overruled",
                        Optional.of(trusted.check()),
                        "",
                        Optional.empty(),
                        trusted.by(),
                        List.of(trusted.reason())));
            case StationFellSilent fell ->
                List.of(new MarkView(
                        fell.station(),
                        at,
                        "silent",
                        Optional.of(Check.SILENCE),
                        "",
                        Optional.of(fell.lastObservedAt()),
                        "",
                        List.of()));
            case StationHeardAgain heard ->
                List.of(new MarkView(
                        heard.station(), at, "heard", Optional.empty(), "", Optional.empty(), "", List.of()));
            case SuspectWouldRaise would ->
                List.of(new MarkView(
                        would.station(),
                        at,
                        "would-raise",
                        Optional.of(would.check()),
                        would.color().word(),
                        Optional.of(would.observedAt()),
                        "",
                        List.of()));
            case ReadingAccepted accepted ->
                List.of(new MarkView(
                        accepted.station(),
                        at,
                        "accepted",
                        Optional.empty(),
                        "",
                        Optional.of(accepted.observedAt()),
                        accepted.by(),
                        List.of(Sentence.words(accepted.reason()))));
            case ReadingsQuestioned questioned -> flagged(at, questioned);
            case MonitorFact.AreaLevelMoved _ -> List.of();
        };
    }

    /** Readings that were kept although a check found something; what was refused is no reading of the station. */
    private static List<MarkView> flagged(Instant at, ReadingsQuestioned questioned) {
        var marks = new ArrayList<MarkView>();
        for (var finding : questioned.findings()) {
            if (finding.kept() && !finding.station().isEmpty()) {
                marks.add(new MarkView(
                        finding.station(),
                        at,
                        "flagged",
                        Optional.of(finding.check()),
                        finding.value(),
                        Optional.empty(),
                        "",
                        List.of(finding.allowed())));
            }
        }
        return marks;
    }

    private static MarkView mark(Instant at, String station, String what, Check check, Sentence why) {
        return new MarkView(station, at, what, Optional.of(check), "", Optional.empty(), "", List.of(why));
    }

    private static String words(Sentence said) {
        return said.values().isEmpty() ? said.code() : said.values().getFirst();
    }

    /** The doubts of a station, also those that an officer overruled and whose condition has not gone yet. */
    List<DoubtView> doubts(String station) {
        return List.copyOf(doubts.getOrDefault(station, Map.of()).values());
    }

    /** Ids of the lines that the last fact wrote. */
    List<String> lastMarks() {
        return lastMarks;
    }

    Optional<MarkView> findMark(String id) {
        return Optional.ofNullable(held.get(id));
    }
}
