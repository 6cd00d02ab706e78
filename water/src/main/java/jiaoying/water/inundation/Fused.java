package jiaoying.water.inundation;

/**
 * a b + c rounded once (IEEE 754-2019, 5.4.1, fusedMultiplyAdd), as vectors do it. Plain loops run on machines without such an
 * instruction, too, where {@link Math#fma} counts in big decimals; here a product is exact in double, and a sum in double is
 * rounded to float as the exact one would be, unless it comes to lie in the middle between two floats: then what the double has
 * lost decides. For results that are normal numbers or 0.
 */
final class Fused {
    /** The bits of a double that a float has not, and those of the middle between two floats. */
    private static final long BELOW = 0x1FFF_FFFFL;

    private static final long MIDDLE = 0x1000_0000L;

    private Fused() {}

    static float of(float a, float b, float c) {
        var product = (double) a * b;
        var sum = product + c;
        return (Double.doubleToRawLongBits(sum) & BELOW) == MIDDLE ? beside(product, c, sum) : (float) sum;
    }

    private static float beside(double product, double c, double sum) {
        var part = sum - product;
        var lost = (product - (sum - part)) + (c - part);
        if (lost == 0) {
            return (float) sum;
        }
        return (float) (lost > 0 ? Math.nextUp(sum) : Math.nextDown(sum));
    }
}
