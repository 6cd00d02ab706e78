package jiaoying.sim.office;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import jiaoying.sim.chance.Chance;

/**
 * A weather office (模拟气象台) that hears threshold alerts and follows each with a warning signal after 60 to 150 seconds.
 * Signals for one area leave in the order in which the alerts were heard.
 */
public final class SimulatedOffice {
    public static final String NAME = "模拟气象台";

    private static final Map<String, String> COLORS = Map.of("blue", "蓝色", "yellow", "黄色", "orange", "橙色", "red", "红色");

    private final long seed;
    private final Map<String, Instant> lastSent = new HashMap<>();

    public SimulatedOffice(long seed) {
        this.seed = seed;
    }

    /** The signal that answers the alert, and when it is sent. */
    public Signal hear(Alert alert) {
        var delay = Chance.of(
                        seed,
                        "office",
                        alert.area(),
                        alert.color(),
                        alert.raisedAt().toString())
                .seconds(60, 150);
        var sent = lastSent.merge(
                alert.area(),
                alert.raisedAt().plus(delay),
                (before, wanted) -> wanted.isAfter(before) ? wanted : before.plusSeconds(1));
        return new Signal(sent, NAME, alert.hazard(), alert.area(), alert.color(), text(alert), alert.alert());
    }

    private static String text(Alert alert) {
        if (alert.color().equals("none")) {
            return "%s解除%s暴雨预警信号。".formatted(NAME, alert.areaName());
        }
        return "%s为%s发布暴雨%s预警信号：实况已达标准，降雨可能持续，请注意防范。"
                .formatted(NAME, alert.areaName(), COLORS.getOrDefault(alert.color(), alert.color()));
    }

    /** @param color blue, yellow, orange, red; none: the level is gone */
    public record Alert(String alert, String hazard, String area, String areaName, String color, Instant raisedAt) {}

    /** @param color none lifts what is in force */
    public record Signal(
            Instant at, String source, String hazard, String area, String color, String text, String alert) {}
}
