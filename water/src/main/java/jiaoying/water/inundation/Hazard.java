package jiaoying.water.inundation;

/**
 * How dangerous moving water is (洪水危险性): depth times speed, m2/s, and the general classes H1 to H6 of the Australian
 * Disaster Resilience Guideline 7-3 (AIDR 2017, table 2, after Smith, Davey and Cox 2014): the first class whose three limits
 * all hold.
 */
public final class Hazard {
    private static final double[] PRODUCT = {0.3, 0.6, 0.6, 1.0, 4.0};
    private static final double[] DEPTH = {0.3, 0.5, 1.2, 2.0, 4.0};
    private static final double[] SPEED = {2.0, 2.0, 2.0, 2.0, 4.0};

    private Hazard() {}

    public static double product(double depth_m, double speed_m_s) {
        return depth_m * speed_m_s;
    }

    /**
     * 0 where it is dry (below 1 cm), 1 safe for all, 2 unsafe for small vehicles, 3 for vehicles, children and the elderly, 4
     * for people and vehicles, 5 also for buildings of common design, 6 for all.
     */
    public static int of(double depth_m, double speed_m_s) {
        return worst(depth_m, speed_m_s, product(depth_m, speed_m_s));
    }

    /** The class of peaks of depth, speed and their product: the worst that any moment had. */
    static int worst(double depth_m, double speed_m_s, double product_m2_s) {
        if (!(depth_m >= 0.01)) {
            return 0;
        }
        for (var i = 0; i < PRODUCT.length; i++) {
            if (product_m2_s <= PRODUCT[i] && depth_m <= DEPTH[i] && speed_m_s <= SPEED[i]) {
                return i + 1;
            }
        }
        return PRODUCT.length + 1;
    }
}
