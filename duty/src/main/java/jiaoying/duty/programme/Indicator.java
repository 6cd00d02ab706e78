package jiaoying.duty.programme;

/**
 * A figure of a programme (指标).
 *
 * @param unit  count, mu, yuan, day, percent, percentage_point or a unit that a field of the pack has
 * @param scale decimals when shown, rounded half up
 */
public record Indicator(String id, Text name, String unit, int scale, Formula formula) {
    Indicator with(Text other) {
        return new Indicator(id, other, unit, scale, formula);
    }
}
