package jiaoying.water.inundation;

/**
 * The cell that held the time step down most.
 *
 * @param time_s when
 * @param step_s the step that it allowed
 */
public record Limiting(int row, int column, double x, double y, double depth_m, double step_s, double time_s) {}
