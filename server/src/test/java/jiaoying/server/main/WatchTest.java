package jiaoying.server.main;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import jiaoying.duty.errand.CarrierEvent;
import jiaoying.duty.ledger.Personal;
import jiaoying.duty.measure.Quantity;
import jiaoying.duty.measure.Reading;
import jiaoying.duty.monitor.SignalColor;
import jiaoying.duty.room.Arrival;
import jiaoying.duty.room.Deed;
import jiaoying.duty.room.RoomFact;
import jiaoying.duty.room.View.OrderView;
import jiaoying.duty.roster.RosterFact;
import jiaoying.server.security.Role;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Watch while a red signal is in force in Zhapu: Wang has answered, Li and his village have not. */
class WatchTest {
    private final House house = House.open();
    private final MemoryRoom room = house.room;

    @BeforeEach
    void red_in_zhapu() {
        room.pass(Duration.ofDays(2));
        room.bring(new Arrival.Readings(
                "test",
                List.of(
                        new Reading("Z1", Quantity.RAIN, 12_500, room.now().minusSeconds(60), false),
                        new Reading("X1", Quantity.RAIN, 2_000, room.now().minusSeconds(60), false)),
                List.of()));
        room.bring(signal(MemoryRoom.ZHAPU, SignalColor.RED));
        room.bring(new Arrival.CarrierEvents(List.of(new CarrierEvent(
                "text", "e" + room.now(), room.errandTo("wang").key(), CarrierEvent.Kind.CONFIRMED, ""))));
    }

    @AfterEach
    void lifted() {
        room.bring(signal(MemoryRoom.ZHAPU, SignalColor.NONE));
        room.bring(signal(MemoryRoom.XINDAI, SignalColor.NONE));
    }

    @Test
    void watch_shows_signals_orders_and_who_is_silent() {
        var watch = house.signIn("officer").get("/api/watch").json();

        assertThat(watch.path("live").asBoolean()).isTrue();
        assertThat(watch.path("speed").asDouble()).isEqualTo(12);
        assertThat(watch.path("data_age_s").asInt()).isEqualTo(60);
        assertThat(text(watch, "signals", "area_name", "color", "action")).isEqualTo("乍浦镇 red issue");
        assertThat(text(watch, "orders", "area_name", "called", "answered", "silent"))
                .isEqualTo("乍浦镇 2 1 1");
        assertThat(text(watch, "silent", "name", "post", "body", "state", "round", "rounds"))
                .isEqualTo("李二 村书记 乍浦镇政府 calling 1 2");
        var silent = watch.path("silent").get(0);
        assertThat(silent.path("last").path("channel").asString()).isIn("text", "voice");
        assertThat(silent.path("next").path("what").asString()).isEqualTo("deputy");
        assertThat(silent.path("items").get(0).path("area_name").asString()).isEqualTo("外山村");
        assertThat(watch.path("last_answer").path("name").asString()).isEqualTo("王一");
        assertThat(watch.path("extremes").path("h1").path("name").asString()).isEqualTo("乍浦站");
        assertThat(watch.path("extremes").path("h1").path("mm").asDouble()).isEqualTo(12.5);
        assertThat(text(watch, "stations", "id")).isEqualTo("Z1 X1");
        assertThat(text(watch, "areas", "code", "signal")).contains("330482101 red", "330482102 none");
        assertThat(watch.path("restarted").isNull()).isTrue();
    }

    @Test
    void a_deputy_who_took_over_is_the_last_answer_and_is_counted_apart() {
        room.pass(Duration.ofMinutes(5));
        room.bring(signal(MemoryRoom.ZHAPU, SignalColor.NONE));
        room.bring(signal(MemoryRoom.ZHAPU, SignalColor.RED));
        room.bring(new Arrival.Act("officer", new Deed.Escalate(order(), "wang")));
        room.bring(new Arrival.LinkAnswered(room.errandTo("zhao").key(), false));

        var watch = house.signIn("officer").get("/api/watch").json();
        assertThat(text(watch, "orders", "answered", "taken_over", "silent")).contains("0 1 1");
        assertThat(watch.path("last_answer").path("name").asString()).isEqualTo("赵三");
        assertThat(watch.path("last_answer").path("taken_over").asBoolean()).isTrue();
    }

