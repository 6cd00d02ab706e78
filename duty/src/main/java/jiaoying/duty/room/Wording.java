package jiaoying.duty.room;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import jiaoying.duty.call.CallPlan;
import jiaoying.duty.monitor.SignalColor;

/** Fills the plan pack's text templates. The words themselves are the pack's. */
final class Wording {
    private static final Pattern BLANK = Pattern.compile("\\{\\w+}");
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
        return BLANK.matcher(word(template, "{exercise}{area}{hazard}{color} {link}"))
                .replaceAll(blank -> Matcher.quoteReplacement(
                        switch (blank.group()) {
                            case "{exercise}" -> mark.isEmpty() ? "" : word("mark." + mark, "");
                            case "{area}" -> areaName;
                            case "{color}" -> word("color." + color.word(), color.word());
                            case "{hazard}" -> word("hazard." + hazard, hazard);
                            case "{source}" -> source;
                            case "{time}" -> TIME.format(at.atZone(ZoneId.of(settings.zone())));
                            case "{text}" -> text;
                            default -> blank.group();
                        }));
    }

    private String word(String key, String otherwise) {
        return plan.messages().getOrDefault(key, otherwise);
    }
}
