package jiaoying.server.door;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import jiaoying.duty.measure.Sentence;
import jiaoying.server.reply.Problem;

/** Reads CSV (RFC 4180, UTF-8 with or without byte-order mark) with a header of the field names, in any order. */
final class ReadingsCsv {
    private static final int LONGEST_CELL = 1_000;
    private static final int MOST_CELLS = 50;
    private static final int END = -1;

    private final BufferedReader in;

    private ReadingsCsv(InputStream in) {
        this.in = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
    }

    static ReadingRows read(InputStream in) throws IOException {
        return new ReadingsCsv(in).rows();
    }

    private ReadingRows rows() throws IOException {
        var header = header();
        var rows = new ReadingRows();
        for (var cells = line(); !cells.isEmpty(); cells = line()) {
            if (cells.size() == 1 && cells.getFirst().isBlank()) {
                continue;
            }
            if (cells.size() != header.size()) {
                rows.addBroken(
                        String.join(",", cells), Sentence.of("row-columns", header.size(), String.join(",", header)));
                continue;
            }
            var fields = new HashMap<String, String>();
            for (int i = 0; i < cells.size(); i++) {
                fields.put(header.get(i), cells.get(i));
            }
            rows.add(fields);
        }
        return rows;
    }

    private List<String> header() throws IOException {
        var header = new ArrayList<String>();
        for (var cell : line()) {
            header.add(cell.replace("\uFEFF", "").strip());
        }
        var missing = new ArrayList<>(ReadingRow.FIELDS);
        missing.removeAll(header);
        if (!missing.isEmpty()) {
            throw Problem.allowing(
                    400,
                    "readings.header",
                    String.join(",", header).lines().findFirst().orElse(""),
                    Sentence.of("header", String.join(",", ReadingRow.FIELDS), String.join(", ", missing)));
        }
        return header;
    }

    /** The cells of the next line; none at the end of the text. */
    private List<String> line() throws IOException {
        var cells = new ArrayList<String>();
        int c = in.read();
        if (c == END) {
            return cells;
        }
        while (true) {
            var cell = new StringBuilder();
            c = c == '"' ? quoted(cell) : plain(cell, c);
            cells.add(cell.toString());
            if (c != ',' || cells.size() == MOST_CELLS) {
                return atLineEnd(cells, c);
            }
            c = in.read();
        }
    }

    /** Reads to the end of the line, whatever stands there. */
    private List<String> atLineEnd(List<String> cells, int c) throws IOException {
        while (c != END && c != '\n') {
            c = in.read();
        }
        return cells;
    }

    /** Returns the character after the cell. */
    private int plain(StringBuilder cell, int first) throws IOException {
        int c = first;
        while (c != END && c != ',' && c != '\n') {
            if (c != '\r') {
                append(cell, c);
            }
            c = in.read();
        }
        return c;
    }

    /** A quote inside is doubled; a quote that is never closed ends with the text. */
    private int quoted(StringBuilder cell) throws IOException {
        for (int c = in.read(); c != END; c = in.read()) {
            if (c != '"') {
                append(cell, c);
                continue;
            }
            int after = in.read();
            if (after != '"') {
                return after == '\r' ? in.read() : after;
            }
            append(cell, '"');
        }
        return END;
    }

    private static void append(StringBuilder cell, int c) {
        if (cell.length() < LONGEST_CELL) {
            cell.append((char) c);
        }
    }
}
