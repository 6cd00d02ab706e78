package jiaoying.duty.warn;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import jiaoying.duty.monitor.Basis;
import jiaoying.duty.monitor.MonitorFact.AreaLevelMoved;
import jiaoying.duty.monitor.SignalColor;
import jiaoying.duty.warn.WarnFact.SignalCorrected;
import jiaoying.duty.warn.WarnFact.SignalIssued;
import jiaoying.duty.warn.WarnFact.SignalLifted;
import jiaoying.duty.warn.WarnFact.SignalRetracted;
import jiaoying.duty.warn.WarnFact.ThresholdAlertDecided;
import jiaoying.duty.warn.WarnFact.ThresholdAlertRaised;

/** Threshold alerts (实况提醒) and warning signals (预警信号) of a room: at most one open alert of what is measured, one of what is forecast and one signal in force for each hazard of an area. */
public final class Warnings {
    /** Behind the place of an alert by forecast. */
    private static final String EXPECTED = "/forecast";

    private final Map<String, Alert> alerts = new LinkedHashMap<>();
    private final Map<String, String> openAlertOfPlace = new TreeMap<>();
    private final Map<String, Signal> signals = new LinkedHashMap<>();
    private final Map<String, String> inForce = new TreeMap<>();

    /** @param decided empty while the alert is open */
    public record Alert(
            ThresholdAlertRaised raised,
            Instant raisedAt,
            Optional<ThresholdAlertDecided> decided,
            Optional<Instant> decidedAt) {
        public boolean open() {
            return decided.isEmpty();
        }
    }

    /** @param ended empty while in force, else replaced, lifted or retracted */
    public record Signal(SignalIssued issued, Instant issuedAt, String text, String ended, Optional<Instant> endedAt) {
        public boolean inForce() {
            return ended.isEmpty();
        }

        Signal end(String how, Instant at) {
            return new Signal(issued, issuedAt, text, how, Optional.of(at));
        }
    }

    public Optional<Alert> findAlert(String alert) {
        return Optional.ofNullable(alerts.get(alert));
    }

    public Optional<Signal> findSignal(String signal) {
        return Optional.ofNullable(signals.get(signal));
    }

    public Optional<Signal> inForce(String hazard, String area) {
        return Optional.ofNullable(inForce.get(place(hazard, area))).map(signals::get);
    }

    /** All that are in force, by hazard and area. */
    public List<Signal> listInForce() {
        return inForce.values().stream()
                .map(this::findSignal)
                .flatMap(Optional::stream)
                .toList();
    }

    public Optional<Alert> openAlert(String hazard, String area) {
        return Optional.ofNullable(openAlertOfPlace.get(place(hazard, area))).map(alerts::get);
    }

    /** The open alert that a forecast raised; it stands beside that of what is measured. */
    public Optional<Alert> openForecastAlert(String hazard, String area) {
        return Optional.ofNullable(openAlertOfPlace.get(place(hazard, area) + EXPECTED))
                .map(alerts::get);
    }

    /** When this signal, or the first of those that it replaced one after the other, came into force. */
    public Instant began(Signal signal) {
        return findSignal(signal.issued().replaces()).map(this::began).orElse(signal.issuedAt());
    }

    /** Whether the area's level for this hazard has not been below this alert's colour since the alert was raised. */
    public boolean stillMeant(String alert) {
        return findAlert(alert)
                .filter(meant -> alerts.values().stream()
                        .dropWhile(other -> other != meant)
                        .map(Alert::raised)
                        .filter(later -> later.byForecast() == meant.raised().byForecast())
                        .noneMatch(later -> later.area().equals(meant.raised().area())
                                && later.hazard().equals(meant.raised().hazard())
                                && meant.raised().color().above(later.color())))
                .isPresent();
    }

    /**
     * The facts by which a level that moved becomes an alert; an earlier alert of the place that nobody decided gives way.
     *
     * @param decideWithin span after which an undecided rise is acted upon without a person; empty: never
     */
    public List<WarnFact> raise(
            String alert, Instant at, AreaLevelMoved moved, String criteria, Optional<Duration> decideWithin) {
        return raise(new ThresholdAlertRaised(
                alert,
                moved.hazard(),
                moved.area(),
                moved.to().level(),
                moved.from().level(),
                criteria,
                moved.single(),
                moved.basis(),
                decideWithin.map(at::plus),
                "",
                ""));
    }

