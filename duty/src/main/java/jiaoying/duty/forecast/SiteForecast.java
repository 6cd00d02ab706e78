package jiaoying.duty.forecast;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import jiaoying.duty.forecast.ForecastResult.SiteDepths;

/**
 * How deep the water will stand at a site (点位预报).
 *
 * @param area     whose warnings it drives, or empty
 * @param depthsMm at the start of the run and after each step, mm
 * @param peakAt   when it is deepest first
 * @param floodsAt when the flood depth is reached first, empty when it is not
 */
public record SiteForecast(
        String site, String area, List<Integer> depthsMm, int peakMm, Instant peakAt, Optional<Instant> floodsAt) {

    static SiteForecast of(SiteDepths given, String area, Instant start, ForecastPlan plan) {
        var peak = 0;
        var flood = -1;
        var depths = given.depthsMm();
        for (var i = 0; i < depths.size(); i++) {
            peak = depths.get(i) > depths.get(peak) ? i : peak;
            flood = flood < 0 && depths.get(i) >= plan.floodMm() ? i : flood;
        }
        return new SiteForecast(
                given.site(),
                area,
                List.copyOf(depths),
                depths.get(peak),
                start.plus(plan.step().multipliedBy(peak)),
                flood < 0
                        ? Optional.empty()
                        : Optional.of(start.plus(plan.step().multipliedBy(flood))));
    }

    /** The depth so long after the start, empty between steps and beyond the end. */
    Optional<Integer> after(Duration lead, ForecastPlan plan) {
        var index = lead.toSeconds() / plan.step().toSeconds();
        return lead.toSeconds() % plan.step().toSeconds() == 0 && index < depthsMm.size()
                ? Optional.of(depthsMm.get((int) index))
                : Optional.empty();
    }
}
