package jiaoying.server.programme;

import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.List;
import jiaoying.server.register.Csv;
import jiaoying.server.register.WorkbookText;

/**
 * A plain ledger as somebody keeps it in Excel (台账文件): {@code .xlsx}, or CSV in UTF-8 or GB 18030, with whatever columns it has.
 * Lines above the header, such as a title over all columns, are skipped.
 *
 * @param sheets names of the workbook's sheets; empty for CSV
 * @param sheet  the one that was read
 * @param table  its rows under its own columns, or what is wrong with the whole file
 */
public record LedgerFile(List<String> sheets, String sheet, List<String> columns, Sheet table) {
    private static final int COLUMNS_MOST = 100;
    /** The header is looked for in so many lines. */
    private static final int HEAD = 10;

    /** @param sheet name of a sheet, or empty for the first that has rows */
    public static LedgerFile read(byte[] content, String name, String sheet) {
        try {
            return WorkbookText.is(content) ? workbook(content, sheet) : text(Csv.decode(content));
        } catch (CharacterCodingException e) {
            return faulty(new BadRow(0, "", name, "encoding"));
        } catch (WorkbookText.Unreadable e) {
            return faulty(new BadRow(0, "", name, "workbook"));
        }
    }

    private static LedgerFile workbook(byte[] content, String wanted) throws WorkbookText.Unreadable {
        var all = WorkbookText.read(content, COLUMNS_MOST);
        var names = all.stream().map(WorkbookText.Worksheet::name).toList();
        return all.stream()
                .filter(one -> wanted.isEmpty()
                        ? one.rows().stream().anyMatch(Sheet::written)
                        : one.name().equals(wanted))
                .findFirst()
                .map(one -> of(names, one.name(), one.rows()))
                .orElseGet(() -> new LedgerFile(
                        names,
                        wanted,
                        List.of(),
                        Sheet.faulty(
                                wanted.isEmpty()
                                        ? new BadRow(1, "", "", "empty")
                                        : new BadRow(0, "", wanted, "sheet", String.join(", ", names)))));
    }

    private static LedgerFile text(String text) {
        try {
            return of(List.of(), "", Csv.read(text));
        } catch (Csv.Unreadable e) {
            return faulty(new BadRow(e.line, "", "", "quotes"));
        }
    }

    private static LedgerFile of(List<String> sheets, String sheet, List<Csv.Row> rows) {
        var written = rows.stream().filter(Sheet::written).toList();
        if (written.isEmpty()) {
            return new LedgerFile(sheets, sheet, List.of(), Sheet.faulty(new BadRow(1, "", "", "empty")));
        }
        var head = head(written);
        var columns = columns(written.get(head).cells());
        var below = new ArrayList<Csv.Row>();
        below.add(new Csv.Row(written.get(head).line(), columns));
        written.subList(head + 1, written.size()).forEach(row -> below.add(cut(row, columns.size())));
        return new LedgerFile(sheets, sheet, columns, Sheet.of(below, List.of()));
    }

    /** The first of the widest lines. */
    private static int head(List<Csv.Row> rows) {
        var best = 0;
        var width = 0L;
        for (var i = 0; i < Math.min(HEAD, rows.size()); i++) {
            var cells =
                    rows.get(i).cells().stream().filter(cell -> !cell.isBlank()).count();
            if (cells > width) {
                best = i;
                width = cells;
            }
        }
        return best;
    }

    /** A column without a name is called by its place, as (3). */
    private static List<String> columns(List<String> cells) {
        var last = cells.size();
        while (last > 0 && cells.get(last - 1).isBlank()) {
            last--;
        }
        var columns = new ArrayList<String>();
        for (var i = 0; i < last; i++) {
            var name = cells.get(i).strip().replaceAll("\\s+", "");
            columns.add(name.isEmpty() || columns.contains(name) ? name + "(" + (i + 1) + ")" : name);
        }
        return List.copyOf(columns);
    }

    /** What stands to the right of all columns is no cell of the ledger when it is empty. */
    private static Csv.Row cut(Csv.Row row, int width) {
        var cells = row.cells();
        var last = cells.size();
        while (last > width && cells.get(last - 1).isBlank()) {
            last--;
        }
        return new Csv.Row(row.line(), cells.subList(0, last));
    }

    private static LedgerFile faulty(BadRow fault) {
        return new LedgerFile(List.of(), "", List.of(), Sheet.faulty(fault));
    }
}
