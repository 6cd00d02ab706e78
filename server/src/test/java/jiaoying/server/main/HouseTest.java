package jiaoying.server.main;

import static org.assertj.core.api.Assertions.assertThat;

import jiaoying.duty.room.Outcome;
import jiaoying.duty.room.Refusal;
import jiaoying.server.reply.Problem;
import jiaoying.server.reply.Texts;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What holds for every page: headers, health, texts. */
class HouseTest {
    private final House house = House.open();

    @AfterEach
    void well() {
        house.ready(true);
        house.room.up(true);
    }

    @Test
    void every_reply_carries_the_headers_of_a_closed_house() {
        for (var path : new String[] {"/", "/api/health", "/api/me", "/a/unknown", "/nowhere"}) {
            var reply = house.anybody().get(path);
            assertThat(reply.header("Content-Security-Policy"))
                    .as(path)
                    .isEqualTo("default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; "
                            + "img-src 'self' data:; connect-src 'self'; frame-ancestors 'none'; base-uri 'none'; "
                            + "form-action 'self'");
            assertThat(reply.header("X-Content-Type-Options")).isEqualTo("nosniff");
            assertThat(reply.header("X-Frame-Options")).isEqualTo("DENY");
            assertThat(reply.header("Referrer-Policy")).isEqualTo("no-referrer");
            assertThat(reply.headers().firstValue("Server")).isEmpty();
            assertThat(reply.headers().firstValue("X-Powered-By")).isEmpty();
        }
    }

    @Test
    void an_address_without_a_page_is_said_on_a_page_and_to_a_program_as_before() {
        for (var somebody : new Visitor[] {house.anybody(), house.signIn("officer")}) {
            var page = somebody.get("/nowhere", "Accept", "text/html,*/*", "Accept-Language", "zh-CN");
            assertThat(page.status()).isEqualTo(404);
            assertThat(page.header("Content-Type")).startsWith("text/html");
            assertThat(page.body()).contains("没有这个页面", "href=\"/watch\"");
        }
        var english = house.anybody().get("/nowhere", "Accept", "text/html", "Accept-Language", "en");
        assertThat(english.body()).contains("There is no such page");
        assertThat(house.anybody().get("/api/nowhere", "Accept", "text/html").status())
                .isEqualTo(401);
        assertThat(house.anybody().get("/nowhere").status()).isEqualTo(401);
    }

    @Test
    void what_the_web_server_refuses_by_itself_is_said_in_our_form() {
        for (var reply : new Visitor.Reply[] {
            house.anybody().get("/error", "Accept-Language", "zh-CN", "Accept", "text/html"),
            house.anybody().send("TRACE", "/api/health", "", "Accept-Language", "zh-CN"),
            house.anybody().get("/a/x;y", "Accept-Language", "zh-CN")
        }) {
            assertThat(reply.status()).isBetween(400, 405);
            assertThat(reply.json().path("error").path("code").asString())
                    .as(reply.body())
                    .isEqualTo("request");
            assertThat(reply.json().path("error").path("todo").asString()).containsPattern("\\p{IsHan}");
        }
        assertThat(house.anybody().get("/error").status()).isEqualTo(404);
        assertThat(house.anybody().send("TRACE", "/", "").status()).isEqualTo(405);
    }

    @Test
    void replies_of_the_interface_are_never_kept_by_a_browser() {
        assertThat(house.anybody().get("/api/health").header("Cache-Control")).contains("no-store");
        assertThat(house.signIn("officer").get("/api/watch").header("Cache-Control"))
                .contains("no-store");
    }

    @Test
    void health_is_up_only_when_every_part_is() {
        var up = house.anybody().get("/api/health");
        assertThat(up.status()).isEqualTo(200);
        assertThat(up.body())
                .isEqualTo(
                        "{\"status\":\"UP\",\"database\":\"UP\",\"loop\":\"UP\",\"couriers\":\"UP\",\"room\":\"pinghu\",\"held\":false,\"findings\":[],\"carriers\":{},\"doors\":{\"cap\":\"UP\",\"http\":\"UP\",\"sensorthings\":\"UP\"},\"forecast\":\"none\",\"copy\":null}");

        house.room.up(false);
        var down = house.anybody().get("/api/health");
        assertThat(down.status()).isEqualTo(503);
        assertThat(down.json().path("status").asString()).isEqualTo("DOWN");
        assertThat(down.json().path("loop").asString()).isEqualTo("DOWN");
    }

