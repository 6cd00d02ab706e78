package jiaoying.server.flood;

import java.util.ArrayList;
import java.util.List;
import jiaoying.water.grid.Raster;
import jiaoying.water.inundation.Inflow.Place;

/**
 * An area on the ground.
 *
 * @param rings its corners, and those of its holes; the first need not be said again at the end
 */
record Shape(List<List<Place>> rings) {
    Shape {
        rings = List.copyOf(rings);
    }

    /** The cells whose centres lie within, row * columns + column, rising; missing cells left out. */
    List<Integer> cells(Raster ground) {
        var frame = ground.frame();
        var places = rings.stream().flatMap(List::stream).toList();
        var north = places.stream().mapToDouble(Place::y).max().orElse(0);
        var south = places.stream().mapToDouble(Place::y).min().orElse(0);
        var found = new ArrayList<Integer>();
        for (var row = Math.max(0, frame.rowOf(north)); row <= Math.min(frame.rows() - 1, frame.rowOf(south)); row++) {
            var crossings = crossings(frame.yOf(row));
            for (var i = 0; i + 1 < crossings.length; i += 2) {
                var from = Math.max(0, (int) Math.ceil((crossings[i] - frame.west()) / frame.cellSize() - 0.5));
                for (var column = from; column < frame.columns() && frame.xOf(column) < crossings[i + 1]; column++) {
                    if (!Double.isNaN(ground.at(row, column))) {
                        found.add(row * frame.columns() + column);
                    }
                }
            }
        }
        return found;
    }

    /** Where the edges cross a line of equal y, from the west. */
    private double[] crossings(double y) {
        var found = new ArrayList<Double>();
        for (var ring : rings) {
            for (var i = 0; i < ring.size(); i++) {
                var a = ring.get(i);
                var b = ring.get((i + 1) % ring.size());
                if (a.y() > y != b.y() > y) {
                    found.add(a.x() + (y - a.y()) / (b.y() - a.y()) * (b.x() - a.x()));
                }
            }
        }
        return found.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    }
}
