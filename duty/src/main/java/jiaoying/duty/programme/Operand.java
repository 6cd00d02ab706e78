package jiaoying.duty.programme;

import java.math.BigDecimal;
import java.time.temporal.ChronoUnit;
import java.util.Set;
import java.util.TreeSet;

/** A value that a condition or a sum takes from a row. */
public sealed interface Operand {
    Cell of(Row row);

    /** The fields that it reads. */
    default Set<String> fields() {
        return switch (this) {
            case FieldOf field -> Set.of(field.field());
            case DaysBetween days -> {
                var fields = new TreeSet<>(days.from().fields());
                fields.addAll(days.to().fields());
                yield fields;
            }
            case Literal literal -> Set.of();
            case EnteredOn entered -> Set.of();
            case StageOf stage -> Set.of();
            case CoreOf core -> Set.of();
        };
    }

    record Literal(Cell cell) implements Operand {
        @Override
        public Cell of(Row row) {
            return cell;
        }
    }

    record FieldOf(String field) implements Operand {
        @Override
        public Cell of(Row row) {
            return row.cell(field);
        }
    }

    /** The day on which the row last came into a stage. */
    record EnteredOn(String stage) implements Operand {
        @Override
        public Cell of(Row row) {
            return row.enteredOn(stage);
        }
    }

    record StageOf() implements Operand {
        @Override
        public Cell of(Row row) {
            return Cell.of(row.stage());
        }
    }

    record CoreOf() implements Operand {
        @Override
        public Cell of(Row row) {
            return Cell.of(row.core().name());
        }
    }

    /** Days from one day to another; missing when either is. */
    record DaysBetween(Operand from, Operand to) implements Operand {
        @Override
        public Cell of(Row row) {
            return from.of(row) instanceof Cell.Day first && to.of(row) instanceof Cell.Day last
                    ? Cell.of(BigDecimal.valueOf(ChronoUnit.DAYS.between(first.value(), last.value())))
                    : Cell.MISSING;
        }
    }
}
