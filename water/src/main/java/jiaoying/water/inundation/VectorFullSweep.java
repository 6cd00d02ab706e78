package jiaoying.water.inundation;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** The same as {@link PlainFullSweep} with many cells at a time; operations and their order are the same. */
final class VectorFullSweep implements FullSweep {
    private static final VectorSpecies<Float> LANE = VectorSweep.LANE;
    private static final int STEP = LANE.length();

    @Override
    public void faces(
            Field f,
            State state,
            float[] along,
            float[] aside,
            Axis axis,
            float share,
            int from,
            int count,
            FaceRow out,
            int to) {
        var h = state.depth();
        var z = f.bed;
        var crests = axis.crests();
        var next = axis.along();
        var back = axis.back();
        var ahead = axis.ahead();
        var zero = FloatVector.zero(LANE);
        for (var k = 0; k < count; k += STEP) {
            var l = from + k;
            var hm = FloatVector.fromArray(LANE, h, l + back);
            var hl = FloatVector.fromArray(LANE, h, l);
            var hr = FloatVector.fromArray(LANE, h, l + next);
            var hp = FloatVector.fromArray(LANE, h, l + ahead);
            var wet = hl.compare(VectorOperators.GT, SLOPING).and(hr.compare(VectorOperators.GT, SLOPING));
            var openL = wet.and(hm.compare(VectorOperators.GT, SLOPING));
            var openR = wet.and(hp.compare(VectorOperators.GT, SLOPING));
            var zl = FloatVector.fromArray(LANE, z, l);
            var zr = FloatVector.fromArray(LANE, z, l + next);
            var middle = rise(zl, zr, hl, hr);
            var tiltL = limited(rise(FloatVector.fromArray(LANE, z, l + back), zl, hm, hl), middle, openL);
            var tiltR = limited(middle, rise(zr, FloatVector.fromArray(LANE, z, l + ahead), hr, hp), openR);
            var slopeL = limited(hl.sub(hm), hr.sub(hl), openL);
            var slopeR = limited(hr.sub(hl), hp.sub(hr), openR);
            var ul = side(along, l, l + back, l + next, openL, 0.5f);
            var ur = side(along, l + next, l, l + ahead, openR, -0.5f);
            var deepL = hl.add(slopeL.mul(0.5f));
            var deepR = hr.sub(slopeR.mul(0.5f));
            var step = zr.sub(zl)
                    .sub(tiltL.sub(slopeL).mul(0.5f).add(tiltR.sub(slopeR).mul(0.5f)));
            var wallR = zr.compare(VectorOperators.EQ, Field.WALL);
            var wallL = zl.compare(VectorOperators.EQ, Field.WALL).andNot(wallR);
            var wall = wallL.or(wallR);
            deepR = deepR.blend(deepL, wallR);
            ur = ur.blend(ul.neg(), wallR);
            deepL = deepL.blend(deepR, wallL);
            ul = ul.blend(ur.neg(), wallL);
            step = step.blend(zero, wall);
            var al = deepL.sub(step.max(zero));
            var ar = deepR.sub(step.neg().max(zero));
            if (crests != null) {
                var crest = FloatVector.fromArray(LANE, crests, l);
                al = al.sub(crest);
                ar = ar.sub(crest);
            }
            al = al.max(zero);
            ar = ar.max(zero);
            var level = middle.compare(VectorOperators.EQ, 0f)
                    .andNot(wall.or(openL).or(openR))
                    .and(al.compare(VectorOperators.GT, 0f))
                    .and(ar.compare(VectorOperators.GT, 0f));
            ar = ar.blend(al, level);
            tiltL.intoArray(out.tilt, to + k);
            var wetL = al.compare(VectorOperators.GT, DRY);
            var wetR = ar.compare(VectorOperators.GT, DRY);
            var flows = wetL.or(wetR);
            if (!flows.anyTrue()) {
                zero.intoArray(out.volume, to + k);
                zero.intoArray(out.before, to + k);
                zero.intoArray(out.behind, to + k);
                zero.intoArray(out.across, to + k);
                continue;
            }
            var cl = al.mul(GRAVITY).sqrt();
            var cr = ar.mul(GRAVITY).sqrt();
            var cs = cl.add(cr).mul(0.5f).add(ul.sub(ur).mul(0.25f)).max(zero);
            var us = ul.add(ur).mul(0.5f).add(cl.sub(cr));
            var sl = ur.sub(cr.mul(2f)).blend(ul.sub(cl).min(us.sub(cs)), wetL).min(zero);
            var sr = ul.add(cl.mul(2f)).blend(ur.add(cr).max(us.add(cs)), wetR).max(zero);
            var over = FloatVector.broadcast(LANE, 1f).div(sr.sub(sl).add(1e-12f));
            var ql = al.mul(ul);
            var qr = ar.mul(ur);
            var carriedL = ql.mul(ul);
            var carriedR = qr.mul(ur);
            var press = carriedR.add(ar.mul(0.5f * GRAVITY).mul(ar))
                    .sub(carriedL.add(al.mul(0.5f * GRAVITY).mul(al)));
            var volume =
                    sr.mul(ql).sub(sl.mul(qr)).add(sl.mul(sr).mul(ar.sub(al))).mul(over);
            var forward = volume.compare(VectorOperators.GE, 0f);
            var gone = volume.abs().mul(share);
            var most = hr.blend(hl, forward).mul(QUARTER).sub(SPARES).max(0f);
            var much = gone.compare(VectorOperators.GT, most);
            if (much.anyTrue()) {
                volume = volume.blend(volume.mul(most.div(gone)), much);
            }
            volume = zero.blend(volume, flows.andNot(wall));
            forward = volume.compare(VectorOperators.GE, 0f);
            var more = qr.sub(ql);
            volume.intoArray(out.volume, to + k);
            zero.blend(carriedL.sub(sl.mul(press.sub(sr.mul(more))).mul(over)), flows)
                    .intoArray(out.before, to + k);
            zero.blend(carriedR.sub(sr.mul(press.sub(sl.mul(more))).mul(over)), flows)
                    .intoArray(out.behind, to + k);
            var vl = side(aside, l, l + back, l + next, openL, 0.5f);
            var vr = side(aside, l + next, l, l + ahead, openR, -0.5f);
            volume.mul(vr.blend(vl, forward)).intoArray(out.across, to + k);
        }
    }

