package jiaoying.water.inundation;

import java.util.List;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import jiaoying.water.grid.Frame;
import org.jspecify.annotations.Nullable;

/**
 * A run over a scene (内涝演算): moves the water in steps that meet every asked moment and every change of rain exactly, and
 * keeps the volumes by cause. Not for several threads at once; it uses the hands it is given inside.
 */
public final class Simulation {
    /** 2^-30 s: whole numbers of it add up exactly for 97 days. */
    private static final double TICK = 0x1p-30;

    /** The equations to solve. */
    public enum Method {
        /** Shallow water without the convective term: flat ground, slow water, fast runs. */
        LOCAL_INERTIA,
        /** The whole shallow-water equations: dam breaks, steep flow, water that jumps. */
        FULL
    }

    private static final double MM_H = 1 / 3_600_000.0;

    /** Rain and losses are laid on in whole numbers of this, m: so small a power of two adds to any depth below 16 m exactly. */
    private static final double GRAIN = 1.0 / (1 << 20);

    /** Rain and losses wait until there is as much as this, m. */
    private static final double BATCH = 1e-4;

    private final Scene scene;
    private final Frame frame;
    private final Field field;
    private final Solver solver;
    private final Crew crew;
    private final Ledger ledger = new Ledger();
    private final Soak soak;
    private final List<Source> sources;
    private final Canals canals;
    private final Works works;
    private final boolean lossless;
    private double now;
    private double pending;
    private @Nullable Traces traces;
    private long steps;
    private double shortest = Double.POSITIVE_INFINITY;
    private Limiting limiting = new Limiting(0, 0, 0, 0, 0, 0, 0);

    /**
     * @throws IllegalArgumentException when an inflow or a structure does not stand on the ground
     */
    public Simulation(Scene scene, Method method, Kernel kernel, Crew crew) {
        this(scene, method, kernel, crew, true);
    }

    /** @param mayRest whether dry parts are left out, which changes no result */
    Simulation(Scene scene, Method method, Kernel kernel, Crew crew, boolean mayRest) {
        this.scene = scene;
        this.crew = crew;
        frame = scene.ground().frame();
        field = new Field(scene);
        fill();
        var tiles = new Tiles(field);
        solver = switch (method) {
            case LOCAL_INERTIA -> {
                setOff();
                var sides = new Sides(field, scene.edges(), tiles);
                yield new LocalInertia(field, kernel.sweep(), crew, sides, tiles, mayRest, !scene.exactPools());
            }
            case FULL -> {
                setOffCells();
                yield new FullShallowWater(field, kernel.fullSweep(), crew, new OpenSides(field, scene.edges()));
            }
        };
        sources = scene.inflows().stream()
                .map(inflow -> new Source(inflow, scene.ground(), field, tiles))
                .toList();
        canals = new Canals(scene, field, solver, crew);
        works = new Works(scene.structures(), frame, field, solver, canals);
        lossless = scene.losses().none() && !scene.porous();
        soak = new Soak(field, scene);
        ledger.start = volume();
    }

    private void fill() {
        for (var row = 0; row < field.rows; row++) {
            for (var column = 0; column < field.columns; column++) {
                var at = field.at(row, column);
                if (!field.wall(at)) {
                    field.depth[at] = onBed(scene.depth().at(row * field.columns + column), row, column);
                    field.peak[at] = field.depth[at];
                }
            }
        }
    }

    /** Speeds at the start, of cells. */
    private void setOffCells() {
        for (var row = 0; row < field.rows; row++) {
            for (var column = 0; column < field.columns; column++) {
                var at = field.at(row, column);
                if (field.depth[at] > Sweep.FILM) {
                    var cell = row * field.columns + column;
                    field.eastBefore[at] = (float) scene.speedEast().at(cell);
                    field.southBefore[at] = (float) -scene.speedNorth().at(cell);
                }
            }
        }
    }

    /** A depth on the rounded bed that keeps the level of the true one, so that level water is level. */
    private float onBed(double depth, int row, int column) {
        var rounded = scene.ground().at(row, column) - field.datum - field.bed[field.at(row, column)];
        return depth > 0 ? (float) Math.max(0, depth + rounded) : 0f;
    }

    /** Speeds at the start, as fluxes of faces. */
    private void setOff() {
        for (var row = 0; row < field.rows; row++) {
            for (var column = 0; column < field.columns; column++) {
                var cell = row * field.columns + column;
                if (column + 1 < field.columns) {
                    var speed = 0.5
                            * (scene.speedEast().at(cell) + scene.speedEast().at(cell + 1));
                    field.east[field.at(row, column)] = flux(row, column, row, column + 1, speed);
                }
                if (row + 1 < field.rows) {
                    var speed = -0.5
                            * (scene.speedNorth().at(cell) + scene.speedNorth().at(cell + field.columns));
                    field.south[field.at(row, column)] = flux(row, column, row + 1, column, speed);
                }
            }
        }
    }

