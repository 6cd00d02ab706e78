package jiaoying.server.store;

import java.time.Instant;
import java.util.List;

/**
 * What a backup holds. Tables stand in an order in which they can be loaded.
 *
 * @param form version of this form
 * @param program version of the program that made it
 * @param schema version of the tables; empty when no migration was ever run
 */
public record Manifest(
        int form,
        String program,
        Instant takenAt,
        String schema,
        List<String> rooms,
        List<Table> tables,
        List<Sequence> sequences,
        List<Kept> files) {
    static final int FORM = 1;

    /** The rows of a table in the order of its key, so that equal content has an equal digest. */
    public record Table(String schema, String name, List<String> columns, long rows, String sha256) {
        String id() {
            return schema + "." + name;
        }

        String entry() {
            return "tables/" + id() + ".copy";
        }
    }

    /** Where a sequence of numbers stood. */
    public record Sequence(String schema, String name, long last, boolean called) {}

    /** A file of the data directory. */
    public record Kept(String path, String sha256) {
        String entry() {
            return "files/" + path;
        }
    }

    public long rows() {
        return tables.stream().mapToLong(Table::rows).sum();
    }
}