    @Test
    void a_house_that_is_still_starting_says_so() {
        house.ready(false);

        var health = house.anybody().get("/api/health");
        assertThat(health.status()).isEqualTo(503);
        assertThat(health.json().path("status").asString()).isEqualTo("STARTING");
        assertThat(house.anybody().get("/a/t-x").status()).isEqualTo(503);
        assertThat(house.anybody().get("/a/t-x").body()).contains("正在启动", "http-equiv=\"refresh\"");
        assertThat(house.anybody().get("/api/watch").header("Retry-After")).isEqualTo("1");
    }

    @Test
    void a_request_that_makes_no_sense_is_answered_in_words_without_a_trace() {
        var officer = house.signIn("officer");
        for (var reply : new Visitor.Reply[] {
            officer.get("/api/arrivals/many"),
            officer.post("/api/session", "{"),
            officer.post("/api/session", "[]"),
            officer.get("/api/watch/stream", "Last-Event-ID", "x")
        }) {
            assertThat(reply.status()).isEqualTo(400);
            assertThat(reply.json().path("error").path("what").asString()).isNotEmpty();
            assertThat(reply.body()).doesNotContain("Exception", "at jiaoying", "org.springframework");
        }
        for (var reply : new Visitor.Reply[] {
            officer.get("/api/watch%00"), officer.get("/v1.1/Things?$filter=" + "a".repeat(9_000)),
        }) {
            assertThat(reply.status()).isEqualTo(400);
            assertThat(reply.json().path("error").path("what").asString()).isNotEmpty();
            assertThat(reply.body()).doesNotContain("Exception", "Apache Tomcat", "<html");
        }
        assertThat(officer.get("/api/session").status()).isEqualTo(403);
    }

    /** The same question, the same code, each reader's own words. */
    @Test
    void what_the_room_refuses_is_said_in_the_readers_language() {
        var no = new Outcome.Refused(Refusal.ALERT_OF_ANOTHER_AREA, "T7", "330482");

        assertThat(Problem.worded(409, reader -> Problem.Words.refused(reader, no))
                        .body(Texts.ZH))
                .isEqualTo(new Problem.Body(new Problem.Words(
                        "alert-of-another-area", "这条实况提醒不属于此区域", "T7", "330482 的实况提醒，或不写", "请改用该区域的实况提醒，或不写")));
        for (var why : Refusal.values()) {
            var refused = new Outcome.Refused(why, "v", "a");
            var zh = Problem.Words.refused(Texts.ZH, refused);
            assertThat(zh.what()).as(why.code()).containsPattern("\\p{IsHan}");
            assertThat(zh.todo()).as(why.code()).containsPattern("\\p{IsHan}");
            assertThat(Problem.Words.refused(Texts.EN, refused).toString())
                    .as(why.code())
                    .doesNotContainPattern("\\p{IsHan}");
        }
    }

    @Test
    void both_languages_say_everything() {
        assertThat(Texts.EN.keys()).isEqualTo(Texts.ZH.keys());
        for (var key : Texts.ZH.keys()) {
            assertThat(places(Texts.EN.say(key))).as(key).isEqualTo(places(Texts.ZH.say(key)));
        }
    }

    @Test
    void the_screens_are_one_page_for_all_their_addresses() {
        for (var path : new String[] {"/", "/watch", "/signin"}) {
            var reply = house.anybody().get(path);
            assertThat(reply.header("Content-Type")).isEqualTo("text/html;charset=UTF-8");
            assertThat(reply.header("Cache-Control")).isEqualTo("no-cache");
        }
    }

    /** The places to be filled in, in alphabetical order. */
    private static String places(String text) {
        return text.replaceAll("[^{}0-9]|(?<!\\{)[0-9]", "")
                .chars()
                .sorted()
                .mapToObj(Character::toString)
                .reduce("", String::concat);
    }
}
