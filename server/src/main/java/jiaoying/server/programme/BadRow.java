package jiaoying.server.programme;

import java.util.List;

/**
 * Something in a file's row that cannot be used.
 *
 * @param line   from 1; the header is the first
 * @param column its name, or empty for the whole row
 * @param value  what stands there
 * @param kind   the text {@code rows.<kind>} of the catalogue, which {@code values} fill after line, column and value
 */
public record BadRow(int line, String column, String value, String kind, List<Object> values) {
    public BadRow(int line, String column, String value, String kind, Object... values) {
        this(line, column, value, kind, List.of(values));
    }

    /** What fills the text, from {@code {0}} on: column, value, then what is particular to the kind. */
    public Object[] filling() {
        var all = new java.util.ArrayList<Object>(List.of(column, value));
        all.addAll(values);
        return all.toArray();
    }
}
