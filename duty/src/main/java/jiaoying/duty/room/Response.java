package jiaoying.duty.room;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import jiaoying.duty.call.CallFact;
import jiaoying.duty.call.CallFact.CallOrderOpened;
import jiaoying.duty.call.CallOrder;
import jiaoying.duty.call.CallStep;
import jiaoying.duty.call.Calls;
import jiaoying.duty.ledger.Fact;
import jiaoying.duty.monitor.Basis;
import jiaoying.duty.monitor.SignalColor;
import jiaoying.duty.roster.Roster;
import jiaoying.duty.warn.WarnFact.SignalCorrected;
import jiaoying.duty.warn.WarnFact.SignalIssued;
import jiaoying.duty.warn.WarnFact.SignalLifted;
import jiaoying.duty.warn.WarnFact.SignalRetracted;
import jiaoying.duty.warn.WarnFact.ThresholdAlertDecided;
import jiaoying.duty.warn.WarnFact.ThresholdAlertRaised;
import jiaoying.duty.warn.Warnings;
import jiaoying.duty.warn.Warnings.Signal;

/**
 * Warning tied to response: what follows for the people of an area when a signal there comes into force, changes or ends. One
 * object serves one arrival; it only reads the room.
 */
final class Response {
    private final long number;
    private final Instant at;
    private final Rules rules;
    private final Settings settings;
    private final Roster roster;
    private final Warnings warnings;
    private final Calls calls;

    Response(DutyRoom room, long number, Instant at) {
        this.number = number;
        this.at = at;
        this.rules = room.rules();
        this.settings = room.settings();
        this.roster = room.roster();
        this.warnings = room.warnings();
        this.calls = room.calls();
    }

    /** A signal as it is received or entered; no colour lifts what is in force. */
    Step signal(Arrival.SignalReceived signal) {
        if (roster.findArea(signal.area()).isEmpty()) {
            return Step.refused(Refusal.UNKNOWN_AREA, signal.area());
        }
        var answered = warnings.findAlert(signal.alert());
        if (answered.isPresent() && !answered.get().raised().area().equals(signal.area())) {
            return Step.refused(Refusal.ALERT_OF_ANOTHER_AREA, signal.alert(), signal.area());
        }
        if (signal.color() == SignalColor.NONE) {
            return lift(signal);
        }
        var facts = issue(signal);
        return facts.isEmpty()
                ? Step.refused(Refusal.COLOR_IN_FORCE, signal.color().word())
                : Step.of(facts);
    }

    /**
     * A room that issues signals itself issues what an alert proposes.
     *
     * @param by    empty when the clock decided
     * @param words of the signal, unless who proposed it wrote some
     */
    List<Fact> approve(ThresholdAlertRaised raised, String by, String reason, String words) {
        if (raised.color() != SignalColor.NONE) {
            var facts = issue(new Arrival.SignalReceived(
                    settings.name(),
                    by,
                    raised.hazard(),
                    raised.area(),
                    raised.color(),
                    raised.text().isBlank() ? words : raised.text(),
                    raised.alert()));
            return facts.isEmpty()
                    ? List.of(new ThresholdAlertDecided(
                            raised.alert(), "superseded", by, "the colour is in force already"))
                    : facts;
        }
        var facts = new ArrayList<Fact>();
        facts.add(new ThresholdAlertDecided(raised.alert(), "issued", by, reason));
        warnings.inForce(raised.hazard(), raised.area()).ifPresent(signal -> {
            facts.add(new SignalLifted(signal.issued().signal(), settings.name(), by));
            facts.addAll(end(signal, "lifted", settings.name(), ""));
        });
        return facts;
    }

    /**
     * Calls people because of measured rain alone. Empty when nobody is to be called for it, or they are being called.
     *
     * @param leaders of the shift, who are called too
     */
    List<Fact> callByAlert(ThresholdAlertRaised raised, List<String> leaders) {
        var since = warnings.inForce(raised.hazard(), raised.area())
                .map(warnings::began)
                .orElse(at);
        return open(
                raised.alert(),
                raised.hazard(),
                raised.color(),
                raised.area(),
                since,
                raised.byForecast() ? "call-by-forecast" : "call-by-alert",
                settings.name(),
                "",
                leaders);
    }