    @Test
    void bad_readings_and_what_was_set_aside_are_shown_as_matters_to_look_into() {
        var officer = house.signIn("officer");
        for (var value : List.of(70_000L, 71_000L)) {
            room.pass(Duration.ofMinutes(1));
            room.bring(new Arrival.Readings(
                    "gateway",
                    List.of(
                            new Reading("Z1", Quantity.RAIN, value, room.now(), false),
                            new Reading("Z1", Quantity.RAIN, 200, room.now().minus(Duration.ofHours(9)), false),
                            new Reading("nobody", Quantity.RAIN, 1_000, room.now(), false)),
                    List.of()));
        }

        var checks = officer.get("/api/watch").json().path("checks");
        assertThat(text(checks, "suspect-observed_at"))
                .as("what only came late is nothing to look into")
                .isEmpty();
        assertThat(text(checks, "suspect-value"))
                .startsWith("suspect-value 乍浦站 2 ")
                .contains("第 0 行 value = 71（检查：超极值）；允许：5 分钟内不超过 63 mm；按可疑留存");
        assertThat(text(checks, "refused-station")).startsWith("refused-station nobody 2 ");
        assertThat(text(house.signIn("zhapu").get("/api/watch").json().path("checks"), "suspect-value"))
                .isEmpty();
        room.pass(Duration.ofHours(25));
        assertThat(text(officer.get("/api/watch").json().path("checks"), "suspect-value"))
                .isEmpty();
    }

    @Test
    void a_number_that_is_not_the_person_s_is_shown_until_the_register_is_corrected() {
        var officer = house.signIn("officer");
        room.bring(new Arrival.LinkAnswered(room.errandTo("li").key(), true));
        assertThat(text(officer.get("/api/watch").json().path("checks"), "contact"))
                .startsWith("contact 李二 1 ");

        room.pass(Duration.ofDays(3));
        assertThat(text(officer.get("/api/watch").json().path("checks"), "contact"))
                .startsWith("contact 李二 1 ");
        var before = room.now().toString();
        room.bring(new Arrival.RegisterChanged(
                "test",
                List.of(
                        new RosterFact.ContactRegistered("li", "voice", new Personal("li", "111")),
                        new RosterFact.ContactRegistered("li", "text", new Personal("li", "111")))));
        assertThat(text(officer.get("/api/watch").json().path("checks"), "contact"))
                .isEmpty();
        assertThat(text(officer.get("/api/watch?at=" + before).json().path("checks"), "contact"))
                .isNotEmpty();
    }

    @Test
    void what_a_held_room_would_send_is_shown_to_the_officer_alone() {
        var waiting = house.signIn("officer").get("/api/watch/waiting").json();
        assertThat(waiting.path(0).path("name").asString()).isEqualTo("李二");
        assertThat(waiting.path(0).path("text").asString()).isEqualTo("【演示】 请应答");
        assertThat(house.signIn("zhapu").get("/api/watch/waiting").status()).isEqualTo(403);
    }

    @Test
    void a_silent_station_is_a_matter_to_look_into_with_its_last_report() {
        room.pass(Duration.ofHours(2));
        room.bring(new Arrival.Readings(
                "test", List.of(new Reading("X1", Quantity.RAIN, 0, room.now(), false)), List.of()));
        room.bring(new Arrival.MinuteEnded());

        var watch = house.signIn("officer").get("/api/watch").json();
        assertThat(text(watch.path("checks"), "station-silent")).startsWith("station-silent 乍浦站 1 ");
        assertThat(watch.path("silent_stations").asInt()).isEqualTo(1);
    }

    private static String text(JsonNode checks, String kind) {
        for (var check : checks) {
            if (check.path("kind").asString().equals(kind)) {
                return String.join(
                        " ",
                        kind,
                        check.path("subject").asString(),
                        check.path("count").asString(),
                        check.path("detail").asString());
            }
        }
        return "";
    }

