package jiaoying.duty.programme;

import java.time.LocalDate;
import java.util.Map;

/** An item of a register (台账) as it stands at an as-of date, for conditions and formulas. */
public interface Row {
    String id();

    String kind();

    /** The pack's stage, tied to {@link #core}. */
    String stage();

    CoreState core();

    /** What stands in a field; a field that is not there is missing. */
    Cell cell(String field);

    /** The day on which the item last came into a stage; missing when it never did. */
    Cell enteredOn(String to);

    /**
     * A row as somebody wrote it.
     *
     * @param cells   by field
     * @param entered by stage
     */
    record Written(
            String id,
            String kind,
            String stage,
            CoreState core,
            Map<String, Cell> cells,
            Map<String, LocalDate> entered)
            implements Row {
        @Override
        public Cell cell(String field) {
            return cells.getOrDefault(field, Cell.MISSING);
        }

        @Override
        public Cell enteredOn(String to) {
            var day = entered.get(to);
            return day == null ? Cell.MISSING : Cell.of(day);
        }
    }
}
