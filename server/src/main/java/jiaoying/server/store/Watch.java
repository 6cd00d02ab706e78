package jiaoying.server.store;

/** Hears of every step that a {@link Database} takes and may break it off by throwing: how a simulator plays crashes and outages. */
public interface Watch {
    /** Where in a transaction. */
    enum Step {
        /** Before a connection is given. */
        CONNECT,
        /** Before a statement or a copy. */
        STATEMENT,
        /** Before the commit. */
        COMMIT,
        /** It is kept, and whoever asked has not heard of it yet. */
        COMMITTED
    }

    /** @throws BrokenOff as if the database were away, or its answer lost */
    void at(Step step) throws BrokenOff;

    /** The connection broke, as its user sees it. */
    final class BrokenOff extends Exception {
        private static final long serialVersionUID = 1;

        public BrokenOff(String why) {
            super(why);
        }
    }
}
