package jiaoying.server.register;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import jiaoying.duty.measure.Sentence;
import jiaoying.server.register.RawTable.RawRow;

/** Makes a table from rows of cells: the first row names the columns, in English or Chinese, in any order. */
final class HeaderReader {
    static final int ROWS_MAX = 100_000;
    private static final int CELL_MAX = 500;

    private final Table table;
    private final String file;
    private final Consumer<RowProblem> problems;
    private final Map<Integer, Column> columns = new HashMap<>();
    private final Set<Integer> refused = new HashSet<>();
    private final List<RawRow> rows = new ArrayList<>();
    private boolean headed;
    private boolean full;

    HeaderReader(Table table, String file, Consumer<RowProblem> problems) {
        this.table = table;
        this.file = file;
        this.problems = problems;
    }

    /** Takes the next row. @return false when no further row is wanted */
    boolean take(int number, List<String> cells) {
        var clean = cells.stream().map(HeaderReader::clean).toList();
        if (clean.stream().allMatch(String::isEmpty)) {
            return true;
        }
        if (!headed) {
            headed = true;
            header(number, clean);
        } else if (rows.size() == ROWS_MAX) {
            full = true;
            problems.accept(
                    new RowProblem(file, number, "", Sentence.of("more-rows"), Sentence.of("rows-most", ROWS_MAX)));
        } else if (!columns.isEmpty()) {
            rows.add(row(number, clean));
        }
        return !full;
    }

    Optional<RawTable> table() {
        if (!headed) {
            problems.accept(new RowProblem(file, 1, "", Sentence.of("no-header"), names()));
        }
        return columns.isEmpty() ? Optional.empty() : Optional.of(new RawTable(table, file, List.copyOf(rows)));
    }

    private void header(int number, List<String> cells) {
        for (var i = 0; i < cells.size(); i++) {
            if (!cells.get(i).isEmpty()) {
                column(number, i, cells.get(i));
            }
        }
        for (var column : table.columns()) {
            if (column.rule().required() && !columns.containsValue(column)) {
                problems.accept(new RowProblem(
                        file,
                        number,
                        column.name(),
                        Sentence.of("no-column"),
                        Sentence.of("the-header", column.name(), column.zh())));
            }
        }
    }

    private void column(int number, int index, String header) {
        var found =
                table.columns().stream().filter(column -> column.named(header)).findFirst();
        if (found.isEmpty()) {
            refused.add(index);
            problems.accept(new RowProblem(file, number, header, Sentence.of("unknown-column"), names()));
        } else if (columns.containsValue(found.get())) {
            refused.add(index);
            problems.accept(
                    new RowProblem(file, number, header, Sentence.of("second-column"), Sentence.of("column-once")));
        } else {
            columns.put(index, found.get());
        }
    }

    private RawRow row(int number, List<String> cells) {
        var values = new LinkedHashMap<String, String>();
        for (var i = 0; i < cells.size(); i++) {
            var column = columns.get(i);
            if (column != null) {
                values.put(column.name(), cells.get(i));
            } else if (!cells.get(i).isEmpty() && !refused.contains(i)) {
                problems.accept(RowProblem.cell(file, number, "", cells.get(i), Sentence.of("named-columns")));
            }
        }
        return new RawRow(number, values);
    }

    private Sentence names() {
        return Sentence.of(
                "columns",
                String.join(", ", table.columns().stream().map(Column::name).toList()));
    }

    private static String clean(String cell) {
        var text = cell.replace('\u00a0', ' ').replace('\u3000', ' ').strip();
        return text.length() <= CELL_MAX ? text : text.substring(0, CELL_MAX);
    }
}
