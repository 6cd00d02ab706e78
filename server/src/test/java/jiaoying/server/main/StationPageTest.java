package jiaoying.server.main;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Optional;
import jiaoying.duty.measure.Quantity;
import jiaoying.duty.measure.Reading;
import jiaoying.duty.room.Arrival;
import jiaoying.duty.room.Deed;
import jiaoying.duty.room.Settings;
import jiaoying.server.door.Pictures;
import jiaoying.server.security.Role;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.dhatim.fastexcel.reader.Row;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The page of a station: what it measures, what the checks make of it, and who may see and overrule them. */
class StationPageTest {
    private static final House HOUSE = House.over(new MemoryRoom(Settings.Issuer.HEADQUARTERS, true));
    private final MemoryRoom room = HOUSE.room;
    private final Visitor officer = HOUSE.signIn("officer");

    @AfterAll
    static void close() {
        HOUSE.close();
    }

    /** Long after whatever another test told. */
    private Instant later() {
        room.pass(Duration.ofDays(40));
        return room.now();
    }

    private void level(Instant observed, long milli) {
        tell("L1", Quantity.LEVEL, observed, milli);
    }

    private void tell(String station, Quantity quantity, Instant observed, long milli) {
        if (observed.isAfter(room.now())) {
            room.pass(Duration.between(room.now(), observed));
        }
        room.bring(new Arrival.Readings(
                "test", List.of(new Reading(station, quantity, milli, observed, false)), List.of()));
    }

    private JsonNode page(String station) {
        return officer.get("/api/stations/" + station).json();
    }

    @Test
    void a_level_stands_beside_its_thresholds_in_both_datums_and_tells_how_fast_it_rises() {
        var start = later();
        for (int i = 0; i <= 13; i++) {
            level(start.plusSeconds(300L * i), 3_000 + 20L * i);
        }
        var page = page("L1");

        assertThat(page.path("kind").asString() + " " + page.path("unit").asString())
                .isEqualTo("level m");
        assertThat(page.path("area_name").asString()).isEqualTo("乍浦镇");
        assertThat(page.path("last").path("value").asDouble()).isEqualTo(3.26);
        assertThat(page.path("rise").path("per_hour").asDouble()).isEqualTo(0.24, within(1e-9));
        assertThat(page.path("rise").path("minutes").asInt()).isEqualTo(60);
        var set = page.path("thresholds");
        assertThat(set.path("warning").asDouble()).isEqualTo(3.3);
        assertThat(set.path("guaranteed").asDouble()).isEqualTo(3.7);
        assertThat(set.path("datum").asString()).isEqualTo("吴淞");
        assertThat(set.path("national").asDouble()).isEqualTo(-1.87);
        assertThat(set.path("source").asString()).isEqualTo("市水利局 2026");
        assertThat(rules(page))
                .containsExactly(
                        "yellow stands warning 3.3 false",
                        "orange stands guaranteed 3.6 false",
                        "blue rise warning 0.15 true");
        assertThat(page.path("criteria").path("source").asString()).isEqualTo("市水利局");
        assertThat(page.path("readings").size()).isEqualTo(14);
        assertThat(page.path("cut").asBoolean(true)).isFalse();
    }

    private static org.assertj.core.data.Offset<Double> within(double off) {
        return org.assertj.core.data.Offset.offset(off);
    }

    private static List<String> rules(JsonNode page) {
        return page.path("rules")
                .valueStream()
                .map(rule -> String.join(
                        " ",
                        rule.path("color").asString(),
                        rule.path("how").asString(),
                        rule.path("base").asString(),
                        rule.path("value").asString(),
                        rule.path("reached").asString()))
                .toList();
    }

    @Test
    void rain_stands_beside_the_sums_that_give_a_level_and_a_depth_beside_its_ladder() {
        var start = later();
        tell("X1", Quantity.RAIN, start, 55_000);
        var rain = page("X1");
        assertThat(rules(rain)).containsExactly("orange sum  50.0 true", "red sum  100.0 false");
        assertThat(rain.path("sums").path("h3").asDouble()).isEqualTo(55);
        assertThat(rain.path("thresholds").isNull()).isTrue();
        assertThat(rain.path("rise").isNull()).isTrue();

        tell("D1", Quantity.DEPTH, start, 160_000);
        assertThat(rules(page("D1"))).containsExactly("blue stands ground 150.0 true");
    }

