package jiaoying.server.page;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import jiaoying.server.reply.Texts;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;

/** Everybody called in one order (叫应名册) as a sheet for Excel and WPS; rows are written as they come. */
final class AnswerSheet {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");
    private static final int FIRST_ROW = 2;
    private static final int FLUSH = 1_000;

    private final Texts texts;
    private final ZoneId zone;
    private final Notice notice;
    private final Worksheet sheet;
    private int row = FIRST_ROW;

    /** The last notice to those called: corrected, retracted, lifted ..., or empty; and to whom it has not been delivered. */
    record Notice(String kind, Set<String> notReceived) {
        static Notice of(String kind, List<String> notReceived) {
            return new Notice(kind, Set.copyOf(notReceived));
        }
    }

    private AnswerSheet(Worksheet sheet, Texts texts, ZoneId zone, Notice notice) {
        this.notice = notice;
        this.sheet = sheet;
        this.texts = texts;
        this.zone = zone;
    }

    /** @param rows hands over the rows one by one */
    static void write(
            String title, Texts texts, ZoneId zone, Notice notice, OutputStream out, Consumer<Consumer<AnswerRow>> rows)
            throws IOException {
        try (var book = new Workbook(out, "Jiaoying", "1.0")) {
            var sheet = book.newWorksheet(texts.say("answer.sheet.name"));
            var columns = texts.say("answer.sheet.columns").split(",");
            sheet.value(0, 0, title);
            for (int column = 0; column < columns.length; column++) {
                sheet.value(1, column, columns[column]);
            }
            sheet.range(0, 0, 1, columns.length - 1).style().bold().set();
            var filling = new AnswerSheet(sheet, texts, zone, notice);
            rows.accept(filling::add);
        }
    }

    private void add(AnswerRow callee) {
        var cells = cells(callee);
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
            throw new java.io.UncheckedIOException(e);
        }
    }

    private List<String> cells(AnswerRow callee) {
        return List.of(
                callee.name(),
                callee.body(),
                callee.post(),
                callee.townName(),
                callee.place(),
                callee.duty(),
                texts.say("state." + callee.state()),
                time(Optional.of(callee.since())),
                time(callee.settledAt()),
                callee.by(),
                callee.channel().isEmpty() ? "" : texts.say("channel." + callee.channel()),
                callee.witness(),
                time(callee.inPlaceAt()),
                notReceived(callee),
                callee.tries().stream()
                        .map(attempt -> texts.say("channel." + attempt.channel()) + " "
                                + TIME.format(attempt.at().atZone(zone)) + " "
                                + texts.say("attempt." + attempt.state())
                                + (attempt.to().isEmpty() ? "" : " → " + attempt.to()))
                        .collect(Collectors.joining("; ")));
    }

    private String notReceived(AnswerRow callee) {
        return notice.notReceived().contains(callee.person()) ? texts.say("answer.sheet.notice." + notice.kind()) : "";
    }

    private String time(Optional<Instant> at) {
        return at.map(moment -> TIME.format(moment.atZone(zone))).orElse("");
    }
}
