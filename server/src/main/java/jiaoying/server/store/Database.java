package jiaoying.server.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationState;

/** The database with the tables of this version. May be used from any thread. */
public final class Database implements AutoCloseable {
    private static final int CONNECTIONS = 10;
    private static final long CONNECT_WITHIN_MS = 5_000;
    private static final Sql ONE_STATE = Sql.of("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY");

    private final DataSource pool;
    private final Runnable closing;

    private Database(DataSource pool, Runnable closing) {
        this.pool = pool;
        this.closing = closing;
    }

    /** Opens the database and brings its tables to this version. @throws DatabaseFailed with one clear sentence */
    public static Database open(String jdbcUrl, String user, String password) {
        var pool = new HikariDataSource(config(jdbcUrl, user, password));
        try {
            migrate(pool);
        } catch (RuntimeException e) {
            pool.close();
            throw e;
        }
        return new Database(pool, pool::close);
    }

    private static HikariConfig config(String jdbcUrl, String user, String password) {
        var config = new HikariConfig();
        config.setJdbcUrl(jdbcUrl);
        config.setUsername(user);
        config.setPassword(password);
        config.setMaximumPoolSize(CONNECTIONS);
        config.setMinimumIdle(2);
        config.setPoolName("jiaoying");
        config.setConnectionTimeout(CONNECT_WITHIN_MS);
        config.addDataSourceProperty("reWriteBatchedInserts", "true");
        config.addDataSourceProperty("ApplicationName", "jiaoying");
        config.addDataSourceProperty("tcpKeepAlive", "true");
        // what was being written may be personal and must not get into a log
        config.addDataSourceProperty("logServerErrorDetail", "false");
        return config;
    }

    private static void migrate(DataSource source) {
        try {
            var flyway = Flyway.configure().dataSource(source).load();
            refuseNewer(flyway);
            flyway.migrate();
        } catch (FlywayException e) {
            throw new DatabaseFailed(
                    "The tables of this database cannot be brought to the version of this program;"
                            + " use a database that only Jiaoying uses",
                    e);
        }
    }

    private static void refuseNewer(Flyway flyway) {
        for (MigrationInfo applied : flyway.info().applied()) {
            if (applied.getState() == MigrationState.FUTURE_SUCCESS) {
                throw new DatabaseFailed("The database has tables of version " + applied.getVersion()
                        + ", which is newer than this program; start the newer program, or restore a backup");
            }
        }
    }

    /** The same database; somebody hears of every step taken through it and may break it off. Closing it closes nothing. */
    public Database watched(Watch watch) {
        return new Database(new WatchedSource(pool, watch), () -> {});
    }

    public DataSource dataSource() {
        return pool;
    }

    /** Does the work in one transaction. @throws DatabaseFailed when it failed or nobody knows whether it was kept */
    public <T> T write(Work<T> work) {
        try (var connection = pool.getConnection()) {
            return kept(connection, work);
        } catch (SQLException e) {
            throw new DatabaseFailed("Writing failed", e);
        }
    }

    private static <T> T kept(Connection connection, Work<T> work) throws SQLException {
        connection.setAutoCommit(false);
        try {
            var result = work.on(connection);
            connection.commit();
            return result;
        } catch (SQLException | RuntimeException | Error e) {
            rollBack(connection, e);
            throw e;
        }
    }

    private static void rollBack(Connection connection, Throwable cause) {
        try {
            connection.rollback();
        } catch (SQLException e) {
            cause.addSuppressed(e);
        }
    }

    /** Reads from one state of the database, however many statements it takes. */
    public <T> T read(Work<T> work) {
        try (var connection = pool.getConnection()) {
            return kept(connection, c -> {
                ONE_STATE.on(c).update();
                return work.on(c);
            });
        } catch (SQLException e) {
            throw new DatabaseFailed("Reading failed", e);
        }
    }

    @Override
    public void close() {
        closing.run();
    }

    /** What is done on a connection. */
    public interface Work<T> {
        T on(Connection connection) throws SQLException;
    }
}
