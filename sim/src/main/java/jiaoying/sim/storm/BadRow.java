package jiaoying.sim.storm;

/** A row of a data file that could not be read; the storm is played without it. @param line line of the file, from 1 */
public record BadRow(String file, long line, String field, String value, Told allowed) {}
