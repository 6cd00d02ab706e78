package jiaoying.duty.monitor;

import java.time.Duration;
import java.util.List;

/**
 * When rain over sliding windows gives an area a level.
 *
 * @param rules            any rule that is met gives its level; the highest wins
 * @param continueMilli    "may continue": at least this much rain (thousandths of mm) in the area ...
 * @param continueWithin   ... within this span before now
 * @param keepPercent      a level is kept while its sum is at least this share of the threshold
 */
public record RainCriteria(
        String name,
        String version,
        String hazard,
        List<Rule> rules,
        long continueMilli,
        Duration continueWithin,
        int keepPercent,
        Duration hold,
        String source)
        implements Criteria {
    /** @param sumMilli threshold in thousandths of mm over a sliding window of that many hours */
    public record Rule(SignalColor color, int windowH, long sumMilli) {}
}
