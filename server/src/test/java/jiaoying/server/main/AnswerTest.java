package jiaoying.server.main;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import jiaoying.duty.errand.CarrierEvent;
import jiaoying.duty.errand.Channel;
import jiaoying.duty.monitor.SignalColor;
import jiaoying.duty.room.Arrival;
import jiaoying.duty.room.Deed;
import jiaoying.server.security.Role;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The Answer screen while a red signal is in force in Zhapu: Wang has answered, Li has not. */
class AnswerTest {
    private final House house = House.open();
    private final MemoryRoom room = house.room;

    @BeforeEach
    void red_in_zhapu() {
        room.pass(Duration.ofDays(2));
        signal(SignalColor.RED);
        room.bring(new Arrival.CarrierEvents(List.of(new CarrierEvent(
                "voice", "e" + room.now(), room.errandTo("wang").key(), CarrierEvent.Kind.CONFIRMED, ""))));
    }

    @AfterEach
    void lifted() {
        signal(SignalColor.NONE);
    }

    private void signal(SignalColor color) {
        room.bring(new Arrival.SignalReceived("气象台", "office", "rainstorm", MemoryRoom.ZHAPU, color, "", ""));
    }

    private static String order(JsonNode answer) {
        return answer.path("orders").get(0).path("id").asString();
    }

    @Test
    void rows_come_in_pages_and_then_only_what_changed() {
        var officer = house.signIn("officer");
        var answer = officer.get("/api/answer").json();
        var order = order(answer);
        var first = officer.get("/api/answer/rows?most=1&order=" + order).json();
        var second = officer.get(
                        "/api/answer/rows?most=1&after=" + first.path("next").asString() + "&order=" + order)
                .json();

        assertThat(answer.path("orders").get(0).path("silent").asInt()).isEqualTo(1);
        assertThat(first.path("rows").get(0).path("person").asString()).isEqualTo("li");
        assertThat(first.path("rows").get(0).path("state").asString()).isEqualTo("calling");
        assertThat(second.path("rows").get(0).path("person").asString()).isEqualTo("wang");
        assertThat(second.path("rows").get(0).path("channel").asString()).isEqualTo("voice");

        var since = first.path("fact").asLong();
        assertThat(officer.get("/api/answer/changes?since=" + since + "&order=" + order)
                        .json()
                        .path("rows"))
                .isEmpty();
        room.pass(Duration.ofMinutes(1));
        room.bring(new Arrival.Act("officer", new Deed.ReachedByHand(order, "li", "door", "在家", "民兵小张")));
        var changed = officer.get("/api/answer/changes?since=" + since + "&order=" + order)
                .json()
                .path("rows");
        assertThat(changed).hasSize(1);
        assertThat(changed.get(0).path("state").asString()).isEqualTo("reached-by-desk");
        assertThat(changed.get(0).path("channel").asString()).isEqualTo("door");
        assertThat(changed.get(0).path("witness").asString()).isEqualTo("民兵小张");
    }

    @Test
    void a_village_without_two_people_is_found_in_a_polygon_even_when_nothing_else_stands_there() {
        var officer = house.signIn("officer");
        var corner = officer.get("/api/answer/coverage?polygon=" + encoded("121.15,30.55;121.3,30.55;121.3,30.6"))
                .json();
        assertThat(places(corner.path("areas"))).containsExactly(MemoryRoom.ZHAPU_VILLAGE);
        assertThat(corner.path("areas").get(0).path("named").get(0).asString()).isEqualTo("李二");
        assertThat(corner.path("unplaced")).isEmpty();

        var sea = officer.get("/api/answer/coverage?polygon=" + encoded("121.3,30.55;121.4,30.55;121.4,30.6"))
                .json();
        assertThat(sea.path("areas")).as("nobody lives there").isEmpty();

        assertThat(places(officer.get("/api/answer/coverage").json().path("areas")))
                .containsExactlyInAnyOrder(MemoryRoom.ZHAPU_VILLAGE, MemoryRoom.XINDAI);
        var xindai =
                officer.get("/api/answer/coverage?area=" + MemoryRoom.XINDAI).json();
        assertThat(places(xindai.path("areas"))).containsExactly(MemoryRoom.XINDAI);
        assertThat(xindai.path("towns")).hasSize(1);
        assertThat(officer.get("/api/answer/coverage?area=nowhere").status()).isEqualTo(404);
        assertThat(officer.get("/api/answer/coverage?polygon=1,2").status()).isEqualTo(400);
    }

