package jiaoying.server.pack;

import java.math.BigDecimal;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import jiaoying.duty.measure.Sentence;
import jiaoying.duty.programme.Faults;
import jiaoying.duty.programme.Field;
import jiaoying.duty.programme.Indicator;
import jiaoying.duty.programme.Kind;
import jiaoying.duty.programme.Target;

/** Reads {@code town}, the field by which targets go, and {@code targets}: what indicators are to reach, by year and town. */
final class TargetsReader {
    private static final Set<Field.Type> TOWN_TYPES = Set.of(Field.Type.TEXT, Field.Type.CHOICE, Field.Type.AREA);

    private TargetsReader() {}

    /** A field of at least one kind whose values are words; empty where the pack names none. */
    static String town(Optional<PackNode> node, List<Kind> kinds) {
        var fields = kinds.stream()
                .flatMap(kind -> kind.fields().stream())
                .filter(field -> TOWN_TYPES.contains(field.type()))
                .map(Field::id)
                .distinct()
                .toList();
        return node.map(town -> town.oneOf(fields)).orElse("");
    }

    static List<Target> targets(Optional<PackNode> node, String town, List<Indicator> indicators) {
        var seen = new HashSet<String>();
        return node.map(list -> list.items(ProgrammeReader.MOST)).orElse(List.of()).stream()
                .flatMap(one -> {
                    var target = target(one, town, indicators);
                    if (!seen.add(target.indicator() + '/' + target.year() + '/' + target.town())) {
                        one.refuse("a target of the same indicator, year and town a second time", "each once");
                    }
                    return Stream.of(target);
                })
                .toList();
    }

    private static Target target(PackNode node, String town, List<Indicator> indicators) {
        var fields = node.fields(List.of("indicator", "year", "town", "value", "ref", "certainty"));
        var indicator = fields.need("indicator")
                .oneOf(indicators.stream().map(Indicator::id).toList());
        var scale = indicators.stream()
                .filter(one -> one.id().equals(indicator))
                .mapToInt(Indicator::scale)
                .findFirst();
        fields.find("town")
                .filter(place -> town.isEmpty())
                .ifPresent(place -> place.refuse("a town", "no town where the programme has no key \"town\""));
        return new Target(
                indicator,
                year(fields.need("year")),
                fields.find("town").map(PackNode::text).orElse(""),
                value(fields.need("value"), scale.orElse(0), scale.isPresent()),
                fields.find("ref").map(PackNode::text).orElse(""),
                fields.need("certainty").oneOf(List.of("high", "medium", Target.EXAMPLE)));
    }

    private static int year(PackNode node) {
        var text = node.text();
        var year = text.matches("\\d{4}") ? Integer.parseInt(text) : 0;
        if (!text.isEmpty() && (year < Target.FIRST_YEAR || year > Target.LAST_YEAR)) {
            node.refuse(Sentence.of("whole", Target.FIRST_YEAR, Target.LAST_YEAR));
        }
        return year;
    }

    private static BigDecimal value(PackNode node, int scale, boolean known) {
        var text = node.text();
        if (!known || text.isEmpty()) {
            return BigDecimal.ZERO; // told already
        }
        if (!Faults.fits(text, scale)) {
            node.refuse("a number from 0 with at most " + scale + " decimals, as the indicator has");
            return BigDecimal.ZERO;
        }
        return new BigDecimal(text);
    }
}
