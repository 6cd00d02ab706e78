package jiaoying.sim.storm;

import java.io.BufferedReader;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * Rows of a comma-separated file (RFC 4180, UTF-8, with or without byte-order mark, plain or gzip) with a header row;
 * columns are found by name, in any order, further columns are left alone, empty lines are skipped.
 */
final class Csv implements Closeable {
    private final String file;
    private final BufferedReader reader;
    private final Map<String, Integer> columns = new HashMap<>();
    private long line;

    /** @param needed columns without which the file cannot be read */
    static Csv open(Path path, String... needed) {
        try {
            var csv = new Csv(path);
            csv.readHeader(needed);
            return csv;
        } catch (IOException e) {
            throw unreadable(path.getFileName().toString(), e);
        }
    }

    private Csv(Path path) throws IOException {
        file = path.getFileName().toString();
        InputStream bytes = Files.newInputStream(path);
        try {
            var plain = file.endsWith(".gz") ? new GZIPInputStream(bytes, 1 << 16) : bytes;
            reader = new BufferedReader(new InputStreamReader(plain, StandardCharsets.UTF_8.newDecoder()), 1 << 16);
        } catch (IOException e) {
            bytes.close();
            throw e;
        }
    }

    private void readHeader(String... needed) {
        var header =
                fields().orElseThrow(() -> new StormUnreadable(Told.of("storm-empty", file, String.join(",", needed))));
        for (int i = 0; i < header.size(); i++) {
            var name = header.get(i).strip();
            columns.put(i == 0 && name.startsWith("\uFEFF") ? name.substring(1).strip() : name, i);
        }
        for (var column : needed) {
            if (!columns.containsKey(column)) {
                throw new StormUnreadable(Told.of(
                        "storm-column", file, line, column, String.join(",", header), String.join(",", needed)));
            }
        }
    }

    /** The next row, or empty at the end of the file. */
    Optional<Row> next() {
        return fields().map(fields -> new Row(line, fields));
    }

    private Optional<List<String>> fields() {
        try {
            while (true) {
                var text = reader.readLine();
                if (text == null) {
                    return Optional.empty();
                }
                line++;
                if (!text.isBlank()) {
                    return Optional.of(split(text));
                }
            }
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    private List<String> split(String first) throws IOException {
        return first.indexOf('"') < 0 ? splitPlain(first) : splitQuoted(first);
    }

    private static List<String> splitPlain(String text) {
        var fields = new ArrayList<String>();
        int from = 0;
        for (int comma = text.indexOf(','); comma >= 0; comma = text.indexOf(',', from)) {
            fields.add(text.substring(from, comma));
            from = comma + 1;
        }
        fields.add(text.substring(from));
        return fields;
    }

    private List<String> splitQuoted(String first) throws IOException {
        var fields = new ArrayList<String>();
        var field = new StringBuilder();
        var text = first;
        boolean quoted = false;
        int i = 0;
        while (true) {
            if (i == text.length()) {
                if (!quoted) {
                    fields.add(field.toString());
                    return fields;
                }
                text = continued();
                field.append('\n');
                i = 0;
                continue;
            }
            char c = text.charAt(i++);
            if (quoted) {
                if (c != '"') {
                    field.append(c);
                } else if (i < text.length() && text.charAt(i) == '"') {
                    field.append('"');
                    i++;
                } else {
                    quoted = false;
                }
            } else if (c == '"' && field.isEmpty()) {
                quoted = true;
            } else if (c == ',') {
                fields.add(field.toString());
                field.setLength(0);
            } else {
                field.append(c);
            }
        }
    }

    private String continued() throws IOException {
        var text = reader.readLine();
        if (text == null) {
            throw new StormUnreadable(Told.of("storm-quote", file, line));
        }
        line++;
        return text;
    }

    private static StormUnreadable unreadable(String file, IOException e) {
        if (e instanceof CharacterCodingException) {
            return new StormUnreadable(Told.of("storm-utf8", file));
        }
        if (e instanceof EOFException || e instanceof ZipException) {
            return new StormUnreadable(Told.of("storm-gzip", file, String.valueOf(e.getMessage())));
        }
        return new StormUnreadable(Told.of("storm-unread", file, String.valueOf(e.getMessage())));
    }

    @Override
    public void close() {
        try {
            reader.close();
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    /** One row. @param line line of the file on which it ends, from 1 */
    final class Row {
        private final long line;
        private final List<String> fields;

        private Row(long line, List<String> fields) {
            this.line = line;
            this.fields = fields;
        }

        long line() {
            return line;
        }

        /** The field, without spaces around it; empty when the row is too short or the column does not exist. */
        String get(String column) {
            var index = columns.get(column);
            return index == null || index >= fields.size()
                    ? ""
                    : fields.get(index).strip();
        }

        double number(String column, double least, double most) {
            var text = get(column);
            var allowed = Told.of("value-from", least, most);
            try {
                double value = Double.parseDouble(text);
                if (value >= least && value <= most) {
                    return value;
                }
            } catch (NumberFormatException e) {
                throw (StormUnreadable)
                        StormUnreadable.at(file, line, column, text, allowed).initCause(e);
            }
            throw StormUnreadable.at(file, line, column, text, allowed);
        }

        String text(String column) {
            var text = get(column);
            if (text.isEmpty()) {
                throw wrong(column, Told.of("a-value"));
            }
            return text;
        }

        StormUnreadable wrong(String column, Told allowed) {
            return StormUnreadable.at(file, line, column, get(column), allowed);
        }
    }
}
