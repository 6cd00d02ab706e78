package jiaoying.server.store;

/** JSON that is not of the expected shape, as data: which kind and field, what it held, what is allowed. */
public final class BadJson extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final String kind;
    private final String field;
    private final String value;
    private final String allowed;

    /** @param field JSON pointer, for example {@code /fact/plan/giveUp}, or empty for the whole text */
    BadJson(String kind, String field, String value, String allowed) {
        super((kind.isEmpty() ? "JSON" : kind) + (field.isEmpty() ? "" : " field " + field) + ": " + value
                + "; allowed: " + allowed);
        this.kind = kind;
        this.field = field;
        this.value = value;
        this.allowed = allowed;
    }

    /** The same, told of the kind in which it happened, unless a kind within is known already. */
    BadJson in(String outer) {
        return kind.isEmpty() ? new BadJson(outer, field, value, allowed) : this;
    }

    public String kind() {
        return kind;
    }

    public String field() {
        return field;
    }

    public String value() {
        return value;
    }

    public String allowed() {
        return allowed;
    }
}
