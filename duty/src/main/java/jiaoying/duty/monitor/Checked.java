package jiaoying.duty.monitor;

import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import jiaoying.duty.measure.Check;
import jiaoying.duty.measure.Finding;
import jiaoying.duty.measure.Reading;

/**
 * What the checks made of the readings of an arrival.
 *
 * @param accepted readings for the journal, suspect ones flagged, and the rain that differences of totals gave
 * @param repeated how many were there already, unchanged
 * @param flags    the check behind a suspect reading, by its place among the accepted ones
 * @param fast     stations whose clock runs ahead
 */
public record Checked(
        List<Reading> accepted,
        int repeated,
        List<Finding> findings,
        SortedMap<Integer, Check> flags,
        SortedSet<String> fast) {}
