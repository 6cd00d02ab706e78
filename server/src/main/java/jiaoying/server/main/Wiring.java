package jiaoying.server.main;

/** Joins all parts into one running server. */
final class Wiring {
    private Wiring() {}

    static void run(RunOptions options) {
        throw new IllegalStateException("Bug: not there yet " + options);
    }
}
