package jiaoying.server.sim;

/** The process of an engine is gone: nothing catches this but the world around it. */
final class Killed extends Error {
    private static final long serialVersionUID = 1;

    Killed() {
        super("killed", null, false, false);
    }
}
