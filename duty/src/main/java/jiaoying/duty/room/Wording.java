package jiaoying.duty.room;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import jiaoying.duty.call.CallPlan;
import jiaoying.duty.monitor.SignalColor;

/** Fills the plan pack's text templates. The words themselves are the pack's. */
final class Wording {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("H:mm");

    private final CallPlan plan;
    private final Settings settings;

    Wording(CallPlan plan, Settings settings) {
        this.plan = plan;
        this.settings = settings;
    }

    /** @param template name of the template; placeholders that are not filled here stay as they are */
    String say(String template, Instant at, String hazard, SignalColor color, String areaName, String source, String text) {
        var mark = settings.exercise() ? "exercise" : settings.demo() ? "demo" : "";
        var values = Map.of(
                "{exercise}", mark.isEmpty() ? "" : word("mark." + mark, ""),
                "{area}", areaName,
                "{color}", word("color." + color.word(), color.word()),
                "{hazard}", word("hazard." + hazard, hazard),
                "{source}", source,
                "{time}", TIME.format(at.atZone(ZoneId.of(settings.zone()))),
                "{text}", text);
        var said = word(template, "{exercise}{area}{hazard}{color} {link}");
        for (var value : values.entrySet()) {
            said = said.replace(value.getKey(), value.getValue());
        }
        return said;
    }

    private String word(String key, String otherwise) {
        return plan.messages().getOrDefault(key, otherwise);
    }
}
