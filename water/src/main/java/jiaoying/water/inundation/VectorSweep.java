package jiaoying.water.inundation;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;
import org.jspecify.annotations.Nullable;

/**
 * The same as {@link PlainSweep} with many cells at a time (SIMD). Each loop stands in one method with its values in locals:
 * the compiler keeps vectors in registers only where it sees the whole loop, and it gives up on methods of ours within such a
 * loop when it has grown large. Multiplied and added is at once, as {@link Fused} does it for the plain loops.
 */
final class VectorSweep implements Sweep {
    private final PlainSweep rest = new PlainSweep();
    static final VectorSpecies<Float> LANE = FloatVector.SPECIES_PREFERRED.length() > Field.LANES
            ? FloatVector.SPECIES_512
            : FloatVector.SPECIES_PREFERRED;
    private static final VectorSpecies<Double> WIDE = VectorSpecies.of(double.class, LANE.vectorShape());
    private static final int STEP = LANE.length();

    /** {@link PlainSweep#sevenThirds} of many. */
    static FloatVector sevenThirds(FloatVector x) {
        var bits = (FloatVector) x.reinterpretAsInts().convertShape(VectorOperators.I2F, LANE, 0);
        var y = bits.fma(FloatVector.broadcast(LANE, GUESS_FALLS), FloatVector.broadcast(LANE, GUESS))
                .reinterpretAsInts()
                .lanewise(VectorOperators.LSHL, 8)
                .reinterpretAsFloats();
        var cube = y.mul(y).mul(y);
        var off = x.neg().fma(cube, FloatVector.broadcast(LANE, 1f));
        var more = off.fma(FloatVector.broadcast(LANE, OFF_3), FloatVector.broadcast(LANE, OFF_2));
        more = more.fma(off, FloatVector.broadcast(LANE, OFF_1));
        more = more.fma(off, FloatVector.broadcast(LANE, OFF_0));
        return cube.mul(cube).mul(y).mul(more);
    }

    @Override
    public void fluxes(Field f, float dt, int from, int count) {
        if (f.open != null) {
            rest.fluxes(f, dt, from, count);
            return;
        }
        if (f.frictions == null || f.crestEast == null || f.crestSouth == null) {
            open(f, dt, from, count, f.eastBefore, f.east, f.southBefore, 1, -f.stride);
            open(f, dt, from, count, f.southBefore, f.south, f.eastBefore, f.stride, -1);
        } else {
            varied(f, dt, from, count, f.eastBefore, f.east, f.southBefore, 1, -f.stride, f.crestEast, f.frictions);
            varied(f, dt, from, count, f.southBefore, f.south, f.eastBefore, f.stride, -1, f.crestSouth, f.frictions);
        }
    }

