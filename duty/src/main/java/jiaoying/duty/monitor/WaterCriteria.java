package jiaoying.duty.monitor;

import java.time.Duration;
import java.util.List;
import jiaoying.duty.measure.Quantity;

/**
 * When the water level (水位, m) or the depth of standing water (水深, mm) at its highest station gives an area a level. All
 * numbers are thousandths of the quantity's unit.
 *
 * @param noticeMilli from here on a depth is worth a look; no level
 * @param keepMilli   a level is kept until the water is this far below its threshold
 */
public record WaterCriteria(
        String name,
        String version,
        String hazard,
        Quantity quantity,
        List<Rule> rules,
        List<Rise> rises,
        long noticeMilli,
        long keepMilli,
        Duration hold,
        String source)
        implements Criteria {
    /** From what a threshold is counted: the station's warning or guaranteed level, or the ground (a depth). */
    public enum Base {
        WARNING,
        GUARANTEED,
        GROUND
    }

    /** @param offsetMilli above the base, negative below */
    public record Rule(SignalColor color, Base base, long offsetMilli) {}

    /** Rose by so much within that time, while no lower than {@code offsetMilli} from the base. @param withinMin 5 to 60 */
    public record Rise(SignalColor color, long riseMilli, int withinMin, Base base, long offsetMilli) {}
}
