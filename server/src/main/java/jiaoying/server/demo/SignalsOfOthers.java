package jiaoying.server.demo;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import jiaoying.duty.monitor.SignalColor;
import jiaoying.duty.warn.WarnFact;
import jiaoying.duty.warn.WarnFact.SignalIssued;
import jiaoying.duty.warn.WarnFact.SignalLifted;
import jiaoying.duty.warn.WarnFact.SignalRetracted;
import jiaoying.sim.office.SimulatedOffice;

/**
 * Signals in force that the simulated office did not issue, such as one entered by hand. It leaves them alone: it neither
 * lowers nor lifts them, and only goes above them.
 */
final class SignalsOfOthers {
    private final Map<String, SignalColor> inForce = new HashMap<>();
    private final Map<String, String> places = new HashMap<>();

    synchronized void hear(WarnFact fact) {
        switch (fact) {
            case SignalIssued issued ->
                issued(issued.signal(), issued.hazard(), issued.area(), issued.source(), issued.color());
            case SignalLifted lifted -> ended(lifted.signal());
            case SignalRetracted retracted -> ended(retracted.signal());
            case WarnFact.SignalCorrected corrected -> {}
            case WarnFact.ThresholdAlertRaised raised -> {}
            case WarnFact.ThresholdAlertDecided decided -> {}
        }
    }

    /** @param signal its id */
    synchronized void issued(String signal, String hazard, String area, String source, SignalColor color) {
        var place = place(hazard, area);
        places.values().remove(place);
        inForce.remove(place);
        if (!source.equals(SimulatedOffice.NAME)) {
            places.put(signal, place);
            inForce.put(place, color);
        }
    }

    private void ended(String signal) {
        Optional.ofNullable(places.remove(signal)).ifPresent(inForce::remove);
    }

    /** Whether the office may send this signal. */
    synchronized boolean letPass(SimulatedOffice.Signal signal) {
        var color = SignalColor.find(signal.color()).orElse(SignalColor.NONE);
        return Optional.ofNullable(inForce.get(place(signal.hazard(), signal.area())))
                .map(other -> color.compareTo(other) > 0)
                .orElse(true);
    }

    private static String place(String hazard, String area) {
        return hazard + ' ' + area;
    }
}
