package jiaoying.water.inundation;

import java.util.Optional;

/**
 * What the ground and the drains take as long as there is water, number or map each.
 *
 * @param infiltration_mm_h into the ground at a constant rate, first
 * @param drain_mm_h        into the drains, by their capacity
 * @param runoff            share of the rain that stays on the ground (径流系数), 0 to 1; the rest goes into the ground at once
 * @param soil              infiltration by Green and Ampt, if any, before the constant one
 * @param outfall_m         level at the drains' outfall, m above the ground's zero; drains of cells whose water does not stand
 *                          above it take nothing
 */
public record Losses(
        Amount infiltration_mm_h, Amount drain_mm_h, Amount runoff, Optional<Soil> soil, Optional<Series> outfall_m) {

    public static final Losses NONE = new Losses(0, 0);

    public Losses(double infiltration_mm_h, double drain_mm_h) {
        this(Amount.of(infiltration_mm_h), Amount.of(drain_mm_h), Amount.of(1), Optional.empty(), Optional.empty());
    }

    public Losses withRunoff(Amount share) {
        return new Losses(infiltration_mm_h, drain_mm_h, share, soil, outfall_m);
    }

    public Losses withSoil(Soil soaking) {
        return new Losses(infiltration_mm_h, drain_mm_h, runoff, Optional.of(soaking), outfall_m);
    }

    public Losses withOutfall(Series level_m) {
        return new Losses(infiltration_mm_h, drain_mm_h, runoff, soil, Optional.of(level_m));
    }

    /**
     * Soil after Green and Ampt (1911): it takes K (1 + (psi + depth) x deficit / F) when F has gone in.
     *
     * @param conductivity_mm_h K, at saturation
     * @param suction_mm        psi, at the wetting front
     * @param deficit           room for water, share of the soil, 0 to 1
     */
    public record Soil(Amount conductivity_mm_h, Amount suction_mm, Amount deficit) {}

    boolean none() {
        return constant() && infiltration_mm_h.uniform() == 0 && drain_mm_h.uniform() == 0 && !sharesRain();
    }

    /** The same everywhere and always. */
    boolean constant() {
        return !infiltration_mm_h.varied() && !drain_mm_h.varied() && soil.isEmpty() && outfall_m.isEmpty();
    }

    boolean sharesRain() {
        return runoff.varied() || runoff.uniform() < 1;
    }
}
