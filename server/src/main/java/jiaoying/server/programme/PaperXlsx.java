package jiaoying.server.programme;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.List;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;

/** A paper as a workbook of one sheet: everything below each other, figures as numbers. */
public final class PaperXlsx {
    private final Worksheet sheet;
    private int row;

    private PaperXlsx(Worksheet sheet) {
        this.sheet = sheet;
    }

    public static byte[] write(Paper paper) {
        var out = new ByteArrayOutputStream();
        try (var book = new Workbook(out, "Jiaoying", "1.0")) {
            new PaperXlsx(book.newWorksheet("1")).fill(paper);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    private void fill(Paper paper) {
        heading(paper.title());
        for (var block : paper.blocks()) {
            switch (block) {
                case Paper.Heading heading -> heading(heading.text());
                case Paper.Paragraph paragraph -> sheet.value(row++, 0, paragraph.text());
                case Paper.Table table -> {
                    line(table.head());
                    sheet.range(row - 1, 0, row - 1, Math.max(0, table.head().size() - 1))
                            .style()
                            .bold()
                            .set();
                    table.rows().forEach(this::line);
                    row++;
                }
                case Paper.Listing listing -> {
                    listing.entries().forEach(entry -> sheet.value(row++, 0, entry));
                    row++;
                }
            }
        }
    }

    private void heading(String text) {
        sheet.value(row, 0, text);
        sheet.range(row, 0, row, 0).style().bold().set();
        row++;
    }

    private void line(List<String> cells) {
        for (var column = 0; column < cells.size(); column++) {
            var cell = cells.get(column);
            if (cell.matches("-?(0|[1-9]\\d{0,14})(\\.\\d{1,10})?")) {
                sheet.value(row, column, new BigDecimal(cell));
            } else {
                sheet.value(row, column, cell);
            }
        }
        row++;
    }
}
