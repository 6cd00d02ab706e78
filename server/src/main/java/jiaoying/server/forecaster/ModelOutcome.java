package jiaoying.server.forecaster;

import java.util.Optional;
import jiaoying.duty.forecast.ForecastResult;

/**
 * What became of a run.
 *
 * @param result empty when it failed
 * @param undone why, by the codes of the room's reasons; empty when it did not
 * @param box    the outline of the ground, once it was read
 */
record ModelOutcome(Optional<ForecastResult> result, String undone, Optional<Forecaster.Box> box) {
    static ModelOutcome failed(String why) {
        return new ModelOutcome(Optional.empty(), why, Optional.empty());
    }
}
