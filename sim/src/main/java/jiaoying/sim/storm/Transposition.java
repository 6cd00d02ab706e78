package jiaoying.sim.storm;

import java.util.ArrayList;
import java.util.List;

/**
 * Storm transposition (暴雨移植): a gauge network is moved so that its centre (mean of longitudes and latitudes) lies at
 * {@code to}. Distances and directions from the centre are kept in local metres and multiplied by {@code scale}.
 */
public record Transposition(Place to, double scale) {
    public Transposition {
        if (!(scale > 0 && scale <= 10)) {
            throw new IllegalArgumentException("scale %s: above 0, at most 10 is allowed".formatted(scale));
        }
    }

    public List<Place> move(List<Place> network) {
        double lonCentre = network.stream().mapToDouble(Place::lon).average().orElse(0);
        double latCentre = network.stream().mapToDouble(Place::lat).average().orElse(0);
        double narrowing = Math.cos(Math.toRadians(latCentre)) / Math.cos(Math.toRadians(to.lat()));
        var moved = new ArrayList<Place>(network.size());
        for (var place : network) {
            moved.add(new Place(
                    to.lon() + (place.lon() - lonCentre) * narrowing * scale,
                    to.lat() + (place.lat() - latCentre) * scale));
        }
        return moved;
    }
}