    /** A speed at the face: the cell's and half of its limited slope. */
    private static FloatVector side(
            float[] speeds, int at, int before, int behind, VectorMask<Float> open, float half) {
        var own = FloatVector.fromArray(LANE, speeds, at);
        var slope = limited(
                own.sub(FloatVector.fromArray(LANE, speeds, before)),
                FloatVector.fromArray(LANE, speeds, behind).sub(own),
                open);
        return own.add(slope.mul(half));
    }

    /** {@link FullSweep#moved} of many. */
    private static FloatVector moved(float[] fluxes, int i, float share) {
        return FloatVector.fromArray(LANE, fluxes, i).mul(share).add(TO_GRAIN).sub(TO_GRAIN);
    }

    private static FloatVector rise(FloatVector z0, FloatVector z1, FloatVector h0, FloatVector h1) {
        var bed = z1.sub(z0);
        var rise = bed.add(h1.sub(h0));
        var tells =
                rise.abs().compare(VectorOperators.GT, h0.max(h1).add(bed.abs()).mul(Sweep.LEVEL));
        return FloatVector.zero(LANE).blend(rise, tells);
    }

    private static FloatVector limited(FloatVector a, FloatVector b, VectorMask<Float> open) {
        var size = a.abs().min(b.abs()).mul(STEEP).min(a.add(b).abs().mul(0.5f));
        var signed = size.blend(size.neg(), a.compare(VectorOperators.LT, 0f));
        return FloatVector.zero(LANE)
                .blend(signed, a.mul(b).compare(VectorOperators.GT, 0f).and(open));
    }

