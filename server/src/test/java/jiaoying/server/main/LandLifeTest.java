package jiaoying.server.main;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import jiaoying.duty.room.Arrival;
import jiaoying.duty.room.Settings;
import jiaoying.server.replay.SampleCity;
import jiaoying.server.security.Role;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The accounts whose links a demonstration prints suffice for the whole life of an inefficient enterprise, and for each refusal in it. */
class LandLifeTest {
    private static final MemoryRoom ROOM =
            new MemoryRoom(Settings.Issuer.HEADQUARTERS, false, List.of("inefficient-land"));
    private static final Map<String, Visitor> PEOPLE = new HashMap<>();
    private static House house;
    private static int files;

    @BeforeAll
    static void the_people_of_the_sample_city() throws IOException {
        house = House.over(ROOM);
        ROOM.bring(new Arrival.RegisterChanged(
                "test", SampleCity.read(Path.of("../samples/pinghu")).rows()));
        DemoStage.SAMPLE_ACCOUNTS.forEach(
                one -> PEOPLE.put(one.said(), house.signInFor(one.person(), one.roles(), one.areas())));
    }

    @AfterAll
    static void closed() {
        house.close();
    }

    private static Visitor visitor(String account) {
        return Objects.requireNonNull(PEOPLE.get(account), account);
    }

    private static Visitor land(String role) {
        return visitor("run.land." + role);
    }

    @Test
    void an_enterprise_is_assigned_accepted_vacated_inspected_and_closed_and_reopened_by_the_task_force() {
        var item = listed("示例印染厂");
        done("town", item, "assess", "");
        done(
                "bureau",
                item,
                "assign",
                fields("approach", "replace", "measure", "vacate-use")
                        + ",\"lead\":\"B-330482102\",\"supervising\":\"B-TASK\"");
        done("town", item, "accept", "");
        done("town", item, "negotiate", "");
        done("town", item, "vacate", proofs("town", "agreement"));
        done(
                "town",
                item,
                "submit",
                fields("vacated_mu", "12.5", "vacated_on", "2026-06-30") + ","
                        + proofs("town", "site_photo", "site_photo"));
        done("acceptance", item, "take-up", "");
        assertThat(code("town", item, "pass", proofs("town", "acceptance_form")))
                .as("nobody accepts his own work")
                .isEqualTo("item-not-your-role");
        done("acceptance", item, "pass", proofs("acceptance", "acceptance_form"));
        assertThat(row(item).path("core").asString()).isEqualTo("CLOSED");
        assertThat(row(item).path("supervising").path("id").asString()).isEqualTo("B-TASK");
        done("supervisor", item, "reopen", "\"reason\":\"设备回流\"");
        assertThat(row(item).path("core").asString()).isEqualTo("REOPENED");
    }

    @Test
    void what_is_taken_off_the_list_wants_the_deputy_mayor_and_another_body_than_the_lead() {
        var item = listed("示例箱包厂");
        done("town", item, "assess", "");
        var note = "\"reason\":\"列错\"," + proofs("bureau", "removal_note");
        assertThat(code("bureau", item, "remove", note)).isEqualTo("item-not-approved");
        assertThat(land("supervisor")
                        .post("/api/acts/approve-item", "{\"item\":\"" + item + "\",\"step\":\"remove\"}")
                        .status())
                .isEqualTo(409);
        var approved = land("leader").post("/api/acts/approve-item", "{\"item\":\"" + item + "\",\"step\":\"remove\"}");
        assertThat(approved.status()).as(approved.body()).isEqualTo(200);
        done("bureau", item, "remove", note);
        assertThat(row(item).path("core").asString()).isEqualTo("VOID");
    }

