package jiaoying.server.main;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import jiaoying.duty.measure.Quantity;
import jiaoying.duty.measure.Reading;
import jiaoying.duty.monitor.SignalColor;
import jiaoying.duty.room.Arrival;
import jiaoying.duty.room.Deed;
import jiaoying.duty.room.Settings;
import jiaoying.duty.room.View.AlertView;
import jiaoying.duty.room.View.SignalView;
import jiaoying.server.cap.CapSettings;
import jiaoying.server.security.Role;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Warn in a headquarters room and in a weather office: what is shown before anybody decides, and what follows. */
class WarnRoomsTest {
    private static final CapSettings PUBLISHING = new CapSettings(
            Optional.empty(),
            Duration.ofHours(24),
            false,
            List.of(),
            List.of(),
            List.of(),
            Optional.of(new CapSettings.Out(
                    "33048241600000",
                    "33048241600000",
                    "平湖市气象台",
                    "Pinghu Weather Office",
                    Duration.ofHours(24),
                    false,
                    List.of())));
    private static final House HEADQUARTERS = House.over(new MemoryRoom(Settings.Issuer.HEADQUARTERS, true));
    private static final House OFFICE =
            House.over(new MemoryRoom(Settings.Issuer.WEATHER_OFFICE, true).with(PUBLISHING));

    @AfterAll
    static void close() {
        HEADQUARTERS.close();
        OFFICE.close();
    }

    private static void rain(MemoryRoom room, String station, long milli) {
        room.pass(Duration.ofDays(3));
        room.bring(new Arrival.MinuteEnded());
        room.bring(new Arrival.Readings(
                "test", List.of(new Reading(station, Quantity.RAIN, milli, room.now(), false)), List.of()));
    }

    private static JsonNode warn(House house, String name) {
        return house.signIn(name).get("/api/warn").json();
    }

    private static JsonNode open(JsonNode warn, String area) {
        return warn.path("proposals")
                .valueStream()
                .filter(one -> one.path("area").asString().equals(area))
                .findFirst()
                .orElseThrow(() -> new AssertionError(warn.path("proposals")));
    }

    @Test
    void headquarters_see_the_alert_beside_its_rule_and_what_happens_when_nobody_decides() {
        var room = HEADQUARTERS.room;
        rain(room, "Z1", 60_000);
        var warn = warn(HEADQUARTERS, "officer");
        assertThat(warn.path("room").path("issuer").asString()).isEqualTo("HEADQUARTERS");
        assertThat(warn.path("room").path("decide_within_s").asInt()).isEqualTo(300);
        assertThat(warn.path("room").path("hazards").valueStream().map(JsonNode::asString))
                .containsExactly("rainstorm", "water-level", "waterlogging");
        var alert = open(warn, MemoryRoom.ZHAPU);
        assertThat(alert.path("rule").asString()).startsWith("3 小时降雨量达 50 毫米以上，且降雨可能持续");
        assertThat(alert.path("criteria").asString()).isEqualTo("test 1");
        assertThat(alert.path("basis").get(0).path("station_name").asString()).isEqualTo("乍浦站");
        assertThat(alert.path("basis").get(0).path("value").asDouble()).isEqualTo(60);
        assertThat(alert.path("then").asString()).isEqualTo("call-order");
        assertThat(alert.path("people").asInt()).isEqualTo(2);
        assertThat(alert.path("single").asBoolean()).isTrue();
        assertThat(HEADQUARTERS
                        .signIn("officer")
                        .get("/api/warn/preview?area=" + MemoryRoom.ZHAPU + "&color=orange")
                        .json()
                        .path("zh")
                        .asString())
                .as("a room that publishes nothing has its own name only")
                .startsWith("平湖值守");
        assertThat(warn(HEADQUARTERS, "xindai").path("proposals").size())
                .as("another town does not see it")
                .isZero();

        room.pass(Duration.ofMinutes(5));
        room.bring(new Arrival.TimerDue("alert/" + alert.path("id").asString(), room.now()));
        var after = warn(HEADQUARTERS, "officer");
        assertThat(after.path("proposals")
                        .valueStream()
                        .filter(one -> one.path("id").equals(alert.path("id"))))
                .isEmpty();
        var decided = after.path("decided").get(0);
        assertThat(decided.path("decision").asString()).isEqualTo("overdue");
        assertThat(decided.path("called").asInt()).isEqualTo(2);
        assertThat(marks(HEADQUARTERS)).anyMatch(text -> text.contains("到时无人决定"));
    }

    private static List<String> marks(House house) {
        return house.signIn("officer")
                .get("/api/watch/timeline")
                .json()
                .path("marks")
                .valueStream()
                .map(mark -> mark.path("text").asString())
                .toList();
    }

