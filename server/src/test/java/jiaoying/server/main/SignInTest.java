package jiaoying.server.main;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import jiaoying.duty.room.RoomFact;
import jiaoying.server.security.Role;
import jiaoying.server.security.SignInLinks;
import org.junit.jupiter.api.Test;

class SignInTest {
    private final House house = House.open();

    @Test
    void a_password_signs_in_and_the_cookie_is_out_of_reach_of_scripts_and_other_sites() {
        var visitor = house.anybody();
        var reply = visitor.post("/api/session", credentials("officer", House.PASSWORD));

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.json().path("name").asString()).isEqualTo("officer");
        assertThat(reply.json().path("room").path("banner").asString()).isEqualTo("哈维降雨移植演示");
        assertThat(reply.json().path("room").path("banner_en").asString()).isEqualTo("Harvey rain 2017");
        var cookie = reply.headers().allValues("Set-Cookie").stream()
                .filter(line -> line.startsWith("jiaoying-session="))
                .findFirst()
                .orElseThrow();
        assertThat(cookie).contains("HttpOnly", "SameSite=Strict", "Path=/");
        assertThat(visitor.get("/api/me").json().path("roles").toString()).isEqualTo("[\"duty-officer\"]");
    }

    @Test
    void signing_in_and_out_are_facts_with_the_account() {
        var visitor = house.signIn("leader");
        assertThat(visitor.write("DELETE", "/api/session", "{}").status()).isEqualTo(204);

        assertThat(house.room.facts()).contains(new RoomFact.SignedIn("leader"), new RoomFact.SignedOut("leader"));
        assertThat(visitor.get("/api/me").status()).isEqualTo(401);
    }

    @Test
    void a_session_that_was_ended_cannot_be_used_again_by_whoever_kept_its_cookie() {
        var visitor = house.signIn("officer");
        var kept = visitor.cookie("jiaoying-session");
        visitor.write("DELETE", "/api/session", "{}");

        assertThat(house.anybody()
                        .get("/api/me", "Cookie", "jiaoying-session=" + kept)
                        .status())
                .isEqualTo(401);
    }

    @Test
    void wrong_password_and_unknown_account_sound_the_same() {
        var wrong = house.anybody().post("/api/session", credentials("officer", "not-this-one"));
        var nobody = house.anybody().post("/api/session", credentials("nobody", "not-this-one"));

        assertThat(wrong.status()).isEqualTo(401);
        assertThat(nobody.status()).isEqualTo(401);
        assertThat(nobody.body()).isEqualTo(wrong.body());
    }

    @Test
    void five_failures_lock_the_account_for_fifteen_minutes_even_for_the_right_password() {
        house.open("forgetful", EnumSet.of(Role.DUTY_OFFICER), List.of());
        var visitor = house.anybody();
        for (int i = 0; i < 4; i++) {
            assertThat(visitor.post("/api/session", credentials("forgetful", "wrong" + i))
                            .status())
                    .isEqualTo(401);
        }
        assertThat(visitor.post("/api/session", credentials("forgetful", "wrong"))
                        .status())
                .isEqualTo(423);
        var right = visitor.post("/api/session", credentials("forgetful", House.PASSWORD));
        assertThat(right.status()).isEqualTo(423);
        assertThat(right.json().path("error").path("what").asString()).isEqualTo("账号已锁定，还有 15 分钟");

        house.wallClock.updateAndGet(now -> now.plus(Duration.ofMinutes(15)));
        assertThat(visitor.post("/api/session", credentials("forgetful", House.PASSWORD))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void a_sign_in_link_works_once() {
        house.open("linked", EnumSet.of(Role.DUTY_OFFICER), List.of());
        var link = house.links.make("linked", SignInLinks.USUAL);
        var token = link.substring(link.indexOf('#') + 1);

        assertThat(link).startsWith("/signin#");
        assertThat(token).hasSize(22);
        assertThat(house.credentials.everything()).doesNotContain(token);
        var visitor = house.anybody();
        assertThat(visitor.post("/api/session/link", "{\"token\":\"" + token + "\"}")
                        .status())
                .isEqualTo(200);
        assertThat(visitor.get("/api/watch").status()).isEqualTo(200);
        assertThat(house.anybody()
                        .post("/api/session/link", "{\"token\":\"" + token + "\"}")
                        .status())
                .isEqualTo(401);
    }

    @Test
    void a_sign_in_link_expires() {
        var link = house.links.make("officer", SignInLinks.USUAL);
        house.wallClock.updateAndGet(now -> now.plus(SignInLinks.USUAL));

        var token = link.substring(link.indexOf('#') + 1);
        assertThat(house.anybody()
                        .post("/api/session/link", "{\"token\":\"" + token + "\"}")
                        .status())
                .isEqualTo(401);
    }

    @Test
    void an_account_that_signs_in_by_links_only_has_no_password_that_works() {
        house.credentials.addAccount("linkonly", "", List.of("duty-officer"), List.of());

        assertThat(house.anybody()
                        .post("/api/session", credentials("linkonly", ""))
                        .status())
                .isEqualTo(401);
    }

    @Test
    void an_idle_session_ends_and_one_that_is_used_does_not() {
        var used = house.signIn("officer");
        var idle = house.signIn("officer");
        for (int i = 0; i < 3; i++) {
            house.wallClock.updateAndGet(now -> now.plus(Duration.ofMinutes(20)));
            assertThat(used.get("/api/me").status()).isEqualTo(200);
        }
        assertThat(idle.get("/api/me").status()).isEqualTo(401);
    }

    @Test
    void no_session_outlives_a_shift() {
        var visitor = house.signIn("officer");
        for (int i = 0; i < 36; i++) {
            house.wallClock.updateAndGet(now -> now.plus(Duration.ofMinutes(20)));
            visitor.get("/api/me");
        }
        assertThat(visitor.get("/api/me").status()).isEqualTo(401);
    }

    @Test
    void a_write_without_the_token_of_the_page_is_refused() {
        var visitor = house.signIn("officer");

        var reply =
                visitor.send("POST", "/api/acts/write-note", "{\"text\":\"x\"}", "Content-Type", "application/json");
        assertThat(reply.status()).isEqualTo(403);
        assertThat(reply.json().path("error").path("what").asString()).isEqualTo("页面已过期");
    }

    @Test
    void an_account_is_opened_by_a_system_administrator_and_its_password_is_nowhere_to_be_read() {
        var admin = house.signIn("admin");
        var reply = admin.post("/api/accounts", """
                {"account":"新来的","password":"Spring-Tide-9","roles":["town"],"areas":["330482101"]}""");

        assertThat(reply.status()).isEqualTo(201);
        assertThat(house.room.facts())
                .contains(new RoomFact.AccountOpened("新来的", List.of("town"), List.of("330482101"), "admin"));
        assertThat(house.room.facts().toString()).doesNotContain("Spring-Tide-9");
        assertThat(house.credentials.everything()).doesNotContain("Spring-Tide-9");
        assertThat(house.anybody()
                        .post("/api/session", credentials("新来的", "Spring-Tide-9"))
                        .status())
                .isEqualTo(200);
        var again = admin.post("/api/accounts", """
                {"account":"新来的","password":"Another-Tide-9","roles":["town"],"areas":["330482101"]}""");
        assertThat(again.status()).isEqualTo(409);
    }

    @Test
    void bad_accounts_are_refused_with_what_is_allowed() {
        var admin = house.signIn("admin");
        assertThat(faultOf(admin, "a", "Spring-Tide-9", "[\"town\"]", "[\"330482101\"]"))
                .isEqualTo("账号名不合要求");
        assertThat(faultOf(admin, "short", "Ab1", "[\"department\"]", "[]")).isEqualTo("口令太短");
        assertThat(faultOf(admin, "plain", "aaaaaaaaaaaa", "[\"department\"]", "[]"))
                .isEqualTo("口令太简单");
        assertThat(faultOf(admin, "tide", "Spring-Tide-9", "[\"department\"]", "[]"))
                .isEqualTo("口令里不能含有账号名");
        assertThat(faultOf(admin, "long", "Aa1-".repeat(19), "[\"department\"]", "[]"))
                .isEqualTo("口令太长");
        assertThat(faultOf(admin, "role", "Spring-Tide-9", "[\"king\"]", "[]")).isEqualTo("角色不对或没有给出");
        assertThat(faultOf(admin, "none", "Spring-Tide-9", "[]", "[]")).isEqualTo("角色不对或没有给出");
        assertThat(faultOf(admin, "both", "Spring-Tide-9", "[\"auditor\",\"town\"]", "[\"330482101\"]"))
                .isEqualTo("审计员不能兼任其他角色");
        assertThat(faultOf(admin, "free", "Spring-Tide-9", "[\"village\"]", "[]"))
                .isEqualTo("镇街和村社区账号必须限定辖区");
        assertThat(faultOf(admin, "where", "Spring-Tide-9", "[\"town\"]", "[\"999\"]"))
                .isEqualTo("名册里没有这个区划代码");
        assertThat(admin.post("/api/accounts", "{}").status()).isEqualTo(400);
    }

    @Test
    void words_come_in_the_language_of_the_reader() {
        var reply = house.anybody().get("/api/me", "Accept-Language", "en-GB,en;q=0.9");

        assertThat(reply.json().path("error").path("what").asString()).isEqualTo("You are not signed in");
    }

    private static String faultOf(Visitor admin, String name, String password, String roles, String areas) {
        var reply = admin.post(
                "/api/accounts",
                "{\"account\":\"%s\",\"password\":\"%s\",\"roles\":%s,\"areas\":%s}"
                        .formatted(name, password, roles, areas));
        assertThat(reply.status()).isEqualTo(400);
        return reply.json().path("error").path("what").asString();
    }

    private static String credentials(String name, String password) {
        return "{\"name\":\"" + name + "\",\"password\":\"" + password + "\"}";
    }
}
