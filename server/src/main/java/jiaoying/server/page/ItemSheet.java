package jiaoying.server.page;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import jiaoying.server.reply.Texts;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;

/** A work list (事项清单) as a sheet for Excel and WPS; rows are written as they come. */
final class ItemSheet {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm");
    private static final int FIRST_ROW = 2;
    private static final int FLUSH = 1_000;

    private final Texts texts;
    private final ZoneId zone;
    private final Worksheet sheet;
    private int row = FIRST_ROW;

    private ItemSheet(Worksheet sheet, Texts texts, ZoneId zone) {
        this.sheet = sheet;
        this.texts = texts;
        this.zone = zone;
    }

    static void write(String title, Texts texts, ZoneId zone, OutputStream out, Stream<ItemWords.Row> rows)
            throws IOException {
        try (var book = new Workbook(out, "Jiaoying", "1.0")) {
            var sheet = book.newWorksheet(texts.say("items.sheet.name"));
            var columns = texts.say("items.sheet.columns").split(",");
            sheet.value(0, 0, title);
            for (int column = 0; column < columns.length; column++) {
                sheet.value(1, column, columns[column]);
            }
            sheet.range(0, 0, 1, columns.length - 1).style().bold().set();
            var filling = new ItemSheet(sheet, texts, zone);
            rows.forEach(filling::add);
        }
    }

    private void add(ItemWords.Row item) {
        var cells = cells(item);
        for (int column = 0; column < cells.size(); column++) {
            sheet.value(row, column, cells.get(column));
        }
        row++;
        if (row % FLUSH == 0) {
            flush();
        }
    }

    private void flush() {
        try {
            sheet.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<String> cells(ItemWords.Row item) {
        var due = Optional.ofNullable(item.due());
        return List.of(
                item.number(),
                item.title(),
                item.programme().name(),
                item.kind().name(),
                item.stage().name(),
                item.level().name(),
                item.area().name(),
                item.lead().name(),
                item.supervising().name(),
                time(item.openedAt()),
                due.map(ItemWords.Due::name).orElse(""),
                due.map(one -> time(one.at())).orElse(""),
                due.map(one -> texts.say("items.clock." + one.state())).orElse(""),
                item.cards().stream()
                        .filter(card -> card.how().equals("open"))
                        .map(ItemWords.Card::name)
                        .collect(Collectors.joining("; ")),
                Integer.toString(item.rework()),
                Optional.ofNullable(item.closedAt()).map(this::time).orElse(""));
    }

    private String time(Instant at) {
        return time(at, zone);
    }

    static String time(Instant at, ZoneId zone) {
        return TIME.format(at.atZone(zone));
    }
}
