package jiaoying.server.flood;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import jiaoying.duty.measure.Sentence;
import jiaoying.water.grid.Raster;
import jiaoying.water.inundation.Inflow.Place;
import jiaoying.water.inundation.Series;

/**
 * A place in a scenario and what stands there. What is wrong goes to the problems and a neutral value comes back, so that one
 * run finds everything.
 */
record Entry(String path, Optional<Object> value, List<Problem> problems) {

    /** The keys here; those that are not known are problems. */
    Map<?, ?> keys(Collection<String> known) {
        if (value.isEmpty()) {
            return Map.of();
        }
        if (!(value.get() instanceof Map<?, ?> map)) {
            wrong("kind", String.join(": ..., ", known) + ": ...");
            return Map.of();
        }
        for (var key : map.keySet()) {
            if (!known.contains(String.valueOf(key))) {
                problems.add(Problem.of("unknown", path.isEmpty() ? "." : path, key, String.join(", ", known)));
            }
        }
        return map;
    }

    boolean isMap() {
        return value.orElse("") instanceof Map;
    }

    boolean isList() {
        return value.orElse("") instanceof List;
    }

    boolean isNumber() {
        return value.orElse("") instanceof Number;
    }

    boolean isText() {
        return value.orElse(0) instanceof String;
    }

    boolean given() {
        return value.isPresent();
    }

    Entry key(Map<?, ?> map, String key) {
        return new Entry(path.isEmpty() ? key : path + "." + key, Optional.ofNullable(map.get(key)), problems);
    }

    /** As {@link #key}; not there is a problem. */
    Entry needed(Map<?, ?> map, String key) {
        if (map.get(key) == null && value.isPresent() && isMap()) {
            problems.add(Problem.of("missing", path.isEmpty() ? key : path + "." + key));
        }
        return key(map, key);
    }

    List<Entry> items() {
        if (value.isEmpty()) {
            return List.of();
        }
        if (!(value.get() instanceof List<?> list)) {
            wrong("kind", "[...]");
            return List.of();
        }
        var items = new ArrayList<Entry>();
        for (var item : list) {
            items.add(new Entry(path + "[" + items.size() + "]", Optional.ofNullable(item), problems));
        }
        return items;
    }

    String text(String otherwise) {
        if (value.isEmpty()) {
            return otherwise;
        }
        if (value.get() instanceof String text && !text.isBlank()) {
            return text;
        }
        if (value.get() instanceof Number number) {
            return number.toString();
        }
        wrong("kind", Sentence.of("expects-text"));
        return otherwise;
    }

    boolean truth(boolean otherwise) {
        if (value.isEmpty()) {
            return otherwise;
        }
        if (value.get() instanceof Boolean truth) {
            return truth;
        }
        wrong("kind", "true | false");
        return otherwise;
    }

    /** A finite number from min to max. */
    double number(double otherwise, double min, double max) {
        if (value.isEmpty()) {
            return otherwise;
        }
        if (value.get() instanceof Number number
                && Double.isFinite(number.doubleValue())
                && number.doubleValue() >= min
                && number.doubleValue() <= max) {
            return number.doubleValue();
        }
        wrong("number", plain(min), plain(max));
        return otherwise;
    }

    /** A finite number above 0, up to max. */
    double positive(double otherwise, double max) {
        if (value.isEmpty()) {
            return otherwise;
        }
        if (value.get() instanceof Number number && number.doubleValue() > 0 && number.doubleValue() <= max) {
            return number.doubleValue();
        }
        wrong("positive", plain(max));
        return otherwise;
    }

    static String plain(double number) {
        return new java.math.BigDecimal(Double.toString(number))
                .stripTrailingZeros()
                .toPlainString();
    }

    /** Times and numbers, {@code [[t_s, value], ...]}, or one number for all times. */
    Series series(double min, double max) {
        if (isNumber()) {
            return Series.constant(number(0, min, max));
        }
        var pairs = items();
        var times = new double[pairs.size()];
        var values = new double[pairs.size()];
        for (var i = 0; i < pairs.size(); i++) {
            var pair = pairs.get(i).pair("[t_s, ...]", min, max);
            times[i] = pair[0];
            values[i] = pair[1];
            if (i > 0 && !(times[i] > times[i - 1])) {
                pairs.get(i).wrong("order", plain(times[i - 1]));
                return Series.constant(0);
            }
        }
        if (pairs.isEmpty()) {
            if (given()) {
                wrong("kind", "[[t_s, ...], ...]");
            }
            return Series.constant(0);
        }
        return new Series(times, values);
    }

    /** Times and numbers, each from its time on: {@code [[t_s, value], ...]}, or one number from 0 on. */
    TreeMap<Double, Double> steps(double min, double max) {
        var steps = new TreeMap<Double, Double>();
        if (isNumber()) {
            steps.put(0.0, number(0, min, max));
            return steps;
        }
        for (var item : items()) {
            var pair = item.pair("[t_s, ...]", min, max);
            if (!steps.isEmpty() && pair[0] <= steps.lastKey()) {
                item.wrong("order", plain(steps.lastKey()));
                return steps;
            }
            steps.put(pair[0], pair[1]);
        }
        return steps;
    }

    Place place() {
        var pair = pair("[x, y]", -1e9, 1e9);
        return new Place(pair[0], pair[1]);
    }

    double[] pair(String form, double min, double max) {
        if (value.isPresent() && (!(value.get() instanceof List<?> list) || list.size() != 2)) {
            wrong("kind", form);
            return new double[2];
        }
        var two = items();
        return two.isEmpty()
                ? new double[2]
                : new double[] {two.get(0).number(0, -1e9, 1e9), two.get(1).number(0, min, max)};
    }

    /** Places of a line, at least two. */
    List<Place> line() {
        var places = items().stream().map(Entry::place).toList();
        if (given() && isList() && places.size() < 2) {
            wrong("kind", "[[x1, y1], [x2, y2]]");
        }
        return places;
    }

    /** A place that does not lie on the ground is a problem. */
    void onGround(Place place, Optional<Raster> ground) {
        if (given() && ground.isPresent() && !on(ground.get(), place)) {
            wrong("outside", GridWords.of(ground.get().frame()));
        }
    }

    private static boolean on(Raster ground, Place place) {
        var frame = ground.frame();
        return frame.holds(place.x(), place.y())
                && !Double.isNaN(ground.at(frame.rowOf(place.y()), frame.columnOf(place.x())));
    }

    String oneOf(String otherwise, String... known) {
        if (value.isEmpty()) {
            return otherwise;
        }
        if (value.get() instanceof String text && List.of(known).contains(text)) {
            return text;
        }
        wrong("kind", String.join(" | ", known));
        return otherwise;
    }

    void wrong(String kind, Object... more) {
        var values = new ArrayList<Object>(List.of(path.isEmpty() ? "." : path, found()));
        values.addAll(List.of(more));
        problems.add(Problem.of(kind, values.toArray()));
    }

    private String found() {
        var text = String.valueOf(value.orElse(""));
        return text.length() > 80 ? text.substring(0, 80) + "..." : text;
    }
}
