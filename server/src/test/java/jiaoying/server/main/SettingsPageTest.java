package jiaoying.server.main;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import jiaoying.duty.ledger.Fact;
import jiaoying.duty.ledger.Personal;
import jiaoying.duty.room.Arrival;
import jiaoying.duty.roster.RosterFact;
import jiaoying.server.security.Role;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Settings of a programme through the real doors: looked at, proposed, decided by another, and seen on every page from then on. */
class SettingsPageTest {
    private static final MemoryRoom ROOM = new MemoryRoom();
    private static final String SETTINGS = "/api/programmes/hazards/settings";
    private static House house;
    private static Visitor supervisor;
    private static Visitor leader;
    private static Visitor rectifier;

    @BeforeAll
    static void a_city_with_two_who_answer_for_a_programme() {
        house = House.over(ROOM);
        var rows = new ArrayList<Fact>();
        rows.add(new RosterFact.BodyRegistered("S", "应急管理局", "Emergency", "department", MemoryRoom.CITY));
        rows.add(new RosterFact.BodyRegistered("W", "外山村", "Waishan", "village", MemoryRoom.ZHAPU_VILLAGE));
        person(rows, "super", "S", "督办人员", "值班员", "研判人员");
        person(rows, "rect", "W", "整改责任人");
        person(rows, "lead", "S", "分管领导");
        ROOM.bring(new Arrival.RegisterChanged("test", rows));
        supervisor = house.signInFor("super", EnumSet.of(Role.DEPARTMENT), List.of());
        leader = house.signInFor("lead", EnumSet.of(Role.DEPARTMENT), List.of());
        rectifier = house.signInFor("rect", EnumSet.of(Role.DEPARTMENT), List.of());
        assertThat(open("sluice", "pump")).isEqualTo(200);
    }

    @AfterAll
    static void closed() {
        house.close();
    }

    private static void person(List<Fact> rows, String person, String body, String... duties) {
        rows.add(new RosterFact.PersonRegistered(person, new Personal(person, "示例" + person), body, "", ""));
        for (var duty : duties) {
            rows.add(new RosterFact.DutyAssigned(person + duty, person, duty, MemoryRoom.ZHAPU_VILLAGE, List.of(), ""));
        }
    }

    @Test
    void a_value_is_retired_by_two_persons_and_offered_no_more_while_items_that_have_it_keep_it() {
        var retire = "{\"programme\":\"hazards\",\"what\":\"choice-retired\",\"list\":\"category\",\"choice\":\"pump\"";
        var preview = supervisor.post(SETTINGS + "/preview", retire + "}");
        assertThat(preview.status()).as(preview.body()).isEqualTo(200);
        assertThat(preview.json().path("using").asInt()).isEqualTo(1);
        assertThat(preview.json().path("faults")).isEmpty();
        assertThat(choices()).contains("pump");
        assertThat(supervisor
                        .get(SETTINGS)
                        .json()
                        .path("lists")
                        .valueStream()
                        .filter(list -> list.path("id").asString().equals("category"))
                        .flatMap(list -> list.path("choices").valueStream())
                        .filter(choice -> choice.path("id").asString().equals("pump"))
                        .map(choice -> choice.path("open").asInt()))
                .containsExactly(1);

        assertThat(rectifier
                        .post("/api/acts/propose-amendment", retire + ",\"reason\":\"x\"}")
                        .json()
                        .path("error")
                        .path("code")
                        .asString())
                .isEqualTo("setting-not-yours");
        var change = proposed(retire + ",\"reason\":\"并入别类\"}");
        assertThat(leader.get(SETTINGS + "/" + change + "/preview")
                        .json()
                        .path("using")
                        .asInt())
                .as("who decides sees what it would do")
                .isEqualTo(1);
        assertThat(leader.get(SETTINGS + "/A0/preview").status()).isEqualTo(404);
        var own = supervisor.post("/api/acts/decide-amendment", decide(change, true));
        assertThat(own.status()).isEqualTo(409);
        assertThat(own.json().path("error").path("allowed").asString()).contains("由其中另一人决定");
        assertThat(choices()).as("nothing holds before it is decided").contains("pump");
        assertThat(leader.post("/api/acts/decide-amendment", decide(change, true))
                        .status())
                .isEqualTo(200);

        assertThat(choices()).doesNotContain("pump");
        assertThat(open("again", "pump")).isEqualTo(409);
        var item = supervisor.get("/api/items?q=sluice").json().path("rows").get(0);
        var kept = supervisor
                .get("/api/items/" + item.path("item").asString())
                .json()
                .path("fields")
                .valueStream()
                .filter(field -> field.path("id").asString().equals("category"))
                .findFirst()
                .orElseThrow();
        assertThat(kept.path("value").asString()).isEqualTo("pump");
        assertThat(kept.path("choices").findValuesAsString("id")).contains("pump");
        var shown = supervisor.get(SETTINGS).json().path("changes").get(0);
        assertThat(shown.path("by").asString()).isEqualTo("示例super");
        assertThat(shown.path("decided_by").asString()).isEqualTo("示例lead");
        assertThat(shown.path("state").asString()).isEqualTo("approved");
    }

