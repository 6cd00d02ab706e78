package jiaoying.server.programme;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import jiaoying.server.register.Csv;

/**
 * Rows under named columns, from CSV (UTF-8 or GB 18030); cells without the blanks around them. What is wrong with the
 * whole file stands in {@link #faults}, and then there are no rows.
 */
public record Sheet(List<Row> rows, List<BadRow> faults) {
    private static final long BYTES_MAX = 256L * 1024 * 1024;

    /** @param cells by column, in the order of the file; a missing last cell is empty @param more cells under no column */
    public record Row(int line, Map<String, String> cells, List<String> more) {
        Row(int line, Map<String, String> cells) {
            this(line, cells, List.of());
        }

        public String cell(String column) {
            return cells.getOrDefault(column, "");
        }
    }

    /** @param needed columns without which nothing can be read */
    public static Sheet read(Path file, List<String> needed) throws IOException {
        return read(file, needed, false);
    }

    /** The same, when each row stands for itself: one with too many cells is a row, and says so. */
    static Sheet readEach(Path file, List<String> needed) throws IOException {
        return read(file, needed, true);
    }

    private static Sheet read(Path file, List<String> needed, boolean each) throws IOException {
        if (Files.size(file) > BYTES_MAX) {
            return faulty(new BadRow(0, "", file.toString(), "size", BYTES_MAX));
        }
        try {
            return read(Csv.decode(Files.readAllBytes(file)), needed, each);
        } catch (CharacterCodingException e) {
            return faulty(new BadRow(0, "", file.toString(), "encoding"));
        }
    }

    static Sheet read(String text, List<String> needed) {
        return read(text, needed, false);
    }

    private static Sheet read(String text, List<String> needed, boolean each) {
        try {
            var lines = Csv.read(text).stream().filter(Sheet::written).toList();
            return lines.isEmpty() ? faulty(new BadRow(1, "", "", "empty")) : of(lines, needed, each);
        } catch (Csv.Unreadable e) {
            return faulty(new BadRow(e.line, "", "", "quotes"));
        }
    }

    static boolean written(Csv.Row row) {
        return row.cells().stream().anyMatch(cell -> !cell.isBlank());
    }

    static Sheet of(List<Csv.Row> lines, List<String> needed) {
        return of(lines, needed, false);
    }

    private static Sheet of(List<Csv.Row> lines, List<String> needed, boolean each) {
        var header = lines.getFirst().cells().stream().map(String::strip).toList();
        var faults = new ArrayList<BadRow>();
        for (var column : needed) {
            if (!header.contains(column)) {
                faults.add(new BadRow(1, column, "", "column", String.join(", ", needed)));
            }
        }
        for (var i = 0; i < header.size(); i++) {
            if (header.indexOf(header.get(i)) < i) {
                faults.add(new BadRow(1, header.get(i), header.get(i), "twice"));
            }
        }
        var rows = new ArrayList<Row>();
        for (var line : lines.subList(1, lines.size())) {
            if (line.cells().size() > header.size() && !each) {
                faults.add(tooLong(line.line(), line.cells(), header.size()));
            } else {
                rows.add(row(line, header));
            }
        }
        return faults.isEmpty() ? new Sheet(List.copyOf(rows), List.of()) : new Sheet(List.of(), List.copyOf(faults));
    }

    static BadRow tooLong(int line, List<String> cells, int columns) {
        return new BadRow(line, "", String.join(",", cells), "long", cells.size(), columns);
    }

    private static Row row(Csv.Row line, List<String> header) {
        var cells = new LinkedHashMap<String, String>();
        for (var i = 0; i < header.size(); i++) {
            cells.put(
                    header.get(i), i < line.cells().size() ? line.cells().get(i).strip() : "");
        }
        var width = Math.min(header.size(), line.cells().size());
        return new Row(
                line.line(),
                cells,
                List.copyOf(line.cells().subList(width, line.cells().size())));
    }

    static Sheet faulty(BadRow fault) {
        return new Sheet(List.of(), List.of(fault));
    }
}
