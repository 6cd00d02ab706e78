package jiaoying.water.terrain;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;
import jiaoying.water.grid.Frame;

/** Cells of a kind, joined over their sides. */
final class Patches {
    private Patches() {}

    /** In the order of their first cells from the north-west; each as row * columns + column, the first cell first. */
    static List<int[]> of(Frame frame, IntPredicate belongs) {
        var seen = new boolean[frame.cells()];
        var patches = new ArrayList<int[]>();
        for (var cell = 0; cell < seen.length; cell++) {
            if (!seen[cell] && belongs.test(cell)) {
                patches.add(patch(frame, belongs, seen, cell));
            }
        }
        return patches;
    }

    private static int[] patch(Frame frame, IntPredicate belongs, boolean[] seen, int first) {
        var open = new ArrayDeque<Integer>(List.of(first));
        var cells = new ArrayList<Integer>();
        seen[first] = true;
        while (!open.isEmpty()) {
            int cell = open.pop();
            cells.add(cell);
            for (var next : beside(frame, cell)) {
                if (next >= 0 && !seen[next] && belongs.test(next)) {
                    seen[next] = true;
                    open.push(next);
                }
            }
        }
        return cells.stream().mapToInt(Integer::intValue).toArray();
    }

    /** The cells at the four sides, -1 beyond the frame. */
    static int[] beside(Frame frame, int cell) {
        var columns = frame.columns();
        var column = cell % columns;
        return new int[] {
            column > 0 ? cell - 1 : -1,
            column < columns - 1 ? cell + 1 : -1,
            cell >= columns ? cell - columns : -1,
            cell + columns < frame.cells() ? cell + columns : -1
        };
    }
}
