package jiaoying.sim.storm;

/** A storm folder cannot be played; the message says what, where, which value, what is allowed and what to do. */
public final class StormUnreadable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public StormUnreadable(String message) {
        super(message);
    }

    static StormUnreadable at(String file, long line, String column, String value, String allowed) {
        return new StormUnreadable(
                "%s line %d, column %s: \"%s\" is not allowed; allowed: %s; correct the row and start again"
                        .formatted(file, line, column, value, allowed));
    }

    static StormUnreadable key(String key, Object value, String allowed) {
        return new StormUnreadable(
                "storm.yaml, key %s: \"%s\" is not allowed; allowed: %s".formatted(key, value, allowed));
    }
}
