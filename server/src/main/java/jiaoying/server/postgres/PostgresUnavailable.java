package jiaoying.server.postgres;

/** The embedded database cannot be had: what is wrong, with which value, what is allowed, what to do. Nothing is left half-started. */
public final class PostgresUnavailable extends Exception {
    private static final long serialVersionUID = 1L;

    private final String what;
    private final String value;
    private final String allowed;
    private final String todo;

    PostgresUnavailable(String what, String value, String allowed, String todo) {
        super(what + ": " + value + "\n  allowed: " + allowed + "\n  to do: " + todo);
        this.what = what;
        this.value = value;
        this.allowed = allowed;
        this.todo = todo;
    }

    PostgresUnavailable(String what, String value, String allowed, String todo, Throwable cause) {
        this(what, value, allowed, todo);
        initCause(cause);
    }

    public String what() {
        return what;
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
