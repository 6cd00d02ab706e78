package jiaoying.server.register;

/**
 * Something in the files of a register that must be put right before any of it is imported.
 *
 * @param file    file, or workbook and sheet
 * @param row     counted from 1 as a spreadsheet shows it; 0 when the whole file is meant
 * @param column  header, or empty
 * @param value   what stands there
 * @param allowed what may stand there
 */
public record RowProblem(String file, int row, String column, String value, String allowed) {
    public String text() {
        var place = file + (row == 0 ? "" : " row " + row) + (column.isEmpty() ? "" : ", " + column);
        return place + ": \"" + value + "\"; allowed: " + allowed;
    }
}
