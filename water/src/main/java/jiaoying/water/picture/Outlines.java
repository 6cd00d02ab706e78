package jiaoying.water.picture;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import jiaoying.water.grid.EsriAscii;
import jiaoying.water.grid.Frame;

/**
 * Outlines of the ponds of a depth class (积水范围线): the cells at least as deep, joined over their sides, as polygons along
 * the cells' edges, with holes.
 */
public final class Outlines {
    private static final int EAST = 0;
    private static final int NORTH = 1;
    private static final int WEST = 2;
    private static final int SOUTH = 3;
    private static final int[] DX = {1, 0, -1, 0};
    private static final int[] DY = {0, -1, 0, 1};

    private final int columns;
    private final int rows;

    /** Number of the pond of each cell, from 1; 0 outside. */
    private final int[] ponds;

    /** Edges of cells that a ring has used, by corner and heading. */
    private final byte[] used;

    private final List<Pond> found = new ArrayList<>();

    private Outlines(Frame frame) {
        columns = frame.columns();
        rows = frame.rows();
        ponds = new int[columns * rows];
        used = new byte[(columns + 1) * (rows + 1)];
    }

    /**
     * A pond.
     *
     * @param rings    the outer ring first, counter-clockwise, then the holes, clockwise (RFC 7946); corners as column and row
     *                 of the grid's corners, the first one again at the end
     * @param cells    how many
     * @param depthMax the deepest, m
     * @param sum_m    depths added up, m
     */
    public record Pond(List<List<int[]>> rings, int cells, double depthMax, double sum_m) {
        public Pond {
            rings = List.copyOf(rings);
        }
    }

    /**
     * @param cellsMin ponds of fewer cells are left out
     * @return in the order of their first cells from the north-west
     */
    public static List<Pond> of(Frame frame, EsriAscii.Row depth_m, double from_m, int cellsMin) {
        var outlines = new Outlines(frame);
        var wet = new boolean[frame.cells()];
        for (var i = 0; i < wet.length; i++) {
            wet[i] = depth_m.at(i / frame.columns(), i % frame.columns()) >= from_m;
        }
        for (var i = 0; i < wet.length; i++) {
            if (wet[i] && outlines.ponds[i] == 0) {
                outlines.flood(wet, i, depth_m);
            }
        }
        outlines.trace();
        return outlines.found.stream().filter(pond -> pond.cells >= cellsMin).toList();
    }

    private void flood(boolean[] wet, int first, EsriAscii.Row depth_m) {
        var number = found.size() + 1;
        var open = new ArrayDeque<Integer>(List.of(first));
        ponds[first] = number;
        var cells = 0;
        var deepest = 0.0;
        var sum = 0.0;
        while (!open.isEmpty()) {
            int cell = open.pop();
            var row = cell / columns;
            var column = cell % columns;
            var depth = depth_m.at(row, column);
            cells++;
            deepest = Math.max(deepest, depth);
            sum += depth;
            for (var side = 0; side < 4; side++) {
                var r = row + DY[side];
                var c = column + DX[side];
                if (r >= 0 && r < rows && c >= 0 && c < columns) {
                    var next = r * columns + c;
                    if (wet[next] && ponds[next] == 0) {
                        ponds[next] = number;
                        open.push(next);
                    }
                }
            }
        }
        found.add(new Pond(List.of(), cells, deepest, sum));
    }

    /** Each pond's rings in the order in which their topmost edges are met: the first is the outer one. */
    private void trace() {
        var rings = new ArrayList<List<List<int[]>>>();
        found.forEach(pond -> rings.add(new ArrayList<>()));
        for (var row = 0; row < rows; row++) {
            for (var column = 0; column < columns; column++) {
                var pond = ponds[row * columns + column];
                if (pond == 0) {
                    continue;
                }
                // The pond lies to the left of the way: along a north side it goes west, along a south side east.
                if (at(row - 1, column) != pond && !used(column + 1, row, WEST)) {
                    rings.get(pond - 1).add(ring(column + 1, row, WEST, pond));
                }
                if (at(row + 1, column) != pond && !used(column, row + 1, EAST)) {
                    rings.get(pond - 1).add(ring(column, row + 1, EAST, pond));
                }
            }
        }
        for (var i = 0; i < found.size(); i++) {
            var pond = found.get(i);
            found.set(i, new Pond(rings.get(i), pond.cells, pond.depthMax, pond.sum_m));
        }
    }

    private int at(int row, int column) {
        return row < 0 || row >= rows || column < 0 || column >= columns ? 0 : ponds[row * columns + column];
    }

    private boolean used(int x, int y, int heading) {
        return (used[y * (columns + 1) + x] & 1 << heading) != 0;
    }

    private List<int[]> ring(int startX, int startY, int startHeading, int pond) {
        var corners = new ArrayList<int[]>();
        var x = startX;
        var y = startY;
        var heading = startHeading;
        var before = -1;
        do {
            if (heading != before) {
                corners.add(new int[] {x, y});
            }
            before = heading;
            used[y * (columns + 1) + x] |= (byte) (1 << heading);
            x += DX[heading];
            y += DY[heading];
            heading = turn(x, y, heading, pond);
        } while (x != startX || y != startY || heading != startHeading);
        if (before == startHeading) {
            corners.removeFirst();
        }
        corners.add(corners.getFirst());
        return corners;
    }

    /**
     * Right first: where cells of a pond touch at a corner, the ring goes over to the other cell, so that no ring comes twice to
     * a corner (OGC 06-103r4, 6.1.11: rings are simple); the dry ground on both sides of the corner has rings of its own.
     */
    private int turn(int x, int y, int heading, int pond) {
        for (var turn : new int[] {3, 0, 1}) {
            var next = (heading + turn) % 4;
            if (edge(x, y, next, pond)) {
                return next;
            }
        }
        throw new IllegalStateException("Bug: a ring ends at corner " + Arrays.toString(new int[] {x, y}));
    }

    /** Whether the pond lies to the left and not to the right of the way from a corner. */
    private boolean edge(int x, int y, int heading, int pond) {
        return switch (heading) {
            case EAST -> at(y - 1, x) == pond && at(y, x) != pond;
            case WEST -> at(y, x - 1) == pond && at(y - 1, x - 1) != pond;
            case NORTH -> at(y - 1, x - 1) == pond && at(y - 1, x) != pond;
            case SOUTH -> at(y, x) == pond && at(y, x - 1) != pond;
            default -> false;
        };
    }
}
