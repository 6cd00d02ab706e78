package jiaoying.water.inundation;

import java.util.Arrays;

/**
 * The few deep pools that stand (深坑静水), such as underpasses full of water: they alone would hold the step of a whole city down.
 * Their faces get more inertia, as engineers do with the few small elements of a mesh ("mass scaling", Belytschko, Liu and Moran,
 * Nonlinear Finite Elements for Continua and Structures, section 6.2): a face deeper than {@link Field#reach} answers as slowly as
 * if its waves were those of that depth. Volume and steady flow, with friction, stay exactly what they are; only waves within a
 * pool run more slowly.
 *
 * <p>The reach is looked for every {@link #STEPS_BETWEEN_LOOKS} steps: as low as may be so that no more than one face in
 * {@link #ONE_IN} of the ground is deeper and none of them flows so fast that the added inertia could move a level by more than
 * {@link #HEAD_M}. Where that gives no longer steps, as in rivers, lakes and canals of whole cells, nothing is slowed.
 */
final class StillPools {
    static final int STEPS_BETWEEN_LOOKS = 16;

    static final int ONE_IN = 500;

    /** Velocity head of a slowed face times its added inertia at most, m. */
    static final double HEAD_M = 0.005;

    /** Shallower faces are never slowed, m. */
    static final float SHALLOWEST_M = 0.25f;

    /** Depths are told apart to so much, m. */
    private static final float BIN_M = 1 / 64f;

    private static final int BINS = 2048;

    /** The longest step must double before anything is slowed: short of that the same numbers are worth more. Depths go by its square. */
    private static final double WORTH = 2.0 * 2.0;

    /** So many cells are passed over at once where all are shallow. */
    private static final int SPAN = 4 * Field.LANES;

    private final Field field;
    private final Sweep sweep;
    private final Tiles tiles;
    private final Crew crew;
    private final Heap[] heaps;
    private int sinceLook = STEPS_BETWEEN_LOOKS;
    private long mostSlowed;
    private double mostFactor = 1;
    private double shallowestReach = Double.POSITIVE_INFINITY;

    /** Faces heaped by depth: how many, and the most of flux squared over depth, m3/s2. */
    private static final class Heap {
        final int[] faces = new int[BINS];
        final float[] swiftest = new float[BINS];

        void clear() {
            Arrays.fill(faces, 0);
            Arrays.fill(swiftest, 0);
        }

        void add(float flow, float flux) {
            var bin = Math.min(BINS - 1, (int) ((flow - SHALLOWEST_M) / BIN_M));
            faces[bin]++;
            swiftest[bin] = Math.max(swiftest[bin], flux * flux / flow);
        }

        void add(Heap other) {
            for (var bin = 0; bin < BINS; bin++) {
                faces[bin] += other.faces[bin];
                swiftest[bin] = Math.max(swiftest[bin], other.swiftest[bin]);
            }
        }
    }

    StillPools(Field field, Sweep sweep, Tiles tiles, Crew crew) {
        this.field = field;
        this.sweep = sweep;
        this.tiles = tiles;
        this.crew = crew;
        heaps = new Heap[Math.min(crew.hands(), field.rows)];
        Arrays.setAll(heaps, hand -> new Heap());
    }

    /** Looks at the next step, whenever the last look was. */
    void lookAgain() {
        sinceLook = STEPS_BETWEEN_LOOKS;
    }

    /** Before a step. */
    void look(float deepest) {
        if (++sinceLook < STEPS_BETWEEN_LOOKS) {
            return;
        }
        sinceLook = 0;
        field.reach = Float.POSITIVE_INFINITY;
        if (deepest < WORTH * SHALLOWEST_M) {
            return;
        }
        crew.each(heaps.length, this::heapUp);
        for (var hand = 1; hand < heaps.length; hand++) {
            heaps[0].add(heaps[hand]);
        }
        settle(heaps[0], deepest);
    }

    private void settle(Heap heap, float deepest) {
        var faces = 0L;
        var slowed = 0L;
        var swiftest = 0f;
        var reach = deepest;
        for (var bin = BINS - 1; bin >= 0; bin--) {
            faces += heap.faces[bin];
            swiftest = Math.max(swiftest, heap.swiftest[bin]);
            var edge = SHALLOWEST_M + bin * BIN_M;
            if (faces * ONE_IN > 2L * field.activeCells || swiftest > 2 * Solver.GRAVITY * HEAD_M * edge) {
                break;
            }
            if (edge < deepest) {
                reach = edge;
                slowed = faces;
            }
        }
        if (slowed > 0 && deepest >= WORTH * reach) {
            field.reach = reach;
            mostSlowed = Math.max(mostSlowed, slowed);
            mostFactor = Math.max(mostFactor, deepest / reach);
            shallowestReach = Math.min(shallowestReach, reach);
        }
    }

    private void heapUp(int hand) {
        var heap = heaps[hand];
        heap.clear();
        for (var row = hand; row < field.rows; row += heaps.length) {
            var stretches = tiles.stretches(row);
            for (var s = 0; s < stretches.length; s += 2) {
                heapUp(heap, field.first(row) + stretches[s], stretches[s + 1]);
            }
        }
    }

    private void heapUp(Heap heap, int from, int count) {
        for (int i = from, end = from + count; i < end; i += SPAN) {
            var span = Math.min(SPAN, end - i);
            if (sweep.deeper(field, SHALLOWEST_M, i, span)) {
                heapUpSpan(heap, i, span);
            }
        }
    }

    private void heapUpSpan(Heap heap, int from, int count) {
        var h = field.depth;
        for (int i = from, end = from + count; i < end; i++) {
            if (Math.max(h[i], Math.max(h[i + 1], h[i + field.stride])) > SHALLOWEST_M) {
                face(heap, i, 1, field.east[i], field.crestEast);
                face(heap, i, field.stride, field.south[i], field.crestSouth);
            }
        }
    }

    private void face(Heap heap, int i, int along, float flux, float @org.jspecify.annotations.Nullable [] crests) {
        var rise = field.bed[i + along] - field.bed[i];
        var flow = Math.max(field.depth[i] - Math.max(rise, 0f), field.depth[i + along] + Math.min(rise, 0f));
        if (crests != null) {
            flow -= crests[i];
        }
        if (flow > SHALLOWEST_M) {
            heap.add(flow, flux);
        }
    }

    /** The most faces that were slowed at once, the most that any of them was, and the least depth that was: for reports. */
    Slowed slowed() {
        return new Slowed(mostSlowed, mostFactor, mostSlowed == 0 ? 0 : shallowestReach);
    }
}
