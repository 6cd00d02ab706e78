package jiaoying.server.page;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.stream.Collectors;
import jiaoying.server.page.StationState.Reading;
import jiaoying.server.reply.Texts;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;

/** The readings of a station as a sheet for Excel and WPS. */
final class StationSheet {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");
    private static final int HEAD = 1;

    private final StationState state;
    private final Texts texts;
    private final ZoneId zone;

    private StationSheet(StationState state, Texts texts, ZoneId zone) {
        this.state = state;
        this.texts = texts;
        this.zone = zone;
    }

    /** The latest reading first. @param prefix 【演示】 or 【演练】, or empty */
    static void write(StationState state, Texts texts, ZoneId zone, String prefix, OutputStream out)
            throws IOException {
        try (var book = new Workbook(out, "Jiaoying", "1.0")) {
            new StationSheet(state, texts, zone).fill(book.newWorksheet(texts.say("station.sheet.name")), prefix);
        }
    }

    private void fill(Worksheet sheet, String prefix) {
        var columns = new ArrayList<Object>();
        columns.add(texts.say("station.sheet.observed"));
        columns.add(texts.say("station.sheet.recorded"));
        columns.add(texts.say("station.kind." + state.kind()) + " " + state.unit());
        state.thresholds().ifPresent(_ -> columns.add(texts.say("station.sheet.national")));
        columns.add(texts.say("station.sheet.belief"));
        columns.add(texts.say("station.sheet.why"));
        sheet.value(
                0,
                0,
                prefix
                        + texts.say(
                                "station.sheet.title",
                                state.name(),
                                state.id(),
                                time(state.from()),
                                time(state.to()),
                                time(state.at()))
                        + state.thresholds()
                                .map(levels -> texts.say(
                                        "station.sheet.levels",
                                        levels.warning(),
                                        levels.guaranteed(),
                                        levels.datum(),
                                        levels.national()))
                                .orElse(""));
        sheet.range(0, 0, 0, columns.size() - 1).merge();
        sheet.range(0, 0, HEAD, columns.size() - 1).style().bold().set();
        put(sheet, HEAD, columns);
        for (int i = 0; i < state.readings().size(); i++) {
            put(sheet, HEAD + 1 + i, cells(state.readings().get(i)));
        }
    }

    private ArrayList<Object> cells(Reading reading) {
        var cells = new ArrayList<Object>();
        cells.add(time(reading.observedAt()));
        cells.add(time(reading.recordedAt()));
        cells.add(reading.value());
        state.thresholds().ifPresent(levels -> cells.add(thousandths(reading.value() + levels.national())));
        cells.add(texts.say("station.belief."
                + (reading.accepted().isPresent() ? "accepted" : reading.suspect() ? "suspect" : "good")));
        cells.add(why(reading));
        return cells;
    }

    private String why(Reading reading) {
        var flags = reading.flags().stream()
                .map(flag -> texts.say("check." + flag.check()) + texts.say("text.colon") + flag.why())
                .collect(Collectors.joining("; "));
        return flags
                + reading.accepted()
                        .map(taken ->
                                (flags.isEmpty() ? "" : "; ") + taken.by() + texts.say("text.colon") + taken.reason())
                        .orElse("");
    }

    private static double thousandths(double value) {
        return Math.round(value * 1000) / 1000.0;
    }

    private String time(Instant at) {
        return TIME.format(at.atZone(zone));
    }

    private static void put(Worksheet sheet, int row, ArrayList<Object> cells) {
        for (int column = 0; column < cells.size(); column++) {
            switch (cells.get(column)) {
                case Double number -> sheet.value(row, column, number);
                case Object text -> sheet.value(row, column, text.toString());
            }
        }
    }
}
