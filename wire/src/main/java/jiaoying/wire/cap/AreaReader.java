package jiaoying.wire.cap;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import jiaoying.wire.cap.Finding.Grade;
import jiaoying.wire.cap.Finding.Rule;

/** Reads an area (3.2.4). Geometry that is wrong is refused: nobody can say whom the warning means. */
final class AreaReader {
    private AreaReader() {}

    static Area read(Segment area) {
        area.check();
        var areaDesc = area.mandatory("areaDesc");
        var polygons = shapes(area, "polygon", Shapes::polygon, Rule.POLYGON, Shapes.POLYGON);
        var circles = shapes(area, "circle", Shapes::circle, Rule.CIRCLE, Shapes.CIRCLE);
        var geocodes = area.pairs("geocode", Grade.REFUSAL);
        var altitude = number(area, "altitude");
        var ceiling = number(area, "ceiling");
        if (ceiling.isPresent() && area.children("altitude").isEmpty()) {
            area.note(Rule.ALTITUDE, "ceiling", ceiling.get().toPlainString(), "only with altitude");
        }
        return new Area(areaDesc, polygons, circles, geocodes, altitude, ceiling);
    }

    private static <S> List<S> shapes(
            Segment area, String name, Function<String, Optional<S>> reader, Rule rule, String allowed) {
        var shapes = new ArrayList<S>();
        var number = 0;
        for (var child : area.children(name)) {
            number++;
            var place = name + "[" + number + "]";
            if (child.text().isBlank()) {
                area.note(Rule.EMPTY, place, "", allowed);
                continue;
            }
            var shape = reader.apply(child.text());
            shape.ifPresentOrElse(
                    shapes::add, () -> area.refuse(rule, place, child.text().strip(), allowed));
        }
        return shapes;
    }

    private static Optional<BigDecimal> number(Segment area, String name) {
        var text = area.token(name);
        var number = text.flatMap(Shapes::number);
        if (text.isPresent() && number.isEmpty()) {
            area.refuse(Rule.ALTITUDE, name, text.get(), Shapes.NUMBER + ", feet above mean sea level");
        }
        return number;
    }
}
