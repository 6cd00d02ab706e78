package jiaoying.server.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import jiaoying.duty.roster.RosterFact.AreaRegistered;
import org.junit.jupiter.api.Test;

/** A city with a town T, its village V, and a village W of the city itself. */
class WhereaboutsTest {
    private static final String POLYGON = "1,1;2,1;2,2";
    private static final CityRegister REGISTER = new CityRegister(
            Stream.of(
                            area("C", "city", ""),
                            area("T", "town", "C"),
                            area("V", "village", "T"),
                            area("W", "village", "C"))
                    .collect(Collectors.toMap(AreaRegistered::area, Function.identity())),
            Map.of(),
            Map.of(),
            Map.of(),
            Map.of(),
            Map.of(),
            List.of());

    private static AreaRegistered area(String code, String kind, String parent) {
        return new AreaRegistered(code, code, code, kind, parent, false);
    }

    private static Whereabouts within(String polygon, Set<String> drawn, Set<String> met) {
        return Whereabouts.of(DrawnPolygon.read(polygon), _ -> new Outlines.Meeting(drawn, met), REGISTER);
    }

    @Test
    void a_village_that_is_not_drawn_lies_where_its_town_lies() {
        var corner = within(POLYGON, Set.of("T"), Set.of("T"));
        assertThat(corner.of("T")).isEqualTo(Whereabouts.Place.INSIDE);
        assertThat(corner.of("V")).isEqualTo(Whereabouts.Place.INSIDE);
        assertThat(within(POLYGON, Set.of("T"), Set.of()).of("V")).isEqualTo(Whereabouts.Place.OUTSIDE);
    }

    @Test
    void what_nobody_has_drawn_is_neither_in_nor_out() {
        assertThat(within(POLYGON, Set.of("T"), Set.of("T")).of("W")).isEqualTo(Whereabouts.Place.UNDRAWN);
        assertThat(within(POLYGON, Set.of(), Set.of()).of("V")).isEqualTo(Whereabouts.Place.UNDRAWN);
    }

    @Test
    void without_a_polygon_everything_is_meant() {
        assertThat(within("", Set.of(), Set.of()).of("W")).isEqualTo(Whereabouts.Place.INSIDE);
    }
}