    /** The same for an alert that a person proposes by hand. */
    public List<WarnFact> raise(ThresholdAlertRaised raised) {
        var facts = new ArrayList<WarnFact>();
        Optional.ofNullable(openAlertOfPlace.get(place(raised)))
                .map(alerts::get)
                .ifPresent(open ->
                        facts.add(new ThresholdAlertDecided(open.raised().alert(), "superseded", "", "")));
        facts.add(raised);
        return facts;
    }

    /** Brings a signal into force; what stood there is replaced. Empty when the same colour is in force already. */
    public Optional<SignalIssued> issue(
            String signal,
            String hazard,
            String area,
            SignalColor color,
            String source,
            String by,
            String text,
            String alert,
            List<Basis> basis) {
        var before = inForce(hazard, area);
        if (before.map(s -> s.issued().color()).filter(color::equals).isPresent()) {
            return Optional.empty();
        }
        var action = before.map(s -> color.above(s.issued().color()) ? "upgrade" : "downgrade")
                .orElse("issue");
        var replaces = before.map(s -> s.issued().signal()).orElse("");
        return Optional.of(
                new SignalIssued(signal, hazard, area, color, action, source, by, text, alert, replaces, basis));
    }

    /** Lets go of signals that ended before then, but not of what led to one in force. @return their ids */
    public List<String> forgetSignals(Instant before) {
        var held = new HashSet<String>();
        inForce.values().forEach(signal -> hold(signal, held));
        var gone = signals.entrySet().stream()
                .filter(e -> e.getValue().endedAt().filter(before::isAfter).isPresent())
                .map(Map.Entry::getKey)
                .filter(signal -> !held.contains(signal))
                .toList();
        gone.forEach(signals::remove);
        return gone;
    }

    /** Lets go of alerts that were decided before then. @return their ids */
    public List<String> forgetAlerts(Instant before) {
        var gone = alerts.entrySet().stream()
                .filter(e -> e.getValue().decidedAt().filter(before::isAfter).isPresent())
                .map(Map.Entry::getKey)
                .toList();
        gone.forEach(alerts::remove);
        return gone;
    }

    private void hold(String signal, Set<String> held) {
        findSignal(signal)
                .filter(found -> held.add(signal))
                .ifPresent(found -> hold(found.issued().replaces(), held));
    }

    public void apply(Instant at, WarnFact fact) {
        switch (fact) {
            case ThresholdAlertRaised raised -> {
                alerts.put(raised.alert(), new Alert(raised, at, Optional.empty(), Optional.empty()));
                openAlertOfPlace.put(place(raised), raised.alert());
            }
            case ThresholdAlertDecided decided -> decide(at, decided);
            case SignalIssued issued -> {
                signals.computeIfPresent(issued.replaces(), (id, old) -> old.end("replaced", at));
                signals.put(issued.signal(), new Signal(issued, at, issued.text(), "", Optional.empty()));
                inForce.put(place(issued.hazard(), issued.area()), issued.signal());
            }
            case SignalLifted lifted -> end(lifted.signal(), "lifted", at);
            case SignalCorrected corrected ->
                signals.computeIfPresent(
                        corrected.signal(),
                        (id, old) ->
                                new Signal(old.issued(), old.issuedAt(), corrected.text(), old.ended(), old.endedAt()));
            case SignalRetracted retracted -> end(retracted.signal(), "retracted", at);
        }
    }

    private void decide(Instant at, ThresholdAlertDecided decided) {
        var alert = findAlert(decided.alert())
                .orElseThrow(() -> new IllegalStateException("Bug: decided before it is raised: " + decided.alert()));
        alerts.put(decided.alert(), new Alert(alert.raised(), alert.raisedAt(), Optional.of(decided), Optional.of(at)));
        openAlertOfPlace.remove(place(alert.raised()), decided.alert());
    }

    private void end(String signal, String how, Instant at) {
        var old = findSignal(signal)
                .orElseThrow(() -> new IllegalStateException("Bug: ended before it is issued: " + signal));
        signals.put(signal, old.end(how, at));
        inForce.remove(place(old.issued().hazard(), old.issued().area()), signal);
    }

    private static String place(ThresholdAlertRaised raised) {
        return place(raised.hazard(), raised.area()) + (raised.byForecast() ? EXPECTED : "");
    }

    private static String place(String hazard, String area) {
        return hazard + '/' + area;
    }
}
