package jiaoying.server.store;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import org.postgresql.PGConnection;

/**
 * Rows on their way into a table by binary COPY, the fastest way in. The order of the calls for a row is the order of the
 * columns in the statement. See PostgreSQL's manual, "COPY", section "Binary Format".
 */
final class CopyRows {
    private static final byte[] HEADER = {
        'P', 'G', 'C', 'O', 'P', 'Y', '\n', (byte) 0xff, '\r', '\n', 0, 0, 0, 0, 0, 0, 0, 0, 0
    };
    private static final long POSTGRES_EPOCH_S = 946_684_800;

    private final String statement;
    private final int columns;
    private byte[] bytes = new byte[8_192];
    private int size;
    private int rows;

    /** @param table such as {@code fact (room, number)} */
    CopyRows(String table) {
        statement = "COPY " + table + " FROM STDIN (FORMAT binary)";
        columns = (int) table.chars().filter(c -> c == ',').count() + 1;
        clear();
    }

    int rows() {
        return rows;
    }

    void clear() {
        size = 0;
        rows = 0;
        raw(HEADER);
    }

    CopyRows row() {
        rows++;
        room(2);
        putShort(columns);
        return this;
    }

    CopyRows text(String value) {
        return bytes(value.getBytes(StandardCharsets.UTF_8));
    }

    CopyRows bytes(byte[] value) {
        room(4);
        putInt(value.length);
        raw(value);
        return this;
    }

    CopyRows number(long value) {
        room(12);
        putInt(8);
        putLong(value);
        return this;
    }

    CopyRows small(int value) {
        room(8);
        putInt(4);
        putInt(value);
        return this;
    }

    CopyRows moment(Instant value) {
        return number((value.getEpochSecond() - POSTGRES_EPOCH_S) * 1_000_000 + value.getNano() / 1_000);
    }

    CopyRows flag(boolean value) {
        room(5);
        putInt(1);
        bytes[size++] = (byte) (value ? 1 : 0);
        return this;
    }

    CopyRows nothing() {
        room(4);
        putInt(-1);
        return this;
    }

    /** Sends the rows, if there are any. */
    void into(Connection connection) throws SQLException {
        if (rows == 0) {
            return;
        }
        room(2);
        putShort(-1);
        var copy = connection.unwrap(PGConnection.class).getCopyAPI().copyIn(statement);
        try {
            copy.writeToCopy(bytes, 0, size);
            copy.endCopy();
        } finally {
            if (copy.isActive()) {
                copy.cancelCopy();
            }
        }
    }

    private void raw(byte[] value) {
        room(value.length);
        System.arraycopy(value, 0, bytes, size, value.length);
        size += value.length;
    }

    private void room(int more) {
        if (size + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(size + more, bytes.length * 2));
        }
    }

    private void putShort(int value) {
        bytes[size++] = (byte) (value >> 8);
        bytes[size++] = (byte) value;
    }

    private void putInt(int value) {
        putShort(value >> 16);
        putShort(value);
    }

    private void putLong(long value) {
        putInt((int) (value >> 32));
        putInt((int) value);
    }
}
