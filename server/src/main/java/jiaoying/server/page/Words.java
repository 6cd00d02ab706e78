package jiaoying.server.page;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Set;
import jiaoying.duty.monitor.SignalColor;
import jiaoying.server.reply.Texts;

/** Words of the domain in the reader's language, and times in the room's zone. */
final class Words {
    private static final DateTimeFormatter MINUTE = DateTimeFormatter.ofPattern("HH:mm");
    private static final Set<String> ACTIONS = Set.of("issue", "upgrade", "downgrade", "lifted", "retracted");
    private static final Set<String> HAZARDS = Set.of("rainstorm", "water-level", "waterlogging");

    private Words() {}

    /** 红色, or "red". */
    static String color(Texts texts, SignalColor color) {
        return texts.say("color." + color.word());
    }

    /** 暴雨红色预警信号, or "rainstorm red warning signal". */
    static String signal(Texts texts, String hazard, SignalColor color) {
        return texts.say("signal", hazard(texts, hazard), color(texts, color));
    }

    /** 暴雨, or the word of the pack when the catalogue has none. */
    static String hazard(Texts texts, String hazard) {
        return HAZARDS.contains(hazard) ? texts.say("hazard." + hazard) : hazard;
    }

    static String action(Texts texts, String action) {
        return ACTIONS.contains(action) ? texts.say("action." + action) : action;
    }

    /** The Roman numeral that stands beside a colour, so that hue is never the only mark. */
    static String numeral(SignalColor color) {
        return switch (color) {
            case NONE -> "";
            case BLUE -> "Ⅳ";
            case YELLOW -> "Ⅲ";
            case ORANGE -> "Ⅱ";
            case RED -> "Ⅰ";
        };
    }

    static String minute(Instant at, ZoneId zone) {
        return MINUTE.format(at.atZone(zone));
    }

    /** With the date when it is another day than the reader's. */
    static String minuteOfDay(Instant at, Instant now, ZoneId zone, Texts texts) {
        var day = at.atZone(zone).toLocalDate();
        var time = minute(at, zone);
        return day.equals(now.atZone(zone).toLocalDate())
                ? time
                : texts.say("date", day.getYear(), day.getMonthValue(), day.getDayOfMonth()) + time;
    }
}
