package jiaoying.server.replay;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import jiaoying.duty.call.CallFact;
import jiaoying.duty.call.CallFact.AttemptReported;
import jiaoying.duty.call.CallFact.CallOrderClosed;
import jiaoying.duty.call.CallFact.CallOrderOpened;
import jiaoying.duty.call.CallFact.CallOrderReworded;
import jiaoying.duty.call.CallFact.CalleeExhausted;
import jiaoying.duty.call.CallFact.CalleeListed;
import jiaoying.duty.call.CallFact.CalleeSettled;
import jiaoying.duty.call.CallFact.EvidenceHeard;
import jiaoying.duty.call.CallFact.NoticeSent;
import jiaoying.duty.call.CallFact.RoundStarted;
import jiaoying.duty.call.CallFact.Settled;
import jiaoying.duty.errand.ClearsTimer;
import jiaoying.duty.errand.CourierReport;
import jiaoying.duty.errand.Errand;
import jiaoying.duty.errand.SetsTimer;
import jiaoying.duty.ledger.Fact;
import jiaoying.duty.measure.Finding;
import jiaoying.duty.monitor.Basis;
import jiaoying.duty.monitor.MonitorFact.AreaLevelMoved;
import jiaoying.duty.monitor.MonitorFact.ReadingsQuestioned;
import jiaoying.duty.room.RoomFact.ArrivalSetAside;
import jiaoying.duty.roster.RosterFact.AreaRegistered;
import jiaoying.duty.warn.WarnFact;
import jiaoying.duty.warn.WarnFact.SignalCorrected;
import jiaoying.duty.warn.WarnFact.SignalIssued;
import jiaoying.duty.warn.WarnFact.SignalLifted;
import jiaoying.duty.warn.WarnFact.SignalRetracted;
import jiaoying.duty.warn.WarnFact.ThresholdAlertDecided;
import jiaoying.duty.warn.WarnFact.ThresholdAlertRaised;
import jiaoying.server.replay.ReplayReport.Calls;
import jiaoying.server.replay.ReplayReport.Sum;
import jiaoying.server.replay.ReplayReport.Warning;

/** Counts what the facts of a replay say. */
final class ReplayTally {
    private final Map<String, String> areaNames = new HashMap<>();
    private final Map<String, Instant> alertRaised = new HashMap<>();
    private final Map<String, Issued> signals = new LinkedHashMap<>();
    private final Set<String> openOrders = new HashSet<>();
    private final Map<String, Person> callees = new LinkedHashMap<>();
    private final Map<String, Errand> planned = new HashMap<>();
    private final Set<String> unsettled = new HashSet<>();
    private final Set<String> timers = new HashSet<>();
    private final List<String> setAside = new ArrayList<>();
    private int orders;
    private int areaLevelChanges;
    private int submittedAfterAnswer;
    private long refused;
    private long doubted;

    private record Issued(SignalIssued signal, Instant at, Optional<Instant> ended) {}

    private static final class Person {
        private boolean escalated;
        private boolean exhausted;
        private Optional<Settled> settled = Optional.empty();

        /** His ladder here was cut short and goes on in a stronger order, where he counts. */
        private boolean countsElsewhere() {
            return !exhausted
                    && settled.filter(how -> how == Settled.CARRIED_OVER).isPresent();
        }
    }

    void note(Instant at, Collection<? extends Fact> facts) {
        for (var fact : facts) {
            switch (fact) {
                case AreaRegistered area -> areaNames.put(area.area(), area.nameZh());
                case ReadingsQuestioned questioned -> note(questioned);
                case AreaLevelMoved moved ->
                    areaLevelChanges += moved.from().level() == moved.to().level() ? 0 : 1;
                case WarnFact warned -> note(at, warned);
                case CallFact called -> note(called);
                case ArrivalSetAside aside ->
                    setAside.add("arrival %d, %s: %s".formatted(aside.arrival(), aside.kind(), aside.problem()));
                default -> {}
            }
            if (fact instanceof ClearsTimer clears) {
                timers.removeAll(clears.clearedTimers());
            }
            if (fact instanceof SetsTimer sets) {
                sets.timers().forEach(timer -> timers.add(timer.id()));
            }
        }
    }

    private void note(ReadingsQuestioned questioned) {
        if (!questioned.source().startsWith("carrier ")) {
            doubted += questioned.findings().stream().filter(Finding::kept).count();
            refused += questioned.findings().stream()
                    .filter(finding -> !finding.kept())
                    .count();
        }
    }

    private void note(Instant at, WarnFact warned) {
        switch (warned) {
            case ThresholdAlertRaised raised -> alertRaised.put(raised.alert(), at);
            case SignalIssued issued -> {
                end(issued.replaces(), at);
                signals.put(issued.signal(), new Issued(issued, at, Optional.empty()));
            }
            case SignalLifted lifted -> end(lifted.signal(), at);
            case SignalRetracted retracted -> end(retracted.signal(), at);
            case ThresholdAlertDecided _, SignalCorrected _ -> {}
        }
    }