    @Test
    void an_answer_test_says_of_each_town_how_many_answered_and_is_due_again_after_a_month() {
        var officer = house.signIn("officer");
        room.bring(new Arrival.Act("officer", new Deed.TestAnswers(MemoryRoom.XINDAI)));
        room.bring(new Arrival.CarrierEvents(List.of(new CarrierEvent(
                "voice", "t" + room.now(), room.errandTo("qian").key(), CarrierEvent.Kind.CONFIRMED, ""))));
        var tested = town(officer, MemoryRoom.XINDAI);
        assertThat(tested.path("called").asInt()).isEqualTo(1);
        assertThat(tested.path("answered").asInt()).isEqualTo(1);
        assertThat(tested.path("due").asBoolean()).isFalse();
        assertThat(town(officer, MemoryRoom.ZHAPU).path("due").asBoolean())
                .as("nobody has tried them")
                .isTrue();

        room.pass(Duration.ofDays(32));
        assertThat(town(officer, MemoryRoom.XINDAI).path("due").asBoolean()).isTrue();
    }

    private static JsonNode town(Visitor visitor, String town) {
        return visitor.get("/api/answer/coverage")
                .json()
                .path("towns")
                .valueStream()
                .filter(row -> row.path("town").asString().equals(town))
                .findFirst()
                .orElseThrow();
    }

    private static List<String> places(JsonNode holes) {
        return holes.valueStream().map(hole -> hole.path("place").asString()).toList();
    }

    @Test
    void the_source_of_the_lines_is_said_in_the_language_of_the_reader() {
        var officer = house.signIn("officer");
        assertThat(officer.get("/api/answer/lines", "Accept-Language", "zh-CN")
                        .json()
                        .path("source")
                        .asString())
                .isEqualTo("示例值");
        assertThat(officer.get("/api/answer/lines", "Accept-Language", "en")
                        .json()
                        .path("source")
                        .asString())
                .isEqualTo("example");
    }

    @Test
    void people_for_an_exercise_are_found_by_name_body_duty_and_area() {
        var officer = house.signIn("officer");
        assertThat(names(officer.get("/api/answer/people?q=li").json())).contains("li");
        var town = officer.get("/api/answer/people?q=" + encoded("乍浦")).json();
        assertThat(names(town)).contains("wang", "li");
        assertThat(town.path("groups")
                        .valueStream()
                        .map(group -> group.path("kind").asString() + " "
                                + group.path("id").asString()))
                .contains("body B1", "area " + MemoryRoom.ZHAPU);
        assertThat(names(officer.get("/api/answer/people?area=" + MemoryRoom.ZHAPU)
                        .json()))
                .as("its villages too")
                .contains("wang", "li")
                .doesNotContain("qian");
        assertThat(names(officer.get("/api/answer/people?duty=" + encoded("村责任人"))
                        .json()))
                .containsExactly("li");
        var english = officer.get("/api/answer/people?q=" + encoded("乍浦"), "Accept-Language", "en")
                .json();
        assertThat(names(english))
                .as("in either language, whatever the reader's")
                .contains("wang", "li");
        assertThat(english.path("groups").path(0).path("name").asString()).isEqualTo("Zhapu Town");
        assertThat(names(officer.get("/api/answer/people?q=zhapu", "Accept-Language", "zh-CN")
                        .json()))
                .contains("wang", "li");
        assertThat(officer.get("/api/answer/people").json().path("found").asInt())
                .isZero();
    }

