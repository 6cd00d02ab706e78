package jiaoying.server.flood;

import java.util.List;
import java.util.Optional;
import jiaoying.water.inundation.Inflow.Place;
import jiaoying.water.inundation.SavedState;
import jiaoying.water.inundation.Scene;
import jiaoying.water.inundation.Simulation.Method;

/**
 * A scenario that can run.
 *
 * @param everySeconds seconds between maps of depth, if any are wanted
 */
public record Scenario(
        String name,
        Method method,
        Scene scene,
        Optional<SavedState> state,
        double duration_s,
        boolean peak,
        Optional<Integer> everySeconds,
        List<Point> points,
        double pointEvery_s,
        boolean saveState) {

    /** A place whose depth is written over time. */
    public record Point(String name, Place place) {}
}
