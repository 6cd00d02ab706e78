package jiaoying.water.inundation;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Consumer;
import jiaoying.water.grid.Frame;
import jiaoying.water.grid.Raster;

/**
 * Everything that a run starts from.
 *
 * @param ground     m above its zero; missing cells are walls
 * @param roughness  Manning's n, 0 to 1
 * @param depth      depth at the start, m
 * @param speedEast  speed at the start, m/s, positive to the east
 * @param speedNorth speed at the start, m/s, positive to the north
 * @param openness   share of a cell that buildings leave open to the water (孔隙率), above 0 to 1
 * @param exactPools whether deep pools that stand keep their fast waves, and so hold the steps down ({@link StillPools})
 */
public record Scene(
        Raster ground,
        Amount roughness,
        Amount depth,
        Amount speedEast,
        Amount speedNorth,
        Rain rain,
        Losses losses,
        List<Inflow> inflows,
        Edges edges,
        List<Levee> levees,
        List<Structure> structures,
        Amount openness,
        List<Canal> canals,
        boolean exactPools) {

    public Scene {
        inflows = List.copyOf(inflows);
        levees = List.copyOf(levees);
        structures = List.copyOf(structures);
        canals = List.copyOf(canals);
    }

    /** The four sides. */
    public record Edges(Edge west, Edge east, Edge north, Edge south) {
        public static final Edges CLOSED =
                new Edges(new Edge.Closed(), new Edge.Closed(), new Edge.Closed(), new Edge.Closed());
    }

    /** Dry ground in a closed box without rain. */
    public static Scene dry(Raster ground, double manning) {
        return new Scene(
                ground,
                Amount.of(manning),
                Amount.of(0),
                Amount.of(0),
                Amount.of(0),
                new Rain.Spells(List.of()),
                Losses.NONE,
                List.of(),
                Edges.CLOSED,
                List.of(),
                List.of(),
                Amount.of(1),
                List.of(),
                false);
    }

    public Scene withRoughness(Amount manning) {
        return with(parts -> parts.roughness = manning);
    }

    public Scene withDepth(Amount start_m) {
        return with(parts -> parts.depth = start_m);
    }

    /** Level water at the start, m above the ground's zero. */
    public Scene withLevel(double level_m) {
        var depths = ground.values().clone();
        for (var i = 0; i < depths.length; i++) {
            depths[i] = Double.isNaN(depths[i]) ? 0 : Math.max(0, level_m - depths[i]);
        }
        return withDepth(Amount.of(new Raster(ground.frame(), depths)));
    }

    public Scene withSpeed(Amount eastward, Amount northward) {
        return with(parts -> {
            parts.speedEast = eastward;
            parts.speedNorth = northward;
        });
    }

    public Scene withRain(Rain falling) {
        return with(parts -> parts.rain = falling);
    }

    public Scene withLosses(Losses taken) {
        return with(parts -> parts.losses = taken);
    }

    public Scene withInflows(List<Inflow> coming) {
        return with(parts -> parts.inflows = coming);
    }

    public Scene withEdges(Edges sides) {
        return with(parts -> parts.edges = sides);
    }

    public Scene withLevees(List<Levee> walls) {
        return with(parts -> parts.levees = walls);
    }

    public Scene withStructures(List<Structure> built) {
        return with(parts -> parts.structures = built);
    }

    /** @param share that buildings leave open, above 0 to 1 */
    public Scene withOpenness(Amount share) {
        return with(parts -> parts.openness = share);
    }

    public Scene withCanals(List<Canal> courses) {
        return with(parts -> parts.canals = courses);
    }

    public Scene withExactPools(boolean exact) {
        return with(parts -> parts.exactPools = exact);
    }

    private Scene with(Consumer<Parts> change) {
        var parts = new Parts(this);
        change.accept(parts);
        return parts.scene();
    }

    /** A scene while one of its parts is exchanged. */
    private static final class Parts {
        private final Raster ground;
        private Amount roughness;
        private Amount depth;
        private Amount speedEast;
        private Amount speedNorth;
        private Rain rain;
        private Losses losses;
        private List<Inflow> inflows;
        private Edges edges;
        private List<Levee> levees;
        private List<Structure> structures;
        private Amount openness;
        private List<Canal> canals;
        private boolean exactPools;

        Parts(Scene scene) {
            ground = scene.ground;
            roughness = scene.roughness;
            depth = scene.depth;
            speedEast = scene.speedEast;
            speedNorth = scene.speedNorth;
            rain = scene.rain;
            losses = scene.losses;
            inflows = scene.inflows;
            edges = scene.edges;
            levees = scene.levees;
            structures = scene.structures;
            openness = scene.openness;
            canals = scene.canals;
            exactPools = scene.exactPools;
        }

        Scene scene() {
            return new Scene(
                    ground,
                    roughness,
                    depth,
                    speedEast,
                    speedNorth,
                    rain,
                    losses,
                    inflows,
                    edges,
                    levees,
                    structures,
                    openness,
                    canals,
                    exactPools);
        }
    }

    boolean porous() {
        return openness.varied() || openness.uniform() < 1;
    }

    boolean hasCrests() {
        return !levees.isEmpty();
    }

    /** Sets the crests of levees, in m above the higher bed of each face. */
    void raise(Field field, float[] crestEast, float[] crestSouth) {
        for (var levee : levees) {
            for (var i = 1; i < levee.line_m().size(); i++) {
                raise(
                        field,
                        levee.line_m().get(i - 1),
                        levee.line_m().get(i),
                        levee.crest_m() - field.datum,
                        crestEast,
                        0,
                        1);
                raise(
                        field,
                        levee.line_m().get(i - 1),
                        levee.line_m().get(i),
                        levee.crest_m() - field.datum,
                        crestSouth,
                        1,
                        0);
            }
        }
    }

    private void raise(
            Field field, Inflow.Place a, Inflow.Place b, double crest, float[] crests, int rowStep, int columnStep) {
        var frame = ground.frame();
        var rowFrom = Math.max(0, frame.rowOf(Math.max(a.y(), b.y())) - 1);
        var rowTo = Math.min(frame.rows() - 1 - rowStep, frame.rowOf(Math.min(a.y(), b.y())) + 1);
        var columnFrom = Math.max(0, frame.columnOf(Math.min(a.x(), b.x())) - 1);
        var columnTo = Math.min(frame.columns() - 1 - columnStep, frame.columnOf(Math.max(a.x(), b.x())) + 1);
        for (var row = rowFrom; row <= rowTo; row++) {
            for (var column = columnFrom; column <= columnTo; column++) {
                if (crosses(frame, a, b, row, column, row + rowStep, column + columnStep)) {
                    var at = field.at(row, column);
                    var other = field.at(row + rowStep, column + columnStep);
                    var above = (float) (crest - Math.max(field.bed[at], field.bed[other]));
                    crests[at] = Math.max(crests[at], above);
                }
            }
        }
    }

    /** Whether the way between two cell centres crosses the line; touching counts for one side only, so walls are tight. */
    private static boolean crosses(
            Frame frame, Inflow.Place a, Inflow.Place b, int row0, int column0, int row1, int column1) {
        double x0 = frame.xOf(column0);
        double y0 = frame.yOf(row0);
        double x1 = frame.xOf(column1);
        double y1 = frame.yOf(row1);
        return left(a.x(), a.y(), b.x(), b.y(), x0, y0) != left(a.x(), a.y(), b.x(), b.y(), x1, y1)
                && left(x0, y0, x1, y1, a.x(), a.y()) != left(x0, y0, x1, y1, b.x(), b.y());
    }

    private static boolean left(double ax, double ay, double bx, double by, double x, double y) {
        return (bx - ax) * (y - ay) - (by - ay) * (x - ax) >= 0;
    }

    /** The cells that a line touches, as row * columns + column, each once, rising; walls and places outside left out. */
    static List<Integer> cells(Raster ground, List<Inflow.Place> line) {
        var frame = ground.frame();
        var found = new TreeSet<Integer>();
        for (var i = 0; i < line.size(); i++) {
            var a = line.get(Math.max(0, i - 1));
            var b = line.get(i);
            var pieces =
                    (int) Math.ceil(Math.max(Math.abs(b.x() - a.x()), Math.abs(b.y() - a.y())) / frame.cellSize()) * 16;
            for (var k = 0; k <= pieces; k++) {
                var share = pieces == 0 ? 0 : (double) k / pieces;
                touch(ground, a.x() + share * (b.x() - a.x()), a.y() + share * (b.y() - a.y()), found);
            }
        }
        return new ArrayList<>(found);
    }

    private static void touch(Raster ground, double x, double y, TreeSet<Integer> found) {
        var frame = ground.frame();
        if (frame.holds(x, y)) {
            var cell = frame.rowOf(y) * frame.columns() + frame.columnOf(x);
            if (!Double.isNaN(ground.values()[cell])) {
                found.add(cell);
            }
        }
    }
}
