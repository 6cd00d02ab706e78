package jiaoying.server.store;

/** A backup or restore that was not done: what is wrong, which value, what is allowed, what to do. Nothing half-made is left. */
public final class BackupFailed extends Exception {
    private static final long serialVersionUID = 1L;

    private final Reason reason;
    private final String value;
    private final String allowed;
    private final String todo;

    /** Names the text in the catalogue. */
    public enum Reason {
        TARGET_EXISTS("The backup file exists already"),
        TARGET_UNWRITABLE("The backup cannot be written"),
        SOURCE_FAILED("The database could not be read"),
        NOT_A_BACKUP("This file is no backup of this program"),
        DAMAGED("The backup is damaged"),
        NEWER("The backup was made by a newer program"),
        DIRECTORY_NOT_EMPTY("The new data directory is not empty"),
        DATABASE_NOT_EMPTY("The new database is not empty"),
        TABLES_DIFFER("The backup does not fit the tables of this program"),
        RESTORE_FAILED("The backup could not be restored"),
        NOT_EQUAL("The restored database differs from the backup");

        private final String what;

        Reason(String what) {
            this.what = what;
        }
    }

    BackupFailed(Reason reason, String value, String allowed, String todo) {
        super(reason.what + ": " + value + "\n  allowed: " + allowed + "\n  to do: " + todo);
        this.reason = reason;
        this.value = value;
        this.allowed = allowed;
        this.todo = todo;
    }

    BackupFailed(Reason reason, String value, String allowed, String todo, Throwable cause) {
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
