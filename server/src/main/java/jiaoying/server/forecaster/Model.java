package jiaoying.server.forecaster;

import java.io.IOException;
import java.util.function.BooleanSupplier;

/** Who computes the runs: this process ({@link ModelHere}) or one of its own for each ({@link ModelProcess}). */
public sealed interface Model permits ModelHere, ModelProcess {
    /**
     * Computes a run; on the forecaster's thread, one at a time.
     *
     * @param stopped asked now and then; once it is true the run ends
     * @throws InterruptedException when it was stopped
     */
    ModelOutcome run(ModelOrder order, BooleanSupplier stopped) throws IOException, InterruptedException;

    /** The inner loops that it has: {@code vector}, or {@code plain} where the JVM has no others. */
    String kernel();
}
