package jiaoying.server.store;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** The credentials of one room in PostgreSQL. */
public final class AccountStore implements Credentials {
    private final DataSource source;
    private final String room;

    public AccountStore(DataSource source, String room) {
        this.source = source;
        this.room = room;
    }

    @Override
    public Optional<AccountRow> findAccount(String name) {
        return list(
                        """
                        SELECT name, hash, roles, areas, failures, locked_until
                          FROM account WHERE room = ? AND name = ?""",
                        row -> new AccountRow(
                                row.getString(1),
                                row.getString(2),
                                texts(row.getArray(3)),
                                texts(row.getArray(4)),
                                row.getInt(5),
                                Optional.ofNullable(row.getObject(6, OffsetDateTime.class))
                                        .map(OffsetDateTime::toInstant)),
                        room,
                        name)
                .stream()
                .findFirst();
    }

    @Override
    public boolean addAccount(String name, String hash, List<String> roles, List<String> areas) {
        return change("""
                        INSERT INTO account (room, name, hash, roles, areas, failures)
                        VALUES (?, ?, ?, ?, ?, 0) ON CONFLICT DO NOTHING""", room, name, hash, roles.toArray(String[]::new), areas.toArray(String[]::new)) == 1;
    }

    @Override
    public void setPassword(String name, String hash) {
        change("UPDATE account SET hash = ? WHERE room = ? AND name = ?", hash, room, name);
    }

    @Override
    public void countFailure(String name, int limit, Instant lockedUntil) {
        change("""
                UPDATE account
                   SET failures = CASE WHEN failures + 1 >= ? THEN 0 ELSE failures + 1 END,
                       locked_until = CASE WHEN failures + 1 >= ? THEN ? ELSE locked_until END
                 WHERE room = ? AND name = ?""", limit, limit, lockedUntil, room, name);
    }

    @Override
    public void clearFailures(String name) {
        change("""
                UPDATE account SET failures = 0, locked_until = NULL
                 WHERE room = ? AND name = ? AND (failures > 0 OR locked_until IS NOT NULL)""", room, name);
    }

    @Override
    public void addLink(String hash, String account, Instant expiresAt) {
        change(
                "INSERT INTO sign_in_link (room, hash, account, expires_at) VALUES (?, ?, ?, ?)",
                room,
                hash,
                account,
                expiresAt);
    }

    @Override
    public Optional<String> useLink(String hash, Instant now) {
        return list(
                        "DELETE FROM sign_in_link WHERE room = ? AND hash = ? RETURNING account, expires_at > ?",
                        row -> row.getBoolean(2) ? row.getString(1) : "",
                        room,
                        hash,
                        now)
                .stream()
                .filter(account -> !account.isEmpty())
                .findFirst();
    }

    @Override
    public void addSession(String hash, String account, Instant at) {
        change(
                "INSERT INTO session (room, hash, account, begun_at, seen_at) VALUES (?, ?, ?, ?, ?)",
                room,
                hash,
                account,
                at,
                at);
    }

    @Override
    public Optional<SessionRow> findSession(String hash) {
        return list(
                        "SELECT account, begun_at, seen_at FROM session WHERE room = ? AND hash = ?",
                        row -> new SessionRow(row.getString(1), instant(row, 2), instant(row, 3)),
                        room,
                        hash)
                .stream()
                .findFirst();
    }

    @Override
    public void touchSession(String hash, Instant at) {
        change("UPDATE session SET seen_at = ? WHERE room = ? AND hash = ?", at, room, hash);
    }

    @Override
    public void endSession(String hash) {
        change("DELETE FROM session WHERE room = ? AND hash = ?", room, hash);
    }

    @Override
    public void dropSessions(Instant seenBefore) {
        change("DELETE FROM session WHERE room = ? AND seen_at < ?", room, seenBefore);
    }

    @Override
    public void addDoor(String source, String permission, String hash, Instant at) {
        change(
                "INSERT INTO door_token (room, source, permission, hash, made_at) VALUES (?, ?, ?, ?, ?)",
                room,
                source,
                permission,
                hash,
                at);
    }

    @Override
    public Optional<DoorRow> findDoor(String hash) {
        return list(
                        "SELECT source, permission, made_at FROM door_token WHERE room = ? AND hash = ?",
                        AccountStore::door,
                        room,
                        hash)
                .stream()
                .findFirst();
    }

    @Override
    public List<DoorRow> listDoors() {
        return list(
                "SELECT source, permission, made_at FROM door_token WHERE room = ? ORDER BY source, permission, made_at",
                AccountStore::door,
                room);
    }

    private static DoorRow door(ResultSet row) throws SQLException {
        return new DoorRow(row.getString(1), row.getString(2), instant(row, 3));
    }

    private static Instant instant(ResultSet row, int column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    private static List<String> texts(Array array) throws SQLException {
        return List.of((String[]) array.getArray());
    }

    private interface Row<T> {
        T read(ResultSet row) throws SQLException;
    }

    private <T> List<T> list(String sql, Row<T> reader, Object... values) {
        try (var connection = source.getConnection();
                var statement = prepare(connection, sql, values);
                var rows = statement.executeQuery()) {
            var all = new ArrayList<T>();
            while (rows.next()) {
                all.add(reader.read(rows));
            }
            return all;
        } catch (SQLException e) {
            throw new IllegalStateException("The accounts cannot be read: " + e.getMessage(), e);
        }
    }

    private int change(String sql, Object... values) {
        try (var connection = source.getConnection();
                var statement = prepare(connection, sql, values)) {
            return statement.executeUpdate();
        } catch (SQLException e) {
            throw new IllegalStateException("The accounts cannot be written: " + e.getMessage(), e);
        }
    }

    private static PreparedStatement prepare(Connection connection, String sql, Object... values) throws SQLException {
        var statement = connection.prepareStatement(sql);
        for (int i = 0; i < values.length; i++) {
            statement.setObject(i + 1, bindable(connection, values[i]));
        }
        return statement;
    }

    private static @Nullable Object bindable(Connection connection, Object value) throws SQLException {
        return switch (value) {
            case Instant at -> at.atOffset(ZoneOffset.UTC);
            case String[] array -> connection.createArrayOf("text", array);
            default -> value;
        };
    }
}
