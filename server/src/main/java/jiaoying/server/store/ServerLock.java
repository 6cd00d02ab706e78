package jiaoying.server.store;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.Properties;

/**
 * The right to work on a database that several servers can reach (主备锁): whoever holds it opens the rooms, the others stand by.
 * PostgreSQL frees it when its connection ends, however that ends, and when its holder is silent: a machine without power sends
 * no farewell, and a program that is frozen keeps its connections. It decides who begins; that nobody commits who has been replaced
 * is the matter of the room's epoch.
 */
public final class ServerLock implements AutoCloseable {
    /** "jiaoying" in ASCII. */
    private static final long KEY = 0x6a69_616f_7969_6e67L;

    private static final Sql TRY = Sql.of("SELECT pg_try_advisory_lock(:key) AS mine");
    private static final int ANSWERS_WITHIN_S = 3;

    /** Whoever has not asked {@link #held} for so long has lost it. */
    private static final Duration SILENT = Duration.ofSeconds(15);

    /** Of a machine that is gone PostgreSQL would hear nothing for two hours, as systems are usually set. */
    private static final Sql BOUNDS = Sql.of("""
            SELECT set_config('idle_session_timeout', :silent_ms, false) AS silent,
                   set_config('tcp_keepalives_idle', '3', false) AS idle,
                   set_config('tcp_keepalives_interval', '3', false) AS every,
                   set_config('tcp_keepalives_count', '3', false) AS times""");

    private final Connection connection;

    private ServerLock(Connection connection) {
        this.connection = connection;
    }

    /** @throws DatabaseFailed when the database cannot be reached or does not let us in; its cause says why */
    public static void reach(String jdbcUrl, String user, String password) {
        try {
            DriverManager.getConnection(jdbcUrl, properties(user, password)).close();
        } catch (SQLException e) {
            throw new DatabaseFailed("The database cannot be reached", e);
        }
    }

    /**
     * Empty when another server has it.
     *
     * @throws DatabaseFailed when the database cannot be reached
     */
    public static Optional<ServerLock> tryTake(String jdbcUrl, String user, String password) {
        return tryTake(jdbcUrl, user, password, SILENT);
    }

    /** @param silent after so long without {@link #held} it is lost */
    public static Optional<ServerLock> tryTake(String jdbcUrl, String user, String password, Duration silent) {
        try {
            var connection = DriverManager.getConnection(jdbcUrl, properties(user, password));
            BOUNDS.on(connection)
                    .with("silent_ms", Long.toString(silent.toMillis()))
                    .get(row -> row.getString("silent"));
            boolean mine = TRY.on(connection).with("key", KEY).get(row -> row.getBoolean("mine"));
            if (mine) {
                return Optional.of(new ServerLock(connection));
            }
            connection.close();
            return Optional.empty();
        } catch (SQLException e) {
            throw new DatabaseFailed("The database cannot be reached", e);
        }
    }

    private static Properties properties(String user, String password) {
        var properties = new Properties();
        properties.setProperty("user", user);
        properties.setProperty("password", password);
        properties.setProperty("ApplicationName", "jiaoying-lock");
        properties.setProperty("tcpKeepAlive", "true");
        properties.setProperty("connectTimeout", "5");
        properties.setProperty("socketTimeout", "10");
        return properties;
    }

    /** Whether it is still held; when not, somebody else may have it. To be asked every few seconds, or it is lost. */
    public boolean held() {
        try {
            return connection.isValid(ANSWERS_WITHIN_S);
        } catch (SQLException e) {
            return false;
        }
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            // it is gone, and the lock with it
        }
    }
}
