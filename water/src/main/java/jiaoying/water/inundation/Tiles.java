package jiaoying.water.inundation;

import java.util.Arrays;

/**
 * Which parts of the ground are swept. A tile is asleep while it and its eight neighbours hold no more than a film: nothing
 * can reach it before the next look, because water moves one cell a step and a tile is higher than the steps between looks.
 * Sleeping changes no result.
 */
final class Tiles {
    static final int ROWS = 16;
    static final int COLUMNS = 128;
    static final int STEPS_BETWEEN_LOOKS = 8;

    private final Field field;
    private final int down;
    private final int across;
    private final boolean[] wet;
    private final boolean[] awake;
    private final boolean[] kept;
    private final int[][] stretches;
    private boolean all;

    Tiles(Field field) {
        this.field = field;
        down = (field.rows + ROWS - 1) / ROWS;
        across = (field.columns + COLUMNS - 1) / COLUMNS;
        wet = new boolean[down * across];
        awake = new boolean[down * across];
        kept = new boolean[down * across];
        stretches = new int[down][];
        wakeAll();
    }

    void wakeAll() {
        if (!all) {
            Arrays.fill(awake, true);
            Arrays.fill(stretches, new int[] {0, field.columns});
            all = true;
        }
    }

    /** Keeps the tile of a cell awake for ever. */
    void keep(int row, int column) {
        kept[row / ROWS * across + column / COLUMNS] = true;
    }

    /** Pairs of first column and number of columns to sweep in a row. */
    int[] stretches(int row) {
        return stretches[row / ROWS];
    }

    int rowsOfTiles() {
        return down;
    }

    /** Looks which tiles of a row of tiles hold water. */
    void look(int tileRow) {
        for (var t = 0; t < across; t++) {
            wet[tileRow * across + t] = kept[tileRow * across + t] || wet(tileRow, t);
        }
    }

    private boolean wet(int tileRow, int tile) {
        var to = Math.min(field.rows, (tileRow + 1) * ROWS);
        var width = Math.min(COLUMNS, field.columns - tile * COLUMNS);
        for (var row = tileRow * ROWS; row < to; row++) {
            var from = field.at(row, tile * COLUMNS);
            for (int i = from, end = from + width; i < end; i++) {
                if (field.depth[i] > Sweep.FILM) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Puts tiles to sleep or wakes them, after {@link #look} at each row of tiles. */
    void settle() {
        all = true;
        for (var row = 0; row < down; row++) {
            for (var tile = 0; tile < across; tile++) {
                var now = near(row, tile);
                if (awake[row * across + tile] && !now) {
                    still(row, tile);
                }
                awake[row * across + tile] = now;
                all &= now;
            }
            stretches[row] = stretchesOf(row);
        }
    }

    private boolean near(int row, int tile) {
        for (var r = Math.max(0, row - 1); r <= Math.min(down - 1, row + 1); r++) {
            for (var t = Math.max(0, tile - 1); t <= Math.min(across - 1, tile + 1); t++) {
                if (wet[r * across + t]) {
                    return true;
                }
            }
        }
        return false;
    }

    private void still(int tileRow, int tile) {
        var to = Math.min(field.rows, (tileRow + 1) * ROWS);
        var width = Math.min(COLUMNS, field.columns - tile * COLUMNS);
        for (var row = tileRow * ROWS; row < to; row++) {
            var from = field.at(row, tile * COLUMNS);
            Arrays.fill(field.east, from, from + width, 0f);
            Arrays.fill(field.eastBefore, from, from + width, 0f);
            Arrays.fill(field.south, from, from + width, 0f);
            Arrays.fill(field.southBefore, from, from + width, 0f);
        }
    }

    private int[] stretchesOf(int row) {
        var pairs = new int[2 * across];
        var n = 0;
        for (var tile = 0; tile < across; tile++) {
            if (!awake[row * across + tile]) {
                continue;
            }
            var from = tile * COLUMNS;
            var count = Math.min(COLUMNS, field.columns - from);
            if (n > 0 && pairs[n - 2] + pairs[n - 1] == from) {
                pairs[n - 1] += count;
            } else {
                pairs[n++] = from;
                pairs[n++] = count;
            }
        }
        return Arrays.copyOf(pairs, n);
    }
}
