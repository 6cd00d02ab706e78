package jiaoying.server.forecaster;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import jiaoying.duty.forecast.ForecastPlan;

/**
 * Over which ground a room's forecasts are computed, and how.
 *
 * @param scenario a flood scenario: ground, losses, canals, pumps; its rain, start, duration and outputs do not count
 * @param origin   of the south-western corner of a ground without a coordinate system that is known
 * @param madeUp   how the scenario is made when it is not there: a city that does not exist
 * @param threads  1 to 16; with one the room always has the others of the machine
 * @param kept     frames of so many runs are kept
 */
public record ForecasterSettings(
        ForecastPlan plan, Path scenario, Optional<LonLat> origin, Optional<MadeUp> madeUp, int threads, int kept) {
    /** A place, degrees, WGS 84 or CGCS2000. */
    public record LonLat(double lon, double lat) {}

    /** A square city. @param side_m 500 to 40000; cell_m 1 to 50 */
    public record MadeUp(double side_m, double cell_m, long seed) {}

    private static final int KEPT = 150;

    /** A made-up ground of at most so many cells is computed before a process of its own would be warm. */
    private static final int SMALL = 60_000;

    /** A demonstration leaves its machine so many seconds from one forecast to the next. */
    private static final double APART_S = 40;

    private static final List<Integer> EVERY_MIN = List.of(10, 20, 30, 60, 120);

    /**
     * The ground of the sample city: made up, around the middle of its county town.
     *
     * @param speed at which the room's clock runs: the faster, the rarer; empty when it is too fast for any
     */
    public static Optional<ForecasterSettings> demonstration(Path data, double speed) {
        return EVERY_MIN.stream()
                .filter(minutes -> minutes * 60 / speed >= APART_S)
                .findFirst()
                .map(minutes -> new ForecasterSettings(
                        every(plan("示意圩区 made-up polder", true), Duration.ofMinutes(minutes)),
                        data.resolve("forecast/ground/scenario.yaml"),
                        Optional.of(new LonLat(120.9936, 30.655)),
                        Optional.of(new MadeUp(6000, 30, 1)),
                        1,
                        KEPT));
    }

    private static ForecastPlan every(ForecastPlan plan, Duration every) {
        return new ForecastPlan(
                plan.ground(),
                plan.synthetic(),
                every,
                plan.horizon(),
                plan.step(),
                every.minusMinutes(1),
                plan.halfLife(),
                plan.floodMm());
    }

    /** Who computes its runs. */
    public Model model() {
        return madeUp.filter(city -> city.side_m() / city.cell_m() * city.side_m() / city.cell_m() <= SMALL)
                .<Model>map(_ -> new ModelHere())
                .orElseGet(ModelProcess::new);
    }

    static ForecastPlan plan(String ground, boolean synthetic) {
        return new ForecastPlan(
                ground,
                synthetic,
                Duration.ofMinutes(10),
                Duration.ofHours(2),
                Duration.ofMinutes(5),
                Duration.ofMinutes(9),
                Duration.ofMinutes(60),
                150);
    }

    static int keptUsually() {
        return KEPT;
    }
}
