package jiaoying.server.door.sensorthings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import jiaoying.server.reply.Texts;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Expressions of $filter, 18-088 §9.3.3.5, on one entity: a station at 121.05 E 30.71 N. */
class FilterTest {
    private static final Map<String, Object> ENTITY = Map.of(
            "name",
            "Zhapu",
            "location",
            Map.of("type", "Point", "coordinates", List.of(121.05, 30.71)),
            "phenomenonTime",
            "2026-07-01T02:15:30.250Z",
            "result",
            new BigDecimal("12.5"),
            Filter.NOW,
            Instant.parse("2026-07-01T02:20:00Z"));

    private static boolean test(String expression) {
        return Filter.of(expression).test(ENTITY::get);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "st_within(location,geography'POLYGON((121 30,122 30,122 31,121 31,121 30))')",
                "not st_within(location,geography'POLYGON((0 0,1 0,1 1,0 0))')",
                "st_contains(geography'POLYGON((121 30,122 30,122 31,121 31,121 30))',location)",
                "geo.intersects(location,geography'POLYGON((121 30,122 30,122 31,121 31,121 30))') eq true",
                "st_intersects(geography'LINESTRING(121 30.71,122 30.71)',location)",
                "st_disjoint(location,geometry'POINT(0 0)')",
                "st_equals(location,geography'SRID=4326;POINT(121.05 30.71)')",
                "st_touches(geography'POINT(121 30)',geography'LINESTRING(121 30,122 30)')",
                "st_crosses(geography'LINESTRING(0 0,2 2)',geography'LINESTRING(0 2,2 0)')",
                "st_overlaps(geography'POLYGON((0 0,2 0,2 2,0 2,0 0))',geography'POLYGON((1 1,3 1,3 3,1 3,1 1))')",
                "st_relate(location,geography'POINT(121.05 30.71)','T*F**FFF*')",
                "geo.distance(location,geography'POINT(121.05 30.61)') lt 0.11",
                "geo.distance(location,geography'POINT(121.05 30.61)') gt 0.09 and result eq 12.5",
                "geo.length(geography'LINESTRING(0 0,3 4)') eq 5",
                "now() gt phenomenonTime",
                "date(phenomenonTime) eq '2026-07-01' and time(phenomenonTime) eq '02:15:30'",
                "fractionalseconds(phenomenonTime) eq 0.25 and totaloffsetminutes(phenomenonTime) eq 0",
                "phenomenonTime gt mindatetime() and phenomenonTime lt maxdatetime()"
            })
    void holds(String expression) {
        assertThat(test(expression)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "st_within(name,geography'POINT(0 0)')",
                "st_relate(location,geography'POINT(1 1)','no pattern')",
                "geo.length(location) gt 0",
                "st_overlaps(location,location)"
            })
    void what_is_no_shape_is_not_within_any(String expression) {
        assertThat(test(expression)).isFalse();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            st_within(location)                                  | 400 | takes         | 个值
            st_within(location,geography'POINT 1')               | 400 | well-known    | WKT
            st_within(location,geography'POLYGON((0 0,1 1))')    | 400 | well-known    | WKT
            st_buffer(location)                                  | 501 | st_within     | st_within
            result eq                                            | 400 | missing       | 缺一个值
            (result eq 1                                         | 400 | parenthesis   | 括号
            """)
    void what_cannot_be_done_is_said_in_both_languages(String expression, int status, String en, String zh) {
        var refused = catchThrowableOfType(Refused.class, () -> Filter.of(expression));
        assertThat(refused.status()).isEqualTo(status);
        assertThat(refused.message(Texts.EN)).contains(en);
        assertThat(refused.message(Texts.ZH)).contains(zh);
    }

    @Test
    void a_bound_of_a_moment_beside_now_is_not_the_journals() {
        assertThat(Filter.of("phenomenonTime le now()").bounds()).isEmpty();
        assertThat(Filter.of("phenomenonTime le 2026-07-01T00:00:00Z").bounds()).hasSize(1);
    }
}
