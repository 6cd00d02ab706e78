package jiaoying.duty.programme;

/** How a figure comes out of a register (指标公式). Total: every formula has a figure, if need be an undefined one. */
public sealed interface Formula {
    record Number(java.math.BigDecimal value) implements Formula {}

    record Count(String kind, Condition where) implements Formula {}

    /** @param how sum, avg, min or max */
    record Fold(String how, String kind, Condition where, Operand of) implements Formula {}

    record Distinct(String kind, Condition where, Operand of) implements Formula {}

    /** Another indicator of the pack. */
    record Of(String indicator) implements Formula {}

    /** @param by +, -, * or / */
    record Arithmetic(Formula left, char by, Formula right) implements Formula {}

    /** Growth over the same days a year before, in percent. */
    record YearOnYear(Formula of) implements Formula {}

    record YearToDate(Formula of) implements Formula {}

    /** The same days a year before. */
    record Before(Formula of) implements Formula {}
}
