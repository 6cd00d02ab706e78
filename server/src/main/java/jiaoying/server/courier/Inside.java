package jiaoying.server.courier;

import jiaoying.duty.errand.Purpose;

/** Work inside the server that takes its time (内务): done for an errand, it brings what came of it by an arrival of its own. */
public interface Inside {
    /** The errands that it does. */
    Purpose purpose();

    /**
     * Does it, on the caller's thread or not, and comes back when it is done. Twice the same is done once, or does no harm.
     *
     * @param message of the errand
     * @throws Undone               it cannot be done; the errand has failed
     * @throws InterruptedException the server is stopping; the errand goes again later
     */
    void work(String message) throws Undone, InterruptedException;

    /** Why it could not be done: a code, and after a space more about it. */
    final class Undone extends Exception {
        private static final long serialVersionUID = 1L;

        public Undone(String why) {
            super(why);
        }

        String why() {
            return String.valueOf(getMessage());
        }
    }
}
