package jiaoying.duty.programme;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The figures of a programme over its rows. */
public final class Indicators {
    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    private final Map<String, Formula> formulas = new LinkedHashMap<>();
    private final Map<String, Kind> kinds = new HashMap<>();
    private final Map<String, List<Row>> rows = new HashMap<>();

    /** @param rows in the order in which their ids are to be listed */
    public Indicators(Programme programme, List<Row> rows) {
        programme.indicators().forEach(indicator -> formulas.put(indicator.id(), indicator.formula()));
        programme.kinds().forEach(kind -> kinds.put(kind.id(), kind));
        rows.forEach(row ->
                this.rows.computeIfAbsent(row.kind(), kind -> new ArrayList<>()).add(row));
    }

    /** All figures, by the indicator's id, in the order of the pack. */
    public Map<String, Figure> over(Period period) {
        var figures = new LinkedHashMap<String, Figure>();
        formulas.forEach((id, formula) -> figures.put(id, figure(formula, period)));
        return figures;
    }

    /** One figure alone. */
    public Figure over(String indicator, Period period) {
        return figure(formula(indicator), period);
    }

    private Figure figure(Formula formula, Period period) {
        return switch (formula) {
            case Formula.Number number -> new Figure(Optional.of(number.value()), false, List.of());
            case Formula.Count count -> count(matching(count.kind(), count.where(), period));
            case Formula.Fold fold -> fold(fold, period);
            case Formula.Distinct distinct -> distinct(distinct, period);
            case Formula.Of of -> figure(formula(of.indicator()), period);
            case Formula.Arithmetic sum ->
                arithmetic(figure(sum.left(), period), sum.by(), figure(sum.right(), period));
            case Formula.YearOnYear growth ->
                growth(figure(growth.of(), period), figure(growth.of(), period.yearBefore()));
            case Formula.YearToDate year -> figure(year.of(), period.yearToDate());
            case Formula.Before before -> figure(before.of(), period.yearBefore());
        };
    }

    private Formula formula(String indicator) {
        return Optional.ofNullable(formulas.get(indicator))
                .orElseThrow(() -> new IllegalStateException("Bug: no indicator " + indicator));
    }

    private List<Row> matching(String kind, Condition where, Period period) {
        var matching = new ArrayList<Row>();
        for (var row : rows.getOrDefault(kind, List.of())) {
            if (where.holds(row, period)) {
                matching.add(row);
            }
        }
        return matching;
    }

    private static Figure count(List<Row> matching) {
        return new Figure(Optional.of(BigDecimal.valueOf(matching.size())), false, ids(matching));
    }

    private static List<String> ids(List<Row> rows) {
        return rows.stream().map(Row::id).toList();
    }

    private Figure fold(Formula.Fold fold, Period period) {
        var values = new ArrayList<BigDecimal>();
        var counted = new ArrayList<Row>();
        var missing = false;
        for (var row : matching(fold.kind(), fold.where(), period)) {
            if (fold.of().of(row) instanceof Cell.Num number) {
                values.add(number.value());
                counted.add(row);
            } else {
                missing |= expected(fold, row, period);
            }
        }
        var sum = values.stream().reduce(BigDecimal.ZERO, BigDecimal::add);
        if (fold.how().equals("sum")) {
            return new Figure(Optional.of(sum), missing, ids(counted));
        }
        if (values.isEmpty() || missing) {
            return Figure.undefined(ids(counted));
        }
        var value = switch (fold.how()) {
            case "avg" -> sum.divide(BigDecimal.valueOf(values.size()), MathContext.DECIMAL128);
            case "min" -> values.stream().min(BigDecimal::compareTo).orElseThrow();
            case "max" -> values.stream().max(BigDecimal::compareTo).orElseThrow();
            default -> throw new IllegalStateException("Bug: no fold " + fold.how());
        };
        return new Figure(Optional.of(value), false, ids(counted));
    }

    /** Whether what is missing here should be there, by the pack's own word. */
    private boolean expected(Formula.Fold fold, Row row, Period period) {
        return fold.of() instanceof Operand.FieldOf field
                && Optional.ofNullable(kinds.get(fold.kind()))
                        .flatMap(kind -> kind.findField(field.field()))
                        .flatMap(Field::expected)
                        .filter(condition -> condition.holds(row, period))
                        .isPresent();
    }

    private Figure distinct(Formula.Distinct distinct, Period period) {
        var seen = new HashSet<Cell>();
        var counted = new ArrayList<Row>();
        for (var row : matching(distinct.kind(), distinct.where(), period)) {
            var cell = distinct.of().of(row);
            if (!cell.missing()) {
                seen.add(cell instanceof Cell.Num num ? Cell.of(num.value().stripTrailingZeros()) : cell);
                counted.add(row);
            }
        }
        return new Figure(Optional.of(BigDecimal.valueOf(seen.size())), false, ids(counted));
    }

    private static Figure arithmetic(Figure a, char by, Figure b) {
        var items = new LinkedHashSet<>(a.items());
        items.addAll(b.items());
        var all = List.copyOf(items);
        if (a.value().isEmpty() || b.value().isEmpty()) {
            return Figure.undefined(all);
        }
        var x = a.value().get();
        var y = b.value().get();
        var partial = a.atLeast() || b.atLeast();
        return switch (by) {
            case '+' -> new Figure(Optional.of(x.add(y)), partial, all);
            case '*' -> new Figure(Optional.of(x.multiply(y)), partial, all);
            // "at least" says nothing about a difference or a share
            case '-' -> partial ? Figure.undefined(all) : new Figure(Optional.of(x.subtract(y)), false, all);
            case '/' ->
                partial || y.signum() == 0
                        ? Figure.undefined(all)
                        : new Figure(Optional.of(x.divide(y, MathContext.DECIMAL128)), false, all);
            default -> throw new IllegalStateException("Bug: no operation " + by);
        };
    }

    private static Figure growth(Figure now, Figure before) {
        var difference = arithmetic(now, '-', before);
        var ratio = arithmetic(difference, '/', before);
        return new Figure(ratio.value().map(HUNDRED::multiply), false, ratio.items());
    }

    /** A figure as it is shown: rounded half up to the indicator's scale, never with an exponent. */
    public static Optional<String> shown(Figure figure, Indicator indicator) {
        return figure.value().map(value -> shown(value, indicator));
    }

    static String shown(BigDecimal value, Indicator indicator) {
        return value.setScale(indicator.scale(), RoundingMode.HALF_UP).toPlainString();
    }
}
