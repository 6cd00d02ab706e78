package jiaoying.server.page;

import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import jiaoying.duty.measure.Quantity;
import jiaoying.duty.monitor.Basis;
import jiaoying.duty.monitor.Criteria;
import jiaoying.duty.monitor.RainCriteria;
import jiaoying.duty.monitor.SignalColor;
import jiaoying.duty.monitor.WaterCriteria;
import jiaoying.server.reply.Texts;

/** The rule of a colour in words (标准原文), from the numbers of the pack. */
record RuleWords(Texts texts) {
    /**
     * @param color the level that was reached; NONE, or one below {@code was}, says when a level falls
     * @param basis the values behind it; of several rules of a colour those that they speak for
     */
    String say(Criteria criteria, SignalColor color, SignalColor was, List<Basis> basis) {
        if (was.above(color)) {
            return falls(criteria);
        }
        return switch (criteria) {
            case RainCriteria rain -> rain(rain, color, basis);
            case WaterCriteria water -> water(water, color, basis);
        };
    }

    private String rain(RainCriteria rain, SignalColor color, List<Basis> basis) {
        var rules = rain.rules().stream().filter(rule -> rule.color() == color).toList();
        var met = rules.stream()
                .filter(rule -> basis.stream().anyMatch(row -> row.windowH() == rule.windowH()))
                .toList();
        return joined((met.isEmpty() ? rules : met)
                        .stream().map(rule -> texts.say("rule.sum", rule.windowH(), number(rule.sumMilli()))))
                + texts.say("rule.continue", rain.continueWithin().toMinutes(), number(rain.continueMilli()));
    }

    private String water(WaterCriteria water, SignalColor color, List<Basis> basis) {
        var rises = basis.stream().anyMatch(row -> row.windowH() > 0);
        var said = rises
                ? water.rises().stream()
                        .filter(rise -> rise.color() == color)
                        .map(rise -> texts.say(
                                "rule.rise",
                                rise.withinMin(),
                                centimetres(water.quantity(), rise.riseMilli()),
                                above(water.quantity(), rise.base(), rise.offsetMilli())))
                : water.rules().stream()
                        .filter(rule -> rule.color() == color)
                        .map(rule ->
                                texts.say("rule.stands", above(water.quantity(), rule.base(), rule.offsetMilli())));
        return joined(said);
    }

    private String above(Quantity quantity, WaterCriteria.Base base, long offsetMilli) {
        var cm = centimetres(quantity, Math.abs(offsetMilli));
        var key = "rule.base." + base.name().toLowerCase(Locale.ROOT);
        return base == WaterCriteria.Base.GROUND
                ? texts.say(key, cm)
                : texts.say(key) + (offsetMilli < 0 ? texts.say("rule.below", cm) : "");
    }

    private String falls(Criteria criteria) {
        return switch (criteria) {
            case RainCriteria rain ->
                texts.say("rule.fall.rain", rain.keepPercent(), rain.hold().toMinutes());
            case WaterCriteria water ->
                texts.say(
                        "rule.fall.water",
                        centimetres(water.quantity(), water.keepMilli()),
                        water.hold().toMinutes());
        };
    }

    private String joined(Stream<String> rules) {
        return rules.collect(Collectors.joining(texts.say("rule.or")));
    }

    /** A depth is in thousandths of mm, a level in thousandths of m. */
    private static String centimetres(Quantity quantity, long milli) {
        return BigDecimal.valueOf(milli, quantity == Quantity.DEPTH ? 4 : 1)
                .stripTrailingZeros()
                .toPlainString();
    }

    static String number(long milli) {
        return BigDecimal.valueOf(milli, 3).stripTrailingZeros().toPlainString();
    }

    static Optional<Criteria> of(List<Criteria> all, String hazard) {
        return all.stream().filter(one -> one.hazard().equals(hazard)).findFirst();
    }
}