    @Test
    void a_reading_that_changes_too_fast_says_which_check_and_why_and_counts_once_an_officer_takes_it() {
        var start = later();
        level(start, 3_000);
        level(start.plusSeconds(300), 3_010);
        level(start.plusSeconds(330), 8_000);
        var flagged = page("L1").path("readings").get(0);
        assertThat(flagged.path("value").asDouble()).isEqualTo(8);
        assertThat(flagged.path("suspect").asBoolean()).isTrue();
        assertThat(flagged.path("acceptable").asBoolean()).isTrue();
        assertThat(flagged.path("flags").get(0).path("check").asString()).isEqualTo("rate");
        assertThat(flagged.path("flags").get(0).path("why").asString())
                .contains("0.5")
                .contains("m");
        assertThat(page("L1").path("readings").get(1).path("flags").size())
                .as("the good reading has no mark")
                .isZero();
        assertThat(officer.get("/api/stations/L1?lang=en")
                        .json()
                        .path("readings")
                        .get(0)
                        .path("flags")
                        .get(0)
                        .path("why")
                        .asString())
                .contains("at most 0.5 m in a minute");

        var body = "{\"station\":\"L1\",\"observed_at\":\"" + start.plusSeconds(330) + "\",\"reason\":\"%s\"}";
        assertThat(officer.post("/api/acts/accept-reading", body.formatted(" ")).status())
                .isEqualTo(400);
        assertThat(officer.post("/api/acts/accept-reading", body.formatted("已到现场"))
                        .status())
                .isEqualTo(200);
        var taken = page("L1").path("readings").get(0);
        assertThat(taken.path("accepted").path("by").asString()).isEqualTo("officer");
        assertThat(taken.path("accepted").path("reason").asString()).isEqualTo("已到现场");
        assertThat(taken.path("suspect").asBoolean()).as("the journal stands").isTrue();
        assertThat(taken.path("acceptable").asBoolean(true)).isFalse();
        assertThat(events("L1")).contains("accepted  officer");
    }

    private List<String> events(String station) {
        return page(station)
                .path("events")
                .valueStream()
                .map(event -> String.join(
                        " ",
                        event.path("what").asString(),
                        event.path("check").asString(),
                        event.path("by").asString()))
                .toList();
    }

    /** The clock of a station that tells of the future is doubted. */
    private Instant doubtTheClock(String station, Quantity quantity) {
        var start = later();
        room.bring(new Arrival.Readings(
                "test",
                List.of(new Reading(station, quantity, 1_000, start.plus(Duration.ofMinutes(20)), false)),
                List.of()));
        return room.now();
    }

    /** A camera's two pictures, of which one is no JPEG. */
    private record Camera(Instant at) implements Pictures {
        @Override
        public List<Row> list(String station) {
            return station.equals("L1")
                    ? List.of(
                            new Row("L1", "b".repeat(64), Optional.empty(), at, 4),
                            new Row("L1", "a".repeat(64), Optional.of(LocalDateTime.of(2026, 7, 1, 9, 30)), at, 3))
                    : List.of();
        }

        @Override
        public Optional<byte[]> find(String sha256) {
            return Optional.of(
                    sha256.startsWith("a") ? new byte[] {(byte) 0xFF, (byte) 0xD8, 1} : "<b>!".getBytes(UTF_8));
        }
    }

    @Test
    void pictures_of_the_span_are_listed_and_shown_to_those_who_may_see_the_station() {
        var came = later();
        room.doors.keep(new Camera(came));
        room.pass(Duration.ofMinutes(5));
        var rows = page("L1").path("pictures");
        assertThat(rows.valueStream().map(row -> row.path("sha256").asString().substring(0, 1)))
                .containsExactly("b", "a");
        assertThat(rows.get(1).path("observed_at").asString()).startsWith("2026-07-01T09:30");
        assertThat(page("L1?at=" + came.minusSeconds(1)).path("pictures").size())
                .as("as it was known then")
                .isZero();
        var url = "/api/stations/L1/pictures/";
        var jpeg = officer.get(url + "a".repeat(64));
        assertThat(jpeg.headers().firstValue("Content-Type")).contains("image/jpeg");
        assertThat(jpeg.bytes()).hasSize(3);
        var other = officer.get(url + "b".repeat(64));
        assertThat(other.headers().firstValue("Content-Type"))
                .as("what is no picture is not shown as one")
                .contains("application/octet-stream");
        assertThat(officer.get(url + "c".repeat(64)).status()).isEqualTo(404);
        assertThat(HOUSE.signIn("xindai").get(url + "a".repeat(64)).status())
                .as("another town's station")
                .isEqualTo(404);
        assertThat(officer.get("/api/stations/X1/pictures/" + "a".repeat(64)).status())
                .isEqualTo(404);
    }

