package jiaoying.server.main;

import static org.assertj.core.api.Assertions.assertThat;

import jiaoying.duty.monitor.SignalColor;
import jiaoying.duty.room.View.OrderView;
import jiaoying.duty.room.View.SignalView;
import jiaoying.server.security.Role;
import org.junit.jupiter.api.Test;

/** A CAP message by the front door, from the bytes to the call order. */
class CapDoorTest {
    private final House house = House.open();
    private final String token = "Bearer " + house.doors.make("office", "cap");

    private static String message(String identifier, String type, String references, String status) {
        return """
                <alert xmlns="urn:oasis:names:tc:emergency:cap:1.2"><identifier>%s</identifier><sender>33048241600000</sender>\
                <sent>2026-07-01T18:00:00+08:00</sent><status>%s</status><msgType>%s</msgType><scope>Public</scope>%s\
                <info><language>zh-CN</language><category>Met</category><event>暴雨</event><urgency>Immediate</urgency>\
                <severity>Extreme</severity><certainty>Likely</certainty><expires>2099-07-01T22:00:00+08:00</expires>\
                <senderName>平湖市气象台</senderName><headline>暴雨红色预警信号</headline>\
                <area><areaDesc>新埭镇</areaDesc><geocode><valueName>adcode</valueName><value>330482102</value></geocode></area>\
                </info></alert>""".formatted(
                identifier, status, type, references.isEmpty() ? "" : "<references>" + references + "</references>");
    }

    private Visitor.Reply post(String body, String... headers) {
        var all = new String[] {"Authorization", token, "Content-Type", "application/cap+xml"};
        return house.anybody().send("POST", "/api/cap", body, headers.length > 0 ? headers : all);
    }

    @Test
    void a_message_opens_the_call_order_and_a_cancel_ends_it() {
        var name = "CAPDOOR_" + System.identityHashCode(this);
        var test = post(message(name + "_T", "Alert", "", "Test"));
        assertThat(test.status()).isEqualTo(200);
        assertThat(test.json().path("verdict").asString()).isEqualTo("not-actual");
        assertThat(inForce()).isZero();

        var reply = post(message(name, "Alert", "", "Actual"));
        assertThat(reply.status()).isEqualTo(200);
        var json = reply.json();
        assertThat(json.path("verdict").asString()).isEqualTo("acted");
        assertThat(json.path("message").path("signature").asString()).isEqualTo("none");
        assertThat(json.path("meanings").get(0).path("color").asString()).isEqualTo("red");
        assertThat(json.path("brought").get(0).path("area").asString()).isEqualTo("330482102");
        assertThat(inForce()).isEqualTo(1);
        assertThat(house.room.views(OrderView.class))
                .anyMatch(order -> order.area().equals("330482102") && order.color() == SignalColor.RED);

        var officer = house.withRole(Role.DUTY_OFFICER);
        var warn = officer.get("/api/warn").json();
        assertThat(warn.path("messages").size()).as(warn.toString()).isPositive();
        assertThat(warn.path("messages").get(0).path("verdict").asString()).isEqualTo("acted");
        assertThat(warn.path("messages").get(0).path("in_force").asBoolean()).isTrue();
        var order = warn.path("messages").get(0).path("orders").get(0);
        assertThat(order.path("area_name").asString()).as("what became of it").isEqualTo("新埭镇");
        assertThat(order.path("called").asInt()).isEqualTo(1);
        var line = officer.get("/api/watch/timeline").json().path("marks").valueStream();
        assertThat(line.filter(mark -> mark.path("kind").asString().equals("cap"))
                        .map(mark -> mark.path("text").asString()))
                .anyMatch(text -> text.contains("已生效"));
        assertThat(officer.get("/api/warn/preview?area=330482102,330482101&color=red")
                        .json()
                        .path("people")
                        .asInt())
                .isEqualTo(3);
        var blue = officer.get("/api/warn/preview?area=330482&color=blue").json();
        assertThat(blue.path("called").asBoolean(true)).isFalse();

        assertThat(post(message(name, "Alert", "", "Actual"))
                        .json()
                        .path("verdict")
                        .asString())
                .isEqualTo("repeated");
        var reference = "33048241600000," + name + ",2026-07-01T18:00:00+08:00";
        var cancel = post(message(name + "_C", "Cancel", reference, "Actual"));
        assertThat(cancel.json().path("verdict").asString()).isEqualTo("acted");
        assertThat(inForce()).isZero();
    }

    private long inForce() {
        return house.room.views(SignalView.class).stream()
                .filter(signal ->
                        signal.area().equals("330482102") && signal.endedAt().isEmpty())
                .count();
    }

    @Test
    void what_is_wrong_is_named_and_nothing_comes_in() {
        var before = house.room.arrivals().size();
        var refused = post(message("x y", "Alert", "", "Real"));
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.json().path("verdict").asString()).isEqualTo("refused");
        assertThat(refused.json().path("problems").toString()).contains("/alert/status", "Actual, Exercise");
        assertThat(post("not xml").status()).isEqualTo(422);
        assertThat(post("x".repeat(3 << 20)).status()).isEqualTo(413);
        assertThat(house.room.arrivals()).hasSize(before);
        assertThat(house.withRole(Role.DUTY_OFFICER)
                        .get("/api/doors")
                        .json()
                        .path("doors")
                        .valueStream()
                        .filter(door -> door.path("door").asString().equals("cap"))
                        .map(door -> door.path("faults").path("refused").asInt()))
                .as("the page of the doors counts them")
                .singleElement()
                .satisfies(refusals -> assertThat(refusals).isGreaterThanOrEqualTo(2));
    }

    @Test
    void what_is_said_follows_the_reader_s_language() {
        var refused = message("LANG_" + System.identityHashCode(this), "Alert", "", "Real");
        assertThat(post(refused).json().path("problems").get(0).path("what").asString())
                .isEqualTo("不在词表内");
        assertThat(english(refused).json().path("problems").get(0).path("what").asString())
                .isEqualTo("not a word of the list");
        var late = message("LANG2_" + System.identityHashCode(this), "Alert", "", "Test")
                .replace("+08:00</sent>", "Z</sent>");
        assertThat(english(late).json().path("remarks").toString()).contains("against the standard: /alert/sent");
        assertThat(post(late.replace("LANG2", "LANG3")).json().path("remarks").toString())
                .contains("/alert/sent")
                .containsPattern("\\p{IsHan}")
                .doesNotContain("against");
    }

    private Visitor.Reply english(String body) {
        return post(body, "Content-Type", "application/xml", "Authorization", token, "Accept-Language", "en");
    }

    @Test
    void without_the_token_of_this_door_nothing_comes_in() {
        var other = "Bearer " + house.doors.make("office", "signals");
        assertThat(post(message("a", "Alert", "", "Actual"), "Content-Type", "application/xml")
                        .status())
                .isEqualTo(401);
        assertThat(post(message("a", "Alert", "", "Actual"), "Authorization", other)
                        .status())
                .isEqualTo(403);
    }
}
