package jiaoying.water.terrain;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import jiaoying.water.grid.Frame;
import jiaoying.water.grid.Raster;
import jiaoying.water.terrain.Finding.Kind;

/**
 * Looks through a terrain model for what would lead a flood model astray. The limits are for cities on flat ground with cells of
 * 0.5 to 20 m: a spike stands {@value #SPIKE_M} m off its neighbours, a canal lies {@value #CANAL_M} m below what is around it, a
 * roof rises {@value #ROOF_M} m within a cell.
 */
public final class GroundCheck {
    private static final double SPIKE_M = 3;
    private static final double CANAL_M = 0.7;
    private static final double ROOF_M = 2;
    private static final double ROOF_AREA_MAX_M2 = 10_000;
    private static final double ROOF_SIDE_MAX_M = 150;
    private static final double BRIDGE_MAX_M = 40;
    private static final double AROUND_M = 60;
    private static final double MASKED_SHARE = 5e-4;
    private static final int MASKED_MIN = 30;

    private final Frame frame;

    /** Levels; cells that a number masks go missing once they are found. */
    private final double[] z;

    private final List<Finding> findings = new ArrayList<>();

    private GroundCheck(Raster ground) {
        frame = ground.frame();
        z = ground.values().clone();
    }

    /** What was found, kind by kind, the largest first. */
    public static List<Finding> check(Raster ground) {
        var check = new GroundCheck(ground);
        check.voids();
        check.masked();
        check.spikes();
        check.roofs();
        check.bridges();
        check.findings.sort(Comparator.comparing(Finding::kind)
                .thenComparing(Comparator.comparing(Finding::cells).reversed()));
        return List.copyOf(check.findings);
    }

    private void add(Kind kind, int cell, int cells, double from_m, double to_m) {
        findings.add(new Finding(kind, cell / frame.columns(), cell % frame.columns(), cells, from_m, to_m));
    }

    private void voids() {
        for (var patch : Patches.of(frame, cell -> Double.isNaN(z[cell]))) {
            if (Arrays.stream(patch).noneMatch(this::onEdge)) {
                add(Kind.VOID, patch[0], patch.length, Double.NaN, Double.NaN);
            }
        }
    }

    private boolean onEdge(int cell) {
        var column = cell % frame.columns();
        var row = cell / frame.columns();
        return column == 0 || row == 0 || column == frame.columns() - 1 || row == frame.rows() - 1;
    }

    /** Levels that many cells hold to the last digit, well above their neighbours. Flat water below them is as it should be. */
    private void masked() {
        var counts = new TreeMap<Double, Integer>();
        for (var level : z) {
            if (!Double.isNaN(level)) {
                counts.merge(level, 1, Integer::sum);
            }
        }
        var masked = new boolean[z.length];
        var enough = Math.max(MASKED_MIN, MASKED_SHARE * z.length);
        counts.forEach((level, count) -> {
            if (count >= enough && above(level) > 1) {
                var first = -1;
                for (var cell = z.length - 1; cell >= 0; cell--) {
                    if (z[cell] == level) {
                        masked[cell] = true;
                        first = cell;
                    }
                }
                add(Kind.MASKED, first, count, level, level - above(level));
            }
        });
        for (var cell = 0; cell < z.length; cell++) {
            z[cell] = masked[cell] ? Double.NaN : z[cell];
        }
    }

    /** How far cells of one exact level stand above the others beside them, on average, m. */
    private double above(double level) {
        var sum = 0.0;
        var count = 0;
        for (var cell = 0; cell < z.length; cell++) {
            if (z[cell] == level) {
                for (var next : Patches.beside(frame, cell)) {
                    if (next >= 0 && !Double.isNaN(z[next]) && z[next] != level) {
                        sum += level - z[next];
                        count++;
                    }
                }
            }
        }
        return count == 0 ? 0 : sum / count;
    }

    private void spikes() {
        for (var cell = 0; cell < z.length; cell++) {
            var around = around(cell);
            if (Double.isNaN(z[cell]) || around.length < 7) {
                continue;
            }
            var middle = around[around.length / 2];
            var alone = Arrays.stream(around).allMatch(level -> Math.abs(level - middle) < SPIKE_M);
            if (Math.abs(z[cell] - middle) > SPIKE_M && alone) {
                add(Kind.SPIKE, cell, 1, z[cell], middle);
            }
        }
    }

    /** Levels of the eight cells around, rising; missing ones left out. */
    private double[] around(int cell) {
        var row = cell / frame.columns();
        var column = cell % frame.columns();
        var found = new ArrayList<Double>();
        for (var r = Math.max(0, row - 1); r <= Math.min(frame.rows() - 1, row + 1); r++) {
            for (var c = Math.max(0, column - 1); c <= Math.min(frame.columns() - 1, column + 1); c++) {
                var level = z[r * frame.columns() + c];
                if ((r != row || c != column) && !Double.isNaN(level)) {
                    found.add(level);
                }
            }
        }
        return found.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    }

