/** The forecaster (预报员): runs the flood model for an errand, from the last water it knows, and brings what came of it. */
@NullMarked
package jiaoying.server.forecaster;

import org.jspecify.annotations.NullMarked;
