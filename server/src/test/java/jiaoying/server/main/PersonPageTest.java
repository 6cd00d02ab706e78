package jiaoying.server.main;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import jiaoying.duty.call.CallFact;
import jiaoying.duty.errand.CourierReport;
import jiaoying.duty.monitor.SignalColor;
import jiaoying.duty.room.Arrival;
import jiaoying.duty.room.Deed;
import jiaoying.duty.room.View.CalleeView;
import jiaoying.duty.room.View.OrderView;
import jiaoying.duty.room.View.SignalView;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PersonPageTest {
    private final House house = House.open();
    private final MemoryRoom room = house.room;
    private final Visitor phone = house.anybody();

    @BeforeEach
    void red_in_zhapu() {
        room.pass(Duration.ofDays(2));
        room.bring(signal(SignalColor.RED));
    }

    @AfterEach
    void calm() {
        room.full(false);
        room.wake();
        room.bring(signal(SignalColor.NONE));
    }

    @Test
    void the_page_names_the_person_the_place_and_the_colour_in_three_ways() {
        var page = phone.get(link("li"));

        assertThat(page.status()).isEqualTo(200);
        assertThat(page.body())
                .contains("class=\"ground red\"", "Ⅰ", "红色", "乍浦镇", "<b>李二</b>（村书记）", "外山村", ">收到</button>")
                .contains("不是本人", "回复短信 1", "【演示】")
                .doesNotContain("{link}", "http://", "https://", "<script>", "javascript:", " on");
        assertThat(page.body().split("<script", -1))
                .as("one script, of our own, as the policy wants")
                .hasSize(2);
        assertThat(page.body()).containsPattern("<script src=\"/a/kept\\.js\\?v=[0-9a-f]{12}\" defer></script>");
        assertThat(page.bytes().length).isLessThan(60 * 1024);
        assertThat(page.header("Cache-Control")).isEqualTo("no-store");
        assertThat(page.header("Referrer-Policy")).isEqualTo("no-referrer");
        assertThat(page.headers().allValues("Set-Cookie")).isEmpty();
    }

    @Test
    void the_page_reads_in_english_too() {
        assertThat(phone.get(link("li") + "?lang=en").body())
                .contains("lang=\"en\"", "I have received it", "(secretary)", "Zhapu", "action=\"?lang=en\"");
    }

    @Test
    void opening_answers_nothing_however_often() {
        var before = room.arrivals().size();
        for (int i = 0; i < 5; i++) {
            phone.get(link("li"), "User-Agent", "MicroMessenger preview");
            phone.send("HEAD", link("li"), "");
        }

        assertThat(room.arrivals()).hasSize(before);
        assertThat(callee("li").state()).isEqualTo("calling");
    }

    @Test
    void a_post_answers_and_repeats_count_once() {
        var page = phone.form(link("li"), "act=received");
        assertThat(page.status()).isEqualTo(200);
        assertThat(page.body()).contains("✓ 已收到 " + minute()).doesNotContain(">收到</button>", "请您应答");
        assertThat(callee("li").state()).isEqualTo("answered");

        var before = room.arrivals().size();
        assertThat(phone.form(link("li"), "act=received").body()).contains("✓ 已收到");
        assertThat(phone.get(link("li")).body()).contains("✓ 已收到");
        assertThat(room.arrivals()).hasSize(before);
    }

    @Test
    void the_page_with_its_scripts_stays_small_and_its_worker_is_bound_to_it() {
        var script = phone.get("/a/kept.js");
        var worker = phone.get("/a/worker.js");

        assertThat(script.header("Content-Type")).startsWith("text/javascript");
        assertThat(script.header("Cache-Control")).contains("immutable");
        assertThat(worker.header("Cache-Control")).isEqualTo("no-cache");
        assertThat(script.bytes().length
                        + worker.bytes().length
                        + phone.get(link("li")).bytes().length)
                .isLessThan(60 * 1024);
        assertThat(script.body() + worker.body()).doesNotContain("eval(", "Function(", "http://", "https://");
    }

    @Test
    void an_answer_that_a_telephone_kept_answers_once_and_says_when_it_was_entered() {
        var entered = room.now().minusSeconds(90);
        assertThat(entry(link("li"), "act", "received").json().path("state").asString())
                .isEqualTo("done");
        assertThat(callee("li").state()).isEqualTo("answered");
        var heard = room.facts().size();

        assertThat(entry(link("li"), "act", "received").status()).isEqualTo(200);
        assertThat(room.facts()).as("the same answer again").hasSize(heard);
        assertThat(room.facts().stream()
                        .filter(CallFact.EvidenceHeard.class::isInstance)
                        .map(CallFact.EvidenceHeard.class::cast)
                        .map(fact -> fact.event().detail()))
                .contains(entered.toString());
    }

    @Test
    void what_a_telephone_kept_is_answered_for_its_script_whatever_is_wrong() {
        var link = link("li");
        var before = room.arrivals().size();
        assertThat(entry(link, "act", "dance").status()).isEqualTo(400);
        assertThat(entry("/a/t-nothing", "act", "received").json().path("state").asString())
                .isEqualTo("refused");
        assertThat(phone.entry(link, "no key", 0, Map.of("act", "received"), Map.of())
                        .status())
                .isEqualTo(400);
        room.full(true);
        var busy = entry(link, "act", "received");
        assertThat(busy.status() + busy.json().path("state").asString()).isEqualTo("503later");
        room.full(false);
        assertThat(room.arrivals()).hasSize(before);

        room.slow(true);
        var slow = entry(link, "act", "received");
        assertThat(slow.status() + slow.json().path("state").asString()).isEqualTo("202later");
        room.wake();
        room.slow(false);
        room.bring(signal(SignalColor.NONE));
        room.pass(Duration.ofHours(25));
        var late = entry(link, "act", "in-place");
        assertThat(late.status()).isEqualTo(410);
        assertThat(late.json().path("say").asString()).contains("值班电话");
        assertThat(phone.get(link).body())
                .as("what came too late is still shown")
                .contains("id=\"kept\"");
    }

    private Visitor.Reply entry(String link, String field, String value) {
        return phone.entry(link, "0123456789abcdef0123456789abcdef", 90, Map.of(field, value), Map.of());
    }

    @Test
    void a_deputy_is_asked_to_take_over_and_the_person_sees_who_did() {
        room.pass(Duration.ofMinutes(5));
        room.bring(new Arrival.Act("officer", new Deed.Escalate(order(), "wang")));
        var deputy = phone.get(link("zhao"));
        assertThat(deputy.body()).contains("<b>赵三</b>", "王一 未应答，请您接手", "收到，由我接手");

        phone.form(link("zhao"), "act=received");
        assertThat(callee("wang").state()).isEqualTo("taken-over");
        assertThat(phone.get(link("wang")).body()).contains("赵三 已于", "接手").doesNotContain("请您应答", ">收到</button>");
        assertThat(phone.get(link("zhao")).body()).contains("您已于", "接手").doesNotContain("请您接手", "由我接手</button>");
    }

    @Test
    void a_deputy_who_was_asked_sees_that_the_person_has_answered_himself() {
        room.bring(new Arrival.Act("officer", new Deed.Escalate(order(), "wang")));
        var deputy = link("zhao");
        phone.form(link("wang"), "act=received");

        assertThat(phone.get(deputy).body())
                .contains("王一 本人已于 " + minute() + " 应答，您不必接手")
                .doesNotContain("请您接手", "由我接手</button>");
    }

    @Test
    void whom_the_officer_reached_by_telephone_is_asked_for_nothing_any_more() {
        room.bring(new Arrival.Act("officer", new Deed.ReachedByDesk(order(), "li", "在堤上")));

        assertThat(phone.get(link("li")).body())
                .contains("值班员已于 " + minute() + " 打电话叫到")
                .doesNotContain(">收到</button>", "请您应答");
    }

    @Test
    void somebody_else_says_so() {
        var page = phone.form(link("li"), "act=not-me");

        assertThat(page.body()).contains("已记录：不是本人").doesNotContain(">收到</button>");
        assertThat(callee("li").state()).isNotEqualTo("answered");
        assertThat(room.arrivals().getLast()).isInstanceOf(Arrival.LinkAnswered.class);
    }

    @Test
    void an_answer_that_is_kept_but_not_yet_taken_says_so() {
        room.slow(true);

        assertThat(phone.form(link("li"), "act=received").body())
                .contains("您的应答已存下")
                .doesNotContain("请您应答");
    }

    @Test
    void a_busy_house_tells_the_person_another_way_to_answer() {
        room.full(true);
        var page = phone.form(link("li"), "act=received");

        assertThat(page.status()).isEqualTo(503);
        assertThat(page.header("Content-Type")).startsWith("text/html");
        assertThat(page.body()).contains("回复短信 1");
    }

    @Test
    void a_lifted_order_asks_for_nothing_any_more() {
        var link = link("li");
        room.bring(signal(SignalColor.NONE));

        assertThat(phone.get(link).body())
                .contains("预警已于 " + minute() + " 解除", "<b>李二</b>（村书记）")
                .doesNotContain(">收到</button>", "请您应答");
    }

    @Test
    void a_corrected_signal_shows_its_latest_text() {
        var signal = room.views(SignalView.class).stream()
                .filter(row -> row.endedAt().isEmpty() && row.area().equals(MemoryRoom.ZHAPU))
                .findFirst()
                .orElseThrow();
        var link = link("li");
        reportSubmitted("li");
        room.bring(new Arrival.Act("officer", new Deed.CorrectSignal(signal.signal(), "持续到六时", "笔误")));

        assertThat(phone.get(link).body()).contains("已更正", "持续到六时");
    }

    @Test
    void a_retracted_signal_says_not_to_act_on_it() {
        var link = link("li");
        reportSubmitted("li");
        room.bring(new Arrival.Act(
                "officer",
                new Deed.RetractSignal(
                        room.views(SignalView.class).stream()
                                .filter(row ->
                                        row.endedAt().isEmpty() && row.area().equals(MemoryRoom.ZHAPU))
                                .findFirst()
                                .orElseThrow()
                                .signal(),
                        "误发")));

        assertThat(phone.get(link).body()).contains("撤回", "不要按原内容行动").doesNotContain(">收到</button>");
    }

    @Test
    void a_superseded_order_points_to_the_new_message() {
        room.bring(signal(SignalColor.NONE));
        room.bring(signal(SignalColor.ORANGE));
        var link = link("li");
        room.bring(signal(SignalColor.RED));

        assertThat(phone.get(link).body()).contains("新的").doesNotContain(">收到</button>");
    }

    @Test
    void a_link_expires_a_day_after_the_order_has_closed() {
        var link = link("li");
        room.bring(signal(SignalColor.NONE));
        room.pass(Duration.ofHours(23).plusMinutes(59));
        assertThat(phone.get(link).status()).isEqualTo(200);
        room.pass(Duration.ofMinutes(2));

        assertThat(phone.get(link).status()).isEqualTo(410);
        assertThat(phone.get(link).body()).contains("链接已过期");
        var before = room.arrivals().size();
        assertThat(phone.form(link, "act=received").status()).isEqualTo(410);
        assertThat(room.arrivals()).hasSize(before);
    }

    @Test
    void an_unknown_link_says_what_to_do() {
        var page = phone.get("/a/t-nothing");

        assertThat(page.status()).isEqualTo(404);
        assertThat(page.body()).contains("找不到这个链接", "回复短信 1");
        assertThat(phone.form("/a/t-nothing", "act=received").status()).isEqualTo(404);
    }

    @Test
    void an_answer_from_another_site_is_not_entered() {
        var before = room.arrivals().size();
        assertThat(phone.form(link("li"), "act=received", "Origin", "https://evil.example")
                        .status())
                .isEqualTo(403);
        assertThat(phone.form(link("li"), "act=received", "Origin", "null", "Sec-Fetch-Site", "cross-site")
                        .status())
                .isEqualTo(403);
        assertThat(phone.form(link("li"), "act=dance").status()).isEqualTo(400);
        assertThat(phone.form(link("li"), "").status()).isEqualTo(400);
        assertThat(room.arrivals()).hasSize(before);
        assertThat(phone.form(link("li"), "act=received", "Origin", house.address)
                        .status())
                .isEqualTo(200);
    }

    @Test
    void an_old_browser_that_calls_its_own_form_null_is_heard() {
        assertThat(phone.form(link("li"), "act=received", "Origin", "null").status())
                .isEqualTo(200);
        assertThat(callee("li").state()).isEqualTo("answered");
    }

    @Test
    void the_visitor_s_phone_shows_texts_and_rings() {
        var page = phone.get("/phone/visitor");

        assertThat(page.status()).isEqualTo(200);
        assertThat(page.body())
                .contains("李二 的手机", "http-equiv=\"refresh\" content=\"2\"", "href=\"/a/t-123\"", "接听并按 1")
                .contains("&lt;b&gt;")
                .doesNotContain("<script", "href=\"http");
        phone.form("/phone/visitor", "call=call-7&key=1");
        assertThat(house.pressed).contains("call-71");
        assertThat(phone.get("/phone/nobody").status()).isEqualTo(404);
    }

    private void reportSubmitted(String person) {
        room.bring(new Arrival.CourierReports(
                List.of(new CourierReport(room.errandTo(person).key(), CourierReport.Kind.SUBMITTED, "t", "1", ""))));
    }

    private String link(String person) {
        return "/a/t-" + room.errandTo(person).key();
    }

    private CalleeView callee(String person) {
        return room.views(CalleeView.class).stream()
                .filter(row -> row.order().equals(order()) && row.person().equals(person))
                .findFirst()
                .orElseThrow();
    }

    private String order() {
        return room.views(OrderView.class).getLast().order();
    }

    private String minute() {
        return LocalTime.ofInstant(room.now(), ZoneId.of("Asia/Shanghai"))
                .toString()
                .substring(0, 5);
    }

    private static Arrival signal(SignalColor color) {
        return new Arrival.SignalReceived("气象台", "office", "rainstorm", MemoryRoom.ZHAPU, color, "", "");
    }
}
