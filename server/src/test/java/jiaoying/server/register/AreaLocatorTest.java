package jiaoying.server.register;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jiaoying.server.reply.Texts;
import org.junit.jupiter.api.Test;

class AreaLocatorTest {
    private static final String SQUARE = "[[0,0],[4,0],[4,4],[0,4],[0,0]]";

    @Test
    void a_point_lies_in_the_polygon_that_covers_it_and_not_in_its_hole() throws Exception {
        var locator = AreaLocator.of(features(
                feature("A", "Polygon", "[" + SQUARE + ",[[1,1],[2,1],[2,2],[1,2],[1,1]]]"),
                feature("B", "MultiPolygon", "[[[[4,0],[8,0],[8,4],[4,4],[4,0]]],[[[1,1],[2,1],[2,2],[1,2],[1,1]]]]")));

        assertThat(locator.areaOf(3, 3)).contains("A");
        assertThat(locator.areaOf(1.5, 1.5)).contains("B");
        assertThat(locator.areaOf(5, 1)).contains("B");
        assertThat(locator.areaOf(9, 9)).isEmpty();
        assertThat(locator.schematic()).isFalse();
    }

    @Test
    void a_point_on_a_shared_border_belongs_to_the_lower_code() throws Exception {
        assertThat(AreaLocator.of(features(
                                feature("B", "Polygon", "[" + SQUARE + "]"),
                                feature("A", "Polygon", "[[[4,0],[8,0],[8,4],[4,4],[4,0]]]")))
                        .areaOf(4, 2))
                .contains("A");
    }

    @Test
    void broken_boundaries_are_refused_in_words() {
        refused("{}", "no FeatureCollection");
        refused("nothing", "JSON, line 1, column 1: nothing is no value");
        refused(features(feature("", "Polygon", "[" + SQUARE + "]")), "a feature without the property code");
        refused(features(feature("A", "Point", "[1,1]")), "area A is no Polygon or MultiPolygon");
        refused(
                features(feature("A", "Polygon", "[[[0,0],[4,0],[4,4],[0,4]]]")),
                "area A has a ring that is not closed");
        refused(features(feature("A", "Polygon", "[]")), "area A has a polygon without a ring");
        refused(features(feature("A", "Polygon", "[[[0,0],[4,4],[4,0],[0,4],[0,0]]]")), "crosses itself");
        refused(
                features(feature("A", "Polygon", "[[[4,0],[40000,0],[4,4],[4,0]]]")),
                "area A has a position that is not longitude, latitude in degrees: [40000,0]");
        var same = feature("A", "Polygon", "[" + SQUARE + "]");
        refused(features(same, same), "two features with the code A");
    }

    private static void refused(String geojson, String why) {
        assertThatThrownBy(() -> AreaLocator.of(geojson))
                .isInstanceOfSatisfying(
                        AreaLocator.Undrawn.class,
                        refusal -> assertThat(Texts.EN.say(refusal.what())).contains(why));
    }

    private static String features(String... features) {
        return "{\"type\":\"FeatureCollection\",\"features\":[" + String.join(",", features) + "]}";
    }

    private static String feature(String code, String type, String coordinates) {
        return "{\"type\":\"Feature\",\"properties\":{\"code\":\"%s\"},\"geometry\":{\"type\":\"%s\",\"coordinates\":%s}}"
                .formatted(code, type, coordinates);
    }
}
