package jiaoying.water.inundation;

import java.util.function.IntConsumer;

/**
 * Hands that work at the same time. The solver only says what the parts are; who runs them is the caller's. Results do not
 * depend on the number of hands.
 */
public interface Crew {
    /** The caller's own thread alone. */
    Crew ALONE = new Crew() {
        @Override
        public int hands() {
            return 1;
        }

        @Override
        public void each(int parts, IntConsumer part) {
            for (var i = 0; i < parts; i++) {
                part.accept(i);
            }
        }
    };

    int hands();

    /** Runs parts 0 to {@code parts} - 1, whichever hand takes which, and returns when all are done. */
    void each(int parts, IntConsumer part);
}