    private static void open(
            Field f,
            float dt,
            int from,
            int count,
            float[] before,
            float[] now,
            float[] crossing,
            int along,
            int back) {
        var z = f.bed;
        var h = f.depth;
        var push = FloatVector.broadcast(LANE, -(float) (Solver.GRAVITY * dt / f.dx));
        var rub = FloatVector.broadcast(LANE, f.friction * dt);
        var theta = FloatVector.broadcast(LANE, THETA);
        var one = FloatVector.broadcast(LANE, 1f);
        var slows = f.reach < Float.POSITIVE_INFINITY;
        var reach = FloatVector.broadcast(LANE, f.reach);
        var zero = FloatVector.zero(LANE);
        for (int i = from, end = from + count; i < end; i += STEP) {
            var h0 = FloatVector.fromArray(LANE, h, i);
            var h1 = FloatVector.fromArray(LANE, h, i + along);
            var rise = FloatVector.fromArray(LANE, z, i + along).sub(FloatVector.fromArray(LANE, z, i));
            var flow = h0.sub(rise.max(zero)).max(h1.add(rise.min(zero)));
            var wet = flow.compare(VectorOperators.GT, FILM);
            var deep = flow.max(FILM);
            var q = FloatVector.fromArray(LANE, before, i);
            var across = FloatVector.fromArray(LANE, crossing, i)
                    .add(FloatVector.fromArray(LANE, crossing, i + along))
                    .add(FloatVector.fromArray(LANE, crossing, i + back)
                            .add(FloatVector.fromArray(LANE, crossing, i + back + along)))
                    .mul(0.25f);
            var tilt = rise.add(h1.sub(h0));
            var sloping =
                    tilt.abs().compare(VectorOperators.GT, deep.add(rise.abs()).mul(LEVEL));
            var sides = FloatVector.fromArray(LANE, before, i - along)
                    .add(FloatVector.fromArray(LANE, before, i + along))
                    .mul(SIDE);
            var centred = q.fma(theta, sides);
            var norm = q.fma(q, across.mul(across)).sqrt();
            // deep^(-7/3), as PlainSweep.sevenThirds
            var bits = (FloatVector) deep.reinterpretAsInts().convertShape(VectorOperators.I2F, LANE, 0);
            var y = bits.fma(FloatVector.broadcast(LANE, GUESS_FALLS), FloatVector.broadcast(LANE, GUESS))
                    .reinterpretAsInts()
                    .lanewise(VectorOperators.LSHL, 8)
                    .reinterpretAsFloats();
            var cube = y.mul(y).mul(y);
            var off = deep.neg().fma(cube, one);
            var power = off.fma(FloatVector.broadcast(LANE, OFF_3), FloatVector.broadcast(LANE, OFF_2))
                    .fma(off, FloatVector.broadcast(LANE, OFF_1))
                    .fma(off, FloatVector.broadcast(LANE, OFF_0));
            var rough = cube.mul(cube).mul(y).mul(power);
            var quick = deep;
            if (slows) {
                var slow = deep.compare(VectorOperators.GT, reach);
                if (slow.anyTrue()) {
                    quick = deep.min(reach);
                    var share = quick.div(deep);
                    rough = rough.mul(share);
                    centred = centred.blend(q.add(centred.sub(q).mul(share)), slow);
                }
            }
            var next = push.mul(quick)
                    .fma(zero.blend(tilt, sloping), centred)
                    .div(rub.mul(norm).fma(rough, one));
            var most = deep.mul(deep).mul(deep).mul(FASTEST);
            var fast = next.mul(next).compare(VectorOperators.GT, most).and(wet);
            if (fast.anyTrue()) {
                var capped = most.sqrt();
                capped = capped.blend(capped.neg(), next.compare(VectorOperators.LT, 0f));
                next = next.blend(capped, fast);
            }
            zero.blend(next, wet).intoArray(now, i);
        }
    }

