package jiaoying.server.main;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import jiaoying.duty.monitor.SignalColor;
import jiaoying.duty.room.Arrival;
import jiaoying.duty.room.View.SignalView;
import jiaoying.server.security.Role;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class DoorsTest {
    private final House house = House.open();
    private final String token = "Bearer " + house.doors.make("gauges", "readings");

    @AfterEach
    void calm() {
        house.room.full(false);
        house.room.reserve(false);
        house.room.wake();
    }

    @Test
    void readings_come_in_as_json_with_exact_thousandths() {
        var at = past();
        var reply = json(reading("Z1", "rain", "1.0205", "mm", at));

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.json().path("stored").asInt()).isEqualTo(1);
        assertThat(reply.json().path("findings").size()).isZero();
        var kept = house.room.journal().getLast();
        assertThat(kept.milli()).isEqualTo(1021);
        assertThat(kept.observedAt()).isEqualTo(Instant.parse(at));
    }

    @Test
    void the_page_of_the_doors_names_the_stations_that_a_door_heard_and_those_that_nobody_registered() {
        json(reading("X1", "rain", "0.5", "mm", past()));
        json(reading("who", "rain", "0.5", "mm", past()));
        var heard = new ArrayList<String>();
        for (var door :
                house.withRole(Role.DUTY_OFFICER).get("/api/doors").json().path("doors")) {
            if (door.path("door").asString().equals("http")) {
                door.path("stations")
                        .forEach(it -> heard.add(it.path("address").asString() + " "
                                + it.path("station").asString("-")));
            }
        }
        assertThat(heard.subList(0, 2)).containsExactly("who -", "X1 X1");
    }

    @Test
    void readings_come_in_as_csv_with_columns_in_any_order_and_a_byte_order_mark() {
        var at = past();
        var reply = csv("\uFEFFobserved_at,station,value,unit,quantity,remark\r\n" + at
                + ",\"Z1\",-0.0005,mm,rain,\"one, \"\"two\"\"\"\r\n\r\n");

        assertThat(reply.status()).isEqualTo(200);
        assertThat(house.room.arrivals().getLast()).isInstanceOf(Arrival.Readings.class);
    }

    @Test
    void each_broken_row_is_named_and_the_good_ones_are_kept() {
        var at = past();
        var good = reading("Z1", "rain", "0.2", "mm", at);
        var reply = json(String.join(
                ",",
                reading("Z1", "snow", "1", "mm", at),
                good,
                reading("Z1", "rain", "1", "cm", at),
                reading("Z1", "rain", "\"abc\"", "mm", at),
                reading("Z1", "rain", "NaN", "mm", at),
                reading("Z1", "rain", "1e400", "mm", at),
                reading("Z1", "rain", "1", "mm", "2026-07-01T10:00:00"),
                reading("Z1", "rain", "1", "mm", "+999999999-01-01T00:00:00Z"),
                reading("", "rain", "1", "mm", at),
                "17",
                reading("nobody", "rain", "1", "mm", at)));

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.json().path("stored").asInt()).isEqualTo(1);
        assertThat(lines(reply.json().path("findings"))).isEqualTo("""
                        0 quantity=snow
                        2 unit=cm
                        3 value=abc
                        4 value=NaN
                        5 value=1e400
                        6 observed_at=2026-07-01T10:00:00
                        7 observed_at=+999999999-01-01T00:00:00Z
                        8 station=
                        9 row=17
                        10 station=nobody
                        """);
    }

    @Test
    void the_room_s_own_findings_carry_the_row_of_the_message() {
        var future = house.room.now().plus(3, ChronoUnit.HOURS).toString();
        var reply = csv("station,quantity,value,unit,observed_at\n"
                + "Z1,rain,x,mm," + past() + "\n"
                + "Z1,rain\n"
                + "Z1,rain,1,mm," + future + "\n"
                + "Z1,rain,2000,mm," + past() + "\n");

        assertThat(lines(reply.json().path("findings")))
                .contains("0 value=x", "1 row=Z1,rain", "2 observed_at=", "3 value=");
    }

    @Test
    void json_that_is_broken_is_refused_with_its_place_and_nothing_is_stored() {
        var before = house.room.arrivals().size();
        var reply = house.anybody()
                .send(
                        "POST",
                        "/api/readings",
                        "{\"readings\":[\n" + reading("Z1", "rain", "1", "mm", past()) + ",\n{oops}]}",
                        "Authorization",
                        token,
                        "Content-Type",
                        "application/json");

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.json().path("error").path("value").asString()).startsWith("3:");
        for (var body : new String[] {"", "[]", "{}", "{\"readings\":{}}", "{\"readings\":[", "{\"readings\":[]} x"}) {
            var refused = house.anybody()
                    .send("POST", "/api/readings", body, "Authorization", token, "Content-Type", "application/json");
            assertThat(refused.status()).as(body).isEqualTo(400);
        }
        assertThat(house.room.arrivals()).hasSize(before);
    }

    @Test
    void csv_without_its_header_is_refused() {
        var reply = csv("Z1,rain,1,mm," + past() + "\n");

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.json().path("error").path("allowed").asString())
                .isEqualTo(
                        "首行含 station,quantity,value,unit,observed_at（缺 station, quantity, value, unit, observed_at）");
    }

    @Test
    void a_message_has_a_bound_on_bytes_rows_and_findings() {
        var row = "Z1,rain,1,mm," + past() + "\n";
        var header = "station,quantity,value,unit,observed_at\n";
        assertThat(csv(header + "x".repeat(8 * 1024 * 1024)).status()).isEqualTo(413);
        assertThat(csv(header + row.repeat(20_001)).status()).isEqualTo(413);
        var wrong = csv(header + "Z1,rain,x,mm,2026-07-01T10:00:00Z\n".repeat(2_001));
        assertThat(wrong.status()).isEqualTo(400);
        assertThat(wrong.json().path("error").path("value").asString()).isEqualTo("0: value = x");
    }

    @Test
    void another_content_type_is_refused_by_name() {
        var reply = house.anybody()
                .send("POST", "/api/readings", "x", "Authorization", token, "Content-Type", "application/xml");

        assertThat(reply.status()).isEqualTo(415);
        assertThat(reply.json().path("error").path("allowed").asString()).isEqualTo("application/json, text/csv");
    }

    @Test
    void a_full_inbox_asks_to_come_again() {
        house.room.full(true);
        var reply = json(reading("Z1", "rain", "1", "mm", past()));

        assertThat(reply.status()).isEqualTo(503);
        assertThat(reply.header("Retry-After")).isEqualTo("2");
    }

    @Test
    void a_disk_with_only_its_reserve_left_is_said_to_whoever_brings_readings() {
        house.room.reserve(true);
        var reply = json(reading("Z1", "rain", "1", "mm", past()));

        assertThat(reply.status()).isEqualTo(503);
        assertThat(reply.json().path("error").path("code").asString()).isEqualTo("disk.reserve");
    }

    @Test
    void an_outcome_that_is_late_is_asked_for_by_its_link_and_by_nobody_else() {
        house.room.slow(true);
        var reply = json(reading("Z1", "rain", "1", "mm", past()));
        assertThat(reply.status()).isEqualTo(202);
        var link = reply.json().path("link").asString();
        assertThat(link)
                .isEqualTo("/api/arrivals/" + reply.json().path("arrival").asInt());

        var later = house.anybody().get(link, "Authorization", token);
        assertThat(later.json().path("taken").asBoolean()).isFalse();
        assertThat(later.json().path("outcome").isNull()).isTrue();
        var other = "Bearer " + house.doors.make("others", "readings");
        assertThat(house.anybody().get(link, "Authorization", other).status()).isEqualTo(404);
        assertThat(house.signIn("zhapu").get(link).status()).isEqualTo(404);
        assertThat(house.signIn("officer").get(link).status()).isEqualTo(200);
    }

    @Test
    void an_arrival_that_was_taken_shows_its_outcome() {
        json(reading("Z1", "snow", "1", "mm", past()));
        var reply = house.anybody().get("/api/arrivals/" + house.room.arrivals().size(), "Authorization", token);

        assertThat(reply.json().path("taken").asBoolean()).isTrue();
        assertThat(reply.json().path("outcome").path("kind").asString()).isEqualTo("Stored");
        assertThat(lines(reply.json().path("outcome").path("findings"))).isEqualTo("0 quantity=snow\n");
    }

    @Test
    void a_weather_office_s_signal_comes_in_with_its_source() {
        var office = "Bearer " + house.doors.make("office", "signals");
        var reply = signal(office, "330482102", "blue");

        assertThat(reply.status()).isEqualTo(200);
        assertThat(house.room.views(SignalView.class))
                .anyMatch(row -> row.source().equals("平湖市气象台")
                        && row.by().equals("office")
                        && row.area().equals("330482102")
                        && row.color() == SignalColor.BLUE);
        assertThat(signal(office, "330482102", "blue").status()).isEqualTo(409);
        assertThat(signal(office, "330482102", "none").status()).isEqualTo(200);
        assertThat(signal(office, "330482102", "pink")
                        .json()
                        .path("error")
                        .path("allowed")
                        .asString())
                .isEqualTo("其一：none, blue, yellow, orange, red");
        assertThat(signal(office, "99", "red").status()).isEqualTo(400);
    }

    @Test
    void a_carrier_tells_only_of_itself() {
        var carrier = "Bearer " + house.doors.make("text-a", "carrier");
        var events = "{\"events\":[{\"event\":\"e1\",\"key\":\"k1\",\"kind\":\"no-answer\",\"detail\":\"\"}]}";
        assertThat(event(carrier, "text-a", events).status()).isEqualTo(200);
        assertThat(event(carrier, "text-b", events).status()).isEqualTo(403);
        assertThat(event(carrier, "text-a", events.replace("no-answer", "sang")).status())
                .isEqualTo(400);
        assertThat(event(carrier, "text-a", "{\"events\":[1]}").status()).isEqualTo(400);
        assertThat(event(carrier, "text-a", "{\"events\":").status()).isEqualTo(400);
    }

    @Test
    void text_that_a_database_cannot_keep_is_refused_before_it_gets_there() {
        var officer = house.signIn("officer");

        assertThat(officer.post("/api/acts/write-note", "{\"text\":\"a\\u0000b\"}")
                        .status())
                .isEqualTo(400);
        assertThat(officer.post("/api/acts/write-note", "{\"text\":\"a\\ud800b\"}")
                        .status())
                .isEqualTo(400);
        assertThat(officer.post("/api/acts/write-note", "{\"text\":\"" + "雨".repeat(2001) + "\"}")
                        .status())
                .isEqualTo(400);
        var reply = json(reading("Z\\u0000", "rain", "1", "mm", past()));
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.json().path("findings").get(0).path("value").asString())
                .isEqualTo("Z\uFFFD");
    }

    @Test
    void nobody_makes_the_server_read_a_long_body() {
        var reply =
                house.anybody().send("POST", "/api/session", "x".repeat(300_000), "Content-Type", "application/json");

        assertThat(reply.status()).isEqualTo(413);
    }

    /** A moment for which nothing has come in yet. */
    private String past() {
        house.room.pass(Duration.ofMinutes(1));
        return house.room
                .now()
                .minus(1, ChronoUnit.MINUTES)
                .truncatedTo(ChronoUnit.MILLIS)
                .toString();
    }

    private Visitor.Reply json(String rows) {
        return house.anybody()
                .send(
                        "POST",
                        "/api/readings",
                        "{\"source\":{\"any\":[1]},\"readings\":[" + rows + "]}",
                        "Authorization",
                        token,
                        "Content-Type",
                        "application/json");
    }

    private Visitor.Reply csv(String text) {
        return house.anybody()
                .send("POST", "/api/readings", text, "Authorization", token, "Content-Type", "text/csv; charset=utf-8");
    }

    private Visitor.Reply signal(String office, String area, String color) {
        return house.anybody().send("POST", "/api/signals", """
                        {"source":"平湖市气象台","hazard":"rainstorm","area":"%s","color":"%s","text":"","alert":""}""".formatted(area, color), "Authorization", office);
    }

    private Visitor.Reply event(String bearer, String carrier, String events) {
        return house.anybody().send("POST", "/api/carriers/" + carrier + "/events", events, "Authorization", bearer);
    }

    private static String reading(String station, String quantity, String value, String unit, String at) {
        return "{\"station\":\"%s\",\"quantity\":\"%s\",\"value\":%s,\"unit\":\"%s\",\"observed_at\":\"%s\"}"
                .formatted(station, quantity, value, unit, at);
    }

    private static String lines(JsonNode findings) {
        var lines = new StringBuilder();
        for (var finding : findings) {
            assertThat(finding.path("allowed").asString()).containsPattern("\\p{IsHan}");
            lines.append(finding.path("row").asInt())
                    .append(' ')
                    .append(finding.path("field").asString())
                    .append('=')
                    .append(finding.path("value").asString())
                    .append('\n');
        }
        return lines.toString();
    }
}
