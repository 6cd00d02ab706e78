package jiaoying.server.page;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.stream.Collectors;
import jiaoying.duty.monitor.Basis;
import jiaoying.duty.monitor.SignalColor;
import jiaoying.duty.warn.SignalText;
import jiaoying.server.reply.Texts;

/**
 * The words of a warning signal from the template (预警信号内容模板), to be looked over by a person before anything is issued.
 * They say what was measured and nothing about what will come.
 *
 * @param office who issues it, in the words of each language
 */
record SignalWords(SignalText office, ZoneId zone, CityRegister register) {
    /** @param was the colour in force there, or NONE; basis: the values behind it, empty when a person proposes it */
    SignalText say(
            Instant at, String hazard, SignalColor color, SignalColor was, List<String> areas, List<Basis> basis) {
        return new SignalText(
                say(Texts.ZH, at, hazard, color, was, areas, basis),
                say(Texts.EN, at, hazard, color, was, areas, basis));
    }

    private String say(
            Texts texts,
            Instant at,
            String hazard,
            SignalColor color,
            SignalColor was,
            List<String> areas,
            List<Basis> basis) {
        var shown = color == SignalColor.NONE ? was : color;
        var values = new Object[] {
            texts.chinese() ? office.zh() : office.en(),
            when(texts, at),
            areas.stream()
                    .map(area -> register.areaName(area, texts))
                    .collect(Collectors.joining(texts.say("text.comma.names"))),
            texts.say("hazard." + hazard),
            texts.say("color." + shown.word()),
            texts.say("color." + was.word())
        };
        if (color == SignalColor.NONE) {
            return texts.say("signal.text.lift", values);
        }
        var deed = was == SignalColor.NONE ? "issue" : color.above(was) ? "upgrade" : "downgrade";
        return texts.say("signal.text." + deed, values)
                + basis.stream().findFirst().map(row -> because(texts, row)).orElse("")
                + texts.say("signal.text.advice");
    }

    private String because(Texts texts, Basis row) {
        var station = register.stationName(row.station());
        return switch (row.quantity()) {
            case RAIN, RAIN_TOTAL ->
                texts.say("signal.text.rain", row.windowH(), station, RuleWords.number(row.sumMilli()));
            case LEVEL ->
                texts.say(
                        row.windowH() > 0 ? "signal.text.rise" : "signal.text.level",
                        row.windowH(),
                        station,
                        RuleWords.number(row.sumMilli()));
            case DEPTH ->
                texts.say(
                        row.windowH() > 0 ? "signal.text.deeper" : "signal.text.depth",
                        row.windowH(),
                        station,
                        RuleWords.number(row.sumMilli() / 10));
        };
    }

    private String when(Texts texts, Instant at) {
        var time = at.atZone(zone);
        return texts.say(
                "signal.text.when",
                time.getMonthValue(),
                time.getDayOfMonth(),
                time.getHour(),
                "%02d".formatted(time.getMinute()));
    }
}