    @Test
    void wrong_words_are_told_at_once_with_their_line_and_what_was_meant() {
        var preview = supervisor
                .post(
                        SETTINGS + "/preview?lang=en",
                        "{\"what\":\"words\",\"place\":\"report\",\"zh\":\"{period}\\n隐患{fund}处\",\"en\":\"a {found} } b\"}")
                .json();
        var faults = preview.path("faults");
        assertThat(faults.findValuesAsString("code")).containsExactly("setting-placeholder", "setting-braces");
        assertThat(faults.get(0).path("part").asString()).isEqualTo("zh-CN");
        assertThat(faults.get(0).path("line").asInt()).isEqualTo(2);
        assertThat(faults.get(0).path("column").asInt()).isEqualTo(3);
        assertThat(faults.get(0).path("nearest").asString()).isEqualTo("found");
        assertThat(faults.get(1).path("part").asString()).isEqualTo("en");
        assertThat(faults.get(1).path("column").asInt()).isEqualTo(11);
        var good = supervisor
                .post(
                        SETTINGS + "/preview",
                        "{\"what\":\"words\",\"place\":\"report\",\"zh\":\"共{found}处\",\"en\":\"{found} found\"}")
                .json();
        assertThat(good.path("faults")).isEmpty();
        assertThat(good.path("after").path("en").asString()).matches("\\d+ found");
        assertThat(good.path("before").path("en").asString())
                .isNotEqualTo(good.path("after").path("en").asString());
        assertThat(supervisor
                        .post(SETTINGS + "/preview", "{\"what\":\"stages\"}")
                        .status())
                .isEqualTo(400);
    }

    @Test
    void a_target_stands_beside_its_figure_and_an_earlier_day_has_none() throws java.io.IOException {
        assertThat(figure("found").path("target").isNull()).isTrue();
        var target =
                "{\"programme\":\"hazards\",\"what\":\"target\",\"indicator\":\"found\",\"year\":2026,\"value\":\"4\"";
        assertThat(supervisor
                        .post(SETTINGS + "/preview", target + "}")
                        .json()
                        .path("target")
                        .path("aim")
                        .asString())
                .isEqualTo("4");
        var change = proposed(target + ",\"reason\":\"年度\"}");
        assertThat(leader.post("/api/acts/decide-amendment", decide(change, true))
                        .status())
                .isEqualTo(200);
        var found = figure("found");
        assertThat(found.path("target").path("aim").asString()).isEqualTo("4");
        assertThat(new java.math.BigDecimal(found.path("target").path("share").asString()))
                .isEqualByComparingTo(new java.math.BigDecimal(
                                found.path("target").path("value").asString())
                        .multiply(new java.math.BigDecimal(25)));
        assertThat(LedgerPageTest.part(
                        supervisor
                                .get(
                                        "/api/programmes/hazards/report.docx?from=2026-01-01&to=2026-07-01&as_of=2026-07-01")
                                .bytes(),
                        "word/document.xml"))
                .contains("年度目标");
        var yesterday = supervisor
                .get(
                        "/api/programmes/hazards/report?from=2026-01-01&to=2026-06-30&as_of=2026-06-30&known_on=2026-07-01")
                .json();
        assertThat(yesterday.path("figures").get(0).path("target").isNull())
                .as("as of a day before the change")
                .isTrue();
    }

