package jiaoying.water;

import java.util.List;
import jiaoying.rules.PureModule;

/** The map of {@code water}: what may see what, and what numbers must not touch. */
class ArchitectureTest extends PureModule {
    ArchitectureTest() {
        super(
                "jiaoying.water",
                List.of("grid", "terrain", "inundation", "picture"),
                IN_MEMORY,
                "jdk.incubator.vector..");
    }
}