    @Test
    void a_standing_doubt_is_on_the_page_on_watch_and_on_the_line_of_time_until_an_officer_overrules_it() {
        var before = room.now();
        var doubted = doubtTheClock("L1", Quantity.LEVEL);
        var doubt = page("L1").path("doubts").get(0);
        assertThat(doubt.path("check").asString()).isEqualTo("clock");
        assertThat(doubt.path("why").asString()).isNotBlank();
        assertThat(doubt.path("silences").asBoolean()).isTrue();
        assertThat(doubt.path("overruled_by").asString()).isEmpty();
        assertThat(Instant.parse(doubt.path("since").asString())).isEqualTo(doubted);
        assertThat(checks(officer, "L1")).containsExactly("乍浦水位站");
        assertThat(checks(HOUSE.signIn("zhapu"), "L1")).containsExactly("乍浦水位站");
        assertThat(checks(HOUSE.signIn("xindai"), "L1")).isEmpty();
        assertThat(line(before)).anyMatch(text -> text.startsWith("乍浦水位站 存疑："));

        var body = "{\"station\":\"L1\",\"check\":\"clock\",\"reason\":\"%s\"}";
        assertThat(officer.post("/api/acts/overrule-doubt", body.formatted("")).status())
                .isEqualTo(400);
        assertThat(officer.post("/api/acts/overrule-doubt", body.formatted("钟已校"))
                        .status())
                .isEqualTo(200);
        var after = page("L1").path("doubts").get(0);
        assertThat(after.path("overruled_by").asString()).isEqualTo("officer");
        assertThat(after.path("reason").asString()).isEqualTo("钟已校");
        assertThat(checks(officer, "L1")).isEmpty();
        assertThat(events("L1")).contains("overruled clock officer", "doubted clock ");
        assertThat(line(before)).anyMatch(text -> text.contains("被否定") && text.contains("officer"));
        assertThat(officer.get("/api/stations/L1?at=" + doubted)
                        .json()
                        .path("doubts")
                        .get(0)
                        .path("overruled_by")
                        .asString())
                .as("as it was known then")
                .isEmpty();

        level(room.now(), 3_000);
        assertThat(page("L1").path("doubts").size())
                .as("the condition has gone")
                .isZero();
        assertThat(events("L1").getFirst()).isEqualTo("trusted clock ");
    }

    private List<String> checks(Visitor visitor, String station) {
        return visitor.get("/api/watch")
                .json()
                .path("checks")
                .valueStream()
                .filter(check -> check.path("kind").asString().equals("station-doubted")
                        && check.path("station").asString().equals(station))
                .map(check -> check.path("subject").asString())
                .toList();
    }

    private List<String> line(Instant from) {
        return officer.get("/api/watch/timeline?from=" + room.now().minus(Duration.ofDays(1)))
                .json()
                .path("marks")
                .valueStream()
                .filter(mark -> mark.path("kind").asString().equals("station"))
                .filter(mark -> Instant.parse(mark.path("at").asString()).isAfter(from))
                .map(mark -> mark.path("text").asString())
                .toList();
    }

