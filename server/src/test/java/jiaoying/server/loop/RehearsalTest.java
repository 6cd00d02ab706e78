package jiaoying.server.loop;

import static org.assertj.core.api.Assertions.assertThat;

import jiaoying.server.pack.PackLibrary;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RehearsalTest {
    private static final String[] TABLES = {
        "arrival", "step", "fact", "view", "errand", "timer", "register", "person_key"
    };

    @ParameterizedTest
    @ValueSource(strings = {"zh-CN", "en"})
    void made_up_people_are_called_by_the_plan_of_the_room_and_nothing_is_kept_of_them(String language)
            throws Exception {
        var rules = PackLibrary.inside().rules(PackLibrary.USUAL_CRITERIA, "call-and-answer", language);
        try (var house = new TestHouse().furnished()) {
            var before = rows(house);
            var json = house.inbox.know(house.room, house.keys);
            assertThat(Rehearsal.play(rules, json, 2, () -> true)).isGreaterThanOrEqualTo(2 * 500);
            house.inbox.flush();
            assertThat(rows(house)).isEqualTo(before);
        }
    }

    @Test
    void it_ends_when_the_room_has_other_work() {
        try (var house = new TestHouse().furnished()) {
            var json = house.inbox.know(house.room, house.keys);
            assertThat(Rehearsal.play(TestCity.rules(), json, 20, () -> false)).isZero();
        }
    }

    private static String rows(TestHouse house) {
        var rows = new StringBuilder();
        for (var table : TABLES) {
            rows.append(Tables.rows(house, "SELECT '" + table + "', count(*) FROM " + table + " WHERE room = :room"));
        }
        return rows.toString();
    }
}
