package jiaoying.server.main;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.List;
import jiaoying.duty.room.RoomFact;
import jiaoying.server.security.Role;
import org.junit.jupiter.api.Test;

/** A system administrator keeps the accounts. */
class AccountsTest {
    private final House house = House.open();

    @Test
    void accounts_are_listed_without_any_secret() {
        house.open("listed", EnumSet.of(Role.DUTY_OFFICER), List.of());
        var reply = house.signIn("admin").get("/api/accounts");
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.body())
                .contains("{\"account\":\"listed\",\"roles\":[\"duty-officer\"],\"areas\":[],\"password\":true,"
                        + "\"disabled\":false")
                .doesNotContain("$2a$");
    }

    @Test
    void other_roles_end_the_sessions_of_the_old_ones() {
        house.open("promoted", EnumSet.of(Role.DUTY_OFFICER), List.of());
        var before = house.signIn("promoted");
        var reply = house.signIn("admin")
                .write(
                        "PUT",
                        "/api/accounts/promoted",
                        "{\"roles\":[\"town\"],\"areas\":[\"" + MemoryRoom.ZHAPU + "\"]}");
        assertThat(reply.status()).as(reply.body()).isEqualTo(200);
        assertThat(before.get("/api/me").status()).isEqualTo(401);
        assertThat(house.signIn("promoted").get("/api/me").body())
                .contains("town")
                .contains(MemoryRoom.ZHAPU);
        assertThat(house.room.facts())
                .contains(new RoomFact.AccountChanged("promoted", List.of("town"), List.of(MemoryRoom.ZHAPU), "admin"));
    }

    @Test
    void a_disabled_account_is_signed_out_and_stays_out_until_it_is_enabled() {
        house.open("leaving", EnumSet.of(Role.DUTY_OFFICER), List.of());
        var session = house.signIn("leaving");
        var link = house.links.make("leaving", java.time.Duration.ofMinutes(15));
        var admin = house.signIn("admin");
        assertThat(admin.write("POST", "/api/accounts/leaving/disable", "").status())
                .isEqualTo(200);
        assertThat(session.get("/api/me").status()).isEqualTo(401);
        var refused =
                house.anybody().post("/api/session", "{\"name\":\"leaving\",\"password\":\"" + House.PASSWORD + "\"}");
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.body()).contains("账号已停用");
        var token = link.substring(link.indexOf('#') + 1);
        assertThat(house.anybody()
                        .post("/api/session/link", "{\"token\":\"" + token + "\"}")
                        .status())
                .isEqualTo(401);
        assertThat(admin.write("POST", "/api/accounts/leaving/enable", "").status())
                .isEqualTo(200);
        assertThat(house.signIn("leaving").get("/api/me").status()).isEqualTo(200);
        assertThat(house.room.facts())
                .contains(
                        new RoomFact.AccountDisabled("leaving", "admin"),
                        new RoomFact.AccountEnabled("leaving", "admin"));
    }

    @Test
    void a_reset_password_is_void_and_by_the_link_another_is_chosen() {
        house.open("forgetful", EnumSet.of(Role.DUTY_OFFICER), List.of());
        var session = house.signIn("forgetful");
        var reply = house.signIn("admin").write("POST", "/api/accounts/forgetful/link", "");
        assertThat(reply.status()).as(reply.body()).isEqualTo(200);
        assertThat(session.get("/api/me").status()).isEqualTo(401);
        assertThat(house.anybody()
                        .post("/api/session", "{\"name\":\"forgetful\",\"password\":\"" + House.PASSWORD + "\"}")
                        .status())
                .isEqualTo(401);
        var link = reply.json().path("link").asString();
        var visitor = house.anybody();
        assertThat(visitor.post("/api/session/link", "{\"token\":\"" + link.substring(link.indexOf('#') + 1) + "\"}")
                        .status())
                .isEqualTo(200);
        assertThat(visitor.write("PUT", "/api/me/password", "{\"password\":\"short\"}")
                        .status())
                .isEqualTo(400);
        assertThat(visitor.write("PUT", "/api/me/password", "{\"password\":\"Neap-Tide-Now-8\"}")
                        .status())
                .isEqualTo(204);
        var again = house.anybody();
        assertThat(again.post("/api/session", "{\"name\":\"forgetful\",\"password\":\"Neap-Tide-Now-8\"}")
                        .status())
                .isEqualTo(200);
        assertThat(again.write("PUT", "/api/me/password", "{\"old\":\"wrong\",\"password\":\"Neap-Tide-Now-9\"}")
                        .status())
                .isEqualTo(403);
        assertThat(house.room.facts())
                .contains(new RoomFact.PasswordReset("forgetful", "admin"), new RoomFact.PasswordSet("forgetful"));
        assertThat(house.room.facts().toString()).doesNotContain("Neap-Tide");
    }

    @Test
    void a_room_keeps_an_administrator_and_unknown_names_are_named() {
        var admin = house.signIn("admin");
        assertThat(admin.write("POST", "/api/accounts/admin/disable", "").status())
                .isEqualTo(409);
        assertThat(admin.write("PUT", "/api/accounts/admin", "{\"roles\":[\"duty-officer\"]}")
                        .status())
                .isEqualTo(409);
        var missing = admin.write("POST", "/api/accounts/nobody/link", "");
        assertThat(missing.status()).isEqualTo(404);
        assertThat(missing.body()).contains("nobody");
    }

    @Test
    void whoever_finds_a_session_open_cannot_guess_its_password() {
        house.open("careless", EnumSet.of(Role.DUTY_OFFICER), List.of());
        var found = house.signIn("careless");
        for (int i = 0; i < 4; i++) {
            assertThat(found.write("PUT", "/api/me/password", guess("wrong" + i))
                            .status())
                    .isEqualTo(403);
        }
        assertThat(found.write("PUT", "/api/me/password", guess("wrong")).status())
                .isEqualTo(423);
        assertThat(found.write("PUT", "/api/me/password", guess(House.PASSWORD)).status())
                .isEqualTo(423);
    }

    private static String guess(String old) {
        return "{\"old\":\"" + old + "\",\"password\":\"Neap-Tide-Now-8\"}";
    }

    @Test
    void an_empty_place_in_a_list_is_refused_and_not_stumbled_over() {
        var admin = house.signIn("admin");
        for (var lists : List.of(
                "\"roles\":[null],\"areas\":[]",
                "\"roles\":[\"town\"],\"areas\":[null]",
                "\"roles\":[\"town\"],\"areas\":[\"\"]")) {
            assertThat(admin.write("PUT", "/api/accounts/officer", "{" + lists + "}")
                            .status())
                    .as(lists)
                    .isEqualTo(400);
            var opened = admin.write(
                    "POST",
                    "/api/accounts",
                    "{\"account\":\"holes\",\"password\":\"" + House.PASSWORD + "\"," + lists + "}");
            assertThat(opened.status()).as(lists).isEqualTo(400);
        }
    }
}