    private static void varied(
            Field f,
            float dt,
            int from,
            int count,
            float[] before,
            float[] now,
            float[] crossing,
            int along,
            int back,
            float[] crests,
            float[] frictions) {
        var z = f.bed;
        var h = f.depth;
        var push = FloatVector.broadcast(LANE, -(float) (Solver.GRAVITY * dt / f.dx));
        var theta = FloatVector.broadcast(LANE, THETA);
        var one = FloatVector.broadcast(LANE, 1f);
        var slows = f.reach < Float.POSITIVE_INFINITY;
        var reach = FloatVector.broadcast(LANE, f.reach);
        var zero = FloatVector.zero(LANE);
        for (int i = from, end = from + count; i < end; i += STEP) {
            var h0 = FloatVector.fromArray(LANE, h, i);
            var h1 = FloatVector.fromArray(LANE, h, i + along);
            var rise = FloatVector.fromArray(LANE, z, i + along).sub(FloatVector.fromArray(LANE, z, i));
            var flow = h0.sub(rise.max(zero)).max(h1.add(rise.min(zero))).sub(FloatVector.fromArray(LANE, crests, i));
            var rub = FloatVector.fromArray(LANE, frictions, i)
                    .add(FloatVector.fromArray(LANE, frictions, i + along))
                    .mul(0.5f)
                    .mul(dt);
            var wet = flow.compare(VectorOperators.GT, FILM);
            var deep = flow.max(FILM);
            var q = FloatVector.fromArray(LANE, before, i);
            var across = FloatVector.fromArray(LANE, crossing, i)
                    .add(FloatVector.fromArray(LANE, crossing, i + along))
                    .add(FloatVector.fromArray(LANE, crossing, i + back)
                            .add(FloatVector.fromArray(LANE, crossing, i + back + along)))
                    .mul(0.25f);
            var tilt = rise.add(h1.sub(h0));
            var sloping =
                    tilt.abs().compare(VectorOperators.GT, deep.add(rise.abs()).mul(LEVEL));
            var sides = FloatVector.fromArray(LANE, before, i - along)
                    .add(FloatVector.fromArray(LANE, before, i + along))
                    .mul(SIDE);
            var centred = q.fma(theta, sides);
            var norm = q.fma(q, across.mul(across)).sqrt();
            // deep^(-7/3), as PlainSweep.sevenThirds
            var bits = (FloatVector) deep.reinterpretAsInts().convertShape(VectorOperators.I2F, LANE, 0);
            var y = bits.fma(FloatVector.broadcast(LANE, GUESS_FALLS), FloatVector.broadcast(LANE, GUESS))
                    .reinterpretAsInts()
                    .lanewise(VectorOperators.LSHL, 8)
                    .reinterpretAsFloats();
            var cube = y.mul(y).mul(y);
            var off = deep.neg().fma(cube, one);
            var power = off.fma(FloatVector.broadcast(LANE, OFF_3), FloatVector.broadcast(LANE, OFF_2))
                    .fma(off, FloatVector.broadcast(LANE, OFF_1))
                    .fma(off, FloatVector.broadcast(LANE, OFF_0));
            var rough = cube.mul(cube).mul(y).mul(power);
            var quick = deep;
            if (slows) {
                var slow = deep.compare(VectorOperators.GT, reach);
                if (slow.anyTrue()) {
                    quick = deep.min(reach);
                    var share = quick.div(deep);
                    rough = rough.mul(share);
                    centred = centred.blend(q.add(centred.sub(q).mul(share)), slow);
                }
            }
            var next = push.mul(quick)
                    .fma(zero.blend(tilt, sloping), centred)
                    .div(rub.mul(norm).fma(rough, one));
            var most = deep.mul(deep).mul(deep).mul(FASTEST);
            var fast = next.mul(next).compare(VectorOperators.GT, most).and(wet);
            if (fast.anyTrue()) {
                var capped = most.sqrt();
                capped = capped.blend(capped.neg(), next.compare(VectorOperators.LT, 0f));
                next = next.blend(capped, fast);
            }
            zero.blend(next, wet).intoArray(now, i);
        }
    }

    @Override
    public void limit(Field f, float dt, int from, int count) {
        var share = dt / f.dx;
        var h = f.depth;
        var east = f.east;
        var south = f.south;
        var stride = f.stride;
        var zero = FloatVector.zero(LANE);
        var whole = f.open == null ? count - count % STEP : 0;
        for (int i = from, end = from + whole; i < end; i += STEP) {
            var out = FloatVector.fromArray(LANE, east, i)
                    .max(zero)
                    .sub(FloatVector.fromArray(LANE, east, i - 1).min(zero))
                    .add(FloatVector.fromArray(LANE, south, i)
                            .max(zero)
                            .sub(FloatVector.fromArray(LANE, south, i - stride).min(zero)));
            var holds = FloatVector.fromArray(LANE, h, i)
                    .fma(FloatVector.broadcast(LANE, GIVES), FloatVector.broadcast(LANE, -KEEPS))
                    .max(zero);
            var over = out.mul(share).compare(VectorOperators.GT, holds);
            if (over.anyTrue()) {
                few(f, share, i);
            }
        }
        rest.limit(f, dt, from + whole, count - whole);
    }