    @Test
    void an_earlier_instant_shows_what_was_known_then_and_does_not_change_afterwards() {
        var officer = house.signIn("officer");
        var at = room.now().toString();
        var then = officer.get("/api/watch?at=" + at).json();
        var text = officer.get("/api/watch/text?at=" + at).body();
        room.pass(Duration.ofMinutes(3));
        room.bring(new Arrival.CarrierEvents(List.of(new CarrierEvent(
                "text", "late" + room.now(), room.errandTo("li").key(), CarrierEvent.Kind.CONFIRMED, ""))));

        assertThat(officer.get("/api/watch").json().path("silent").size()).isZero();
        var again = officer.get("/api/watch?at=" + at).json();
        assertThat(again.path("live").asBoolean()).isFalse();
        assertThat(again.path("silent")).isEqualTo(then.path("silent"));
        assertThat(again.path("orders")).isEqualTo(then.path("orders"));
        assertThat(officer.get("/api/watch/text?at=" + at).body()).isEqualTo(text);
        assertThat(officer.get("/api/watch?at=1999-01-01T00:00:00Z")
                        .json()
                        .path("silent")
                        .size())
                .isZero();
        assertThat(officer.get("/api/watch?at=yesterday").status()).isEqualTo(400);
    }

    @Test
    void the_state_is_copied_as_text_with_the_names_of_the_silent() {
        var officer = house.signIn("officer");
        var time = LocalTime.ofInstant(room.now(), ZoneId.of("Asia/Shanghai"))
                .toString()
                .substring(0, 5);

        assertThat(officer.get("/api/watch/text").body())
                .isEqualTo("【演示】截至" + time
                        + "，应叫2人，已应答1人，未应答1人：李二（乍浦镇外山村）；1小时最大雨量12.5毫米（乍浦镇乍浦站），3小时12.5毫米（乍浦镇乍浦站）；生效预警信号：暴雨红色（乍浦镇）。");
        assertThat(officer.get("/api/watch/text?lang=en").body())
                .isEqualTo(
                        "[DEMO] As of " + time
                                + ": 2 called, 1 answered, 1 not answered: 李二 (Waishan, Zhapu); most rain in 1 h 12.5 mm (乍浦站, Zhapu), in 3 h 12.5 mm (乍浦站, Zhapu); signals in force: rainstorm red (Zhapu).");
    }

    @Test
    void the_silent_list_leaves_as_a_sheet_with_chinese_headers() throws IOException {
        var reply = house.signIn("officer").get("/api/watch/silent.xlsx");

        assertThat(reply.header("Content-Disposition")).contains("silent.xlsx");
        try (var book = new ReadableWorkbook(new ByteArrayInputStream(reply.bytes()))) {
            var rows = book.getFirstSheet().read();
            assertThat(rows.get(0).getCellText(0)).startsWith("【演示】未应答名单（截至 ");
            assertThat(rows.get(1).getCellText(0)).isEqualTo("姓名");
            assertThat(rows.get(2).getCellText(0)).isEqualTo("李二");
            assertThat(rows.get(2).getCellText(4)).isEqualTo("红色 Ⅰ");
        }
    }

    @Test
    void the_timeline_carries_rain_and_what_happened() {
        var officer = house.signIn("officer");
        officer.post("/api/acts/write-note", "{\"text\":\"南门泵站已开\"}");
        var line = officer.get("/api/watch/timeline").json();

        assertThat(text(line, "rain", "max_mm", "mean_mm")).isEqualTo("9.5 0.5");
        assertThat(text(line, "marks", "kind", "color", "text"))
                .contains(
                        "signal red 暴雨红色预警信号发布 乍浦镇",
                        "order red 发出叫应单 乍浦镇",
                        "answered red 王一 已应答",
                        "note none officer: 南门泵站已开");
        assertThat(officer.get("/api/watch/timeline?from=2000-01-01T00:00:00Z").status())
                .isEqualTo(400);
    }

    @Test
    void a_callee_opens_with_all_attempts() {
        var callee =
                house.signIn("officer").get("/api/callees/" + order() + "/li").json();

        assertThat(callee.path("name").asString()).isEqualTo("李二");
        assertThat(text(callee, "attempts", "channel", "to", "round")).isEqualTo("text 李二 1 voice 李二 1");
        assertThat(house.signIn("officer")
                        .get("/api/callees/" + order() + "/nobody")
                        .status())
                .isEqualTo(404);
    }