    @Override
    public float row(
            Field f,
            State now,
            State next,
            boolean mean,
            float dt,
            float rain,
            int first,
            FaceRow x,
            FaceRow north,
            FaceRow south) {
        var share = dt / f.dx;
        var zero = FloatVector.zero(LANE);
        var one = FloatVector.broadcast(LANE, 1f);
        var fastest = zero;
        var frictions = f.frictions;
        var even = FloatVector.broadcast(LANE, f.friction * dt);
        for (var k = 0; k < f.columns; k += STEP) {
            var i = first + k;
            var j = Field.LANES + k;
            var h = FloatVector.fromArray(LANE, now.depth(), i);
            var pull = h.mul(GRAVITY);
            var net = moved(x.volume, j - 1, share)
                    .sub(moved(x.volume, j, share))
                    .add(moved(north.volume, j, share).sub(moved(south.volume, j, share)));
            var pushEast = FloatVector.fromArray(LANE, x.behind, j - 1)
                    .sub(FloatVector.fromArray(LANE, x.before, j))
                    .add(FloatVector.fromArray(LANE, north.across, j).sub(FloatVector.fromArray(LANE, south.across, j)))
                    .sub(pull.mul(FloatVector.fromArray(LANE, x.tilt, j)));
            var pushSouth = FloatVector.fromArray(LANE, north.behind, j)
                    .sub(FloatVector.fromArray(LANE, south.before, j))
                    .add(FloatVector.fromArray(LANE, x.across, j - 1).sub(FloatVector.fromArray(LANE, x.across, j)))
                    .sub(pull.mul(FloatVector.fromArray(LANE, south.tilt, j)));
            var deep = h.add(net).max(zero);
            var qe = h.mul(FloatVector.fromArray(LANE, now.east(), i)).add(pushEast.mul(share));
            var qs = h.mul(FloatVector.fromArray(LANE, now.south(), i)).add(pushSouth.mul(share));
            var size = qe.mul(qe).add(qs.mul(qs)).sqrt();
            var rough = frictions == null
                    ? even
                    : FloatVector.fromArray(LANE, frictions, i).mul(dt);
            var rub = rough.mul(VectorSweep.sevenThirds(deep.max(Sweep.FILM)));
            var left = one.add(one).div(one.add(rub.mul(size).mul(4f).add(1f).sqrt()));
            var moves = deep.compare(VectorOperators.GT, Sweep.FILM);
            qe = zero.blend(qe.mul(left), moves);
            qs = zero.blend(qs.mul(left), moves);
            if (mean) {
                var before = FloatVector.fromArray(LANE, next.depth(), i);
                qe = before.mul(FloatVector.fromArray(LANE, next.east(), i))
                        .add(qe)
                        .mul(0.5f);
                qs = before.mul(FloatVector.fromArray(LANE, next.south(), i))
                        .add(qs)
                        .mul(0.5f);
                deep = before.add(deep.sub(before).mul(0.5f));
            }
            // Beyond the last column, too, lies wall: what leaves over the side must not stay there.
            var ground = FloatVector.fromArray(LANE, f.bed, i).compare(VectorOperators.NE, Field.WALL);
            deep = zero.blend(rain > 0f ? deep.add(rain) : deep, ground);
            moves = deep.compare(VectorOperators.GT, Sweep.FILM);
            var over = one.div(deep.max(Sweep.FILM));
            var east = zero.blend(qe.mul(over), moves);
            var down = zero.blend(qs.mul(over), moves);
            deep.intoArray(next.depth(), i);
            east.intoArray(next.east(), i);
            down.intoArray(next.south(), i);
            if (mean) {
                FloatVector.fromArray(LANE, f.peak, i).max(deep).intoArray(f.peak, i);
            }
            var speed = east.abs().max(down.abs());
            var signal = speed.add(deep.mul(GRAVITY).sqrt()).max(speed.mul(1.875f));
            fastest = fastest.max(zero.blend(signal, deep.compare(VectorOperators.GT, 0f)));
        }
        return fastest.reduceLanes(VectorOperators.MAX);
    }
}
