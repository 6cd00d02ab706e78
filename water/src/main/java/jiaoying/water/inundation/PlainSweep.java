package jiaoying.water.inundation;

/** The reference: one cell after the other, no flags needed. */
final class PlainSweep implements Sweep {

    @Override
    public void fluxes(Field f, float dt, int from, int count) {
        faces(f, dt, from, count, f.eastBefore, f.east, f.southBefore, 1, -f.stride, f.crestEast, f.openEast);
        faces(f, dt, from, count, f.southBefore, f.south, f.eastBefore, f.stride, -1, f.crestSouth, f.openSouth);
    }

    /**
     * Bates, Horritt and Fewtrell (2010) with the q-centred flux of de Almeida et al. (2012) and the norm of both flux
     * components in the friction term. A face deeper than {@link Field#reach} has so much more inertia that its waves are those
     * of that depth; steady flow through it stays what it is.
     *
     * @param along offset of the cell behind the face, and of the next face along the flow
     * @param back  offset from a crossing face to the one on the other side of the cell
     */
    private static void faces(
            Field f,
            float dt,
            int from,
            int count,
            float[] before,
            float[] now,
            float[] crossing,
            int along,
            int back,
            float @org.jspecify.annotations.Nullable [] crests,
            float @org.jspecify.annotations.Nullable [] open) {
        var z = f.bed;
        var h = f.depth;
        var push = -(float) (Solver.GRAVITY * dt / f.dx);
        var frictions = f.frictions;
        var rub = f.friction * dt;
        var reach = f.reach;
        for (int i = from, end = from + count; i < end; i++) {
            var rise = z[i + along] - z[i];
            var h0 = h[i];
            var h1 = h[i + along];
            var flow = Math.max(h0 - Math.max(rise, 0f), h1 + Math.min(rise, 0f));
            if (crests != null && frictions != null) {
                flow -= crests[i];
                rub = 0.5f * (frictions[i] + frictions[i + along]) * dt;
            }
            if (!(flow > FILM)) {
                now[i] = 0f;
                continue;
            }
            var q = before[i];
            var across =
                    0.25f * ((crossing[i] + crossing[i + along]) + (crossing[i + back] + crossing[i + back + along]));
            var centred = Fused.of(q, THETA, SIDE * (before[i - along] + before[i + along]));
            var tilt = rise + (h1 - h0);
            if (!(Math.abs(tilt) > LEVEL * (flow + Math.abs(rise)))) {
                tilt = 0f;
            }
            // Between buildings the flux of a whole side is that of its open share.
            var share = open == null ? 1f : open[i];
            var quick = Math.min(flow, reach);
            var rough = sevenThirds(flow);
            if (quick < flow) {
                // What the neighbours' flux takes from the face's own is a drag too: it stays as it is beside the fall.
                centred = q + (centred - q) * (quick / flow);
                rough *= quick / flow;
            }
            var norm = (float) Math.sqrt(Fused.of(q, q, across * across));
            var drag = Fused.of(rub * norm / share, rough, 1f);
            var next = Fused.of(push * (quick * share), tilt, centred) / drag;
            var most = FASTEST * (flow * flow * flow) * (share * share);
            if (next * next > most) {
                next = Math.copySign((float) Math.sqrt(most), next);
            }
            now[i] = next;
        }
    }

    /**
     * x^(-7/3) to 5e-5 for normal x above 0: a guess y of x^(-1/3) from the bits of x; then x is (1 - off) / y^3, and the power of
     * 1 - off is a polynomial.
     */
    static float sevenThirds(float x) {
        var y = Float.intBitsToFloat(
                Float.floatToRawIntBits(Fused.of(Float.floatToRawIntBits(x), GUESS_FALLS, GUESS)) << 8);
        var cube = y * y * y;
        var off = Fused.of(-x, cube, 1f);
        var more = Fused.of(Fused.of(Fused.of(off, OFF_3, OFF_2), off, OFF_1), off, OFF_0);
        return cube * cube * y * more;
    }

