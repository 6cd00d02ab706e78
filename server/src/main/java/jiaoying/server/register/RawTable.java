package jiaoying.server.register;

import java.util.List;
import java.util.Map;

/** A table as it was filled in, before anything is checked but its header. */
record RawTable(Table table, String file, List<RawRow> rows) {
    /** @param number as a spreadsheet shows it; cells: by column name, blanks as empty texts */
    record RawRow(int number, Map<String, String> cells) {
        String cell(String column) {
            return cells.getOrDefault(column, "");
        }

        RawRow with(Map<String, String> others) {
            return new RawRow(number, others);
        }
    }
}
