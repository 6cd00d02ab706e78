package jiaoying.duty.monitor;

import java.time.Duration;
import java.util.List;

/**
 * Warning criteria of one hazard, from a pack.
 *
 * @param rules            any rule that is met gives its level; the highest wins
 * @param continueMilli    "may continue": at least this much rain (thousandths of mm) in the area ...
 * @param continueWithin   ... within this span before now
 * @param keepPercent      a level is kept while its sum is at least this share of the threshold
 * @param hold             and falls only after that has been absent for this span
 * @param gross            the largest rain that can fall within a span; more is suspect
 * @param silentAfter      a station without a reading for this span is silent
 * @param source           where the thresholds come from
 */
public record Criteria(
        String name,
        String version,
        String hazard,
        List<Rule> rules,
        long continueMilli,
        Duration continueWithin,
        int keepPercent,
        Duration hold,
        List<GrossLimit> gross,
        Duration silentAfter,
        String source) {
    /** @param sumMilli threshold in thousandths of mm over a sliding window of that many hours */
    public record Rule(SignalColor color, int windowH, long sumMilli) {}

    /** @param limitMilli thousandths of mm within {@code minutes} */
    public record GrossLimit(int minutes, long limitMilli) {}
}
