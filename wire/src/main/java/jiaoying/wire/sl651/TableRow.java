package jiaoying.wire.sl651;

import java.util.ArrayList;
import java.util.List;

/**
 * A row of table C.1, D.1 or D.4: leader, ASCII symbol, form, unit, names.
 *
 * @param digits decimal digits of the usual form N(D,d); of binary data the bytes
 */
record TableRow(
        int leader, String symbol, boolean binary, int digits, int decimals, String unit, String zh, String en) {

    /**
     * Reads rows {@code leader | symbol | form | unit | zh | en}. The form is {@code D,d} for N(D,d), {@code B12} for 12 bytes
     * HEX. A leader {@code 28*8} stands for eight rows from 28 on, {@code 49*8/2} for every second; # is their number.
     */
    static List<TableRow> parse(String table) {
        var rows = new ArrayList<TableRow>();
        table.lines().forEach(line -> expand(line.split("\\|", -1), rows));
        return rows;
    }

    private static void expand(String[] cells, List<TableRow> rows) {
        var leader = cells[0].strip().split("[*/]", -1);
        var count = leader.length > 1 ? Integer.parseInt(leader[1]) : 1;
        var stride = leader.length > 2 ? Integer.parseInt(leader[2]) : 1;
        for (var i = 0; i < count; i++) {
            rows.add(row(Integer.parseInt(leader[0], 16) + i * stride, Integer.toString(i + 1), cells));
        }
    }

    private static TableRow row(int leader, String number, String[] cells) {
        var form = cells[2].strip();
        var binary = form.startsWith("B");
        var digits = (binary ? form.substring(1) : form).split(",", -1);
        return new TableRow(
                leader,
                cells[1].strip().replace("#", number),
                binary,
                Integer.parseInt(digits[0]),
                digits.length > 1 ? Integer.parseInt(digits[1]) : 0,
                cells[3].strip(),
                cells[4].strip().replace("#", number),
                cells[5].strip().replace("#", number));
    }

    /** Bytes that the form takes; a negative number takes one more. */
    int bytes() {
        return binary ? digits : (digits + 1) / 2;
    }
}