    private float flux(int row, int column, int row1, int column1, double speed) {
        var a = field.at(row, column);
        var b = field.at(row1, column1);
        var flow = Math.max(field.depth[a] + field.bed[a], field.depth[b] + field.bed[b])
                - Math.max(field.bed[a], field.bed[b]);
        return flow > Sweep.FILM ? (float) (flow * speed) : 0f;
    }

    /** Moves the water to a moment, s from the start of the run, not before {@link #now}. */
    public void advanceTo(double until) {
        while (now < until) {
            var rainEdge = scene.rain().nextEdge(now);
            var edge = Math.min(until, rainEdge);
            var dt = stepTo(edge);
            var next = dt == edge - now ? edge : now + dt;
            step(dt, next, next < rainEdge);
            now = next;
            steps++;
            if (now == rainEdge) {
                settle();
            }
        }
    }

    /** @param lays whether what waits may be laid on in it */
    private void step(double dt, double next, boolean lays) {
        var rain = rain(dt);
        var soaks = lays && soak.waiting() >= BATCH;
        if (soaks) {
            soak.begin(false, next);
        }
        var looks = traces != null && traces.due(next) ? traces : null;
        solver.step(now, dt, rain, row -> after(row, dt, next, soaks, looks));
        if (looks != null) {
            looks.seen(next);
        }
        if (soaks) {
            soaked();
        }
        feed(dt);
    }

    private void after(int row, double dt, double next, boolean soaks, @Nullable Traces looks) {
        canals.overBanks(row, dt);
        if (soaks) {
            solver.soak(soak, row);
        }
        if (looks != null) {
            solver.trace(looks, row, next);
        }
    }

    /**
     * Keeps from now on what the water leaves behind in each cell.
     *
     * @param depth_m depth from which water has come
     */
    public Traces trace(double depth_m) {
        var kept = new Traces(field, depth_m);
        traces = kept;
        look(kept);
        return kept;
    }

    /** Looks once more, at the end of a run. */
    public void lookAgain() {
        if (traces != null) {
            look(traces);
        }
    }

    private void look(Traces kept) {
        rows(row -> solver.trace(kept, row, now));
        kept.seen(now);
    }

    private void rows(IntConsumer work) {
        var hands = Math.min(crew.hands(), field.rows);
        crew.each(
                hands,
                hand -> IntStream.range(0, field.rows)
                        .filter(row -> row % hands == hand)
                        .forEach(work));
    }

    /** A step that ends at the edge or leaves room for another of about its length. */
    private double stepTo(double edge) {
        var stable = bearable(solver.stable(now));
        note(stable);
        var rest = edge - now;
        if (rest <= stable) {
            return rest;
        }
        return ticks(rest < 2 * stable ? rest / 2 : stable);
    }

    /** A step that adds to the seconds without rounding, so that a run goes on from a saved state as one whose seconds began earlier. */
    private static double ticks(double dt) {
        return dt < 1024 * TICK ? dt : Math.floor(dt / TICK) * TICK;
    }

    /** Shortens a step in which inflows would raise a cell to a depth whose waves outrun it. */
    private double bearable(double stable) {
        var dt = stable;
        for (var source : sources) {
            while (dt > 1e-3 && dt > 0.65 * field.dx / Math.sqrt(Solver.GRAVITY * source.depthAfter(now, dt))) {
                dt *= 0.8;
            }
        }
        return dt;
    }

    private void note(double stable) {
        if (stable < shortest) {
            shortest = stable;
            var row = solver.deepestRow();
            var column = 0;
            for (var c = 1; c < field.columns; c++) {
                column = field.depth[field.at(row, c)] > field.depth[field.at(row, column)] ? c : column;
            }
            limiting = new Limiting(
                    row, column, frame.xOf(column), frame.yOf(row), field.depth[field.at(row, column)], stable, now);
        }
    }

    /** Books the rain of a step; returns what the sweep lays on, m. */
    private float rain(double dt) {
        if (scene.rain() instanceof Rain.Spells spells && !soak.byCells(spells)) {
            var fallen = spells.rate(now) * MM_H * dt;
            ledger.rain += fallen * area() * field.activeCells;
            if (lossless) {
                pending += fallen;
            } else {
                soak.uniform(fallen);
            }
        } else {
            var fallen = soak.falls(scene.rain(), now, dt);
            ledger.rain += fallen.all() * area();
            ledger.infiltrated += fallen.intoGround() * area();
        }
        soak.losses(dt);
        if (pending < BATCH) {
            return 0;
        }
        var laid = Math.floor(pending / GRAIN) * GRAIN;
        pending -= laid;
        return (float) laid;
    }

