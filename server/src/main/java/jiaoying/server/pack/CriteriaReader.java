package jiaoying.server.pack;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import jiaoying.duty.measure.Quantity;
import jiaoying.duty.measure.Sentence;
import jiaoying.duty.monitor.Criteria;
import jiaoying.duty.monitor.RainCriteria;
import jiaoying.duty.monitor.RainCriteria.Rule;
import jiaoying.duty.monitor.SignalColor;
import jiaoying.duty.monitor.WaterCriteria;

/** Reads {@code criteria.yaml}: when an area reaches a level (预警标准). */
final class CriteriaReader {
    static final List<String> COLORS = List.of("blue", "yellow", "orange", "red");
    private static final List<String> HAZARDS = List.of("rainstorm", "water-level", "waterlogging");
    private static final List<String> WINDOWS = List.of("1 h", "3 h", "6 h", "12 h", "24 h");
    private static final int RULES_MAX = 40;
    private static final int RAIN_MAX_MM = 2000;
    private static final int LENGTH_MAX_M = 100;
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration DAY = Duration.ofHours(24);

    private final PackHead head;
    private final Fields fields;
    private final Sources sources;

    private CriteriaReader(PackHead head, PackNode root) {
        this.head = head;
        fields = root.fields(List.of("hazard", "rules", "rises", "notice", "may_continue", "fall", "sources"));
        sources = new Sources(fields.need("sources"));
    }

    static Criteria read(PackHead head, PackNode root) {
        return new CriteriaReader(head, root).read();
    }

    private Criteria read() {
        var hazard = fields.need("hazard").oneOf(HAZARDS);
        return switch (hazard) {
            case "water-level" -> water(hazard, Quantity.LEVEL);
            case "waterlogging" -> water(hazard, Quantity.DEPTH);
            default -> rain(hazard);
        };
    }

    private Criteria water(String hazard, Quantity quantity) {
        var cited = new LinkedHashSet<String>();
        var rules = new ArrayList<WaterCriteria.Rule>();
        for (var item : fields.need("rules").items(RULES_MAX)) {
            var rule = item.fields(List.of("color", "at", "below", "depth", "source"));
            cited.add(sources.cited(rule.need("source")));
            rules.add(new WaterCriteria.Rule(
                    color(rule.need("color").oneOf(COLORS)), base(rule, quantity), offset(rule, quantity)));
        }
        var rises = new ArrayList<WaterCriteria.Rise>();
        for (var item : fields.need("rises").items(RULES_MAX)) {
            var rise = item.fields(List.of("color", "rise", "within", "at", "below", "depth", "source"));
            cited.add(sources.cited(rise.need("source")));
            rises.add(new WaterCriteria.Rise(
                    color(rise.need("color").oneOf(COLORS)),
                    milli(rise.need("rise"), quantity),
                    (int) rise.need("within")
                            .span(MINUTE.multipliedBy(5), MINUTE.multipliedBy(60))
                            .toMinutes(),
                    base(rise, quantity),
                    offset(rise, quantity)));
        }
        var notice = quantity == Quantity.DEPTH
                ? milli(cite(fields.need("notice"), "depth").need("depth"), quantity)
                : 0;
        var fall = cite(fields.need("fall"), "keep", "hold");
        return new WaterCriteria(
                head.name(),
                head.version(),
                hazard,
                quantity,
                List.copyOf(rules),
                List.copyOf(rises),
                notice,
                milli(fall.need("keep"), quantity),
                fall.need("hold").span(Duration.ZERO, DAY),
                Sources.line(head, cited));
    }

    private static WaterCriteria.Base base(Fields rule, Quantity quantity) {
        if (quantity == Quantity.DEPTH) {
            return WaterCriteria.Base.GROUND;
        }
        var at = rule.need("at").oneOf(List.of("warning", "guaranteed"));
        return at.equals("guaranteed") ? WaterCriteria.Base.GUARANTEED : WaterCriteria.Base.WARNING;
    }

    private static long offset(Fields rule, Quantity quantity) {
        if (quantity == Quantity.DEPTH) {
            return milli(rule.need("depth"), quantity);
        }
        return rule.all().containsKey("below") ? -milli(rule.need("below"), quantity) : 0;
    }

    private static long milli(PackNode node, Quantity quantity) {
        var thousandthsOfMm = node.length(LENGTH_MAX_M);
        return quantity == Quantity.DEPTH ? thousandthsOfMm : thousandthsOfMm / 1000;
    }

    private Criteria rain(String hazard) {
        var cited = new LinkedHashSet<String>();
        var rules = rules(cited);
        var more = cite(fields.need("may_continue"), "rain", "within");
        var fall = cite(fields.need("fall"), "keep", "hold");
        return new RainCriteria(
                head.name(),
                head.version(),
                hazard,
                rules,
                more.need("rain").rain(RAIN_MAX_MM),
                more.need("within").span(MINUTE, DAY),
                fall.need("keep").percent(),
                fall.need("hold").span(Duration.ZERO, DAY),
                Sources.line(head, cited));
    }

    private List<Rule> rules(Set<String> cited) {
        var rules = new ArrayList<Rule>();
        var seen = new HashSet<String>();
        for (var item : fields.need("rules").items(RULES_MAX)) {
            var rule = item.fields(List.of("color", "window", "rain", "source"));
            cited.add(sources.cited(rule.need("source")));
            var color = rule.need("color").oneOf(COLORS);
            var window = rule.need("window").oneOf(WINDOWS);
            var rain = rule.need("rain").rain(RAIN_MAX_MM);
            if (!seen.add(color + window)) {
                item.refuse(Sentence.of("second-rule", color, window), Sentence.of("one-rule"));
            }
            rules.add(new Rule(color(color), hours(window), rain));
        }
        ordered(rules);
        return List.copyOf(rules);
    }

    /** In one window a more serious colour needs more rain, or it would hide the milder one. */
    private void ordered(List<Rule> rules) {
        var mildest = new HashMap<Integer, Rule>();
        var read = rules.stream().filter(rule -> rule.color() != SignalColor.NONE && rule.sumMilli() > 0);
        for (var rule : read.sorted(Comparator.comparing(Rule::color)).toList()) {
            var milder = mildest.put(rule.windowH(), rule);
            if (milder != null && rule.sumMilli() <= milder.sumMilli()) {
                fields.need("rules")
                        .refuse(
                                Sentence.of(
                                        "no-more-rain",
                                        rule.color().word(),
                                        rule.windowH(),
                                        milder.color().word()),
                                Sentence.of("more-rain"));
            }
        }
    }

    private Fields cite(PackNode node, String... keys) {
        var known = new ArrayList<>(List.of(keys));
        known.add("source");
        var cited = node.fields(known);
        sources.cited(cited.need("source"));
        return cited;
    }

    static SignalColor color(String word) {
        return SignalColor.find(word.toLowerCase(Locale.ROOT)).orElse(SignalColor.NONE);
    }

    private static int hours(String window) {
        return WINDOWS.contains(window) ? Integer.parseInt(window.substring(0, window.indexOf(' '))) : 0;
    }
}