    private static void few(Field f, float share, int from) {
        var h = f.depth;
        for (int i = from, end = from + STEP; i < end; i++) {
            var out = (Math.max(f.east[i], 0f) - Math.min(f.east[i - 1], 0f))
                    + (Math.max(f.south[i], 0f) - Math.min(f.south[i - f.stride], 0f));
            var holds = Math.max(0f, Fused.of(h[i], GIVES, -KEEPS));
            if (share * out > holds) {
                PlainSweep.scale(f, i, holds / (share * out));
            }
        }
    }

    @Override
    public float depths(Field f, float dt, float rain, int from, int count) {
        var whole = f.open == null ? count - count % STEP : 0;
        var most = rain > 0 ? rained(f, dt / f.dx, rain, from, whole) : dried(f, dt / f.dx, from, whole);
        return Math.max(most, rest.depths(f, dt, rain, from + whole, count - whole));
    }

    /** {@link Sweep#moved} of many, with {@link #TO_GRAIN} still in it: it goes away in the difference of two. */
    private static FloatVector moved(float[] fluxes, int i, float share) {
        return FloatVector.fromArray(LANE, fluxes, i)
                .fma(FloatVector.broadcast(LANE, share), FloatVector.broadcast(LANE, TO_GRAIN));
    }

    private static float dried(Field f, float share, int from, int count) {
        var h = f.depth;
        var peak = f.peak;
        var east = f.east;
        var south = f.south;
        var stride = f.stride;
        var deepest = FloatVector.zero(LANE);
        for (int i = from, end = from + count; i < end; i += STEP) {
            var net = moved(east, i - 1, share)
                    .sub(moved(east, i, share))
                    .add(moved(south, i - stride, share).sub(moved(south, i, share)));
            var next = FloatVector.fromArray(LANE, h, i).add(net);
            next.intoArray(h, i);
            FloatVector.fromArray(LANE, peak, i).max(next).intoArray(peak, i);
            deepest = deepest.max(next);
        }
        return deepest.reduceLanes(VectorOperators.MAX);
    }

    private static float rained(Field f, float share, float rain, int from, int count) {
        var h = f.depth;
        var peak = f.peak;
        var east = f.east;
        var south = f.south;
        var z = f.bed;
        var stride = f.stride;
        var deepest = FloatVector.zero(LANE);
        for (int i = from, end = from + count; i < end; i += STEP) {
            var net = moved(east, i - 1, share)
                    .sub(moved(east, i, share))
                    .add(moved(south, i - stride, share).sub(moved(south, i, share)));
            var ground = FloatVector.fromArray(LANE, z, i).compare(VectorOperators.NE, Field.WALL);
            var next = FloatVector.fromArray(LANE, h, i).add(net).add(rain, ground);
            next.intoArray(h, i);
            FloatVector.fromArray(LANE, peak, i).max(next).intoArray(peak, i);
            deepest = deepest.max(next);
        }
        return deepest.reduceLanes(VectorOperators.MAX);
    }

