package jiaoying.server.forecaster;

import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import jiaoying.server.courier.Inside.Undone;
import jiaoying.water.inundation.Kernel;

/** Runs in this process; the ground is read once. */
public final class ModelHere implements Model {
    private Optional<Ground> ground = Optional.empty();

    @Override
    public ModelOutcome run(ModelOrder order, BooleanSupplier stopped) throws IOException, InterruptedException {
        try {
            if (ground.isEmpty()) {
                ground = Optional.of(Ground.read(order.settings(), order.sites()));
            }
            var over = ground.get();
            var result = new ModelRun(order, over, stopped).result();
            return new ModelOutcome(Optional.of(result), "", Optional.of(over.box()));
        } catch (Undone undone) {
            return ModelOutcome.failed(String.valueOf(undone.getMessage()));
        } catch (OutOfMemoryError tooBig) {
            return ModelOutcome.failed("memory");
        }
    }

    @Override
    public String kernel() {
        return Kernel.fastest().name().toLowerCase(Locale.ROOT);
    }
}
