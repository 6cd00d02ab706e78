package jiaoying.duty.forecast;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * What a run gave (演算结果), as whoever computed it brings it.
 *
 * @param from    the water with which it began: a saved state's name, or {@code dry}
 * @param stateAt when that was; measured rain from then to the start of the run was laid on first
 * @param cells   of the ground that took part
 * @param wallMs  how long it took
 * @param sites   those that stand on the ground
 */
public record ForecastResult(String from, Instant stateAt, int cells, long wallMs, List<SiteDepths> sites) {
    /** @param depthsMm at the start and after each step, mm */
    public record SiteDepths(String site, List<Integer> depthsMm) {}

    /** The same, as whoever waited for it saw it. */
    public ForecastResult took(Duration wall) {
        return new ForecastResult(from, stateAt, cells, wall.toMillis(), sites);
    }

    /** Whether every site has as many depths as the plan asks for, none of them negative. */
    public boolean fits(ForecastPlan plan) {
        return sites.stream()
                .allMatch(site -> site.depthsMm().size() == plan.depths()
                        && site.depthsMm().stream().allMatch(depth -> depth >= 0));
    }
}
