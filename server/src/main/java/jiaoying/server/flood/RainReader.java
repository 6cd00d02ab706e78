package jiaoying.server.flood;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import jiaoying.water.grid.Frame;
import jiaoying.water.grid.Raster;
import jiaoying.water.inundation.Inflow.Place;
import jiaoying.water.inundation.Rain;

/** Reads the rain of a scenario: spells, maps, a storm that is moved, gauges. */
final class RainReader {
    private static final double RAIN_MAX = 1000;
    private static final double TIME_MAX = 1e8;
    private static final Pattern RAIN_MAP = Pattern.compile("rain_(\\d{1,9})\\.(?:asc|tif)");

    private final ScenarioFiles files;
    private final Optional<Frame> frame;

    RainReader(ScenarioFiles files, Optional<Frame> frame) {
        this.files = files;
        this.frame = frame;
    }

    Rain read(Entry entry) throws IOException {
        if (entry.isMap()) {
            var map = entry.value().orElseThrow();
            return map instanceof java.util.Map<?, ?> keys && keys.containsKey("gauges") ? gauges(entry) : maps(entry);
        }
        var spells = new ArrayList<Rain.Spell>();
        for (var item : entry.items()) {
            var map = item.keys(List.of("from_s", "to_s", "mm_h"));
            var from = item.needed(map, "from_s").number(0, 0, TIME_MAX);
            var to = item.needed(map, "to_s").number(TIME_MAX, 0, TIME_MAX);
            var rate = item.needed(map, "mm_h").number(0, 0, RAIN_MAX);
            if (to <= from) {
                item.key(map, "to_s").wrong("after", Entry.plain(from));
            }
            if (spells.stream().anyMatch(other -> from < other.to_s() && other.from_s() < to)) {
                item.wrong("overlap");
            }
            spells.add(new Rain.Spell(from, to, rate));
        }
        return new Rain.Spells(spells);
    }

    private Rain maps(Entry entry) throws IOException {
        var map = entry.keys(List.of("raster_dir", "step_min", "move_m", "factor", "delay_s"));
        var step = entry.needed(map, "step_min").positive(5, 1e6) * 60;
        var where = entry.needed(map, "raster_dir");
        var move = entry.key(map, "move_m");
        var away = move.given() ? move.place() : new Place(0, 0);
        var factor = entry.key(map, "factor").number(1, 0, 10);
        var delay = entry.key(map, "delay_s").number(0, 0, TIME_MAX);
        var found = found(where);
        if (found.isEmpty()) {
            files.problems().add(Problem.of("rain_maps", where.path(), where.text("")));
            return new Rain.Spells(List.of());
        }
        for (var file : found.values()) {
            files.raster(where, file, move.given() ? Optional.empty() : frame, 0, RAIN_MAX / Math.max(1, factor));
        }
        var times = found.keySet().stream().map(second -> second + delay).toList();
        var paths = List.copyOf(found.values());
        return new Rain.Maps(
                times, times.getLast() + step, number -> moved(again(paths.get(number)), move.given(), away, factor));
    }

    private TreeMap<Integer, Path> found(Entry where) throws IOException {
        var found = new TreeMap<Integer, Path>();
        var directory = files.folder().resolve(where.text("."));
        if (where.given() && Files.isDirectory(directory)) {
            try (var list = Files.list(directory)) {
                for (var file : list.sorted(Comparator.naturalOrder()).toList()) {
                    var name = RAIN_MAP.matcher(String.valueOf(file.getFileName()));
                    if (name.matches()) {
                        found.put(Integer.parseInt(name.group(1)), file);
                    }
                }
            }
        }
        return found;
    }

    /** The rain over each cell of the ground: of the cell of the storm's raster that comes to lie there. */
    private double[] moved(Raster storm, boolean moves, Place away, double factor) {
        if (!moves && factor == 1 || frame.isEmpty()) {
            return storm.values();
        }
        var ground = frame.get();
        var rain = new double[ground.cells()];
        for (var i = 0; i < rain.length; i++) {
            var x = ground.xOf(i % ground.columns()) - away.x();
            var y = ground.yOf(i / ground.columns()) - away.y();
            rain[i] = storm.frame().holds(x, y)
                    ? factor * storm.at(storm.frame().rowOf(y), storm.frame().columnOf(x))
                    : 0;
        }
        return rain;
    }

    /** Reads a map that was found good before. */
    private static Raster again(Path file) {
        try {
            if (ScenarioFiles.read(file) instanceof Raster raster) {
                return raster;
            }
            throw new IOException(file + " was changed during the run");
        } catch (IOException gone) {
            throw new java.io.UncheckedIOException(gone);
        }
    }

    /**
     * A gauge and its rain.
     *
     * @param rates mm/h, each from its second to the next one's
     */
    private record Gauge(Place place, TreeMap<Double, Double> rates) {
        double at(double second) {
            var entry = rates.floorEntry(second);
            return entry == null ? 0 : entry.getValue();
        }
    }

    private Rain gauges(Entry entry) {
        var map = entry.keys(List.of("gauges", "method", "step_min"));
        var nearest = entry.key(map, "method")
                .oneOf("inverse-distance", "inverse-distance", "nearest")
                .equals("nearest");
        var step = entry.key(map, "step_min").positive(5, 1e6) * 60;
        var gauges = new ArrayList<Gauge>();
        var times = new TreeSet<Double>();
        for (var item : entry.key(map, "gauges").items()) {
            var keys = item.keys(List.of("name", "x", "y", "mm_h"));
            var place = new Place(
                    item.needed(keys, "x").number(0, -1e9, 1e9),
                    item.needed(keys, "y").number(0, -1e9, 1e9));
            var rates = item.needed(keys, "mm_h").steps(0, RAIN_MAX);
            gauges.add(new Gauge(place, rates));
            times.addAll(rates.keySet());
        }
        if (gauges.isEmpty() || times.isEmpty() || frame.isEmpty()) {
            if (gauges.isEmpty()) {
                entry.key(map, "gauges").wrong("kind", "[{name: ..., x: ..., y: ..., mm_h: [[t_s, mm_h], ...]}]");
            }
            return new Rain.Spells(List.of());
        }
        var all = List.copyOf(times);
        return new Rain.Maps(all, all.getLast() + step, number -> between(gauges, all.get(number), nearest));
    }

    /** The rain over each cell from the gauges: of the nearest one, or of all by the inverse square of their distance. */
    private double[] between(List<Gauge> gauges, double second, boolean nearest) {
        var ground = frame.orElseThrow();
        var rain = new double[ground.cells()];
        for (var i = 0; i < rain.length; i++) {
            var x = ground.xOf(i % ground.columns());
            var y = ground.yOf(i / ground.columns());
            var weights = 0.0;
            var sum = 0.0;
            var best = Double.POSITIVE_INFINITY;
            for (var gauge : gauges) {
                var dx = gauge.place.x() - x;
                var dy = gauge.place.y() - y;
                var square = Math.max(1e-6, dx * dx + dy * dy);
                if (!nearest) {
                    weights += 1 / square;
                    sum += gauge.at(second) / square;
                } else if (square < best) {
                    best = square;
                    sum = gauge.at(second);
                }
            }
            rain[i] = nearest ? sum : sum / weights;
        }
        return rain;
    }
}
