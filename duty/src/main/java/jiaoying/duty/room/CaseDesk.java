package jiaoying.duty.room;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import jiaoying.duty.call.CallOrder;
import jiaoying.duty.casework.CaseAnswer;
import jiaoying.duty.casework.CaseDeed;
import jiaoying.duty.casework.CaseStep;
import jiaoying.duty.ledger.Fact;
import jiaoying.duty.monitor.MonitorFact.StationDoubted;
import jiaoying.duty.monitor.SignalColor;
import jiaoying.duty.programme.Kind;
import jiaoying.duty.station.StationFact.StationRegistered;
import jiaoying.duty.warn.WarnFact.SignalIssued;
import jiaoying.duty.warn.WarnFact.SignalLifted;
import jiaoying.duty.warn.WarnFact.SignalRetracted;
import jiaoying.duty.warn.WarnFact.ThresholdAlertRaised;

/** The one loop in the room: deeds on items, their timers, and what a warning asks of them. Serves one arrival; only reads. */
final class CaseDesk {
    private static final List<String> COLORS =
            Arrays.stream(SignalColor.values()).map(SignalColor::word).toList();

    private final DutyRoom room;
    private final CaseStep step;
    private final Instant at;

    CaseDesk(DutyRoom room, long number, Instant at) {
        this.room = room;
        this.at = at;
        this.step = new CaseStep(
                number,
                at,
                room.cases(),
                room.directory(),
                room.rules().loop().calendar(),
                ZoneId.of(room.settings().zone()));
    }

    Step act(String person, CaseDeed deed) {
        return answered(step.take(person, deed));
    }

    /** From a telephone: see {@link Arrival.PhoneActed}. */
    Step sent(String person, Arrival.PhoneActed acted) {
        var enteredAt = acted.enteredAt().isAfter(at) ? at : acted.enteredAt();
        return answered(step.sent(person, acted.deed(), acted.key(), enteredAt));
    }

    private static Step answered(CaseAnswer answer) {
        return switch (answer) {
            case CaseAnswer.Done done -> Step.of(done.facts());
            case CaseAnswer.Refused no ->
                Step.refused(Refusal.valueOf("ITEM_" + no.why().name()), no.value(), no.allowed());
        };
    }

    /** @param part the timer's name, cut at its first two slashes */
    List<Fact> due(String[] part) {
        return new ArrayList<>(step.due(part[0], part[1], part[2], this::inStorm, mark()));
    }

    private String mark() {
        return room.settings().exercise() ? room.rules().plan().messages().getOrDefault("word.exercise", "") : "";
    }

    /** He or somebody of his body is called for an orange or red signal that still stands: also who has answered has other work now. */
    private boolean inStorm(String person) {
        var body = room.roster().bodyOf(person);
        var people = body.isEmpty() ? List.of(person) : room.roster().membersOf(body);
        return room.calls().listOrders().stream()
                .filter(CallOrder::open)
                .filter(order -> order.opened().color().above(SignalColor.YELLOW))
                .anyMatch(order ->
                        people.stream().anyMatch(one -> order.findCallee(one).isPresent()));
    }

    /** Adds what signals that came into force, or ended, mean for open items. */
    Step follow(Step taken) {
        var facts = new ArrayList<Fact>();
        for (var fact : taken.facts()) {
            switch (fact) {
                case SignalIssued issued ->
                    facts.addAll(step.warned(
                            root(issued), issued.hazard(), issued.color().word(), COLORS, issued.area()));
                case ThresholdAlertRaised raised -> facts.addAll(alert(raised));
                case StationDoubted doubted -> facts.addAll(doubt(doubted));
                case SignalLifted lifted -> facts.addAll(step.lifted(root(lifted.signal())));
                case SignalRetracted retracted -> facts.addAll(step.lifted(root(retracted.signal())));
                default -> {}
            }
        }
        if (facts.isEmpty()) {
            return taken;
        }
        var all = new ArrayList<>(taken.facts());
        all.addAll(facts);
        return new Step(taken.journal(), List.copyOf(all), taken.outcome());
    }

    /** What has been measured; an expectation of a forecast floods nothing yet. */
    private List<? extends Fact> alert(ThresholdAlertRaised raised) {
        if (raised.criteria().startsWith(ThresholdAlertRaised.FORECAST)) {
            return List.of();
        }
        var station = raised.basis().isEmpty() ? "" : raised.basis().getFirst().station();
        var why = raised.basis().isEmpty()
                ? raised.text()
                : raised.basis().getFirst().quantity().word() + " "
                        + BigDecimal.valueOf(raised.basis().getFirst().sumMilli(), 3)
                                .stripTrailingZeros()
                                .toPlainString()
                        + " " + raised.basis().getFirst().quantity().unit();
        return step.noticed(
                Kind.Raise.ALERT,
                raised.hazard(),
                raised.color().word(),
                COLORS,
                "alert:" + raised.hazard() + "/" + raised.area(),
                words(station, raised.area(), raised.color().word(), why));
    }

    private List<? extends Fact> doubt(StationDoubted doubted) {
        var area = room.stations()
                .findStation(doubted.station())
                .map(StationRegistered::area)
                .orElse("");
        return step.noticed(
                Kind.Raise.DOUBT,
                "",
                "",
                COLORS,
                "station:" + doubted.station() + "/" + doubted.check().word(),
                words(doubted.station(), area, "", doubted.check().word()));
    }

    private Map<String, String> words(String station, String area, String color, String why) {
        var found = room.stations().findStation(station);
        var words = new LinkedHashMap<String, String>();
        words.put("area", area);
        words.put("area_name", room.roster().areaName(area));
        words.put("station", station);
        words.put("station_name", found.map(StationRegistered::name).orElse(station));
        words.put("color", color);
        words.put("at", at.toString());
        words.put("place", found.map(row -> row.lon() + "," + row.lat()).orElse(""));
        words.put("why", why);
        return words;
    }

    /** One warning through all its colours has the name of its first signal. */
    private String root(SignalIssued issued) {
        return issued.replaces().isEmpty() ? issued.signal() : root(issued.replaces());
    }

    private String root(String signal) {
        return room.warnings()
                .findSignal(signal)
                .map(known -> known.issued().replaces())
                .filter(before -> !before.isEmpty())
                .map(this::root)
                .orElse(signal);
    }
}
