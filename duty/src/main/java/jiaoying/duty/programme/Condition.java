package jiaoying.duty.programme;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** What must hold for a row. Total: what is missing makes a comparison false, and {@code !=} with it too. */
public sealed interface Condition {
    Condition ALWAYS = new Always();

    boolean holds(Row row, Period period);

    /** The fields that it reads. */
    default Set<String> fields() {
        var fields = new TreeSet<String>();
        switch (this) {
            case Always always -> {}
            case All all -> all.of().forEach(one -> fields.addAll(one.fields()));
            case Any any -> any.of().forEach(one -> fields.addAll(one.fields()));
            case Not not -> fields.addAll(not.of().fields());
            case Compare compare -> {
                fields.addAll(compare.left().fields());
                fields.addAll(compare.right().fields());
            }
            case OneOf one -> fields.addAll(one.what().fields());
            case InPeriod in -> fields.addAll(in.day().fields());
            case Given given -> fields.addAll(given.what().fields());
            case Is is -> fields.addAll(is.flag().fields());
        }
        return fields;
    }

    record Always() implements Condition {
        @Override
        public boolean holds(Row row, Period period) {
            return true;
        }
    }

    record All(List<Condition> of) implements Condition {
        @Override
        public boolean holds(Row row, Period period) {
            for (var condition : of) {
                if (!condition.holds(row, period)) {
                    return false;
                }
            }
            return true;
        }
    }

    record Any(List<Condition> of) implements Condition {
        @Override
        public boolean holds(Row row, Period period) {
            for (var condition : of) {
                if (condition.holds(row, period)) {
                    return true;
                }
            }
            return false;
        }
    }

    record Not(Condition of) implements Condition {
        @Override
        public boolean holds(Row row, Period period) {
            return !of.holds(row, period);
        }
    }

    /** @param by =, !=, <, <=, > or >= */
    record Compare(Operand left, String by, Operand right) implements Condition {
        @Override
        public boolean holds(Row row, Period period) {
            var a = left.of(row);
            var b = right.of(row);
            if (a.missing() || b.missing()) {
                return false;
            }
            var order = order(a, b);
            return switch (by) {
                case "=" -> order == 0;
                case "!=" -> order != 0;
                case "<" -> order < 0;
                case "<=" -> order <= 0;
                case ">" -> order > 0;
                case ">=" -> order >= 0;
                default -> throw new IllegalStateException("Bug: no comparison " + by);
            };
        }

        private static int order(Cell a, Cell b) {
            return switch (a) {
                case Cell.Num x when b instanceof Cell.Num y -> x.value().compareTo(y.value());
                case Cell.Day x when b instanceof Cell.Day y -> x.value().compareTo(y.value());
                case Cell.Word x when b instanceof Cell.Word y -> x.value().compareTo(y.value());
                case Cell.Flag x when b instanceof Cell.Flag y -> Boolean.compare(x.value(), y.value());
                default -> throw new IllegalStateException("Bug: " + a + " beside " + b + " passed the check");
            };
        }
    }

    record OneOf(Operand what, List<Cell> of) implements Condition {
        @Override
        public boolean holds(Row row, Period period) {
            return of.contains(what.of(row));
        }
    }

    record InPeriod(Operand day) implements Condition {
        @Override
        public boolean holds(Row row, Period period) {
            return day.of(row) instanceof Cell.Day is && period.holds(is.value());
        }
    }

    record Given(Operand what) implements Condition {
        @Override
        public boolean holds(Row row, Period period) {
            return !what.of(row).missing();
        }
    }

    record Is(Operand flag) implements Condition {
        @Override
        public boolean holds(Row row, Period period) {
            return flag.of(row) instanceof Cell.Flag is && is.value();
        }
    }
}
