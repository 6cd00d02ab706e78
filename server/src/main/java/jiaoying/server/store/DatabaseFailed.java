package jiaoying.server.store;

/** The database did not do what was asked; whether a transaction was kept is then unknown. */
public final class DatabaseFailed extends RuntimeException {
    private static final long serialVersionUID = 1;

    public DatabaseFailed(String what, Throwable cause) {
        super(what + ": " + cause.getMessage(), cause);
    }

    public DatabaseFailed(String what) {
        super(what);
    }
}