    List<Fact> correct(Signal corrected, String text, String by, String reason) {
        var signal = corrected.issued();
        var facts = new ArrayList<Fact>();
        facts.add(new SignalCorrected(signal.signal(), text, by, reason));
        calledFor(corrected)
                .ifPresent(order -> facts.addAll(tell(order, "corrected", signal, corrected.issuedAt(), text)));
        return facts;
    }

    List<Fact> retract(Signal retracted, String by, String reason) {
        var facts = new ArrayList<Fact>();
        facts.add(new SignalRetracted(retracted.issued().signal(), by, reason));
        facts.addAll(end(retracted, "retracted", retracted.issued().source(), reason));
        return facts;
    }

    /** Whether the plan calls people for a signal of this colour. */
    boolean isCalled(SignalColor color) {
        return rules.plan().ladders().containsKey(color);
    }

    private Step lift(Arrival.SignalReceived lift) {
        var inForce = warnings.inForce(lift.hazard(), lift.area());
        if (inForce.isEmpty()) {
            return Step.refused(Refusal.NOTHING_TO_LIFT, lift.area());
        }
        var facts = new ArrayList<Fact>();
        warnings.findAlert(lift.alert())
                .or(() -> warnings.openAlert(lift.hazard(), lift.area())
                        .filter(a -> a.raised().color() == SignalColor.NONE))
                .filter(Warnings.Alert::open)
                .ifPresent(a -> facts.add(new ThresholdAlertDecided(a.raised().alert(), "issued", lift.by(), "")));
        facts.add(new SignalLifted(inForce.get().issued().signal(), lift.source(), lift.by()));
        facts.addAll(end(inForce.get(), "lifted", lift.source(), ""));
        return Step.of(facts);
    }

    /** Empty when the colour is in force already. */
    private List<Fact> issue(Arrival.SignalReceived signal) {
        var answers = warnings.findAlert(signal.alert())
                .or(() -> warnings.openAlert(signal.hazard(), signal.area())
                        .filter(a -> a.raised().color() == signal.color()));
        var basis = answers.map(a -> a.raised().basis()).orElse(List.<Basis>of());
        var alert = answers.map(a -> a.raised().alert()).orElse("");
        var before = warnings.inForce(signal.hazard(), signal.area());
        var issued = warnings.issue(
                DutyRoom.id("S", number, signal.hazard(), signal.area()),
                signal.hazard(),
                signal.area(),
                signal.color(),
                signal.source(),
                signal.by(),
                signal.text(),
                alert,
                basis);
        var facts = new ArrayList<Fact>();
        issued.ifPresent(comes -> {
            answers.filter(Warnings.Alert::open)
                    .ifPresent(a -> facts.add(new ThresholdAlertDecided(alert, "issued", signal.by(), "")));
            facts.add(comes);
            facts.addAll(comesIntoForce(comes, before));
        });
        return facts;
    }

    /** A signal that came into force opens, supersedes, rewords or closes the call order of its area. */
    private List<Fact> comesIntoForce(SignalIssued signal, Optional<Signal> before) {
        var milder =
                before.filter(b -> b.issued().color().above(signal.color())).isPresent();
        var since = before.map(warnings::began).orElse(at);
        if (isCalled(signal.color())) {
            return milder
                    ? calledFor(signal.hazard(), signal.area(), since)
                            .map(order -> tell(order, "downgraded-still-called", signal, at, signal.text()))
                            .orElse(List.of())
                    : open(
                            signal.signal(),
                            signal.hazard(),
                            signal.color(),
                            signal.area(),
                            since,
                            "call",
                            signal.source(),
                            signal.text(),
                            List.of());
        }
        return milder || before.isEmpty()
                ? end(
                        calledFor(signal.hazard(), signal.area(), since),
                        "downgraded",
                        signal.hazard(),
                        signal.color(),
                        signal.source(),
                        signal.text())
                : List.of();
    }