    private void feed(double dt) {
        for (var source : sources) {
            ledger.inflow += source.feed(now, dt);
            source.rows().forEach(solver::touched);
        }
        if (canals.any()) {
            canals.step(now, dt);
        }
        ledger.outflow += works.act(now, dt);
    }

    /** Lays on all rain and losses that wait. Done at each change of rain; do it before a map is written or a state saved. */
    public void settle() {
        sources.forEach(source -> ledger.inflow -= source.forget());
        if (pending > 0) {
            soak.uniform(pending);
            pending = 0;
        }
        soak();
        solver.lookAgain();
    }

    private void soak() {
        if (soak.any()) {
            soak.begin(true, now);
            rows(row -> solver.soak(soak, row));
            soaked();
        }
    }

    private void soaked() {
        if (soak.brings()) {
            solver.look();
        }
        soak.end(ledger, area());
    }

    private double area() {
        return (double) field.dx * field.dx;
    }

    public double now() {
        return now;
    }

    public long steps() {
        return steps;
    }

    public int activeCells() {
        return field.activeCells;
    }

    public String solver() {
        return solver.name();
    }

    public Limiting limiting() {
        return limiting;
    }

    /** What was slowed so far in deep pools that stand. */
    public Slowed slowed() {
        return solver.slowed();
    }

    public Balance balance() {
        var balance = ledger.balance(volume() + waiting());
        return new Balance(
                balance.start_m3(),
                balance.rain_m3(),
                balance.inflow_m3() + solver.cameIn() + canals.cameIn() + works.surged(),
                balance.infiltrated_m3(),
                balance.drained_m3() + works.drained(),
                balance.outflow_m3() + solver.wentOut() + canals.wentOut(),
                balance.end_m3());
    }

    private double waiting() {
        return (pending * field.activeCells + soak.waitingSum()) * area()
                + sources.stream().mapToDouble(Source::waiting).sum();
    }

    private double volume() {
        var sum = 0.0;
        for (var row = 0; row < field.rows; row++) {
            sum += field.sum(row);
        }
        return sum * area() + canals.volume();
    }

    /** Depth now, m; NaN where the ground is missing. */
    public double depth(int row, int column) {
        var at = field.at(row, column);
        return field.wall(at) ? Double.NaN : field.depth[at] + pending;
    }

    /** Largest depth of the run, m; NaN where the ground is missing. */
    public double peak(int row, int column) {
        var at = field.at(row, column);
        return field.wall(at) ? Double.NaN : field.peak[at];
    }

    /** Level of the water, or of the ground where it is dry, m above the ground's zero. */
    public double level(int row, int column) {
        return scene.ground().at(row, column) + depth(row, column);
    }

    /** Speed now from the mean fluxes of opposite faces, m/s; 0 below 1 mm of water. */
    public double speed(int row, int column) {
        var h = field.depth[field.at(row, column)];
        return h < 1e-3f ? 0 : Math.hypot(fluxEast(row, column), fluxNorth(row, column)) / h;
    }

    /** Mean flux through a cell to the east, m2/s. */
    public double fluxEast(int row, int column) {
        return solver.eastThrough(field.at(row, column));
    }

    /** Mean flux through a cell to the north, m2/s. */
    public double fluxNorth(int row, int column) {
        return -solver.southThrough(field.at(row, column));
    }

    public Frame frame() {
        return frame;
    }

    /** What must be kept to go on later as if nothing had been between. Settles first. */
    public SavedState save() {
        settle();
        return SavedState.of(solver.name(), frame, layers(canals.memory()), works.running());
    }

    /** Asks and tells a sewer model at every inlet from now on. */
    public void connect(Sewer sewer) {
        works.connect(sewer);
    }

    /** Level of the canal in a cell, m above the ground's zero; NaN where there is none. */
    public double canalLevel(int row, int column) {
        var piece = canals.find(field.at(row, column));
        return piece < 0 ? Double.NaN : canals.level(piece) + field.datum;
    }

    private List<float[]> layers(List<float[]> canalMemory) {
        return Stream.of(List.of(field.depth), solver.memory(), soak.memory(), canalMemory)
                .flatMap(List::stream)
                .toList();
    }

    /** Takes the place of the depths and speeds of the scene, before the first step. */
    public void resume(SavedState state) {
        var memory = canals.memory();
        state.into(layers(memory), works.running());
        canals.recall(memory);
        System.arraycopy(field.depth, 0, field.peak, 0, field.depth.length);
        for (var row = 0; row < field.rows; row++) {
            solver.touched(row);
        }
        ledger.start = volume();
    }
}
