package jiaoying.water.inundation;

/**
 * The drains below the inlets: the place for a sewer model. It is asked for the head at each inlet before the exchange of a
 * step, and told afterwards what went through.
 */
public interface Sewer {
    /** A sewer that takes whatever comes. */
    Sewer ENDLESS = new Sewer() {
        @Override
        public double head_m(String inlet, double now_s) {
            return Double.NEGATIVE_INFINITY;
        }

        @Override
        public void took(String inlet, double m3, double now_s, double dt_s) {}
    };

    /** Level of the water in the sewer at an inlet, m above the ground's zero; water comes up where it is above the ground's water. */
    double head_m(String inlet, double now_s);

    /** @param m3 into the sewer, below 0 out of it, in the step that begins now */
    void took(String inlet, double m3, double now_s, double dt_s);
}
