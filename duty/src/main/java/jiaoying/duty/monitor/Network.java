package jiaoying.duty.monitor;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;

/** Where the rain gauges stand, and which are nearest to a place. Found anew only when the register has changed. */
final class Network {
    /** More than are asked for, since some of them will be silent. */
    private static final int HELD = 15;

    private static final double KM_PER_DEGREE = 111.195;

    private final Map<String, Site> gauges = new TreeMap<>();
    private final Map<String, Site> places = new TreeMap<>();
    /** Follows from the two above. */
    private final Map<String, List<Site>> nearest = new TreeMap<>();

    private Optional<List<Site>> westToEast = Optional.empty();

    private record Site(String station, double lon, double lat) {
        double km(Site other) {
            var x = (lon - other.lon) * Math.cos(Math.toRadians((lat + other.lat) / 2));
            return KM_PER_DEGREE * Math.hypot(x, lat - other.lat);
        }
    }

    void place(String station, boolean rain, double lon, double lat) {
        var site = new Site(station, lon, lat);
        places.put(station, site);
        gauges.remove(station);
        if (rain) {
            gauges.put(station, site);
        }
        nearest.clear();
        westToEast = Optional.empty();
    }

    /** The nearest rain gauges but itself, nearest first; fewer than {@code count} when there are no more within reach. */
    List<String> near(String station, int count, int withinKm, Predicate<String> which) {
        var found = new ArrayList<String>(count);
        var here = places.get(station);
        for (var site : nearest.computeIfAbsent(station, this::find)) {
            if (found.size() == count || here == null || here.km(site) > withinKm) {
                break;
            }
            if (which.test(site.station())) {
                found.add(site.station());
            }
        }
        return found;
    }

    /** Looks east and west until no gauge there can be nearer than those found. */
    private List<Site> find(String station) {
        var here = places.get(station);
        if (here == null) {
            return List.of();
        }
        var sites = sorted();
        var order = Comparator.comparingDouble((Site site) -> site.km(here)).thenComparing(Site::station);
        var found = new ArrayList<Site>();
        var east = 0;
        while (east < sites.size() && sites.get(east).lon() < here.lon()) {
            east++;
        }
        var west = east - 1;
        while (east < sites.size() || west >= 0) {
            var goEast = west < 0
                    || (east < sites.size()
                            && sites.get(east).lon() - here.lon()
                                    <= here.lon() - sites.get(west).lon());
            var next = sites.get(goEast ? east++ : west--);
            if (next.station().equals(station)) {
                continue;
            }
            var across = KM_PER_DEGREE
                    * Math.abs(next.lon() - here.lon())
                    * Math.cos(Math.toRadians(Math.abs(here.lat()) + 1));
            if (found.size() == HELD && across >= found.getLast().km(here)) {
                break;
            }
            found.add(next);
            found.sort(order);
            if (found.size() > HELD) {
                found.removeLast();
            }
        }
        return found;
    }

    private List<Site> sorted() {
        var sorted = westToEast.orElseGet(() -> gauges.values().stream()
                .sorted(Comparator.comparingDouble(Site::lon).thenComparing(Site::station))
                .toList());
        westToEast = Optional.of(sorted);
        return sorted;
    }
}