    /** Patches that stand well above the mean of what is around, small, compact and steep at their rim. */
    private void roofs() {
        var mean = mean();
        var area = frame.cellSize() * frame.cellSize();
        for (var patch : Patches.of(frame, cell -> z[cell] > mean[cell] + ROOF_M)) {
            if (patch.length > 1 && patch.length * area <= ROOF_AREA_MAX_M2 && compact(patch) && rim(patch) > ROOF_M) {
                add(
                        Kind.ROOF,
                        patch[0],
                        patch.length,
                        Arrays.stream(patch)
                                .mapToDouble(cell -> z[cell])
                                .average()
                                .orElse(0),
                        mean[patch[0]]);
            }
        }
    }

    private boolean compact(int[] patch) {
        var columns = Arrays.stream(patch).map(cell -> cell % frame.columns()).summaryStatistics();
        var rows = Arrays.stream(patch).map(cell -> cell / frame.columns()).summaryStatistics();
        var wide = columns.getMax() - columns.getMin() + 1;
        var high = rows.getMax() - rows.getMin() + 1;
        return Math.max(wide, high) * frame.cellSize() <= ROOF_SIDE_MAX_M && patch.length > 0.35 * wide * high;
    }

    /** How far the ground falls where the patch ends, m, on average. */
    private double rim(int[] patch) {
        var inside = new java.util.TreeSet<Integer>();
        for (var cell : patch) {
            inside.add(cell);
        }
        var sum = 0.0;
        var count = 0;
        for (var cell : patch) {
            for (var next : Patches.beside(frame, cell)) {
                if (next >= 0 && !inside.contains(next) && !Double.isNaN(z[next])) {
                    sum += z[cell] - z[next];
                    count++;
                }
            }
        }
        return count == 0 ? 0 : sum / count;
    }

    /** Mean level within {@value #AROUND_M} m to each side; NaN where all is missing. */
    private double[] mean() {
        var reach = Math.max(2, (int) Math.round(AROUND_M / frame.cellSize()));
        var columns = frame.columns();
        var sums = new double[(columns + 1) * (frame.rows() + 1)];
        var counts = new double[sums.length];
        for (var row = 0; row < frame.rows(); row++) {
            for (var column = 0; column < columns; column++) {
                var level = z[row * columns + column];
                var at = (row + 1) * (columns + 1) + column + 1;
                sums[at] = sums[at - 1]
                        + sums[at - columns - 1]
                        - sums[at - columns - 2]
                        + (Double.isNaN(level) ? 0 : level);
                counts[at] = counts[at - 1]
                        + counts[at - columns - 1]
                        - counts[at - columns - 2]
                        + (Double.isNaN(level) ? 0 : 1);
            }
        }
        var mean = new double[z.length];
        for (var cell = 0; cell < z.length; cell++) {
            var row = cell / columns;
            var column = cell % columns;
            mean[cell] = window(sums, row, column, reach) / window(counts, row, column, reach);
        }
        return mean;
    }

    private double window(double[] sums, int row, int column, int reach) {
        var side = frame.columns() + 1;
        var north = Math.max(0, row - reach);
        var south = Math.min(frame.rows(), row + reach + 1);
        var west = Math.max(0, column - reach);
        var east = Math.min(frame.columns(), column + reach + 1);
        return sums[south * side + east]
                - sums[north * side + east]
                - sums[south * side + west]
                + sums[north * side + west];
    }

    /** Ground between two pieces of canal that lie in one line with it, along a row or a column. */
    private void bridges() {
        var mean = mean();
        var low = new boolean[z.length];
        for (var cell = 0; cell < z.length; cell++) {
            low[cell] = z[cell] < mean[cell] - CANAL_M;
        }
        var pieces = new int[z.length];
        var longest = Math.max(2, (int) Math.round(BRIDGE_MAX_M / frame.cellSize()));
        var number = 0;
        for (var patch : Patches.of(frame, cell -> low[cell])) {
            number++;
            for (var cell : patch) {
                pieces[cell] = patch.length > longest ? number : 0;
            }
        }
        var found = new java.util.TreeSet<Long>();
        for (var cell = 0; cell < z.length; cell++) {
            if (pieces[cell] > 0) {
                bridge(cell, 1, frame.columns() - cell % frame.columns(), longest, pieces, found);
                bridge(cell, frame.columns(), frame.rows() - cell / frame.columns(), longest, pieces, found);
            }
        }
    }

    private void bridge(int cell, int step, int room, int longest, int[] pieces, java.util.TreeSet<Long> found) {
        var highest = Double.NEGATIVE_INFINITY;
        for (var k = 1; k < Math.min(room, longest + 2); k++) {
            var next = cell + k * step;
            if (pieces[next] == pieces[cell] || Double.isNaN(z[next])) {
                return;
            }
            if (pieces[next] > 0) {
                var pair = (long) Math.min(pieces[cell], pieces[next]) << 32 | Math.max(pieces[cell], pieces[next]);
                if (k > 1 && highest > Math.max(z[cell], z[next]) + CANAL_M && found.add(pair)) {
                    add(Kind.BRIDGED, cell + step, k - 1, highest, Math.max(z[cell], z[next]));
                }
                return;
            }
            highest = Math.max(highest, z[next]);
        }
    }
}
