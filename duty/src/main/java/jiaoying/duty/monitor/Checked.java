package jiaoying.duty.monitor;

import java.util.List;
import jiaoying.duty.measure.Finding;
import jiaoying.duty.measure.Reading;

/**
 * What the checks made of the readings of an arrival.
 *
 * @param accepted readings for the journal, suspect ones flagged
 * @param repeated how many were there already, unchanged
 */
public record Checked(List<Reading> accepted, int repeated, List<Finding> findings) {}
