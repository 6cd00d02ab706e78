package jiaoying.wire.cap;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import jiaoying.wire.cap.Area.Circle;
import jiaoying.wire.cap.Area.Point;
import jiaoying.wire.cap.Area.Polygon;

/** Reads polygons, circles and numbers (3.2.4). Plain decimal numbers only: no exponent, no NaN. */
final class Shapes {
    static final String POLYGON =
            "latitude,longitude pairs with a space between, four or more, the last as the first, -90..90 and -180..180";
    static final String CIRCLE = "latitude,longitude radius in km, as 38.47,-120.14 0";
    static final String NUMBER = "a decimal number";

    private static final BigDecimal LATITUDE_MAX = BigDecimal.valueOf(90);
    private static final BigDecimal LONGITUDE_MAX = BigDecimal.valueOf(180);
    private static final int POINTS_MIN = 4;
    private static final int DIGITS_MAX = 1_000;

    private Shapes() {}

    static Optional<Polygon> polygon(String text) {
        var points = new ArrayList<Point>();
        for (var pair : words(text)) {
            var point = point(pair);
            if (point.isEmpty()) {
                return Optional.empty();
            }
            points.add(point.get());
        }
        return points.size() >= POINTS_MIN && points.getFirst().isAt(points.getLast())
                ? Optional.of(new Polygon(points))
                : Optional.empty();
    }

    static Optional<Circle> circle(String text) {
        var words = words(text);
        if (words.size() != 2) {
            return Optional.empty();
        }
        var radius = number(words.get(1)).filter(it -> it.signum() >= 0);
        return point(words.getFirst()).flatMap(centre -> radius.map(it -> new Circle(centre, it)));
    }

    private static Optional<Point> point(String pair) {
        var comma = pair.indexOf(',');
        if (comma < 0) {
            return Optional.empty();
        }
        var latitude = number(pair.substring(0, comma)).filter(it -> it.abs().compareTo(LATITUDE_MAX) <= 0);
        var longitude = number(pair.substring(comma + 1)).filter(it -> it.abs().compareTo(LONGITUDE_MAX) <= 0);
        return latitude.flatMap(it -> longitude.map(other -> new Point(it, other)));
    }

    static Optional<BigDecimal> number(String text) {
        var digits = text.startsWith("-") || text.startsWith("+") ? text.substring(1) : text;
        var plain = !digits.isEmpty()
                && digits.length() <= DIGITS_MAX
                && digits.chars().allMatch(it -> it >= '0' && it <= '9' || it == '.')
                && digits.chars().filter(it -> it == '.').count() <= 1
                && !digits.equals(".");
        return plain ? Optional.of(new BigDecimal(text)) : Optional.empty();
    }

    /** What stands between white space. */
    static List<String> words(String text) {
        var words = new ArrayList<String>();
        var start = -1;
        for (var i = 0; i <= text.length(); i++) {
            var space = i == text.length() || text.charAt(i) <= ' ';
            if (space && start >= 0) {
                words.add(text.substring(start, i));
                start = -1;
            } else if (!space && start < 0) {
                start = i;
            }
        }
        return words;
    }

    /** As {@link #words}; what stands in double quotes is one (3.2.1, addresses). */
    static List<String> quotedWords(String text) {
        var words = new ArrayList<String>();
        var pieces = text.split("\"", -1);
        for (var i = 0; i < pieces.length; i++) {
            if (i % 2 == 1) {
                words.add(pieces[i]);
            } else {
                words.addAll(words(pieces[i]));
            }
        }
        return words;
    }
}
