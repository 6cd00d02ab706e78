package jiaoying.duty.programme;

import java.math.BigDecimal;

/**
 * What an indicator is to reach in a calendar year (目标).
 *
 * @param town      as the items have it; empty: of the whole programme
 * @param value     0 or more, in the indicator's unit
 * @param basis     where the number stands, or the change by which it was set
 * @param certainty high, medium or example, as the pack says; {@link #SET} when two persons of the room set it
 */
public record Target(String indicator, int year, String town, BigDecimal value, String basis, String certainty) {
    public static final String SET = "set";
    public static final String EXAMPLE = "example";
    public static final int FIRST_YEAR = 2000;
    public static final int LAST_YEAR = 2100;

    boolean is(String ofIndicator, int inYear, String inTown) {
        return indicator.equals(ofIndicator) && year == inYear && town.equals(inTown);
    }
}
