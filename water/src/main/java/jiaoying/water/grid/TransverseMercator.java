package jiaoying.water.grid;

import java.util.Optional;

/**
 * The way back from the transverse Mercator projections that are met most to longitude and latitude: CGCS2000 Gauss-Krueger
 * in zones of 3 and 6 degrees (EPSG 4491 to 4554, GB 22021-2008 and its register) and UTM (EPSG 32601 to 32660, 32701 to 32760).
 * Krueger's series to the fourth order (Karney 2011): better than a millimetre within the zones.
 */
public final class TransverseMercator {
    private static final double A = 6_378_137;
    private static final double F_CGCS = 1 / 298.257222101;
    private static final double F_WGS = 1 / 298.257223563;

    /** Each time the difference shrinks a hundredfold, within 3 degrees of the meridian. */
    private static final int AGREE_AFTER = 12;

    private final double meridian;
    private final double scale;
    private final double falseEast;
    private final double falseNorth;
    private final double radius;
    private final double[] back;
    private final double[] conformal;

    private TransverseMercator(double flattening, double meridian, double scale, double falseEast, double falseNorth) {
        this.meridian = meridian;
        this.scale = scale;
        this.falseEast = falseEast;
        this.falseNorth = falseNorth;
        var n = flattening / (2 - flattening);
        var n2 = n * n;
        var n3 = n2 * n;
        var n4 = n2 * n2;
        radius = A / (1 + n) * (1 + n2 / 4 + n4 / 64);
        back = new double[] {
            n / 2 - 2 * n2 / 3 + 37 * n3 / 96 - n4 / 360,
            n2 / 48 + n3 / 15 - 437 * n4 / 1440,
            17 * n3 / 480 - 37 * n4 / 840,
            4397 * n4 / 161280
        };
        conformal = new double[] {
            2 * n - 2 * n2 / 3 - 2 * n3 + 116 * n4 / 45,
            7 * n2 / 3 - 8 * n3 / 5 - 227 * n4 / 45,
            56 * n3 / 15 - 136 * n4 / 35,
            4279 * n4 / 630
        };
    }

    /** The projection of a system, when it is one of these. */
    public static Optional<TransverseMercator> of(CoordinateSystem system) {
        var code = system.epsg().orElse(0);
        if (code >= 4491 && code <= 4501) {
            return Optional.of(gauss(75 + 6 * (code - 4491), code - 4491 + 13));
        }
        if (code >= 4502 && code <= 4512) {
            return Optional.of(gauss(75 + 6 * (code - 4502), 0));
        }
        if (code >= 4513 && code <= 4533) {
            return Optional.of(gauss(75 + 3 * (code - 4513), code - 4513 + 25));
        }
        if (code >= 4534 && code <= 4554) {
            return Optional.of(gauss(75 + 3 * (code - 4534), 0));
        }
        if (code >= 32601 && code <= 32660) {
            return Optional.of(utm(code - 32600, 0));
        }
        if (code >= 32701 && code <= 32760) {
            return Optional.of(utm(code - 32700, 10_000_000));
        }
        return Optional.empty();
    }

    private static TransverseMercator gauss(double meridian, int zone) {
        return new TransverseMercator(F_CGCS, meridian, 1, zone * 1e6 + 500_000, 0);
    }

    private static TransverseMercator utm(int zone, double falseNorth) {
        return new TransverseMercator(F_WGS, 6 * zone - 183, 0.9996, 500_000, falseNorth);
    }

    /** The place in metres of a longitude and latitude in degrees: the way back, until both ways agree. */
    public double[] xy(double lon, double lat) {
        var perDegree = Math.toRadians(scale * radius);
        var place = new double[] {
            falseEast + (lon - meridian) * perDegree * Math.cos(Math.toRadians(lat)), falseNorth + lat * perDegree
        };
        for (var i = 0; i < AGREE_AFTER; i++) {
            var there = lonLat(place[0], place[1]);
            place[0] += (lon - there[0]) * perDegree * Math.cos(Math.toRadians(lat));
            place[1] += (lat - there[1]) * perDegree;
        }
        return place;
    }

    /** Longitude and latitude, degrees, of a place in metres. */
    public double[] lonLat(double x, double y) {
        var xi = (y - falseNorth) / (scale * radius);
        var eta = (x - falseEast) / (scale * radius);
        var xi1 = xi;
        var eta1 = eta;
        for (var j = 1; j <= back.length; j++) {
            xi1 -= back[j - 1] * Math.sin(2 * j * xi) * Math.cosh(2 * j * eta);
            eta1 -= back[j - 1] * Math.cos(2 * j * xi) * Math.sinh(2 * j * eta);
        }
        var chi = Math.asin(Math.sin(xi1) / Math.cosh(eta1));
        var latitude = chi;
        for (var j = 1; j <= conformal.length; j++) {
            latitude += conformal[j - 1] * Math.sin(2 * j * chi);
        }
        var longitude = Math.atan2(Math.sinh(eta1), Math.cos(xi1));
        return new double[] {meridian + Math.toDegrees(longitude), Math.toDegrees(latitude)};
    }
}