    @Test
    void a_red_signal_proposes_a_response_whose_way_is_on_the_line_of_time() {
        var room = HEADQUARTERS.room;
        room.pass(Duration.ofDays(3));
        room.bring(new Arrival.SignalReceived("气象台", "door", "rainstorm", MemoryRoom.XINDAI, SignalColor.RED, "", ""));
        var response = warn(HEADQUARTERS, "leader").path("responses").get(0);
        assertThat(response.path("level").asInt()).isEqualTo(1);
        room.pass(Duration.ofMinutes(10));
        room.bring(new Arrival.TimerDue("response/" + response.path("id").asString(), room.now()));
        var leader = HEADQUARTERS.signIn("leader");
        var decide = "{\"response\":\"" + response.path("id").asString() + "\",\"level\":\"1\"}";
        assertThat(HEADQUARTERS
                        .signIn("officer")
                        .post("/api/acts/decide-response", decide)
                        .status())
                .as("the leader decides")
                .isEqualTo(403);
        assertThat(leader.post("/api/acts/decide-response", decide).status()).isEqualTo(200);
        leader.post(
                "/api/acts/report-action",
                "{\"response\":\"" + response.path("id").asString() + "\",\"action\":\"patrol\",\"text\":\"已巡查\"}");

        assertThat(marks(HEADQUARTERS))
                .contains("新埭镇暴雨红色，建议启动 I 级响应", "新埭镇：I 级响应到时无人决定，已呼叫带班领导", "新埭镇：启动 I 级响应（leader）", "水利局：已巡查（leader）");
        end(leader, response.path("id").asString());
        room.bring(new Arrival.SignalReceived("气象台", "door", "rainstorm", MemoryRoom.XINDAI, SignalColor.NONE, "", ""));
    }

    @Test
    void a_department_sees_which_actions_are_its_own_and_reports_no_other() {
        var room = HEADQUARTERS.room;
        room.pass(Duration.ofDays(3));
        HEADQUARTERS.open("P-WATER", EnumSet.of(Role.DEPARTMENT), List.of());
        HEADQUARTERS.open("nobody", EnumSet.of(Role.DEPARTMENT), List.of());
        room.bring(new Arrival.SignalReceived("气象台", "door", "rainstorm", MemoryRoom.XINDAI, SignalColor.RED, "", ""));
        var leader = HEADQUARTERS.signIn("leader");
        var response = leader.get("/api/warn")
                .json()
                .path("responses")
                .get(0)
                .path("id")
                .asString();
        leader.post("/api/acts/decide-response", "{\"response\":\"" + response + "\",\"level\":\"1\"}");

        var water = HEADQUARTERS.signIn("P-WATER");
        assertThat(water.get("/api/warn?lang=en")
                        .json()
                        .path("responses")
                        .get(0)
                        .path("actions")
                        .valueStream()
                        .map(action -> action.path("department").asString() + " "
                                + action.path("mine").asBoolean()))
                .containsExactly("Water Bureau true", "Education Bureau false");
        assertThat(report(water, response, "schools").status())
                .as("another's action")
                .isEqualTo(403);
        assertThat(report(water, response, "schools")
                        .json()
                        .path("error")
                        .path("what")
                        .asString())
                .isEqualTo("这项行动不归您的单位");
        assertThat(report(HEADQUARTERS.signIn("nobody"), response, "patrol").status())
                .as("an account of no body")
                .isEqualTo(403);
        assertThat(report(water, response, "patrol").status()).isEqualTo(200);
        assertThat(report(HEADQUARTERS.signIn("officer"), response, "schools").status())
                .as("the duty desk writes down what it hears")
                .isEqualTo(200);
        assertThat(report(water, response, "nothing").status()).isEqualTo(404);
        room.bring(new Arrival.SignalReceived("气象台", "door", "rainstorm", MemoryRoom.XINDAI, SignalColor.NONE, "", ""));
        end(leader, response);
    }

    private static void end(Visitor leader, String response) {
        assertThat(leader.post("/api/acts/end-response", "{\"response\":\"" + response + "\",\"reason\":\"雨停\"}")
                        .status())
                .isEqualTo(200);
    }

    private static Visitor.Reply report(Visitor visitor, String response, String action) {
        return visitor.post(
                "/api/acts/report-action",
                "{\"response\":\"" + response + "\",\"action\":\"" + action + "\",\"text\":\"已办\"}");
    }