    @Override
    public float soak(Field f, Shower s, int from, int count) {
        var map = s.map;
        var h = f.depth;
        var peak = f.peak;
        var z = f.bed;
        var zero = FloatVector.zero(LANE);
        var infiltrated = DoubleVector.zero(WIDE);
        var drained = DoubleVector.zero(WIDE);
        var deepest = zero;
        for (int i = from, end = from + count; i < end; i += STEP) {
            var ground = FloatVector.fromArray(LANE, z, i).compare(VectorOperators.NE, Field.WALL);
            var wetter = FloatVector.fromArray(LANE, h, i).add(s.rain);
            if (map != null) {
                var rate = FloatVector.fromArray(LANE, map.rates(), i);
                var waits = FloatVector.fromArray(LANE, map.carry(), i)
                        .add(rate.mul(map.time()).add(rate.mul(map.rest())));
                var laid = map.all()
                        ? waits
                        : waits.sub(Shower.HALF_GRAIN)
                                .add(Shower.TO_GRAINS)
                                .sub(Shower.TO_GRAINS)
                                .max(0f);
                waits.sub(laid).intoArray(map.carry(), i);
                wetter = wetter.add(laid);
            }
            var depth = zero.blend(wetter, ground);
            var soaks = depth.min(s.infiltration);
            depth = depth.sub(soaks);
            var drains = depth.min(s.drain);
            depth = depth.sub(drains);
            infiltrated = infiltrated
                    .add(soaks.convertShape(VectorOperators.F2D, WIDE, 0))
                    .add(soaks.convertShape(VectorOperators.F2D, WIDE, 1));
            drained = drained.add(drains.convertShape(VectorOperators.F2D, WIDE, 0))
                    .add(drains.convertShape(VectorOperators.F2D, WIDE, 1));
            depth.intoArray(h, i);
            FloatVector.fromArray(LANE, peak, i).max(depth).intoArray(peak, i);
            deepest = deepest.max(depth);
        }
        s.infiltrated += sum(infiltrated);
        s.drained += sum(drained);
        return deepest.reduceLanes(VectorOperators.MAX);
    }

    /** In the order of the lanes, so that it is the same each time. */
    private static double sum(DoubleVector lanes) {
        var sum = 0.0;
        for (var lane : lanes.toArray()) {
            sum += lane;
        }
        return sum;
    }

    @Override
    public boolean deeper(Field f, float limit, int from, int count) {
        var h = f.depth;
        var most = FloatVector.zero(LANE);
        for (int i = from, end = from + count; i < end; i += STEP) {
            most = most.max(FloatVector.fromArray(LANE, h, i))
                    .max(FloatVector.fromArray(LANE, h, i + 1))
                    .max(FloatVector.fromArray(LANE, h, i + f.stride));
        }
        return most.reduceLanes(VectorOperators.MAX) > limit;
    }

    @Override
    public void trace(Field f, Traces traces, double now, int from, int count) {
        var since = (float) (now - traces.seen);
        var moment = (float) now;
        for (int i = from, end = from + count; i < end; i += STEP) {
            var depth = FloatVector.fromArray(LANE, f.depth, i);
            var wet = depth.compare(VectorOperators.GE, Traces.SHALLOW);
            if (wet.anyTrue()) {
                var east = FloatVector.fromArray(LANE, f.east, i - 1)
                        .add(FloatVector.fromArray(LANE, f.east, i))
                        .mul(0.5f);
                var south = FloatVector.fromArray(LANE, f.south, i - f.stride)
                        .add(FloatVector.fromArray(LANE, f.south, i))
                        .mul(0.5f);
                var flow = east.mul(east).add(south.mul(south));
                more(traces.flow, i, flow, wet);
                more(traces.speed, i, flow.div(depth.mul(depth)), wet);
            }
            var stands = depth.compare(VectorOperators.GE, traces.come);
            if (stands.anyTrue()) {
                var arrival = FloatVector.fromArray(LANE, traces.arrival, i);
                arrival.blend(moment, arrival.test(VectorOperators.IS_NAN).and(stands))
                        .intoArray(traces.arrival, i);
                var duration = FloatVector.fromArray(LANE, traces.duration, i);
                duration.blend(duration.add(since), stands).intoArray(traces.duration, i);
            }
        }
    }

    private static void more(float[] most, int i, FloatVector now, VectorMask<Float> where) {
        var before = FloatVector.fromArray(LANE, most, i);
        var rises = now.compare(VectorOperators.GT, before).and(where);
        if (rises.anyTrue()) {
            before.blend(now, rises).intoArray(most, i);
        }
    }

    /** The width of this machine's vectors, for reports. */
    static @Nullable String width() {
        return LANE.vectorBitSize() + " bit";
    }
}
