package jiaoying.server.forecaster;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import jiaoying.duty.forecast.ForecastPlan;
import jiaoying.duty.forecast.ForecastResult;
import jiaoying.duty.forecast.ForecastResult.SiteDepths;
import jiaoying.server.flood.Hands;
import jiaoying.server.flood.LoopsHere;
import jiaoying.server.forecaster.ForecasterSettings.LonLat;
import jiaoying.water.inundation.Crew;
import jiaoying.water.inundation.Edge;
import jiaoying.water.inundation.Rain;
import jiaoying.water.inundation.Scene;
import jiaoying.water.inundation.Series;
import jiaoying.water.inundation.Simulation;
import jiaoying.water.inundation.Structure;
import jiaoying.water.picture.Frames;

/** One run of the model: from the last water it knows through measured rain to the start, then through the rain to come. */
final class ModelRun {
    /** Water older than this is not gone on from. */
    private static final Duration STATE_MOST = Duration.ofHours(6);

    /** What came late is laid on all the same when the run begins with water so old. */
    private static final Duration LATE = Duration.ofMinutes(15);

    /** Without such water it begins dry, so long before the start. */
    private static final Duration SPIN_UP = Duration.ofHours(3);

    /** Seconds of the model between two looks whether to go on. */
    private static final double PIECE_S = 60;

    private final ModelOrder order;
    private final ForecastPlan plan;
    private final Ground ground;
    private final RunFiles files;
    private final BooleanSupplier stopped;
    private final Map<String, List<Integer>> sites = new TreeMap<>();
    private final Map<String, List<Integer>> depths = new TreeMap<>();

    /** @param stopped asked once for every minute of the model */
    ModelRun(ModelOrder order, Ground ground, BooleanSupplier stopped) {
        this.order = order;
        this.ground = ground;
        this.stopped = stopped;
        plan = order.settings().plan();
        files = new RunFiles(order.data());
        order.gauges().forEach(gauge -> stand(gauge.station(), gauge.lon(), gauge.lat()));
        order.sites().forEach(site -> stand(site.site(), site.lon(), site.lat()));
    }

    /** How long before the start of a run its rain must be known: from the oldest water that it may go on from. */
    static Duration rainBefore() {
        return STATE_MOST;
    }

    private void stand(String site, double lon, double lat) {
        var cells = ground.cells(lon, lat);
        if (!cells.isEmpty()) {
            sites.put(site, cells);
        }
    }

    ForecastResult result() throws IOException, InterruptedException {
        var threads = order.settings().threads();
        try (var hands = new Hands(threads)) {
            return result(threads == 1 ? Crew.ALONE : hands);
        }
    }

    private ForecastResult result(Crew crew) throws IOException, InterruptedException {
        var known = water();
        var begun = known.isPresent() ? resumed(known.get(), crew) : Optional.<Begun>empty();
        var from = begun.isPresent() ? begun.get() : dry(crew);
        var water = from.water();
        advance(water, Duration.between(from.at(), order.start()).toSeconds());
        if (order.whatIf().live()) {
            files.keepState(order.start(), water.save());
        }
        files.keepFrames(order.run(), order.settings().kept(), out -> {
            var frames = new Frames(ground.frame(), out);
            look(water, frames, 0);
            for (var i = 1; i < plan.depths(); i++) {
                var second = (int) plan.step().multipliedBy(i).toSeconds();
                advance(water, Duration.between(from.at(), order.start()).toSeconds() + second);
                look(water, frames, second);
            }
            frames.end();
        });
        return new ForecastResult(
                from.name(),
                from.at(),
                water.activeCells(),
                0,
                depths.entrySet().stream()
                        .map(site -> new SiteDepths(site.getKey(), List.copyOf(site.getValue())))
                        .toList());
    }

    /** Old enough that what came late is laid on too; if there is none, any. */
    private Optional<RunFiles.State> water() throws IOException {
        var oldest = order.start().minus(STATE_MOST);
        var known = files.state(order.start().minus(LATE), oldest);
        return known.isPresent() ? known : files.state(order.start(), oldest);
    }

    /** Water in the model, as of a moment. */
    private record Begun(Simulation water, Instant at, String name) {}

    /** Water of another kind, after the ground was changed, is not gone on from. */
    private Optional<Begun> resumed(RunFiles.State state, Crew crew) {
        if (!state.water().fits(ground.frame())) {
            return Optional.empty();
        }
        try {
            var water = simulation(state.at(), crew);
            water.resume(state.water());
            return Optional.of(new Begun(water, state.at(), "state"));
        } catch (IllegalArgumentException ofAnotherKind) {
            return Optional.empty();
        }
    }

    private Begun dry(Crew crew) {
        var at = order.start().minus(SPIN_UP);
        return new Begun(simulation(at, crew), at, "dry");
    }

    private Simulation simulation(Instant from, Crew crew) {
        var scene = tried(ground.scenario().scene()).withRain(rain(from));
        return new Simulation(scene, ground.scenario().method(), LoopsHere.fastest(), crew);
    }

    private Rain rain(Instant from) {
        var span = Duration.between(order.rainFrom(), order.start());
        var steps = (int) (span.toSeconds() / plan.step().toSeconds()) + plan.depths() - 1;
        var rain = new GaugeRain(order.rainFrom(), plan.step(), steps);
        order.rain().forEach(gauge -> {
            var place = ground.placing().of(new LonLat(gauge.x(), gauge.y()));
            rain.take(gauge, place.x(), place.y());
        });
        var skipped = Duration.between(order.rainFrom(), from).toSeconds()
                / plan.step().toSeconds();
        return rain.over(ground.frame(), (int) skipped);
    }

    private Scene tried(Scene scene) {
        var tide = order.whatIf().tideMilli() / 1000.0;
        var structures = scene.structures().stream()
                .filter(structure -> !(order.whatIf().pumpsOff() && structure instanceof Structure.Pump))
                .map(structure -> structure instanceof Structure.Pump pump ? higher(pump, tide) : structure)
                .toList();
        var edges = scene.edges();
        return scene.withStructures(structures)
                .withEdges(new Scene.Edges(
                        higher(edges.west(), tide),
                        higher(edges.east(), tide),
                        higher(edges.north(), tide),
                        higher(edges.south(), tide)));
    }

    private static Edge higher(Edge edge, double by) {
        return edge instanceof Edge.Level level ? new Edge.Level(level.level_m().plus(by)) : edge;
    }

    private static Structure higher(Structure.Pump pump, double by) {
        return new Structure.Pump(
                pump.name(),
                pump.from(),
                pump.to(),
                pump.m3_s(),
                pump.start_m(),
                pump.stop_m(),
                pump.curve(),
                pump.outside_m().map((Series level) -> level.plus(by)));
    }

    private void advance(Simulation water, double until) throws InterruptedException {
        while (water.now() < until) {
            if (stopped.getAsBoolean() || Thread.currentThread().isInterrupted()) {
                throw new InterruptedException("the run was stopped");
            }
            water.advanceTo(Math.min(until, (Math.floor(water.now() / PIECE_S) + 1) * PIECE_S));
        }
    }

    private void look(Simulation water, Frames frames, int second) throws IOException {
        water.settle();
        frames.add(second, water::depth);
        var columns = ground.frame().columns();
        sites.forEach((site, cells) -> {
            var deepest = cells.stream()
                    .mapToDouble(cell -> water.depth(cell / columns, cell % columns))
                    .max()
                    .orElse(0);
            depths.computeIfAbsent(site, _ -> new ArrayList<>()).add((int) Math.round(1000 * Math.max(0, deepest)));
        });
    }
}
