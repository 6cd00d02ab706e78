package jiaoying.sim.storm;

import java.time.Instant;
import java.util.List;

/** A recorded storm, ready to be played. @param steps in order of time, at least one */
public record Storm(StormSheet sheet, List<Gauge> gauges, List<StormStep> steps) {
    /** When the first step begins. */
    public Instant start() {
        return steps.getFirst().end().minus(sheet.step());
    }

    public Instant end() {
        return steps.getLast().end();
    }
}