    @Test
    void a_town_has_its_own_enterprises_and_an_office_what_it_leads() {
        var item = listed("示例电镀厂");
        var own = EnumSet.of(Role.TOWN);
        var other = house.signInFor("P481", own, List.of("330482103"));
        var elsewhere = "{\"programme\":\"inefficient-land\",\"kind\":\"enterprise\","
                + fields("name", "甲", "town", "新埭镇") + "}";

        assertThat(land("town").get("/api/items/" + item).status()).isEqualTo(200);
        assertThat(land("town").get("/api/items?programme=inefficient-land").body())
                .contains("示例电镀厂");
        assertThat(other.get("/api/items/" + item).status()).isEqualTo(404);
        assertThat(other.get("/api/items?programme=inefficient-land").body()).doesNotContain("示例电镀厂");
        assertThat(other.post("/api/acts/open-item", elsewhere).status()).isEqualTo(404);

        done("town", item, "assess", "");
        done(
                "bureau",
                item,
                "assign",
                fields("approach", "replace", "measure", "vacate-use")
                        + ",\"lead\":\"B-330482103\",\"supervising\":\"B-TASK\"");
        assertThat(other.get("/api/items/" + item).status()).isEqualTo(200);
        var accepted = other.post("/api/acts/move-item", "{\"item\":\"" + item + "\",\"step\":\"accept\"}");
        assertThat(accepted.status()).as(accepted.body()).isEqualTo(200);
    }

    @Test
    void whoever_has_work_only_is_offered_no_screen_of_storms_and_is_called_by_none() {
        for (var role : List.of("bureau", "town", "acceptance", "supervisor", "leader")) {
            assertThat(land(role).get("/api/me").json().path("storms").asBoolean())
                    .as(role)
                    .isFalse();
        }
        var watchman = house.signInFor("P032", EnumSet.of(Role.TOWN), List.of("330482102"));
        assertThat(watchman.get("/api/me").json().path("storms").asBoolean()).isTrue();
        assertThat(visitor("run.supervisor")
                        .get("/api/me")
                        .json()
                        .path("storms")
                        .asBoolean())
                .as("he is also the flood officer of his bureau")
                .isTrue();
    }

    private static String listed(String name) {
        var opened = land("town")
                .post(
                        "/api/acts/open-item",
                        "{\"programme\":\"inefficient-land\",\"kind\":\"enterprise\","
                                + fields("name", name, "town", "新埭镇") + "}");
        assertThat(opened.status()).as(opened.body()).isEqualTo(200);
        return "I" + opened.json().path("arrival").asLong();
    }

    private static JsonNode row(String item) {
        return land("leader").get("/api/items/" + item).json().path("row");
    }

    private static void done(String role, String item, String step, String rest) {
        var reply = move(role, item, step, rest);
        assertThat(reply.status()).as(role + " " + step + ": " + reply.body()).isEqualTo(200);
    }

    private static String code(String role, String item, String step, String rest) {
        var reply = move(role, item, step, rest);
        assertThat(reply.status()).as(step).isEqualTo(409);
        return reply.json().path("error").path("code").asString();
    }

    private static Visitor.Reply move(String role, String item, String step, String rest) {
        return land(role)
                .post(
                        "/api/acts/move-item",
                        "{\"item\":\"" + item + "\",\"step\":\"" + step + "\"" + (rest.isEmpty() ? "" : "," + rest)
                                + "}");
    }

    private static String fields(String... pairs) {
        var all = new ArrayList<String>();
        IntStream.range(0, pairs.length / 2)
                .forEach(n -> all.add("{\"field\":\"" + pairs[2 * n] + "\",\"value\":\"" + pairs[2 * n + 1] + "\"}"));
        return "\"fields\":[" + String.join(",", all) + "]";
    }

    private static String proofs(String role, String... needs) {
        var all = new ArrayList<String>();
        for (var need : List.of(needs)) {
            var file = need.equals("site_photo")
                    ? ("\u00ff\u00d8\u00ff\u00e0 sample " + files++).getBytes(ISO_8859_1)
                    : ("%PDF-1.7 sample " + files++).getBytes(ISO_8859_1);
            var kept = land(role).upload("/api/evidence", file);
            assertThat(kept.status()).as(kept.body()).isEqualTo(201);
            all.add("{\"need\":\"" + need + "\",\"sha256\":\""
                    + kept.json().path("sha256").asString() + "\",\"name\":\"" + need + "\",\"taken_at\":\""
                    + ROOM.now()
                    + "\"}");
        }
        return "\"proofs\":[" + String.join(",", all) + "]";
    }
}
