package jiaoying.server.store;

import java.sql.SQLException;
import java.util.Set;

/** The database did not do what was asked; whether a transaction was kept is then unknown. */
public final class DatabaseFailed extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** Classes of SQLSTATE: data exception, integrity constraint, program limit. */
    private static final Set<String> REFUSALS = Set.of("22", "23", "54");

    public DatabaseFailed(String what, Throwable cause) {
        super(what + ": " + cause.getMessage(), cause);
    }

    public DatabaseFailed(String what) {
        super(what);
    }

    /** True when the database is well and refused what was written: trying again would not help. */
    public boolean refused() {
        return getCause() instanceof SQLException e
                && e.getSQLState() != null
                && REFUSALS.contains(e.getSQLState().substring(0, 2));
    }
}
