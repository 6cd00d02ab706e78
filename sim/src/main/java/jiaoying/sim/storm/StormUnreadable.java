package jiaoying.sim.storm;

/** A storm folder cannot be played; says what, where, which value and what is allowed. */
public final class StormUnreadable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Told told;

    public StormUnreadable(Told told) {
        super(told.toString());
        this.told = told;
    }

    public Told told() {
        return told;
    }

    static StormUnreadable at(String file, long line, String column, String value, Told allowed) {
        return new StormUnreadable(Told.of("storm-row", file, line, column, value, allowed));
    }

    static StormUnreadable key(String key, Object value, Told allowed) {
        return new StormUnreadable(Told.of("storm-key", key, value, allowed));
    }
}
