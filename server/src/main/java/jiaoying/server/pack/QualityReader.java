package jiaoying.server.pack;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import jiaoying.duty.measure.Check;
import jiaoying.duty.measure.Sentence;
import jiaoying.duty.monitor.Quality;
import jiaoying.duty.monitor.Quality.GrossLimit;

/** Reads {@code quality.yaml}: the numbers of the quality control (质量控制). */
final class QualityReader {
    private static final int RULES_MAX = 40;
    private static final int RAIN_MAX_MM = 2000;
    private static final int LENGTH_MAX_M = 100;
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration DAY = Duration.ofHours(24);
    private static final List<String> CHECKS =
            Arrays.stream(Check.values()).map(Check::word).toList();

    private final Fields fields;
    private final Sources sources;
    private final Set<String> cited = new LinkedHashSet<>();

    private QualityReader(PackNode root) {
        fields = root.fields(List.of(
                "gross",
                "silent_after",
                "late_after",
                "lag_after",
                "dump",
                "wraps",
                "rain_stuck",
                "neighbours",
                "dry",
                "outlier",
                "level",
                "depth",
                "sources"));
        sources = new Sources(fields.need("sources"));
    }

    static Quality read(PackHead head, PackNode root) {
        return new QualityReader(root).read(head);
    }

    /** Names of the checks in one language. */
    static Map<String, String> texts(PackNode root) {
        var names = root.fields(List.of("checks")).need("checks").fields(CHECKS);
        var texts = new HashMap<String, String>();
        CHECKS.forEach(check -> texts.put(check, names.need(check).text()));
        return Map.copyOf(texts);
    }

    private Quality read(PackHead head) {
        var same = cite(fields.need("rain_stuck"), "times", "above");
        var near = cite(fields.need("neighbours"), "count", "within");
        var dry = cite(fields.need("dry"), "window", "own", "median", "back");
        var outlier = cite(fields.need("outlier"), "window", "above", "factor");
        return new Quality(
                head.name(),
                head.version(),
                gross(),
                cite(fields.need("silent_after"), "time").need("time").span(MINUTE, DAY),
                cite(fields.need("late_after"), "time").need("time").span(MINUTE, DAY),
                cite(fields.need("lag_after"), "time").need("time").span(MINUTE, DAY),
                cite(fields.need("dump"), "rain").need("rain").rain(RAIN_MAX_MM),
                wraps(),
                new Quality.Same(
                        same.need("times").count(1000), same.need("above").rain(RAIN_MAX_MM)),
                new Quality.Neighbours(
                        near.need("count").count(15), near.need("within").km(200)),
                new Quality.Dry(
                        hours(dry),
                        dry.need("own").rain(RAIN_MAX_MM),
                        dry.need("median").rain(RAIN_MAX_MM),
                        dry.need("back").percent()),
                new Quality.Outlier(
                        hours(outlier),
                        outlier.need("above").rain(RAIN_MAX_MM),
                        outlier.need("factor").count(100)),
                water("level", 1000),
                water("depth", 1),
                Sources.line(head, cited));
    }

    private static int hours(Fields of) {
        var window = of.need("window").oneOf(List.of("1 h", "3 h", "6 h", "12 h", "24 h"));
        return window.matches("\\d+ h") ? Integer.parseInt(window.substring(0, window.indexOf(' '))) : 1;
    }

    /** Registers end at whole lengths; rising. */
    private List<Long> wraps() {
        var wraps = new ArrayList<Long>();
        for (var item : cite(fields.need("wraps"), "at").need("at").items(RULES_MAX)) {
            wraps.add(item.rain(100_000));
        }
        return wraps.stream().sorted().toList();
    }

    /** @param per thousandths of a millimetre in a thousandth of the quantity's unit */
    private Quality.Water water(String name, long per) {
        var water = fields.need(name).fields(List.of("gross", "rate", "spike", "step", "flat"));
        var rate = cite(water.need("rate"), "change", "within");
        rate.need("within").span(MINUTE, MINUTE);
        var spike = cite(water.need("spike"), "change", "within");
        var step = cite(water.need("step"), "hold");
        var flat = cite(water.need("flat"), "time", "rain");
        return new Quality.Water(
                gross(water, per),
                rate.need("change").length(LENGTH_MAX_M) / per,
                spike.need("change").length(LENGTH_MAX_M) / per,
                spike.need("within").span(MINUTE, DAY),
                step.need("hold").span(MINUTE, DAY),
                flat.need("time").span(MINUTE, DAY),
                flat.need("rain").rain(RAIN_MAX_MM));
    }

    /** A level may stand below its base, a depth not below the ground. */
    private Quality.Gross gross(Fields water, long per) {
        if (per == 1) {
            return new Quality.Gross(
                    cite(water.need("gross"), "above").need("above").length(LENGTH_MAX_M), 0);
        }
        var gross = cite(water.need("gross"), "above", "below");
        return new Quality.Gross(
                gross.need("above").length(LENGTH_MAX_M) / per,
                gross.need("below").length(LENGTH_MAX_M) / per);
    }

    private List<GrossLimit> gross() {
        var limits = new ArrayList<GrossLimit>();
        for (var item : fields.need("gross").items(RULES_MAX)) {
            var limit = cite(item, "within", "rain");
            var next = new GrossLimit(
                    (int) limit.need("within").span(MINUTE, DAY).toMinutes(),
                    limit.need("rain").rain(RAIN_MAX_MM));
            if (!limits.isEmpty() && !rises(limits.getLast(), next)) {
                item.refuse(Sentence.of("no-rise"), Sentence.of("rising"));
            }
            limits.add(next);
        }
        return List.copyOf(limits);
    }

    /** Values that could not be read count as rising; they have been refused already. */
    private static boolean rises(GrossLimit before, GrossLimit next) {
        return next.minutes() == 0
                || next.limitMilli() == 0
                || (next.minutes() > before.minutes() && next.limitMilli() > before.limitMilli());
    }

    private Fields cite(PackNode node, String... keys) {
        var known = new ArrayList<>(List.of(keys));
        known.add("source");
        var read = node.fields(known);
        cited.add(sources.cited(read.need("source")));
        return read;
    }
}