    @Test
    void one_person_proposes_with_the_words_of_the_template_and_another_approves() {
        var officer = OFFICE.signIn("officer");
        var preview = officer.get("/api/warn/preview?area=" + MemoryRoom.XINDAI + "&color=orange&hazard=rainstorm")
                .json();
        assertThat(preview.path("zh").asString()).startsWith("平湖市气象台").contains("发布新埭镇暴雨橙色预警信号。");
        assertThat(preview.path("en").asString())
                .startsWith("Pinghu Weather Office issues the orange rainstorm warning signal for Xindai");
        assertThat(preview.path("people").asInt()).isEqualTo(1);
        assertThat(preview.path("first").get(0).path("name").asString()).isEqualTo("钱四");

        var text = preview.path("zh").asString() + "\\n\\n" + preview.path("en").asString();
        assertThat(officer.post(
                                "/api/acts/enter-signal",
                                "{\"hazard\":\"rainstorm\",\"area\":\"" + MemoryRoom.XINDAI
                                        + "\",\"color\":\"orange\",\"source\":\"会商\",\"text\":\"" + text + "\"}")
                        .status())
                .isEqualTo(200);
        assertThat(inForce(MemoryRoom.XINDAI)).as("nothing is issued yet").isEmpty();
        var own = open(warn(OFFICE, "officer"), MemoryRoom.XINDAI);
        assertThat(own.path("by").asString()).isEqualTo("officer");
        assertThat(own.path("own").asBoolean()).isTrue();
        var waiting = open(warn(OFFICE, "leader"), MemoryRoom.XINDAI);
        assertThat(waiting.path("own").asBoolean(true)).isFalse();
        assertThat(waiting.path("then").asString()).as("it waits").isEmpty();
        var approve = "{\"alert\":\"" + own.path("id").asString() + "\",\"text\":\"别的话\"}";
        assertThat(officer.post("/api/acts/approve-proposal", approve).status()).isEqualTo(403);
        assertThat(OFFICE.signIn("leader")
                        .post("/api/acts/approve-proposal", approve)
                        .status())
                .isEqualTo(200);

        var issued = inForce(MemoryRoom.XINDAI).getFirst();
        assertThat(issued.color()).isEqualTo(SignalColor.ORANGE);
        assertThat(issued.text()).as("the proposer's words stand").isEqualTo(text.replace("\\n", "\n"));
        var up = officer.get("/api/warn/preview?area=" + MemoryRoom.XINDAI + "&color=red")
                .json();
        assertThat(up.path("zh").asString()).contains("将新埭镇暴雨橙色预警信号升级为红色预警信号");
        var lift = officer.get("/api/warn/preview?area=" + MemoryRoom.XINDAI + "&color=none")
                .json();
        assertThat(lift.path("zh").asString()).contains("解除新埭镇暴雨橙色预警信号。");
        assertThat(lift.path("called").asBoolean(true)).isFalse();

        OFFICE.room.bring(new Arrival.Act(
                "officer", new Deed.EnterSignal("rainstorm", MemoryRoom.XINDAI, SignalColor.NONE, "会商", "")));
        OFFICE.room.bring(new Arrival.Act(
                "leader",
                new Deed.ApproveProposal(
                        open(warn(OFFICE, "leader"), MemoryRoom.XINDAI)
                                .path("id")
                                .asString(),
                        "")));
        assertThat(inForce(MemoryRoom.XINDAI)).isEmpty();
    }

    private static List<SignalView> inForce(String area) {
        return OFFICE.room.views(SignalView.class).stream()
                .filter(signal -> signal.area().equals(area) && signal.endedAt().isEmpty())
                .toList();
    }

    @Test
    void what_the_rule_proposes_is_issued_with_the_words_that_were_approved() {
        rain(OFFICE.room, "Z1", 60_000);
        var proposal = open(warn(OFFICE, "leader"), MemoryRoom.ZHAPU);
        assertThat(proposal.path("by").asString()).isEmpty();
        assertThat(proposal.path("zh").asString()).contains("过去3小时，乍浦站降雨量已达60毫米，降雨仍在持续。请有关单位和人员按预案做好防御准备。");
        assertThat(proposal.path("en").asString()).contains("In the last 3 h, 60 mm of rain fell at 乍浦站");
        OFFICE.signIn("leader")
                .post(
                        "/api/acts/approve-proposal",
                        "{\"alert\":\"" + proposal.path("id").asString() + "\",\"text\":\"核过的话\"}");
        assertThat(inForce(MemoryRoom.ZHAPU).getFirst().text()).isEqualTo("核过的话");
        assertThat(OFFICE.room.views(AlertView.class))
                .anyMatch(alert ->
                        alert.decision().equals("issued") && alert.decidedBy().equals("leader"));
        OFFICE.room.bring(new Arrival.Act(
                "leader",
                new Deed.RetractSignal(inForce(MemoryRoom.ZHAPU).getFirst().signal(), "试")));
    }
}