    @Test
    void another_name_is_read_on_every_page_and_the_trace_of_before_keeps_the_old_one() {
        var words = "{\"programme\":\"hazards\",\"what\":\"words\",\"place\":\"field/hazard/description\","
                + "\"zh\":\"现场情况\",\"en\":\"what is there\"";
        var change = proposed(words + ",\"reason\":\"好懂\"}");
        assertThat(leader.post("/api/acts/decide-amendment", decide(change, false, "再议"))
                        .status())
                .isEqualTo(200);
        assertThat(fieldNames()).doesNotContain("现场情况");
        var second = proposed(words + ",\"reason\":\"好懂\"}");
        assertThat(leader.post("/api/acts/decide-amendment", decide(second, true))
                        .status())
                .isEqualTo(200);
        assertThat(fieldNames()).contains("现场情况");
    }

    @Test
    void usual_bodies_are_offered_where_a_step_names_them() {
        var bodies = "{\"programme\":\"hazards\",\"what\":\"bodies\",\"kind\":\"hazard\",\"town\":\"" + MemoryRoom.ZHAPU
                + "\",\"lead\":\"W\",\"supervising\":\"S\"";
        var change = proposed(bodies + ",\"reason\":\"属地\"}");
        assertThat(leader.post("/api/acts/decide-amendment", decide(change, true))
                        .status())
                .isEqualTo(200);
        var item = supervisor
                .get("/api/items?q=sluice")
                .json()
                .path("rows")
                .get(0)
                .path("item")
                .asString();
        for (var step : List.of("register", "assess")) {
            var done = supervisor.post("/api/acts/move-item", "{\"item\":\"" + item + "\",\"step\":\"" + step + "\"}");
            assertThat(done.status()).as(done.body()).isEqualTo(200);
        }
        var step = supervisor
                .get("/api/items/" + item)
                .json()
                .path("steps")
                .valueStream()
                .filter(one -> one.path("bodies").asBoolean())
                .findFirst()
                .orElseThrow();
        assertThat(step.path("lead").path("id").asString()).isEqualTo("W");
        assertThat(step.path("supervising").path("name").asString()).isEqualTo("应急管理局");
    }

    // ----

    private static String proposed(String body) {
        var reply = supervisor.post("/api/acts/propose-amendment", body);
        assertThat(reply.status()).as(reply.body()).isEqualTo(200);
        return "A" + reply.json().path("arrival").asLong();
    }

    private static String decide(String change, boolean approved) {
        return decide(change, approved, "");
    }

    private static String decide(String change, boolean approved, String reason) {
        return "{\"change\":\"" + change + "\",\"approved\":" + approved + ",\"reason\":\"" + reason + "\"}";
    }

    private static List<String> choices() {
        return fields().filter(field -> field.path("id").asString().equals("category"))
                .findFirst()
                .orElseThrow()
                .path("choices")
                .findValuesAsString("id");
    }

    private static List<String> fieldNames() {
        return fields().map(field -> field.path("name").asString()).toList();
    }

    private static java.util.stream.Stream<JsonNode> fields() {
        return supervisor
                .get("/api/programmes")
                .json()
                .get(0)
                .path("kinds")
                .get(0)
                .path("fields")
                .valueStream();
    }

    private static JsonNode figure(String id) {
        return supervisor
                .get("/api/programmes/hazards/report?from=2026-01-01&to=2026-07-01&as_of=2026-07-01")
                .json()
                .path("figures")
                .valueStream()
                .filter(one -> one.path("id").asString().equals(id))
                .findFirst()
                .orElseThrow();
    }

    private static int open(String title, String category) {
        return supervisor
                .post(
                        "/api/acts/open-item",
                        "{\"programme\":\"hazards\",\"kind\":\"hazard\",\"fields\":["
                                + "{\"field\":\"title\",\"value\":\"" + title
                                + "\"},{\"field\":\"description\",\"value\":\"x\"},"
                                + "{\"field\":\"category\",\"value\":\"" + category
                                + "\"},{\"field\":\"source\",\"value\":\"inspection\"},"
                                + "{\"field\":\"found_at\",\"value\":\"2026-07-01T01:00:00Z\"},{\"field\":\"town\",\"value\":\""
                                + MemoryRoom.ZHAPU + "\"}]}")
                .status();
    }
}