    @Test
    void an_account_sees_and_overrules_in_its_own_areas_only() {
        doubtTheClock("D1", Quantity.DEPTH);
        assertThat(HOUSE.signIn("xindai").get("/api/stations/D1").status()).isEqualTo(200);
        for (var path : List.of("/api/stations/D1", "/api/stations/D1/readings.xlsx")) {
            assertThat(HOUSE.signIn("zhapu").get(path).status()).as(path).isEqualTo(404);
        }
        assertThat(officer.get("/api/stations/O1").status())
                .as("outside every area, for the whole room")
                .isEqualTo(200);
        assertThat(HOUSE.signIn("zhapu").get("/api/stations/O1").status()).isEqualTo(404);
        assertThat(officer.get("/api/stations/nobody").status()).isEqualTo(404);
        assertThat(HOUSE.anybody().get("/api/stations/D1").status()).isEqualTo(401);
        assertThat(HOUSE.signIn("admin").get("/api/stations/D1").status()).isEqualTo(403);

        HOUSE.open("officer-zhapu", java.util.EnumSet.of(Role.DUTY_OFFICER), List.of(MemoryRoom.ZHAPU));
        HOUSE.open("officer-xindai", java.util.EnumSet.of(Role.DUTY_OFFICER), List.of(MemoryRoom.XINDAI));
        var body = "{\"station\":\"D1\",\"check\":\"clock\",\"reason\":\"钟已校\"}";
        assertThat(HOUSE.signIn("officer-zhapu")
                        .post("/api/acts/overrule-doubt", body)
                        .status())
                .isEqualTo(404);
        assertThat(HOUSE.signIn("xindai").post("/api/acts/overrule-doubt", body).status())
                .as("a town looks on")
                .isEqualTo(403);
        assertThat(HOUSE.signIn("officer-xindai")
                        .post("/api/acts/overrule-doubt", body)
                        .status())
                .isEqualTo(200);
    }

    @Test
    void a_page_holds_a_month_at_most_and_goes_back_by_its_end() {
        var start = later();
        tell("X1", Quantity.RAIN, start, 1_000);
        room.pass(Duration.ofDays(20));
        tell("X1", Quantity.RAIN, room.now(), 2_000);
        var now = room.now();

        assertThat(page("X1").path("readings").size()).as("a day").isEqualTo(1);
        var month = officer.get("/api/stations/X1?from=" + now.minus(Duration.ofDays(31)))
                .json();
        assertThat(month.path("readings").size()).isEqualTo(2);
        var earlier = officer.get("/api/stations/X1?from=" + start.minusSeconds(60) + "&to=" + start.plusSeconds(60))
                .json();
        assertThat(earlier.path("readings").size()).isEqualTo(1);
        assertThat(earlier.path("readings").get(0).path("value").asDouble()).isEqualTo(1);
        assertThat(officer.get("/api/stations/X1?from=" + start + "&to=" + start.plus(Duration.ofDays(1)))
                        .json()
                        .path("readings")
                        .size())
                .as("after its beginning")
                .isZero();
        for (var span : List.of(
                "from=" + now.minus(Duration.ofDays(32)),
                "from=" + now + "&to=" + now.minusSeconds(60),
                "from=yesterday")) {
            assertThat(officer.get("/api/stations/X1?" + span).status())
                    .as(span)
                    .isEqualTo(400);
        }
        assertThat(officer.get("/api/stations/X1?at=" + now.minus(Duration.ofDays(10)) + "&from="
                                + start.minusSeconds(60))
                        .json()
                        .path("readings")
                        .size())
                .as("what was known then")
                .isEqualTo(1);
    }

    @Test
    void the_sheet_has_every_reading_with_its_marks() throws IOException {
        var start = later();
        level(start, 3_000);
        level(start.plusSeconds(30), 8_000);
        room.bring(new Arrival.Act("officer", new Deed.AcceptReading("L1", start.plusSeconds(30), "属实")));
        var reply = officer.get("/api/stations/L1/readings.xlsx");
        assertThat(reply.header("Content-Disposition")).contains("readings.xlsx");
        try (var book = new ReadableWorkbook(new ByteArrayInputStream(reply.bytes()))) {
            var rows = book.getFirstSheet().read();
            assertThat(text(rows.get(0), 0)).startsWith("【演示】乍浦水位站（L1）").contains("警戒 3.3 m，保证 3.7 m（吴淞 基面，加 -1.87 m");
            assertThat(text(rows.get(1), 2) + text(rows.get(1), 3)).isEqualTo("水位 m1985 国家高程 m");
            assertThat(rows.get(2).getCellAsNumber(2).orElseThrow().doubleValue())
                    .isEqualTo(8);
            assertThat(rows.get(2).getCellAsNumber(3).orElseThrow().doubleValue())
                    .isEqualTo(6.13);
            assertThat(text(rows.get(2), 4)).isEqualTo("值班员采信");
            assertThat(text(rows.get(2), 5)).contains("officer：属实").contains("0.5");
            assertThat(text(rows.get(3), 4)).isEqualTo("正常");
            assertThat(rows).hasSize(4);
        }
    }

    private static String text(Row row, int column) {
        return row.getCellText(column);
    }
}
