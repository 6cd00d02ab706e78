package jiaoying.bench;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;
import jiaoying.water.inundation.Crew;

/** What the machine gives at most at this moment: bytes to and from memory, and operations on numbers in registers. */
final class Roof {
    private static final VectorSpecies<Float> LANE = FloatVector.SPECIES_PREFERRED;
    private static final int FLOATS = 1 << 24;
    private static final int PARTS = 16;
    private static final int ROUNDS = 12;
    private static final int STEPS = 4_000_000;
    private static final int CHAINS = 8;

    private static float sink;

    private Roof() {}

    /** Bytes a second of c = a + s b over arrays far larger than any cache, without the lines that a write reads; best of some. */
    static double bandwidth(Crew crew) {
        var a = new float[FLOATS];
        var b = new float[FLOATS];
        var c = new float[FLOATS];
        Arrays.fill(a, 1);
        Arrays.fill(b, 2);
        var best = Double.POSITIVE_INFINITY;
        for (var round = 0; round < ROUNDS; round++) {
            var from = System.nanoTime();
            crew.each(PARTS, part -> triad(a, b, c, FLOATS / PARTS * part, FLOATS / PARTS * (part + 1)));
            best = Math.min(best, (System.nanoTime() - from) / 1e9);
        }
        sink += c[FLOATS / 3];
        return 3.0 * Float.BYTES * FLOATS / best;
    }

    private static void triad(float[] a, float[] b, float[] c, int from, int to) {
        for (var i = from; i < to; i += LANE.length()) {
            FloatVector.fromArray(LANE, b, i)
                    .mul(3f)
                    .add(FloatVector.fromArray(LANE, a, i))
                    .intoArray(c, i);
        }
    }

    /** Multiplications and additions a second in registers; best of some. */
    static double flops(Crew crew) {
        var best = Double.POSITIVE_INFINITY;
        for (var round = 0; round < 5; round++) {
            var from = System.nanoTime();
            crew.each(crew.hands(), part -> sink += chains(part));
            best = Math.min(best, (System.nanoTime() - from) / 1e9);
        }
        return 2.0 * CHAINS * STEPS * LANE.length() * crew.hands() / best;
    }

    private static float chains(int seed) {
        var x = FloatVector.broadcast(LANE, 0.999f);
        var y = FloatVector.broadcast(LANE, 1e-3f * (seed + 1));
        var a = x;
        var b = y;
        var c = x;
        var d = y;
        var e = x;
        var f = y;
        var g = x;
        var h = y;
        for (var i = 0; i < STEPS; i++) {
            a = a.mul(x).add(y);
            b = b.mul(x).add(y);
            c = c.mul(x).add(y);
            d = d.mul(x).add(y);
            e = e.mul(x).add(y);
            f = f.mul(x).add(y);
            g = g.mul(x).add(y);
            h = h.mul(x).add(y);
        }
        return a.add(b).add(c).add(d).add(e).add(f).add(g).add(h).lane(0);
    }
}
