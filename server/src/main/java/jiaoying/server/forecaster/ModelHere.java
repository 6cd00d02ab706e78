package jiaoying.server.forecaster;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import jiaoying.server.courier.Inside.Undone;
import jiaoying.server.flood.LoopsHere;

/** Runs in this process; the ground is read once, and again when its files were changed. */
public final class ModelHere implements Model {
    private Optional<Ground> ground = Optional.empty();
    private List<String> asRead = List.of();

    @Override
    public ModelOutcome run(ModelOrder order, BooleanSupplier stopped) throws IOException, InterruptedException {
        try {
            var files = Ground.files(order.settings());
            if (ground.isEmpty() || !files.equals(asRead)) {
                ground = Optional.empty();
                ground = Optional.of(Ground.read(order.settings(), order.sites()));
                asRead = files.isEmpty() ? Ground.files(order.settings()) : files; // a made-up ground has its files now
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
        return LoopsHere.fastest().name().toLowerCase(Locale.ROOT);
    }
}