    private List<Fact> open(
            String reason,
            String hazard,
            SignalColor color,
            String area,
            Instant since,
            String template,
            String source,
            String text,
            List<String> leaders) {
        var planned = rules.plan().ladders().get(color);
        if (planned == null || isBeingCalled(hazard, area, color)) {
            return List.of();
        }
        var ladder = planned.with(planned.terms().in(settings.zone()));
        var step = new CallStep(at, calls, roster);
        step.open(
                new CallOrderOpened(
                        DutyRoom.id("C", number, hazard, area),
                        reason,
                        hazard,
                        color,
                        area,
                        messages(template, at, hazard, color, area, source, text),
                        ladder,
                        calledFor(hazard, area, since).map(CallOrder::id).orElse(""),
                        CallFact.Aim.WARNING,
                        settings.exercise(),
                        ladder.terms().rule().map(rule -> at.plus(rule.within()))),
                leaders);
        return step.facts();
    }

    /**
     * Whether an open order calls for this already: its colour is no milder, and what it was opened for still holds. An order
     * that only waits for somebody silent since the last rise does not stand for the next one.
     */
    private boolean isBeingCalled(String hazard, String area, SignalColor color) {
        return calls.latest(hazard, area)
                .filter(CallOrder::open)
                .map(CallOrder::opened)
                .filter(open -> !color.above(open.color()))
                .filter(open -> warnings.stillMeant(open.reason())
                        || warnings.inForce(hazard, area)
                                .filter(signal -> !color.above(signal.issued().color()))
                                .isPresent())
                .isPresent();
    }

    /**
     * Tells everybody reached what the signal says now; rounds still to come say it too, unless they speak of an own finding.
     *
     * @param since from when on it holds
     */
    private List<Fact> tell(CallOrder order, String kind, SignalIssued signal, Instant since, String text) {
        var step = new CallStep(at, calls, roster);
        if (order.open() && warnings.findAlert(order.opened().reason()).isEmpty()) {
            step.reword(
                    order,
                    messages("call", since, signal.hazard(), signal.color(), signal.area(), signal.source(), text));
        }
        step.notice(order, kind, say(kind, signal.hazard(), signal.color(), signal.area(), signal.source(), text));
        return step.facts();
    }

    private Optional<CallOrder> calledFor(Signal signal) {
        return calledFor(signal.issued().hazard(), signal.issued().area(), warnings.began(signal));
    }

    /** The order whose people were called for what has been in force since then; not one of an earlier storm. */
    private Optional<CallOrder> calledFor(String hazard, String area, Instant since) {
        return calls.latest(hazard, area)
                .filter(order -> !order.calledOff())
                .filter(order -> order.closedAt()
                        .filter(closed -> closed.isBefore(since))
                        .isEmpty());
    }

    private List<Fact> end(Signal signal, String kind, String source, String text) {
        var issued = signal.issued();
        return end(calledFor(signal), kind, issued.hazard(), issued.color(), source, text);
    }

    /** Stops what is unsent and tells everybody already reached, unless they have been told the same. */
    private List<Fact> end(
            Optional<CallOrder> called, String kind, String hazard, SignalColor color, String source, String text) {
        var step = new CallStep(at, calls, roster);
        called.filter(order -> !order.noticeKind().equals(kind)).ifPresent(order -> {
            step.close(order, kind);
            step.notice(order, kind, say(kind, hazard, color, order.opened().area(), source, text));
        });
        return step.facts();
    }

    /** An own finding is nowhere called a signal: whoever stands in hears of it in words of its own. */
    private CallFact.Messages messages(
            String template, Instant time, String hazard, SignalColor color, String area, String source, String text) {
        var wording = new Wording(rules.plan(), settings);
        var name = roster.areaName(area);
        var byAlert = template.substring("call".length());
        return new CallFact.Messages(
                wording.say(template, time, hazard, color, name, source, text),
                wording.say("deputy-ask" + byAlert, time, hazard, color, name, source, text),
                wording.say("superior-ask" + byAlert, time, hazard, color, name, source, text),
                rules.plan().messages().getOrDefault("phrase.sent-again", "{message}"),
                rules.plan().messages().getOrDefault("phrase.and-more", "{items} ({count})"));
    }

    private String say(String template, String hazard, SignalColor color, String area, String source, String text) {
        return new Wording(rules.plan(), settings)
                .say(template, at, hazard, color, roster.areaName(area), source, text);
    }
}