    @Override
    public void limit(Field f, float dt, int from, int count) {
        var share = dt / f.dx;
        var h = f.depth;
        var east = f.east;
        var south = f.south;
        var stride = f.stride;
        for (int i = from, end = from + count; i < end; i++) {
            var out = (Math.max(east[i], 0f) - Math.min(east[i - 1], 0f))
                    + (Math.max(south[i], 0f) - Math.min(south[i - stride], 0f));
            var holds = Math.max(0f, Fused.of(h[i], GIVES, -KEEPS) * (f.open == null ? 1f : f.open[i]));
            if (share * out > holds) {
                scale(f, i, holds / (share * out));
            }
        }
    }

    /** Scales the faces through which a cell gives. Each such face has one giver, so the order of cells does not matter. */
    static void scale(Field f, int i, float by) {
        var east = f.east;
        var south = f.south;
        if (east[i] > 0) {
            east[i] *= by;
        }
        if (east[i - 1] < 0) {
            east[i - 1] *= by;
        }
        if (south[i] > 0) {
            south[i] *= by;
        }
        if (south[i - f.stride] < 0) {
            south[i - f.stride] *= by;
        }
    }

    @Override
    public float soak(Field f, Shower s, int from, int count) {
        var map = s.map;
        var deepest = 0f;
        for (int i = from, end = from + count; i < end; i++) {
            if (f.bed[i] == Field.WALL) {
                continue;
            }
            var depth = f.depth[i] + s.rain;
            if (map != null) {
                var waits = map.carry()[i] + (map.rates()[i] * map.time() + map.rates()[i] * map.rest());
                var laid = map.all() ? waits : Shower.grains(waits);
                map.carry()[i] = waits - laid;
                depth += laid;
            }
            var ground = Math.min(depth, s.infiltration);
            depth -= ground;
            var drains = Math.min(depth, s.drain);
            depth -= drains;
            s.infiltrated += ground;
            s.drained += drains;
            f.depth[i] = depth;
            f.peak[i] = Math.max(f.peak[i], depth);
            deepest = Math.max(deepest, depth);
        }
        return deepest;
    }

    @Override
    public boolean deeper(Field f, float limit, int from, int count) {
        for (int i = from, end = from + count; i < end; i++) {
            if (Math.max(f.depth[i], Math.max(f.depth[i + 1], f.depth[i + f.stride])) > limit) {
                return true;
            }
        }
        return false;
    }

    @Override
    public void trace(Field f, Traces traces, double now, int from, int count) {
        for (int i = from, end = from + count; i < end; i++) {
            if (f.depth[i] >= Traces.SHALLOW) {
                var east = 0.5f * (f.east[i - 1] + f.east[i]);
                var south = 0.5f * (f.south[i - f.stride] + f.south[i]);
                traces.keep(i, f.depth[i], east * east + south * south);
            }
            if (f.depth[i] >= traces.come) {
                traces.stand(i, now);
            }
        }
    }

    @Override
    public float depths(Field f, float dt, float rain, int from, int count) {
        var share = dt / f.dx;
        var h = f.depth;
        var peak = f.peak;
        var east = f.east;
        var south = f.south;
        var z = f.bed;
        var stride = f.stride;
        var deepest = 0f;
        for (int i = from, end = from + count; i < end; i++) {
            var net = (Sweep.moved(east[i - 1], share) - Sweep.moved(east[i], share))
                    + (Sweep.moved(south[i - stride], share) - Sweep.moved(south[i], share));
            var next = h[i] + (f.open == null ? net : net / f.open[i]);
            if (rain > 0 && z[i] != Field.WALL) {
                next += rain;
            }
            h[i] = next;
            peak[i] = Math.max(peak[i], next);
            deepest = Math.max(deepest, next);
        }
        return deepest;
    }
}
