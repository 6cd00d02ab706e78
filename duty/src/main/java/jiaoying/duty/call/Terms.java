package jiaoying.duty.call;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What holds for a ladder beside its rounds; frozen with it when the order opens.
 *
 * @param rule    what the callees must reach together; empty: nothing beyond each ladder
 * @param report  after an answer a second report is asked for within this span (到岗报告), or the answer expires; empty: none
 * @param quiet   hours in which some channels wait (免打扰时段); empty: none, as for red
 * @param spacing shortest time between two calls to one person's phone; zero: none, as for red
 * @param first   duties whose holders are called before all others of the same colour
 */
public record Terms(
        Optional<SetRule> rule,
        Optional<Duration> report,
        Optional<QuietHours> quiet,
        Duration spacing,
        List<String> first) {
    public static final Terms NONE =
            new Terms(Optional.empty(), Optional.empty(), Optional.empty(), Duration.ZERO, List.of());

    /** The same, with quiet hours read on the clocks of a zone. */
    public Terms in(String zone) {
        return new Terms(rule, report, quiet.map(hours -> hours.in(zone)), spacing, first);
    }
}