    private void end(String signal, Instant at) {
        signals.computeIfPresent(signal, (_, issued) -> new Issued(issued.signal(), issued.at(), Optional.of(at)));
    }

    private void note(CallFact called) {
        switch (called) {
            case CallOrderOpened opened -> {
                orders++;
                openOrders.add(opened.order());
            }
            case CalleeListed listed -> callees.put(place(listed.order(), listed.person()), new Person());
            case RoundStarted round -> {
                callee(round.order(), round.person()).escalated |=
                        !round.target().equals("self");
                round.errands().forEach(errand -> planned.put(errand.key(), errand));
                round.errands().forEach(errand -> unsettled.add(errand.key()));
            }
            case CalleeExhausted exhausted -> {
                var callee = callee(exhausted.order(), exhausted.person());
                callee.escalated = true;
                callee.exhausted = true;
            }
            case CalleeSettled settled -> {
                callee(settled.order(), settled.person()).settled = Optional.of(settled.how());
                unsettled.removeAll(settled.withdrawnKeys());
            }
            case AttemptReported reported -> {
                if (reported.again().isEmpty() || reported.report().kind() != CourierReport.Kind.AMBIGUOUS) {
                    unsettled.remove(reported.report().key());
                }
            }
            case CallOrderClosed closed -> {
                openOrders.remove(closed.order());
                unsettled.removeAll(closed.withdrawnKeys());
            }
            case CallFact.AnswerExpired expired -> callee(expired.order(), expired.person()).settled = Optional.empty();
            case EvidenceHeard _, NoticeSent _, CallOrderReworded _ -> {}
            case CallFact.CallOrderContinues _, CallFact.CallOrderListed _, CallFact.RoundPutOff _ -> {}
            case CallFact.RepeatStopped stopped -> unsettled.remove(stopped.key());
            case CallFact.SpeakerShared _ -> {}
            case CallFact.InPlaceReported _, CallFact.RuleJudged _ -> {}
        }
    }

    /** A carrier was handed this errand just now. */
    void submitted(String key) {
        findErrand(key)
                .map(errand -> callee(errand.order(), errand.callee()))
                .filter(callee -> callee.settled.isPresent())
                .ifPresent(_ -> submittedAfterAnswer++);
    }

    /** A call that was planned. */
    Optional<Errand> findErrand(String key) {
        return Optional.ofNullable(planned.get(key));
    }

    String areaName(String area) {
        return areaNames.getOrDefault(area, area);
    }

    boolean everyOrderClosed() {
        return openOrders.isEmpty();
    }

    boolean timersOpen() {
        return !timers.isEmpty();
    }

    /** What the room could not take, each with its problem. */
    List<String> setAside() {
        return List.copyOf(setAside);
    }

    int signals() {
        return signals.size();
    }

    int areaLevelChanges() {
        return areaLevelChanges;
    }

    /** @param received what was sent, with rows that could not be read */
    ReplayReport.Readings readings(long received) {
        return new ReplayReport.Readings(received, received - refused, doubted);
    }

    List<Warning> warnings() {
        return signals.values().stream().map(this::warning).toList();
    }

    private Warning warning(Issued issued) {
        var signal = issued.signal();
        return new Warning(
                signal.hazard(),
                signal.color().word(),
                signal.area(),
                areaName(signal.area()),
                alertRaised.getOrDefault(signal.alert(), issued.at()),
                issued.at(),
                issued.ended(),
                signal.basis().stream().map(ReplayTally::sum).toList());
    }

    private static Sum sum(Basis basis) {
        return new Sum(basis.station(), basis.windowH(), basis.sumMilli() / 1000.0, basis.at());
    }

    Calls calls() {
        var people = new ArrayList<>(callees.values());
        people.removeIf(Person::countsElsewhere);
        int answered = count(
                people,
                callee -> callee.settled
                        .filter(how -> how == Settled.ANSWERED || how == Settled.REACHED_BY_DESK)
                        .isPresent());
        return new Calls(
                orders,
                people.size(),
                planned.size(),
                answered,
                count(people, callee -> callee.escalated),
                people.size() - answered,
                submittedAfterAnswer,
                unsettled.size(),
                count(
                        people,
                        callee -> callee.settled
                                .filter(how -> how == Settled.TAKEN_OVER)
                                .isPresent()));
    }

    private static int count(List<Person> people, Predicate<Person> which) {
        return Math.toIntExact(people.stream().filter(which).count());
    }

    private Person callee(String order, String person) {
        return callees.computeIfAbsent(place(order, person), _ -> new Person());
    }

    private static String place(String order, String person) {
        return order + '/' + person;
    }
}