    private static List<String> names(JsonNode found) {
        return found.path("people")
                .valueStream()
                .map(one -> one.path("person").asString())
                .toList();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    @Test
    void the_list_on_paper_has_who_is_unreached_and_nobody_else() {
        var officer = house.signIn("officer");
        var page = officer.get("/api/answer/offline.html?order="
                        + order(officer.get("/api/answer").json()))
                .body();

        assertThat(page).contains("李二", "见证人签字").doesNotContain("王一");
    }

    @Test
    void when_neither_texts_nor_calls_go_out_the_screen_says_so_at_once() {
        var officer = house.signIn("officer");
        assertThat(officer.get("/api/answer").json().path("offline").path("out").asBoolean())
                .isFalse();

        room.out(List.of(Channel.TEXT, Channel.VOICE));
        var offline = officer.get("/api/answer").json().path("offline");
        room.out(List.of());

        assertThat(offline.path("out").asBoolean()).isTrue();
        assertThat(offline.path("channels")).hasSize(2);
    }

    @Test
    void lines_that_are_too_few_are_told_with_how_many_are_needed() {
        var officer = house.signIn("officer");
        var few = officer.get("/api/answer/lines?lines=60&red=2000").json();
        var enough = officer.get(
                        "/api/answer/lines?red=2000&lines=" + few.path("needed").asInt())
                .json();

        assertThat(few.path("rows").get(0).path("kept").asBoolean()).isFalse();
        assertThat(enough.path("rows").get(0).path("kept").asBoolean()).isTrue();
    }

    @Test
    void the_lines_that_the_trunks_have_count_and_stand_beside_those_of_the_plan() {
        var officer = house.signIn("officer");
        var plan = officer.get("/api/answer/lines?red=200").json();
        assertThat(plan.path("there").asInt()).isZero();
        assertThat(plan.path("lines").asInt())
                .isEqualTo(plan.path("planned").asInt())
                .isEqualTo(30);
        room.lines = 4;
        var trunks = officer.get("/api/answer/lines?red=200").json();
        room.lines = 0;
        assertThat(trunks.path("there").asInt()).isEqualTo(4);
        assertThat(trunks.path("lines").asInt()).isEqualTo(4);
        assertThat(trunks.path("planned").asInt()).isEqualTo(30);
        assertThat(trunks.path("rows").get(0).path("all_rung").asLong())
                .isGreaterThan(plan.path("rows").get(0).path("all_rung").asLong());
    }

    @Test
    void who_reads_other_areas_only_sees_nothing_of_it() {
        assertThat(house.signIn("xindai").get("/api/answer").json().path("orders"))
                .isEmpty();
    }

    @Test
    void a_drill_is_no_matter_of_watch_and_its_list_says_so() {
        var officer = house.signIn("officer");
        room.bring(new Arrival.Act(
                "officer", new Deed.StartDrill("rainstorm", MemoryRoom.ZHAPU, SignalColor.RED, "汛前演练", List.of("li"))));
        var drill = officer.get("/api/answer").json().path("orders").get(0);

        assertThat(drill.path("aim").asString()).isEqualTo("drill");
        assertThat(officer.get("/api/watch").json().path("orders")).hasSize(1);
        assertThat(officer.get("/api/answer/offline.html?order="
                                + drill.path("id").asString())
                        .body())
                .contains("演练");
        room.bring(new Arrival.Act("officer", new Deed.EndDrill(drill.path("id").asString())));
    }

    @Test
    void what_a_called_person_said_is_heard_by_the_duty_and_the_auditor_only() throws Exception {
        var draft = room.recordings.begin(
                "trunk", room.errandTo("wang").key(), room.now().plus(Duration.ofDays(30)), 10, () -> true);
        draft.hear(false, 0, new byte[8_000]);
        var kept = draft.end().orElseThrow();
        room.recordings.told(kept);

        var officer = house.signIn("officer");
        var path = "/api/callees/" + order(officer.get("/api/answer").json()) + "/wang/recordings";
        var list = officer.get(path).json();
        assertThat(list).hasSize(1);
        assertThat(list.get(0).path("sha256").asString()).isEqualTo(kept.sha256());
        assertThat(list.get(0).path("seconds").asInt()).isOne();
        var file = officer.get(path + "/" + kept.sha256());
        assertThat(file.status()).isEqualTo(200);
        assertThat(HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(file.bytes())))
                .isEqualTo(kept.sha256());
        assertThat(officer.get(path.replace("/wang/", "/li/")).json()).isEmpty();
        assertThat(officer.get(path + "/" + "0".repeat(64)).status()).isEqualTo(404);
        assertThat(house.withRole(Role.AUDITOR).get(path).status()).isEqualTo(200);
        for (var other : List.of(Role.VILLAGE, Role.TOWN, Role.DEPARTMENT, Role.SYSTEM_ADMINISTRATOR)) {
            assertThat(house.withRole(other).get(path).status()).isEqualTo(403);
            assertThat(house.withRole(other).get(path + "/" + kept.sha256()).status())
                    .isEqualTo(403);
        }
    }
}
