package jiaoying.duty.room;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import jiaoying.duty.call.CallPlan;
import jiaoying.duty.monitor.SignalColor;

/** Fills the plan pack's text templates. The words themselves are the pack's. */
final class Wording {
    static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("H:mm");

    private final CallPlan plan;
    private final Settings settings;

    Wording(CallPlan plan, Settings settings) {
        this.plan = plan;
        this.settings = settings;
    }

    /** @param template name of the template; placeholders that are not filled here stay as they are */
    String say(
            String template,
            Instant at,
            String hazard,
            SignalColor color,
            String areaName,
            String source,
            String text) {
        var words = plan.messages().getOrDefault(template, "{exercise}{area}{hazard}{color} {link}");
        return marked(fill(words, at, hazard, color, areaName, source, text));
    }

    /** What is said in an exercise begins with its mark, whatever the template says. */
    private String marked(String said) {
        var mark = settings.exercise() ? word("exercise", "") : "";
        return said.startsWith(mark) ? said : mark + said;
    }

    /** The same for words that do not stand in the plan. */
    String fill(
            String words, Instant at, String hazard, SignalColor color, String areaName, String source, String text) {
        var mark = settings.exercise() ? "exercise" : settings.demo() ? "demo" : "";
        return words.replace("{exercise}", mark.isEmpty() ? "" : word(mark, ""))
                .replace("{area}", areaName)
                .replace("{color}", word(color.word(), color.word()))
                .replace("{hazard}", word(hazard, hazard))
                .replace("{source}", source)
                .replace("{time}", TIME.format(at.atZone(ZoneId.of(settings.zone()))))
                .replace("{text}", text);
    }

    private String word(String key, String otherwise) {
        return plan.messages().getOrDefault("word." + key, otherwise);
    }
}
