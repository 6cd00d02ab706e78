package jiaoying.server.page;

import java.util.Set;

/** Which areas a drawn polygon meets; an area that is not drawn lies where the one above it lies. */
final class Whereabouts {
    /** Where an area lies. */
    enum Place {
        INSIDE,
        OUTSIDE,
        /** Neither it nor any area above it but the whole is drawn. */
        UNDRAWN
    }

    private static final int DEPTH_MAX = 16;

    private final DrawnPolygon polygon;
    private final CityRegister register;
    private final Set<String> drawn;
    private final Set<String> met;

    private Whereabouts(DrawnPolygon polygon, CityRegister register, Set<String> drawn, Set<String> met) {
        this.polygon = polygon;
        this.register = register;
        this.drawn = drawn;
        this.met = met;
    }

    static Whereabouts of(DrawnPolygon polygon, Outlines outlines, CityRegister register) {
        if (polygon.whole()) {
            return new Whereabouts(polygon, register, Set.of(), Set.of());
        }
        var meeting = outlines.meeting(polygon.corners());
        return new Whereabouts(polygon, register, meeting.drawn(), meeting.met());
    }

    Place of(String area) {
        if (polygon.whole()) {
            return Place.INSIDE;
        }
        var at = area;
        for (var depth = 0; depth < DEPTH_MAX; depth++) {
            if (drawn.contains(at)) {
                return met.contains(at) ? Place.INSIDE : Place.OUTSIDE;
            }
            var row = register.areas().get(at);
            if (row == null || row.parent().isEmpty()) {
                break;
            }
            at = row.parent();
        }
        return Place.UNDRAWN;
    }
}
