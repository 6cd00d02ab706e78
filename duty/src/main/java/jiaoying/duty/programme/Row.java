package jiaoying.duty.programme;

import java.time.LocalDate;
import java.util.Map;

/**
 * An item of a register (台账) as it stands at an as-of date, for conditions and formulas.
 *
 * @param stage   the pack's stage, tied to {@code core}
 * @param cells   by field; a field that is not there is missing
 * @param entered by stage: the day on which the item last came into it
 */
public record Row(
        String id, String kind, String stage, CoreState core, Map<String, Cell> cells, Map<String, LocalDate> entered) {
    public Cell cell(String field) {
        return cells.getOrDefault(field, Cell.MISSING);
    }

    public Cell enteredOn(String to) {
        var day = entered.get(to);
        return day == null ? Cell.MISSING : Cell.of(day);
    }
}
