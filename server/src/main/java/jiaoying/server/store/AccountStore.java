package jiaoying.server.store;

import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The credentials of one room in the database. May be used from any thread. */
public final class AccountStore implements Credentials {
    private static final Sql FIND_ACCOUNT = Sql.of("""
            SELECT name, hash, roles, areas, failures, locked_until, disabled, person FROM account
             WHERE room = :room AND name = :name""");
    private static final Sql LIST_ACCOUNTS = Sql.of("""
            SELECT name, hash, roles, areas, failures, locked_until, disabled, person FROM account
             WHERE room = :room ORDER BY name""");
    private static final Sql CHANGE_ACCOUNT =
            Sql.of("UPDATE account SET roles = :roles, areas = :areas WHERE room = :room AND name = :name");
    private static final Sql DISABLE_ACCOUNT =
            Sql.of("UPDATE account SET disabled = :disabled WHERE room = :room AND name = :name");
    private static final Sql TIE_ACCOUNT =
            Sql.of("UPDATE account SET person = :person WHERE room = :room AND name = :name");
    private static final Sql END_SESSIONS = Sql.of("DELETE FROM session WHERE room = :room AND account = :account");
    private static final Sql DROP_LINKS = Sql.of("DELETE FROM sign_in_link WHERE room = :room AND account = :account");
    private static final Sql ADD_ACCOUNT = Sql.of("""
            INSERT INTO account (room, name, hash, roles, areas, failures)
            VALUES (:room, :name, :hash, :roles, :areas, 0) ON CONFLICT DO NOTHING""");
    private static final Sql SET_PASSWORD =
            Sql.of("UPDATE account SET hash = :hash WHERE room = :room AND name = :name");
    private static final Sql COUNT_FAILURE = Sql.of("""
            UPDATE account
               SET failures = CASE WHEN failures + 1 >= :most THEN 0 ELSE failures + 1 END,
                   locked_until = CASE WHEN failures + 1 >= :most THEN :until ELSE locked_until END
             WHERE room = :room AND name = :name""");
    private static final Sql CLEAR_FAILURES = Sql.of("""
            UPDATE account SET failures = 0, locked_until = NULL
             WHERE room = :room AND name = :name AND (failures > 0 OR locked_until IS NOT NULL)""");
    private static final Sql ADD_LINK = Sql.of(
            "INSERT INTO sign_in_link (room, hash, account, expires_at) VALUES (:room, :hash, :account, :expires_at)");
    private static final Sql USE_LINK = Sql.of("""
            DELETE FROM sign_in_link WHERE room = :room AND hash = :hash RETURNING account, expires_at""");
    private static final Sql ADD_SESSION = Sql.of("""
            INSERT INTO session (room, hash, account, begun_at, seen_at) VALUES (:room, :hash, :account, :at, :at)""");
    private static final Sql FIND_SESSION =
            Sql.of("SELECT account, begun_at, seen_at FROM session WHERE room = :room AND hash = :hash");
    private static final Sql TOUCH_SESSION =
            Sql.of("UPDATE session SET seen_at = :at WHERE room = :room AND hash = :hash");
    private static final Sql END_SESSION = Sql.of("DELETE FROM session WHERE room = :room AND hash = :hash");
    private static final Sql DROP_SESSIONS = Sql.of("DELETE FROM session WHERE room = :room AND seen_at < :before");
    private static final Sql ADD_DOOR = Sql.of("""
            INSERT INTO door_token (room, source, permission, hash, made_at)
            VALUES (:room, :source, :permission, :hash, :at)""");
    private static final Sql FIND_DOOR =
            Sql.of("SELECT source, permission, made_at FROM door_token WHERE room = :room AND hash = :hash");
    private static final Sql LIST_DOORS = Sql.of("""
            SELECT source, permission, made_at FROM door_token WHERE room = :room ORDER BY source, permission, made_at""");
    private static final Sql REMOVE_DOORS =
            Sql.of("DELETE FROM door_token WHERE room = :room AND source = :source AND permission = :permission");

    private final Database db;
    private final String room;

    public AccountStore(Database db, String room) {
        this.db = db;
        this.room = room;
    }

    @Override
    public Optional<AccountRow> findAccount(String name) {
        return db.write(
                c -> FIND_ACCOUNT.on(c).with("room", room).with("name", name).find(AccountStore::account));
    }

    @Override
    public boolean addAccount(String name, String hash, List<String> roles, List<String> areas) {
        return db.write(c -> ADD_ACCOUNT
                        .on(c)
                        .with("room", room)
                        .with("name", name)
                        .with("hash", hash)
                        .with("roles", roles.toArray(String[]::new))
                        .with("areas", areas.toArray(String[]::new))
                        .update())
                == 1;
    }

    @Override
    public List<AccountRow> listAccounts() {
        return db.write(c -> LIST_ACCOUNTS.on(c).with("room", room).list(AccountStore::account));
    }

