package jiaoying.server.page;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import jiaoying.duty.measure.Quantity;
import jiaoying.duty.monitor.Criteria;
import jiaoying.duty.monitor.RainCriteria;
import jiaoying.duty.monitor.WaterCriteria;
import jiaoying.duty.station.StationFact.StationRegistered;
import jiaoying.duty.station.StationFact.ThresholdsSet;
import jiaoying.server.page.StationState.Rule;
import org.jspecify.annotations.Nullable;

/** By which numbers the values of a station give its area a level: the criteria of the room, with the station's thresholds put in. */
final class StationRules {
    private static final int HOUR = 60;

    private final Quantity quantity;
    private final Optional<ThresholdsSet> set;

    StationRules(StationRegistered row, Quantity quantity, @Nullable ThresholdsSet set) {
        this.quantity = quantity;
        this.set = Optional.ofNullable(set).filter(_ -> row.kind().equals(Quantity.LEVEL.word()));
    }

    Optional<StationState.Thresholds> thresholds() {
        return set.map(row -> new StationState.Thresholds(
                row.warningMilli() / 1000.0,
                row.guaranteedMilli() / 1000.0,
                row.datum(),
                row.nationalMilli() / 1000.0,
                row.source()));
    }

    Optional<StationState.By> by(List<Criteria> criteria) {
        return criteria.stream()
                .filter(this::isOfStation)
                .findFirst()
                .map(one -> new StationState.By(one.name(), one.version(), one.source()));
    }

    /** The mildest first, as they stand in the pack. @param standing the newest level or depth that counts */
    List<Rule> list(
            List<Criteria> criteria,
            Optional<Watch.Rain> sums,
            Optional<Double> standing,
            Optional<StationState.Rise> rise) {
        var all = new ArrayList<Rule>();
        for (var one : criteria.stream().filter(this::isOfStation).toList()) {
            switch (one) {
                case RainCriteria rain -> rain.rules().forEach(rule -> all.add(sum(rule, sums)));
                case WaterCriteria water -> {
                    water.rules().forEach(rule -> all.add(stands(rule, standing)));
                    water.rises().forEach(rule -> all.add(rises(rule, standing, rise)));
                }
            }
        }
        return all;
    }

    private boolean isOfStation(Criteria criteria) {
        return switch (criteria) {
            case RainCriteria _ -> quantity == Quantity.RAIN;
            case WaterCriteria water -> quantity == water.quantity();
        };
    }

    private static Rule sum(RainCriteria.Rule rule, Optional<Watch.Rain> sums) {
        var wanted = rule.sumMilli() / 1000.0;
        return new Rule(
                rule.color().word(),
                "sum",
                rule.windowH() * HOUR,
                "",
                0,
                Optional.of(wanted),
                Optional.empty(),
                sums.map(rain -> over(rain, rule.windowH()))
                        .filter(rain -> rain >= wanted)
                        .isPresent());
    }

    private static double over(Watch.Rain rain, int hours) {
        return switch (hours) {
            case 1 -> rain.h1();
            case 3 -> rain.h3();
            case 6 -> rain.h6();
            case 12 -> rain.h12();
            default -> rain.h24();
        };
    }

    private Rule stands(WaterCriteria.Rule rule, Optional<Double> standing) {
        var wanted = above(rule.base(), rule.offsetMilli());
        return new Rule(
                rule.color().word(),
                "stands",
                0,
                word(rule.base()),
                rule.offsetMilli() / 1000.0,
                wanted,
                Optional.empty(),
                wanted.flatMap(least -> standing.filter(value -> value >= least))
                        .isPresent());
    }

    /** Whether it is reached is told for rises within an hour only: that is the rise the page shows. */
    private Rule rises(WaterCriteria.Rise rule, Optional<Double> standing, Optional<StationState.Rise> rise) {
        var least = above(rule.base(), rule.offsetMilli());
        var wanted = rule.riseMilli() / 1000.0;
        return new Rule(
                rule.color().word(),
                "rise",
                rule.withinMin(),
                word(rule.base()),
                rule.offsetMilli() / 1000.0,
                Optional.of(wanted),
                least,
                rule.withinMin() == HOUR
                        && rise.filter(now -> now.perHour() >= wanted).isPresent()
                        && least.flatMap(from -> standing.filter(value -> value >= from))
                                .isPresent());
    }

    private Optional<Double> above(WaterCriteria.Base base, long offsetMilli) {
        return switch (base) {
            case GROUND -> Optional.of(offsetMilli / 1000.0);
            case WARNING -> set.map(row -> (row.warningMilli() + offsetMilli) / 1000.0);
            case GUARANTEED -> set.map(row -> (row.guaranteedMilli() + offsetMilli) / 1000.0);
        };
    }

    private static String word(WaterCriteria.Base base) {
        return base.name().toLowerCase(Locale.ROOT);
    }
}
