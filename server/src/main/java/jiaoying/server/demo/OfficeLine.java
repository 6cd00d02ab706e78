package jiaoying.server.demo;

import java.io.IOException;
import java.time.Duration;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.concurrent.PriorityBlockingQueue;
import jiaoying.sim.office.SimulatedOffice;
import jiaoying.sim.office.SimulatedOffice.Alert;
import jiaoying.sim.office.SimulatedOffice.Signal;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

/** The line to the simulated weather office: hears threshold alerts, and its signals come in by the server's door. */
final class OfficeLine implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(OfficeLine.class);
    private static final Duration LOOK_EVERY = Duration.ofMillis(100);

    private final SimulatedOffice office;
    private final DemoClock clock;
    private final ServerDoor door;
    private final SignalsOfOthers others;
    private final PriorityBlockingQueue<Signal> signals =
            new PriorityBlockingQueue<>(16, Comparator.comparing(Signal::at).thenComparing(Signal::alert));

    OfficeLine(SimulatedOffice office, DemoClock clock, ServerDoor door, SignalsOfOthers others) {
        this.others = others;
        this.office = office;
        this.clock = clock;
        this.door = door;
    }

    synchronized void hear(Alert alert) {
        signals.add(office.hear(alert));
    }

    @Override
    public void run() {
        try {
            while (true) {
                var signal = signals.take();
                var ahead = clock.waitFor(signal.at());
                if (ahead.isPositive()) {
                    signals.add(signal);
                    Thread.sleep(ahead.compareTo(LOOK_EVERY) < 0 ? ahead : LOOK_EVERY);
                } else {
                    send(signal);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void send(Signal signal) throws InterruptedException {
        if (!others.letPass(signal)) {
            LOG.info("The office leaves {} to whoever issued the signal in force there", signal.area());
            return;
        }
        try {
            int status = door.json("/api/signals", body(signal));
            if (status >= 400) {
                LOG.info("The signal for alert {} was not taken (status {})", signal.alert(), status);
            }
        } catch (IOException away) {
            signals.add(signal);
            Thread.sleep(LOOK_EVERY.multipliedBy(5));
        }
    }

    private static String body(Signal signal) {
        var fields = new LinkedHashMap<String, String>();
        fields.put("source", signal.source());
        fields.put("hazard", signal.hazard());
        fields.put("area", signal.area());
        fields.put("color", signal.color());
        fields.put("text", signal.text());
        fields.put("alert", signal.alert());
        return JsonMapper.shared().writeValueAsString(fields);
    }
}
