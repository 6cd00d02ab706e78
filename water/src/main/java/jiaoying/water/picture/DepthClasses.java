package jiaoying.water.picture;

import java.util.Arrays;
import java.util.List;

/**
 * Classes of depth (积水深度分级), m, with a colour each. The steps are those at which a street changes its use: 0.05 m a wet
 * shoe, 0.15 m a kerb and the tail pipe of a car (the mark of waterlogging in GB 51222-2017), 0.27 m the floor of a car, 0.5 m
 * a car that floats, 1 m and 2 m a person who swims.
 *
 * @param from_m rising; a class reaches from its number to the next one's
 * @param rgb    as many colours
 */
public record DepthClasses(List<Double> from_m, List<Integer> rgb) {
    public static final DepthClasses STREET = new DepthClasses(
            List.of(0.05, 0.15, 0.27, 0.5, 1.0, 2.0),
            List.of(0xc6dbef, 0x9ecae1, 0x6baed6, 0x3182bd, 0x08519c, 0x54278f));

    public DepthClasses {
        from_m = List.copyOf(from_m);
        rgb = List.copyOf(rgb);
        if (from_m.isEmpty() || from_m.size() != rgb.size()) {
            throw new IllegalArgumentException("as many colours as classes, at least one");
        }
    }

    /** The class of a depth, or -1 below the first; NaN is below. */
    public int of(double depth_m) {
        var found = -1;
        for (var i = 0; i < from_m.size() && depth_m >= from_m.get(i); i++) {
            found = i;
        }
        return found;
    }

    double[] steps() {
        return from_m.stream().mapToDouble(Double::doubleValue).toArray();
    }

    @Override
    public String toString() {
        return Arrays.toString(steps());
    }
}
