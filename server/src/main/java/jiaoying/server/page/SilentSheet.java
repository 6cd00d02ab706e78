package jiaoying.server.page;

import java.io.IOException;
import java.io.OutputStream;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.stream.Collectors;
import jiaoying.duty.monitor.SignalColor;
import jiaoying.server.reply.Texts;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;

/** The list of who has not answered (未应答名单) as a sheet for Excel and WPS. */
final class SilentSheet {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");
    private static final int FIRST_ROW = 2;

    private SilentSheet() {}

    static void write(Watch watch, Texts texts, ZoneId zone, String title, OutputStream out) throws IOException {
        try (var book = new Workbook(out, "Jiaoying", "1.0")) {
            var sheet = book.newWorksheet(texts.say("sheet.name"));
            var columns = texts.say("sheet.columns").split(",");
            sheet.value(
                    0,
                    0,
                    title + texts.say("sheet.title", TIME.format(watch.at().atZone(zone))));
            sheet.range(0, 0, 0, columns.length - 1).merge();
            sheet.range(0, 0, 1, columns.length - 1).style().bold().set();
            fill(sheet, 1, List.of(columns));
            for (int i = 0; i < watch.silent().size(); i++) {
                fill(sheet, FIRST_ROW + i, cells(watch.silent().get(i), texts, zone));
            }
        }
    }

    private static void fill(Worksheet sheet, int row, List<String> cells) {
        for (int column = 0; column < cells.size(); column++) {
            sheet.value(row, column, cells.get(column));
        }
    }

    private static List<String> cells(Watch.Silent row, Texts texts, ZoneId zone) {
        var color = SignalColor.find(row.color()).orElse(SignalColor.NONE);
        return List.of(
                row.name(),
                row.body(),
                row.post(),
                row.areaName(),
                Words.color(texts, color) + " " + Words.numeral(color),
                TIME.format(row.since().atZone(zone)),
                texts.say("state." + row.state()),
                row.round() + "/" + row.rounds(),
                row.last()
                        .map(last -> texts.say("channel." + last.channel()) + " " + Words.minute(last.at(), zone))
                        .orElse(""),
                row.next()
                        .map(next -> texts.say("next." + next.what()) + " " + next.name() + " "
                                + Words.minute(next.at(), zone))
                        .orElse(""),
                row.items().stream()
                        .map(item -> item.duty() + " " + item.areaName())
                        .collect(Collectors.joining("; ")));
    }
}
