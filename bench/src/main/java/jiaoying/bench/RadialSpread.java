package jiaoying.bench;

import java.util.Arrays;
import jiaoying.water.inundation.Series;

/**
 * Water that spreads in rings from a disc over a flat plain: the whole shallow-water equations in one dimension, rings of 1 m
 * with HLL fluxes and Manning's friction. By reflection it is the reference for test 4 of the Environment Agency's 2D benchmark
 * (SC080035): half a plane fed with Q is a whole one fed with 2 Q.
 */
final class RadialSpread {
    private static final double G = 9.80665;
    private static final int RINGS = 800;
    private static final double DISC = 10;

    private final Series m3_s;
    private final double manning;
    private double[] h = new double[RINGS + 1];
    private double[] q = new double[RINGS + 1];
    private double now;

    RadialSpread(Series m3_s, double manning) {
        this.m3_s = m3_s;
        this.manning = manning;
    }

    double depth(double radius) {
        return h[Math.min(RINGS - 1, (int) radius)];
    }

    void advanceTo(double until) {
        while (now < until) {
            var fastest = 1e-3;
            for (var i = 0; i < RINGS; i++) {
                fastest = Math.max(fastest, h[i] > 1e-5 ? Math.abs(q[i]) / h[i] + Math.sqrt(G * h[i]) : 0);
            }
            var dt = Math.min(until - now, Math.min(1, 0.4 / fastest));
            step(dt);
            now += dt;
        }
    }

    private void step(double dt) {
        var volume = new double[RINGS + 1];
        var momentum = new double[RINGS + 1];
        for (var i = 1; i <= RINGS; i++) {
            var flux = hll(h[i - 1], q[i - 1], h[i], q[i]);
            volume[i] = i * flux[0];
            momentum[i] = i * flux[1];
        }
        var fed = 2 * m3_s.at(now + dt / 2) / (Math.PI * DISC * DISC);
        var nextH = Arrays.copyOf(h, h.length);
        var nextQ = Arrays.copyOf(q, q.length);
        for (var i = 0; i < RINGS; i++) {
            var r = i + 0.5;
            nextH[i] = Math.max(0, h[i] + dt * ((volume[i] - volume[i + 1]) / r + (r < DISC ? fed : 0)));
            var push = q[i] + dt * ((momentum[i] - momentum[i + 1]) / r + G * h[i] * h[i] / (2 * r));
            nextQ[i] = nextH[i] < 1e-4
                    ? 0
                    : push / (1 + dt * G * manning * manning * Math.abs(q[i]) * Math.pow(nextH[i], -7 / 3.0));
        }
        h = nextH;
        q = nextQ;
    }

    private static double[] hll(double hl, double ql, double hr, double qr) {
        if (hl < 1e-6 && hr < 1e-6) {
            return new double[2];
        }
        var ul = hl > 1e-6 ? ql / hl : 0;
        var ur = hr > 1e-6 ? qr / hr : 0;
        var cl = Math.sqrt(G * hl);
        var cr = Math.sqrt(G * hr);
        var sl = Math.min(0, hl > 1e-6 ? Math.min(ul - cl, hr > 1e-6 ? ur - cr : ul - cl) : ur - 2 * cr);
        var sr = Math.max(0, hr > 1e-6 ? Math.max(ur + cr, hl > 1e-6 ? ul + cl : ur + cr) : ul + 2 * cl);
        var pl = ql * ul + G * hl * hl / 2;
        var pr = qr * ur + G * hr * hr / 2;
        return new double[] {
            (sr * ql - sl * qr + sl * sr * (hr - hl)) / (sr - sl), (sr * pl - sl * pr + sl * sr * (qr - ql)) / (sr - sl)
        };
    }
}
