package jiaoying.server.forecaster;

import java.io.IOException;
import java.util.function.BooleanSupplier;

/** Who computes the runs: this process ({@link ModelHere}) or one of its own ({@link ModelProcess}). */
public sealed interface Model extends AutoCloseable permits ModelHere, ModelProcess {
    /**
     * Computes a run; on the forecaster's thread, one at a time.
     *
     * @param stopped asked now and then; once it is true the run ends
     * @throws InterruptedException when it was stopped
     */
    ModelOutcome run(ModelOrder order, BooleanSupplier stopped) throws IOException, InterruptedException;

    /** Lets go of what is kept for the next run. */
    @Override
    default void close() {}

    /** The inner loops that it has: {@code vector}, or {@code plain} where the JVM has no others. */
    String kernel();
}
