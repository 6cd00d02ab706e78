package jiaoying.server.store;

import java.io.PrintWriter;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Connections of another source whose steps a {@link Watch} hears of. */
final class WatchedSource implements DataSource {
    private final DataSource source;
    private final Watch watch;

    WatchedSource(DataSource source, Watch watch) {
        this.source = source;
        this.watch = watch;
    }

    @Override
    public Connection getConnection() throws SQLException {
        tell(Watch.Step.CONNECT);
        return watched(source.getConnection());
    }

    @Override
    public Connection getConnection(String user, String password) throws SQLException {
        tell(Watch.Step.CONNECT);
        return watched(source.getConnection(user, password));
    }

    private void tell(Watch.Step step) throws SQLException {
        try {
            watch.at(step);
        } catch (Watch.BrokenOff e) {
            throw new SQLTransientConnectionException(e.getMessage(), e);
        }
    }

    private Connection watched(Connection connection) {
        return (Connection) Proxy.newProxyInstance(
                Connection.class.getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, values) -> {
                    switch (method.getName()) {
                        case "prepareStatement", "unwrap" -> tell(Watch.Step.STATEMENT);
                        case "commit" -> tell(Watch.Step.COMMIT);
                        default -> {}
                    }
                    try {
                        var result = method.invoke(connection, values);
                        if (method.getName().equals("commit")) {
                            tell(Watch.Step.COMMITTED);
                        }
                        return result;
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    @Override
    public @Nullable PrintWriter getLogWriter() throws SQLException {
        return source.getLogWriter();
    }

    @Override
    public void setLogWriter(@Nullable PrintWriter out) throws SQLException {
        source.setLogWriter(out);
    }

    @Override
    public void setLoginTimeout(int seconds) throws SQLException {
        source.setLoginTimeout(seconds);
    }

    @Override
    public int getLoginTimeout() throws SQLException {
        return source.getLoginTimeout();
    }

    @Override
    public Logger getParentLogger() {
        return Logger.getLogger("jiaoying");
    }

    @Override
    public <T> T unwrap(Class<T> kind) throws SQLException {
        return source.unwrap(kind);
    }

    @Override
    public boolean isWrapperFor(Class<?> kind) throws SQLException {
        return source.isWrapperFor(kind);
    }
}
