package jiaoying.server.flood;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import jiaoying.server.flood.Wanted.Format;
import jiaoying.server.flood.Wanted.Kind;
import jiaoying.water.grid.Raster;
import jiaoying.water.inundation.Inflow.Place;

/** Reads what a run shall write. */
final class OutputReader {
    private static final double TIME_MAX = 1e8;

    private final Optional<Raster> ground;

    OutputReader(Optional<Raster> ground) {
        this.ground = ground;
    }

    Wanted read(Entry entry) {
        var map = entry.keys(List.of(
                "peak", "every_s", "formats", "maps", "arrival_m", "points", "sites", "point_every_s", "save_state"));
        var names = new HashSet<String>();
        return new Wanted(
                entry.key(map, "peak").truth(true),
                every(entry.key(map, "every_s")),
                some(entry.key(map, "formats"), Format.class, Format.ASC),
                some(entry.key(map, "maps"), Kind.class, Kind.DEPTH),
                arrival(entry.key(map, "arrival_m")),
                points(entry.key(map, "points"), names),
                sites(entry.key(map, "sites"), names),
                entry.key(map, "point_every_s").positive(10, TIME_MAX),
                entry.key(map, "save_state").truth(false));
    }

    private static Optional<Integer> every(Entry entry) {
        if (!entry.given()) {
            return Optional.empty();
        }
        var every = entry.positive(1, TIME_MAX);
        if (every != Math.rint(every)) {
            entry.wrong("kind", "1, 2, 3 ...");
        }
        return Optional.of((int) Math.max(1, every));
    }

    private static Optional<Double> arrival(Entry entry) {
        return entry.given() ? Optional.of(entry.positive(0.1, 100)) : Optional.empty();
    }

    private static <E extends Enum<E>> List<E> some(Entry entry, Class<E> type, E otherwise) {
        if (!entry.given()) {
            return List.of(otherwise);
        }
        var known = Arrays.stream(type.getEnumConstants())
                .map(one -> one.name().toLowerCase(Locale.ROOT))
                .toArray(String[]::new);
        var found = new ArrayList<E>();
        for (var item : entry.items()) {
            var name = item.oneOf("", known);
            if (!name.isEmpty()) {
                found.add(Enum.valueOf(type, name.toUpperCase(Locale.ROOT)));
            }
        }
        return found;
    }

    private List<Wanted.Point> points(Entry entry, HashSet<String> names) {
        var points = new ArrayList<Wanted.Point>();
        for (var item : entry.items()) {
            var map = item.keys(List.of("name", "x", "y"));
            var place = new Place(
                    item.needed(map, "x").number(0, -1e9, 1e9),
                    item.needed(map, "y").number(0, -1e9, 1e9));
            var name = name(item, map, names);
            item.onGround(place, ground);
            points.add(new Wanted.Point(name, place));
        }
        return points;
    }

    private static String name(Entry item, Map<?, ?> map, HashSet<String> names) {
        var name = item.needed(map, "name").text("");
        if (!name.isEmpty() && !names.add(name)) {
            item.key(map, "name").wrong("twice");
        }
        return name;
    }

    private List<Wanted.Site> sites(Entry entry, HashSet<String> names) {
        var sites = new ArrayList<Wanted.Site>();
        for (var item : entry.items()) {
            var map = item.keys(List.of("name", "area"));
            var name = name(item, map, names);
            var area = item.needed(map, "area");
            var corners = area.line();
            if (ground.isEmpty() || corners.size() < 2) {
                continue;
            }
            if (corners.size() < 3) {
                area.wrong("kind", "[[x1, y1], [x2, y2], [x3, y3], ...]");
                continue;
            }
            var cells = new Shape(List.of(corners)).cells(ground.get());
            if (cells.isEmpty()) {
                area.wrong("outside", GridWords.of(ground.get().frame()));
            }
            sites.add(new Wanted.Site(name, cells));
        }
        return sites;
    }
}
