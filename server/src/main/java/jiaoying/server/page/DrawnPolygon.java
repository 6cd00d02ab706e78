package jiaoying.server.page;

import java.util.ArrayList;
import java.util.List;
import jiaoying.duty.measure.Sentence;
import jiaoying.server.reply.Problem;

/** A polygon drawn by a person, degrees of WGS 84; closed by itself. Without corners it is the whole room. */
record DrawnPolygon(List<double[]> corners) {
    private static final int CORNERS_MAX = 1_000;

    /** @param text {@code lon,lat;lon,lat;...} with three corners or more, or empty */
    static DrawnPolygon read(String text) {
        if (text.isBlank()) {
            return new DrawnPolygon(List.of());
        }
        var corners = new ArrayList<double[]>();
        for (var corner : text.split(";", CORNERS_MAX + 1)) {
            corners.add(corner(corner, text));
        }
        if (corners.size() < 3 || corners.size() > CORNERS_MAX) {
            throw wrong(text);
        }
        return new DrawnPolygon(corners);
    }

    private static double[] corner(String corner, String text) {
        var parts = corner.split(",", 3);
        try {
            if (parts.length == 2) {
                return new double[] {Double.parseDouble(parts[0]), Double.parseDouble(parts[1])};
            }
        } catch (NumberFormatException e) {
            throw wrong(text);
        }
        throw wrong(text);
    }

    private static Problem wrong(String text) {
        return Problem.allowing(
                400,
                "ask.polygon",
                text.substring(0, Math.min(60, text.length())),
                Sentence.of("corners", CORNERS_MAX));
    }

    boolean whole() {
        return corners.isEmpty();
    }

    /** Even-odd rule; a point on the edge may fall to either side. */
    boolean contains(double lon, double lat) {
        if (whole()) {
            return true;
        }
        var inside = false;
        for (int i = 0, j = corners.size() - 1; i < corners.size(); j = i++) {
            var a = corners.get(i);
            var b = corners.get(j);
            if ((a[1] > lat) != (b[1] > lat) && lon < (b[0] - a[0]) * (lat - a[1]) / (b[1] - a[1]) + a[0]) {
                inside = !inside;
            }
        }
        return inside;
    }
}
