package jiaoying.water.inundation;

/** The reference: one cell after the other, no flags needed. */
final class PlainFullSweep implements FullSweep {

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
        for (var k = 0; k < count; k++) {
            var l = from + k;
            var m = l + axis.back();
            var r = l + axis.along();
            var p = l + axis.ahead();
            var hl = h[l];
            var hr = h[r];
            var wet = hl > SLOPING && hr > SLOPING;
            var openL = wet && h[m] > SLOPING;
            var openR = wet && h[p] > SLOPING;
            var middle = rise(z[l], z[r], hl, hr);
            var tiltL = openL ? limited(rise(z[m], z[l], h[m], hl), middle) : 0f;
            var tiltR = openR ? limited(middle, rise(z[r], z[p], hr, h[p])) : 0f;
            var slopeL = openL ? limited(hl - h[m], hr - hl) : 0f;
            var slopeR = openR ? limited(hr - hl, h[p] - hr) : 0f;
            var ul = along[l] + (openL ? 0.5f * limited(along[l] - along[m], along[r] - along[l]) : 0f);
            var ur = along[r] - (openR ? 0.5f * limited(along[r] - along[l], along[p] - along[r]) : 0f);
            var vl = aside[l] + (openL ? 0.5f * limited(aside[l] - aside[m], aside[r] - aside[l]) : 0f);
            var vr = aside[r] - (openR ? 0.5f * limited(aside[r] - aside[l], aside[p] - aside[r]) : 0f);
            var deepL = hl + 0.5f * slopeL;
            var deepR = hr - 0.5f * slopeR;
            var step = (z[r] - z[l]) - (0.5f * (tiltL - slopeL) + 0.5f * (tiltR - slopeR));
            var wallL = z[l] == Field.WALL;
            var wallR = z[r] == Field.WALL;
            if (wallR) {
                deepR = deepL;
                ur = -ul;
                step = 0f;
            } else if (wallL) {
                deepL = deepR;
                ul = -ur;
                step = 0f;
            }
            var crest = crests == null ? 0f : crests[l];
            var al = Math.max(deepL - Math.max(step, 0f) - crest, 0f);
            var ar = Math.max(deepR - Math.max(-step, 0f) - crest, 0f);
            if (middle == 0f && !wallL && !wallR && !openL && !openR && al > 0f && ar > 0f) {
                ar = al;
            }
            out.tilt[to + k] = tiltL;
            if (!(al > DRY) && !(ar > DRY)) {
                out.volume[to + k] = 0f;
                out.before[to + k] = 0f;
                out.behind[to + k] = 0f;
                out.across[to + k] = 0f;
                continue;
            }
            // HLL speeds after Toro (2001), section 10.3, with those of a dry side
            var cl = (float) Math.sqrt(GRAVITY * al);
            var cr = (float) Math.sqrt(GRAVITY * ar);
            var cs = Math.max(0.5f * (cl + cr) + 0.25f * (ul - ur), 0f);
            var us = 0.5f * (ul + ur) + (cl - cr);
            var sl = Math.min(al > DRY ? Math.min(ul - cl, us - cs) : ur - 2f * cr, 0f);
            var sr = Math.max(ar > DRY ? Math.max(ur + cr, us + cs) : ul + 2f * cl, 0f);
            var over = 1f / (sr - sl + 1e-12f);
            var ql = al * ul;
            var qr = ar * ur;
            var press = (qr * ur + 0.5f * GRAVITY * ar * ar) - (ql * ul + 0.5f * GRAVITY * al * al);
            var volume = ((sr * ql - sl * qr) + sl * sr * (ar - al)) * over;
            var gone = share * Math.abs(volume);
            var most = Math.max((volume >= 0f ? hl : hr) * QUARTER - SPARES, 0f);
            if (gone > most) {
                volume = volume * (most / gone);
            }
            if (wallL || wallR) {
                volume = 0f;
            }
            out.volume[to + k] = volume;
            out.before[to + k] = ql * ul - sl * (press - sr * (qr - ql)) * over;
            out.behind[to + k] = qr * ur - sr * (press - sl * (qr - ql)) * over;
            out.across[to + k] = volume * (volume >= 0f ? vl : vr);
        }
    }

    /** How much higher the water's surface is in the second cell; 0 where the difference is rounding. */
    private static float rise(float z0, float z1, float h0, float h1) {
        var bed = z1 - z0;
        var rise = bed + (h1 - h0);
        return Math.abs(rise) > Sweep.LEVEL * (Math.max(h0, h1) + Math.abs(bed)) ? rise : 0f;
    }

    private static float limited(float a, float b) {
        if (!(a * b > 0f)) {
            return 0f;
        }
        var size = Math.min(STEEP * Math.min(Math.abs(a), Math.abs(b)), 0.5f * Math.abs(a + b));
        return a < 0f ? -size : size;
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
        var fastest = 0f;
        for (var k = 0; k < f.columns; k++) {
            var i = first + k;
            var j = Field.LANES + k;
            var h = now.depth()[i];
            var pull = GRAVITY * h;
            var net = (FullSweep.moved(x.volume[j - 1], share) - FullSweep.moved(x.volume[j], share))
                    + (FullSweep.moved(north.volume[j], share) - FullSweep.moved(south.volume[j], share));
            var pushEast = ((x.behind[j - 1] - x.before[j]) + (north.across[j] - south.across[j])) - pull * x.tilt[j];
            var pushSouth =
                    ((north.behind[j] - south.before[j]) + (x.across[j - 1] - x.across[j])) - pull * south.tilt[j];
            var deep = Math.max(h + net, 0f);
            var qe = h * now.east()[i] + share * pushEast;
            var qs = h * now.south()[i] + share * pushSouth;
            if (deep > Sweep.FILM) {
                var size = (float) Math.sqrt(qe * qe + qs * qs);
                var rub = f.frictionOf(i) * dt * PlainSweep.sevenThirds(deep);
                var left = 2f / (1f + (float) Math.sqrt(1f + 4f * (rub * size)));
                qe *= left;
                qs *= left;
            } else {
                qe = 0f;
                qs = 0f;
            }
            if (mean) {
                var before = next.depth()[i];
                qe = 0.5f * (before * next.east()[i] + qe);
                qs = 0.5f * (before * next.south()[i] + qs);
                deep = before + 0.5f * (deep - before);
            }
            if (rain > 0f && f.bed[i] != Field.WALL) {
                deep += rain;
            }
            var moves = deep > Sweep.FILM;
            var over = 1f / Math.max(deep, Sweep.FILM);
            var east = moves ? qe * over : 0f;
            var down = moves ? qs * over : 0f;
            next.depth()[i] = deep;
            next.east()[i] = east;
            next.south()[i] = down;
            f.peak[i] = mean ? Math.max(f.peak[i], deep) : f.peak[i];
            fastest = Math.max(fastest, deep > 0f ? FullSweep.signal(deep, east, down) : 0f);
        }
        return fastest;
    }
}
