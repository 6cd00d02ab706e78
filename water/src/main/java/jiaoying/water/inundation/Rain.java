package jiaoying.water.inundation;

import java.util.List;
import java.util.function.IntFunction;

/** The rain of a run, in mm/h. */
public sealed interface Rain {
    /** The next moment after t at which the rate changes, or infinity. */
    double nextEdge(double t);

    /** The same everywhere, in spells that do not overlap; none between them. */
    record Spells(List<Spell> spells) implements Rain {
        public Spells {
            spells = List.copyOf(spells);
        }

        /** The number of the spell at t, or -1. */
        int spellAt(double t) {
            for (var i = 0; i < spells.size(); i++) {
                if (t >= spells.get(i).from_s() && t < spells.get(i).to_s()) {
                    return i;
                }
            }
            return -1;
        }

        double rate(double t) {
            var at = spellAt(t);
            return at < 0 ? 0 : spells.get(at).mm_h();
        }

        @Override
        public double nextEdge(double t) {
            var next = Double.POSITIVE_INFINITY;
            for (var spell : spells) {
                next = spell.from_s() > t ? Math.min(next, spell.from_s()) : next;
                next = spell.to_s() > t ? Math.min(next, spell.to_s()) : next;
            }
            return next;
        }
    }

    /**
     * Rain at one rate.
     *
     * @param from_s from this second
     * @param to_s   until before this second
     * @param mm_h   0 or more
     */
    record Spell(double from_s, double to_s, double mm_h) {}

    /**
     * Rain by maps, each constant from its second to the next map's.
     *
     * @param times_s rising; before the first there is no rain
     * @param until_s the end of the last map
     * @param map     mm/h of each cell of the ground, row by row, by the number of the map; NaN is no rain
     */
    record Maps(List<Double> times_s, double until_s, IntFunction<double[]> map) implements Rain {
        public Maps {
            times_s = List.copyOf(times_s);
        }

        /** The number of the map at t, or -1. */
        int mapAt(double t) {
            if (t >= until_s) {
                return -1;
            }
            var found = -1;
            for (var i = 0; i < times_s.size(); i++) {
                found = times_s.get(i) <= t ? i : found;
            }
            return found;
        }

        @Override
        public double nextEdge(double t) {
            var next = until_s > t ? until_s : Double.POSITIVE_INFINITY;
            for (var time : times_s) {
                next = time > t ? Math.min(next, time) : next;
            }
            return next;
        }
    }
}
