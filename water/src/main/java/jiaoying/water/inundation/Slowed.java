package jiaoying.water.inundation;

/**
 * What was slowed in deep pools that stand, so that the others take longer steps; nothing where {@code faces} is 0.
 *
 * @param faces   of cells, at most at once
 * @param factor  of inertia, at most
 * @param depth_m the least depth from which faces were slowed
 */
public record Slowed(long faces, double factor, double depth_m) {}
