package jiaoying.server.flood;

import java.util.Optional;
import jiaoying.water.inundation.SavedState;
import jiaoying.water.inundation.Scene;
import jiaoying.water.inundation.Simulation.Method;

/** A scenario that can run. */
public record Scenario(
        String name, Method method, Scene scene, Optional<SavedState> state, double duration_s, Wanted wanted) {}
