package jiaoying.duty.programme;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Optional;

/**
 * How far a target is reached (目标完成): the figure from the first of January to the period's last day against the year's target.
 *
 * @param value exact, in the indicator's decimals; empty when it is not defined
 * @param share percent of the target with one decimal; empty when the value is not defined or the target is 0
 */
public record Reached(Target target, String aim, Optional<String> value, boolean atLeast, Optional<String> share) {
    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    static Reached of(Target target, Indicator indicator, Figure yearToDate) {
        return new Reached(
                target,
                Indicators.shown(target.value(), indicator),
                Indicators.shown(yearToDate, indicator),
                yearToDate.atLeast(),
                yearToDate
                        .value()
                        .filter(value -> target.value().signum() > 0)
                        .map(value -> HUNDRED.multiply(value)
                                .divide(target.value(), MathContext.DECIMAL128)
                                .setScale(1, RoundingMode.HALF_UP)
                                .toPlainString()));
    }
}
