package jiaoying.server.postgres;

/** The embedded database cannot be had: what is wrong, with which value, what is allowed, what to do. Nothing is left half-started. */
public final class PostgresUnavailable extends Exception {
    private static final long serialVersionUID = 1L;

    private final Reason reason;
    private final String value;
    private final String allowed;
    private final String todo;

    /** Names the text in the catalogue. */
    public enum Reason {
        NOT_SHIPPED("No built-in database for this machine"),
        NOT_UNPACKED("The database programs cannot be unpacked"),
        ROOT("The database cannot run here as root"),
        DATA_UNUSABLE("The data directory cannot be used"),
        IN_USE("The data directory is in use"),
        NO_SPACE("No space left for the database"),
        NO_PERMISSION("The database may not use its folder"),
        NAMELESS_USER("The user who runs the program has no name"),
        OLDER("The database was made by an older version"),
        NEWER("The database was made by a newer version"),
        NOT_WHOLE("This folder is no whole database"),
        DAMAGED("The database in this folder does not start, it may be damaged"),
        WRONG_PASSWORD("The database does not let us in"),
        NO_PASSWORD("The password of the database is missing"),
        NOT_READY("The database was not ready in time");

        private final String what;

        Reason(String what) {
            this.what = what;
        }
    }

    PostgresUnavailable(Reason reason, String value, String allowed, String todo) {
        super(reason.what + ": " + value + "\n  allowed: " + allowed + "\n  to do: " + todo);
        this.reason = reason;
        this.value = value;
        this.allowed = allowed;
        this.todo = todo;
    }

    PostgresUnavailable(Reason reason, String value, String allowed, String todo, Throwable cause) {
        this(reason, value, allowed, todo);
        initCause(cause);
    }

    public Reason reason() {
        return reason;
    }

    public String what() {
        return reason.what;
    }

    public String value() {
        return value;
    }

    public String allowed() {
        return allowed;
    }

    public String todo() {
        return todo;
    }
}
