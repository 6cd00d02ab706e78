package jiaoying.server.register;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import jiaoying.duty.measure.Sentence;

/** Rows of cells as RFC 4180 text. */
public final class Csv {
    private static final char BOM = '\ufeff';

    private final String text;
    private int at;
    private int line = 1;

    private Csv(String text) {
        this.text = text;
    }

    /** @param line the line on which the row begins, from 1 */
    public record Row(int line, List<String> cells) {}

    /** Cells that end nowhere, with the line on which they begin. */
    public static final class Unreadable extends Exception {
        private static final long serialVersionUID = 1L;

        public final int line;
        final transient Sentence what;

        Unreadable(int line, Sentence what) {
            super(what.toString());
            this.line = line;
            this.what = what;
        }
    }

    /** UTF-8 with or without byte-order mark; bytes that are not UTF-8 are read as GB 18030, which Chinese Excel writes. */
    public static String decode(byte[] bytes) throws CharacterCodingException {
        String text;
        try {
            text = decode(bytes, StandardCharsets.UTF_8);
        } catch (CharacterCodingException e) {
            text = decode(bytes, Charset.forName("GB18030"));
        }
        return !text.isEmpty() && text.charAt(0) == BOM ? text.substring(1) : text;
    }

    private static String decode(byte[] bytes, Charset charset) throws CharacterCodingException {
        return charset.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    }

    public static List<Row> read(String text) throws Unreadable {
        var csv = new Csv(text);
        var rows = new ArrayList<Row>();
        while (csv.at < text.length()) {
            rows.add(csv.row());
        }
        return rows;
    }

    private Row row() throws Unreadable {
        var begins = line;
        var cells = new ArrayList<String>();
        do {
            cells.add(at < text.length() && text.charAt(at) == '"' ? quoted() : plain());
        } while (skip(','));
        skip('\r');
        if (!skip('\n') && at < text.length()) {
            if (text.charAt(at - 1) != '\r') {
                throw new Unreadable(line, Sentence.of("after-quote"));
            }
        }
        line++;
        return new Row(begins, List.copyOf(cells));
    }

    private String plain() {
        var from = at;
        while (at < text.length() && ",\r\n".indexOf(text.charAt(at)) < 0) {
            at++;
        }
        return text.substring(from, at);
    }

    private String quoted() throws Unreadable {
        var begins = line;
        var cell = new StringBuilder();
        at++;
        while (at < text.length()) {
            var c = text.charAt(at++);
            if (c != '"') {
                cell.append(c);
                line += c == '\n' ? 1 : 0;
            } else if (!skip('"')) {
                return cell.toString();
            } else {
                cell.append('"');
            }
        }
        throw new Unreadable(begins, Sentence.of("open-quote"));
    }

    private boolean skip(char c) {
        var there = at < text.length() && text.charAt(at) == c;
        at += there ? 1 : 0;
        return there;
    }

    static String line(List<String> cells) {
        return String.join(",", cells.stream().map(Csv::quote).toList()) + "\r\n";
    }

    private static String quote(String cell) {
        var plain = cell.chars().noneMatch(c -> c == ',' || c == '"' || c == '\r' || c == '\n')
                && cell.equals(cell.strip());
        return plain ? cell : "\"" + cell.replace("\"", "\"\"") + "\"";
    }
}