    @Test
    void a_town_sees_itself_and_no_other_town() {
        room.bring(signal(MemoryRoom.XINDAI, SignalColor.RED));
        var xindai = house.signIn("xindai");
        var watch = xindai.get("/api/watch").json();

        assertThat(text(watch, "signals", "area_name")).isEqualTo("新埭镇");
        assertThat(text(watch, "orders", "area_name")).isEqualTo("新埭镇");
        assertThat(text(watch, "silent", "name")).isEqualTo("钱四");
        assertThat(text(watch, "stations", "id")).isEqualTo("X1");
        assertThat(text(watch, "areas", "code")).isEqualTo("330482102");
        assertThat(watch.path("notes").size()).isZero();
        assertThat(watch.path("extremes").path("h1").path("name").asString()).isEqualTo("新埭站");
        assertThat(xindai.get("/api/watch/text").body()).contains("钱四").doesNotContain("李二", "乍浦");
        assertThat(xindai.get("/api/watch/timeline").body()).contains("新埭").doesNotContain("乍浦", "王一");
        assertThat(text(xindai.get("/api/watch/timeline").json(), "rain", "max_mm"))
                .isEqualTo("1.0");
        assertThat(xindai.get("/api/callees/" + order() + "/li").status()).isEqualTo(404);
        assertThat(xindai.get("/api/watch/silent.xlsx").status()).isEqualTo(200);
        assertThat(xindai.get("/api/map").body()).contains("新埭镇").doesNotContain("乍浦镇");
    }

    @Test
    void a_village_sees_its_own_callees_and_the_signal_that_covers_it() {
        var watch = house.signIn("waishan").get("/api/watch").json();

        assertThat(text(watch, "signals", "area_name")).isEqualTo("乍浦镇");
        assertThat(text(watch, "orders", "called", "answered", "silent")).isEqualTo("1 0 1");
        assertThat(text(watch, "silent", "name")).isEqualTo("李二");
        assertThat(watch.path("last_answer").isNull()).isTrue();
    }

    @Test
    void a_town_acts_for_its_own_callees_only() {
        var order = order();
        var desk = "{\"order\":\"" + order + "\",\"person\":\"li\",\"said\":\"在堤上\"}";

        assertThat(house.signIn("xindai")
                        .post("/api/acts/reached-by-desk", desk)
                        .status())
                .isEqualTo(404);
        var done = house.signIn("zhapu").post("/api/acts/reached-by-desk", desk);
        assertThat(done.status()).isEqualTo(200);
        assertThat(done.json().path("outcome").path("kind").asString()).isEqualTo("Done");
        assertThat(room.arrivals().getLast())
                .isEqualTo(new Arrival.Act("zhapu", new Deed.ReachedByDesk(order, "li", "在堤上")));
        assertThat(house.signIn("zhapu").post("/api/acts/reached-by-desk", desk).status())
                .isEqualTo(409);
    }

    @Test
    void an_officer_who_is_confined_does_nothing_for_the_whole_room_or_another_town() {
        house.open("half", EnumSet.of(Role.DUTY_OFFICER), List.of(MemoryRoom.XINDAI));
        var half = house.signIn("half");

        assertThat(half.post("/api/acts/write-note", "{\"text\":\"x\"}").status())
                .isEqualTo(403);
        assertThat(half.post("/api/acts/take-shift", "{}").status()).isEqualTo(403);
        assertThat(half.post("/api/acts/enter-signal", entry(MemoryRoom.ZHAPU)).status())
                .isEqualTo(404);
        assertThat(half.post("/api/acts/enter-signal", entry(MemoryRoom.XINDAI)).status())
                .isEqualTo(200);
    }

    @Test
    void an_officer_takes_the_shift_and_arms_the_sound() {
        var officer = house.signIn("officer");
        assertThat(officer.post("/api/acts/take-shift", "{}").status()).isEqualTo(200);
        assertThat(officer.post("/api/acts/arm-sound", "{\"armed\":true}").status())
                .isEqualTo(200);

        var shift = officer.get("/api/watch").json().path("shift");
        assertThat(shift.path("officer").asString()).isEqualTo("officer");
        assertThat(shift.path("sound_armed").asBoolean()).isTrue();
        assertThat(room.facts()).contains(new RoomFact.SoundArmed("officer", true));
        assertThat(officer.post("/api/acts/arm-sound", "{\"armed\":1}").status())
                .isEqualTo(400);
    }