    @Override
    public void changeAccount(String name, List<String> roles, List<String> areas) {
        db.write(c -> CHANGE_ACCOUNT
                .on(c)
                .with("room", room)
                .with("name", name)
                .with("roles", roles.toArray(String[]::new))
                .with("areas", areas.toArray(String[]::new))
                .update());
    }

    @Override
    public void disableAccount(String name, boolean disabled) {
        db.write(c -> DISABLE_ACCOUNT
                .on(c)
                .with("room", room)
                .with("name", name)
                .with("disabled", disabled)
                .update());
    }

    @Override
    public void tieAccount(String name, String person) {
        db.write(c -> TIE_ACCOUNT
                .on(c)
                .with("room", room)
                .with("name", name)
                .with("person", person)
                .update());
    }

    @Override
    public void signOutEverywhere(String account) {
        db.write(c -> {
            END_SESSIONS.on(c).with("room", room).with("account", account).update();
            return DROP_LINKS.on(c).with("room", room).with("account", account).update();
        });
    }

    @Override
    public void setPassword(String name, String hash) {
        db.write(c -> SET_PASSWORD
                .on(c)
                .with("room", room)
                .with("name", name)
                .with("hash", hash)
                .update());
    }

    @Override
    public void countFailure(String name, int limit, Instant lockedUntil) {
        db.write(c -> COUNT_FAILURE
                .on(c)
                .with("room", room)
                .with("name", name)
                .with("most", limit)
                .with("until", lockedUntil)
                .update());
    }

    @Override
    public void clearFailures(String name) {
        db.write(c -> CLEAR_FAILURES.on(c).with("room", room).with("name", name).update());
    }

    @Override
    public void addLink(String hash, String account, Instant expiresAt) {
        db.write(c -> ADD_LINK.on(c)
                .with("room", room)
                .with("hash", hash)
                .with("account", account)
                .with("expires_at", expiresAt)
                .update());
    }

    @Override
    public Optional<String> useLink(String hash, Instant now) {
        record Used(String account, Instant expiresAt) {}
        return db.write(c -> USE_LINK.on(c)
                        .with("room", room)
                        .with("hash", hash)
                        .find(row -> new Used(row.getString("account"), Sql.instant(row, "expires_at"))))
                .filter(used -> now.isBefore(used.expiresAt()))
                .map(Used::account);
    }

    @Override
    public void addSession(String hash, String account, Instant at) {
        db.write(c -> ADD_SESSION
                .on(c)
                .with("room", room)
                .with("hash", hash)
                .with("account", account)
                .with("at", at)
                .update());
    }

    @Override
    public Optional<SessionRow> findSession(String hash) {
        return db.write(c -> FIND_SESSION
                .on(c)
                .with("room", room)
                .with("hash", hash)
                .find(row -> new SessionRow(
                        row.getString("account"), Sql.instant(row, "begun_at"), Sql.instant(row, "seen_at"))));
    }

    @Override
    public void touchSession(String hash, Instant at) {
        db.write(c -> TOUCH_SESSION
                .on(c)
                .with("room", room)
                .with("hash", hash)
                .with("at", at)
                .update());
    }

    @Override
    public void endSession(String hash) {
        db.write(c -> END_SESSION.on(c).with("room", room).with("hash", hash).update());
    }

    @Override
    public void dropSessions(Instant seenBefore) {
        db.write(c -> DROP_SESSIONS
                .on(c)
                .with("room", room)
                .with("before", seenBefore)
                .update());
    }

    @Override
    public void addDoor(String source, String permission, String hash, Instant at) {
        db.write(c -> ADD_DOOR.on(c)
                .with("room", room)
                .with("source", source)
                .with("permission", permission)
                .with("hash", hash)
                .with("at", at)
                .update());
    }

    @Override
    public Optional<DoorRow> findDoor(String hash) {
        return db.write(
                c -> FIND_DOOR.on(c).with("room", room).with("hash", hash).find(AccountStore::door));
    }

    @Override
    public List<DoorRow> listDoors() {
        return db.write(c -> LIST_DOORS.on(c).with("room", room).list(AccountStore::door));
    }

    @Override
    public int removeDoors(String source, String permission) {
        return db.write(c -> REMOVE_DOORS
                .on(c)
                .with("room", room)
                .with("source", source)
                .with("permission", permission)
                .update());
    }

    private static AccountRow account(ResultSet row) throws SQLException {
        return new AccountRow(
                row.getString("name"),
                row.getString("hash"),
                texts(row.getArray("roles")),
                texts(row.getArray("areas")),
                row.getInt("failures"),
                Sql.findInstant(row, "locked_until"),
                row.getBoolean("disabled"),
                row.getString("person"));
    }

    private static DoorRow door(ResultSet row) throws SQLException {
        return new DoorRow(row.getString("source"), row.getString("permission"), Sql.instant(row, "made_at"));
    }

    private static List<String> texts(Array array) throws SQLException {
        return List.of((String[]) array.getArray());
    }
}