    @Test
    void a_deed_that_the_room_refuses_is_answered_with_its_reason_in_the_readers_language() {
        var officer = house.signIn("officer");
        var reply = officer.post("/api/acts/release-room", "{}");

        assertThat(reply.status()).isEqualTo(409);
        assertThat(reply.json().path("error").path("code").asString()).isEqualTo("not-held");
        assertThat(reply.json().path("error").path("allowed").asString()).isEqualTo("停发中的值班室");

        var english = officer.postInEnglish("/api/acts/release-room", "{}");
        assertThat(english.status()).isEqualTo(409);
        assertThat(english.json().path("error").path("code").asString()).isEqualTo("not-held");
        assertThat(english.json().path("error").path("allowed").asString()).isEqualTo("A held room");
    }

    @Test
    void the_map_names_the_areas() {
        var map = house.signIn("officer").get("/api/map").json();

        assertThat(map.path("schematic").asBoolean()).isTrue();
        var features = new ArrayList<String>();
        map.path("features")
                .forEach(feature ->
                        features.add(feature.path("properties").path("kind").asString()
                                + feature.path("properties").path("name").asString()));
        assertThat(features).containsExactly("outline平湖市", "town乍浦镇", "town新埭镇");
    }

    @Test
    void the_stream_tells_of_changes_and_resumes_after_a_break() throws IOException, InterruptedException {
        var officer = house.signIn("officer");
        long fact = officer.get("/api/watch").json().path("fact").asLong();
        var response = officer.stream("/api/watch/stream", "Last-Event-ID", String.valueOf(fact));
        assertThat(response.headers().firstValue("Content-Type").orElse("")).startsWith("text/event-stream");
        try (var in = lines(response.body())) {
            skipTo(in, ":still here");
            room.bring(new Arrival.Act("officer", new Deed.WriteNote("x")));
            assertThat(skipTo(in, "id:")).isEqualTo("id:" + (fact + 1));
            assertThat(skipTo(in, "data:")).startsWith("data:{\"fact\":" + (fact + 1) + ",\"at\":\"");
        }
        var resumed = officer.stream("/api/watch/stream", "Last-Event-ID", String.valueOf(fact));
        try (var in = lines(resumed.body())) {
            assertThat(skipTo(in, "id:")).isEqualTo("id:" + (fact + 1));
        }
        var restored = officer.stream("/api/watch/stream", "Last-Event-ID", "999999999");
        try (var in = lines(restored.body())) {
            assertThat(skipTo(in, "id:")).isEqualTo("id:" + (fact + 1));
        }
    }

    @Test
    void the_stream_ends_when_its_reader_has_signed_out() throws IOException, InterruptedException {
        var officer = house.signIn("officer");
        var response = officer.stream("/api/watch/stream");
        officer.write("DELETE", "/api/session", "{}");

        try (var in = lines(response.body())) {
            while (in.readLine() != null) {
                // reads to the end, which comes with the next heartbeat
            }
        }
    }

    private String order() {
        return room.views(OrderView.class).stream()
                .filter(order -> order.closedAt().isEmpty() && order.area().equals(MemoryRoom.ZHAPU))
                .findFirst()
                .orElseThrow()
                .order();
    }

    private static Arrival signal(String area, SignalColor color) {
        return new Arrival.SignalReceived("气象台", "office", "rainstorm", area, color, "", "");
    }

    private static String entry(String area) {
        return """
               {"hazard":"rainstorm","area":"%s","color":"red","source":"电话","text":""}""".formatted(area);
    }

    /** The named fields of each element, all on one line. */
    private static String text(JsonNode node, String array, String... fields) {
        var words = new ArrayList<String>();
        for (var element : node.path(array)) {
            for (var field : fields) {
                words.add(element.path(field).asString());
            }
        }
        return String.join(" ", words);
    }

    private static BufferedReader lines(InputStream in) {
        return new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
    }

    private static String skipTo(BufferedReader in, String start) throws IOException {
        for (var line = in.readLine(); line != null; line = in.readLine()) {
            if (line.startsWith(start)) {
                return line;
            }
        }
        throw new AssertionError("The stream ended before \"" + start + "\"");
    }
}
