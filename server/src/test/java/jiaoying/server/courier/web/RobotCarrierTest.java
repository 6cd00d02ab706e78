package jiaoying.server.courier.web;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import jiaoying.duty.errand.Channel;
import jiaoying.duty.errand.Purpose;
import jiaoying.server.courier.Parcel;
import jiaoying.server.courier.Submission;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Robots of work chats over HTTP on loopback; the other side checks as the chats say that they check. */
class RobotCarrierTest {
    private static final Instant NOW = Instant.parse("2026-06-01T00:00:00Z");
    private static final String SECRET = "SECabc";
    private static final String OK = "{\"errcode\":0,\"errmsg\":\"ok\"}";
    private static final JsonMapper JSON = new JsonMapper();

    private static Parcel parcel(String address, String message) {
        return new Parcel("k", Channel.CHAT, Purpose.CALL, "P1", address, message);
    }

    private static RobotCarrier started(String name, Robot robot, Duration step) {
        var carrier = new RobotCarrier(name, robot, () -> NOW, step);
        carrier.begin();
        return carrier;
    }

    private static byte[] hmac(String key, String data) throws Exception {
        var mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key.getBytes(UTF_8), "HmacSHA256"));
        return mac.doFinal(data.getBytes(UTF_8));
    }

    private static String query(URI address, String name) {
        for (var pair : address.getRawQuery().split("&")) {
            if (pair.startsWith(name + "=")) {
                return URLDecoder.decode(pair.substring(name.length() + 1), UTF_8);
            }
        }
        throw new AssertionError("no " + name);
    }

    @Test
    void dingtalk_gets_a_signed_card_that_names_the_person_and_has_the_link_on_its_button() throws Exception {
        try (var chat = new ChatServer(taken -> new ChatServer.Answer(200, OK))) {
            var carrier = started("ding", new DingTalk(chat.base(), "t0ken", SECRET), Duration.ZERO);
            assertThat(carrier.submit(parcel("ding:13800000001:张三", "红色预警 http://10.1.2.3/a/1")))
                    .isEqualTo(new Submission.Taken(""));
            var taken = chat.next();
            assertThat(taken.address().getPath()).isEqualTo("/robot/send");
            assertThat(query(taken.address(), "access_token")).isEqualTo("t0ken");
            var millis = query(taken.address(), "timestamp");
            assertThat(Long.parseLong(millis)).isEqualTo(NOW.toEpochMilli());
            assertThat(query(taken.address(), "sign"))
                    .isEqualTo(Base64.getEncoder().encodeToString(hmac(SECRET, millis + "\n" + SECRET)));
            var body = JSON.readTree(taken.body());
            assertThat(body.at("/msgtype").asString()).isEqualTo("actionCard");
            assertThat(body.at("/actionCard/title").asString()).startsWith("张三：红色预警");
            assertThat(body.at("/actionCard/text").asString()).isEqualTo("张三：红色预警 （按下面的“去应答”）\n\n@13800000001");
            assertThat(body.at("/actionCard/singleTitle").asString()).isEqualTo("去应答");
            assertThat(body.at("/actionCard/singleURL").asString()).isEqualTo("http://10.1.2.3/a/1");
            assertThat(body.at("/at/atMobiles/0").asString()).isEqualTo("13800000001");
            carrier.stop();
        }
    }

    /** The digest was taken with another program: openssl dgst -sha256 -hmac $'1780272000\nSECabc' -binary &lt;/dev/null | base64. */
    @Test
    void feishu_gets_its_signature_in_the_body_with_key_and_data_the_other_way_round() throws Exception {
        try (var chat = new ChatServer(taken -> new ChatServer.Answer(200, "{\"code\":0,\"msg\":\"success\"}"))) {
            var carrier = started("feishu", new Feishu(chat.base(), "h00k", SECRET), Duration.ZERO);
            assertThat(carrier.submit(parcel("feishu:ou_1", "橙色预警"))).isEqualTo(new Submission.Taken(""));
            var taken = chat.next();
            assertThat(taken.address().getPath()).isEqualTo("/open-apis/bot/v2/hook/h00k");
            var body = JSON.readTree(taken.body());
            assertThat(body.path("timestamp").asString()).isEqualTo("1780272000");
            assertThat(body.path("sign").asString()).isEqualTo("wzpLHJ2qCCE7rgS4oAVLD2GSo6nBQFqiGBEoJ1yvPO8=");
            assertThat(body.at("/content/text").asString()).isEqualTo("橙色预警\n<at user_id=\"ou_1\"></at>");
            carrier.stop();
        }
    }

    @Test
    void wecom_is_known_by_its_key() throws Exception {
        try (var chat = new ChatServer(taken -> new ChatServer.Answer(200, OK))) {
            var carrier = started("wecom", new WeCom(chat.base(), "k3y"), Duration.ZERO);
            assertThat(carrier.submit(parcel("wecom:13800000001", "黄色预警"))).isEqualTo(new Submission.Taken(""));
            var taken = chat.next();
            assertThat(taken.address().toString()).isEqualTo("/cgi-bin/webhook/send?key=k3y");
            var body = JSON.readTree(taken.body());
            assertThat(body.at("/text/content").asString()).isEqualTo("黄色预警");
            assertThat(body.at("/text/mentioned_mobile_list/0").asString()).isEqualTo("13800000001");
            carrier.stop();
        }
    }

    @Test
    void what_waits_for_its_turn_goes_together_in_as_few_messages_as_hold_it() throws Exception {
        var held = new CountDownLatch(1);
        var release = new CountDownLatch(1);
        try (var chat = new ChatServer(taken -> {
                    held.countDown();
                    await(release);
                    return new ChatServer.Answer(200, OK);
                });
                var hands = Executors.newVirtualThreadPerTaskExecutor()) {
            var carrier = started("wecom", new WeCom(chat.base(), "k3y"), Duration.ofMillis(1));
            var outcomes = new ArrayList<CompletableFuture<Submission>>();
            outcomes.add(CompletableFuture.supplyAsync(() -> submit(carrier, "first"), hands));
            await(held);
            for (var i = 0; i < 21; i++) {
                var text = i + " " + "雨".repeat(60); // about 180 bytes
                outcomes.add(CompletableFuture.supplyAsync(() -> submit(carrier, text), hands));
            }
            awaitWaiting(carrier, 21);
            release.countDown();
            for (var outcome : outcomes) {
                assertThat(outcome.get(20, TimeUnit.SECONDS)).isEqualTo(new Submission.Taken(""));
            }
            var contents = chat.taken.stream()
                    .map(taken ->
                            JSON.readTree(taken.body()).at("/text/content").asString())
                    .toList();
            assertThat(contents)
                    .hasSize(3)
                    .startsWith("first")
                    .allSatisfy(content ->
                            assertThat(content.getBytes(UTF_8).length).isLessThanOrEqualTo(2_048));
            assertThat(String.join("\n\n", contents.subList(1, 3)).split("\n\n"))
                    .hasSize(21)
                    .doesNotHaveDuplicates();
            carrier.stop();
        }
    }

    private static void awaitWaiting(RobotCarrier carrier, int count) {
        var deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (carrier.waiting() < count) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("only " + carrier.waiting() + " wait");
            }
            Thread.onSpinWait();
        }
    }

    private static Submission submit(RobotCarrier carrier, String text) {
        try {
            return carrier.submit(parcel("wecom:1", text));
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            if (!latch.await(20, TimeUnit.SECONDS)) {
                throw new AssertionError("never let go");
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void an_error_in_an_answer_with_200_is_an_error_and_wrong_settings_are_trouble() throws Exception {
        var answers = new ArrayList<>(List.of(
                new ChatServer.Answer(200, "{\"errcode\":310000,\"errmsg\":\"sign not match\"}"),
                new ChatServer.Answer(200, "{\"errcode\":130101,\"errmsg\":\"send too fast\"}"),
                new ChatServer.Answer(200, "{\"errcode\":40035,\"errmsg\":\"bad\"}"),
                new ChatServer.Answer(200, "<html>"),
                new ChatServer.Answer(502, "")));
        try (var chat = new ChatServer(taken -> answers.removeFirst())) {
            var carrier = started("ding", new DingTalk(chat.base(), "t0ken", SECRET), Duration.ZERO);
            assertThat(carrier.submit(parcel("ding", "a"))).isInstanceOf(Submission.NotNow.class);
            assertThat(carrier.trouble())
                    .hasValueSatisfying(
                            why -> assertThat(why).contains("310000").doesNotContain(SECRET, "t0ken"));
            assertThat(carrier.submit(parcel("ding", "a"))).isInstanceOf(Submission.NotNow.class);
            assertThat(carrier.trouble()).isEmpty();
            assertThat(carrier.submit(parcel("ding", "a"))).isInstanceOf(Submission.Turned.class);
            assertThat(carrier.submit(parcel("ding", "a"))).isInstanceOf(Submission.Turned.class);
            assertThat(carrier.submit(parcel("ding", "a"))).isInstanceOf(Submission.NotNow.class);
            carrier.stop();
        }
    }

    @Test
    void a_chat_that_hangs_up_leaves_a_fate_that_nobody_knows_and_one_that_is_away_leaves_none() throws Exception {
        var chat = new ChatServer(taken -> new ChatServer.Answer(0, ""));
        var carrier = started("ding", new DingTalk(chat.base(), "t0ken", SECRET), Duration.ZERO);
        assertThatThrownBy(() -> carrier.submit(parcel("ding", "a")))
                .isInstanceOf(IOException.class)
                .hasMessageNotContainingAny("t0ken", SECRET);
        chat.close();
        assertThat(carrier.submit(parcel("ding", "a")))
                .isInstanceOfSatisfying(
                        Submission.NotNow.class,
                        later -> assertThat(later.reason()).doesNotContain("t0ken"));
        carrier.stop();
    }

    @Test
    void a_person_of_another_group_is_not_written_to() throws Exception {
        var carrier = started("ding", new DingTalk(URI.create("http://127.0.0.1:1"), "t0ken", ""), Duration.ZERO);
        assertThat(carrier.serves("ding:1:张三")).isTrue();
        for (var other : List.of("wecom:1", "13800000001", "ding:<at>", "")) {
            assertThat(carrier.serves(other)).isFalse();
            assertThat(carrier.submit(parcel(other, "a"))).isInstanceOf(Submission.Turned.class);
        }
        carrier.stop();
    }

    private static JsonNode sent(String name, Function<URI, Robot> robot, String ok, List<Parcel> parcels)
            throws Exception {
        try (var chat = new ChatServer(taken -> new ChatServer.Answer(200, ok))) {
            var parts = parcels.stream()
                    .map(one -> {
                        var at = ChatAddress.find(one.address()).orElseThrow();
                        return new Letter.Part(at.words(one.message()), at.name(), at.id());
                    })
                    .toList();
            var call = robot.apply(chat.base()).call(new Letter(parts), NOW);
            if (parcels.size() == 1) {
                var carrier = started(name, robot.apply(chat.base()), Duration.ZERO);
                assertThat(carrier.submit(parcels.getFirst())).isEqualTo(new Submission.Taken(""));
                assertThat(JSON.readTree(chat.next().body())).isEqualTo(JSON.readTree(call.json()));
                carrier.stop();
            }
            return JSON.readTree(call.json());
        }
    }

    @Test
    void several_people_in_one_dingtalk_message_have_a_button_each_and_many_have_text() throws Exception {
        var two = List.of(parcel("ding:1:张三", "红色 http://h/a/1"), parcel("ding:2:李四", "Red, answer: http://h/a/t-2"));
        var body = sent("ding", base -> new DingTalk(base, "t", ""), OK, two.subList(0, 1));
        assertThat(body.at("/actionCard/singleURL").asString()).isEqualTo("http://h/a/1");
        body = sent("ding", base -> new DingTalk(base, "t", ""), OK, two);
        assertThat(body.at("/actionCard/btns/0/title").asString()).isEqualTo("张三：去应答");
        assertThat(body.at("/actionCard/btns/1/actionURL").asString()).isEqualTo("http://h/a/t-2");
        assertThat(body.at("/actionCard/text").asString())
                .doesNotContain("http")
                .contains("张三：红色", "\n\n李四：Red", "@1 @2");
        assertThat(body.at("/at/atMobiles/1").asString()).isEqualTo("2");

        body = sent("ding", base -> new DingTalk(base, "t", ""), OK, Collections.nCopies(6, two.getFirst()));
        assertThat(body.at("/msgtype").asString()).isEqualTo("text");
        assertThat(body.at("/text/content").asString()).contains("http://h/a/1");
    }

    @Test
    void who_has_nothing_to_answer_gets_text() throws Exception {
        for (var robot : List.<Function<URI, Robot>>of(
                base -> new DingTalk(base, "t", ""), base -> new Feishu(base, "h", ""), base -> new WeCom(base, "k"))) {
            var body = sent("chat", robot, "{\"errcode\":0,\"code\":0}", List.of(parcel("chat::张三", "已解除")));
            assertThat(body.path("msgtype").asString(body.path("msg_type").asString()))
                    .isEqualTo("text");
        }
    }

    @Test
    void feishu_gets_a_card_whose_words_are_plain_and_whose_button_is_the_link() throws Exception {
        var body = sent(
                "feishu",
                base -> new Feishu(base, "h", ""),
                "{\"code\":0}",
                List.of(parcel("feishu:ou_1:张三", "*红色* http://h/a/1")));
        assertThat(body.at("/msg_type").asString()).isEqualTo("interactive");
        assertThat(body.at("/card/header/title/content").asString()).startsWith("张三：*红色*");
        assertThat(body.at("/card/elements/0/text/tag").asString()).isEqualTo("plain_text");
        assertThat(body.at("/card/elements/0/text/content").asString()).isEqualTo("张三：*红色* （按下面的“去应答”）");
        assertThat(body.at("/card/elements/1/text/content").asString()).isEqualTo("<at id=ou_1></at>");
        assertThat(body.at("/card/elements/2/actions/0/url").asString()).isEqualTo("http://h/a/1");
        assertThat(body.at("/card/elements/2/actions/0/text/content").asString())
                .isEqualTo("去应答");
    }

    @Test
    void wecom_gets_a_card_for_one_person_whom_it_need_not_mention() throws Exception {
        Function<URI, Robot> robot = base -> new WeCom(base, "k");
        var body = sent("wecom", robot, OK, List.of(parcel("wecom::张三", "红色 http://h/a/1")));
        assertThat(body.at("/msgtype").asString()).isEqualTo("template_card");
        assertThat(body.at("/template_card/card_type").asString()).isEqualTo("text_notice");
        assertThat(body.at("/template_card/sub_title_text").asString()).isEqualTo("张三：红色 （按下面的“去应答”）");
        assertThat(body.at("/template_card/card_action/url").asString()).isEqualTo("http://h/a/1");
        assertThat(body.at("/template_card/jump_list/0/url").asString()).isEqualTo("http://h/a/1");

        var two = List.of(parcel("wecom::张三", "红色 http://h/a/1"), parcel("wecom::李四", "红色 http://h/a/2"));
        body = sent("wecom", robot, OK, two);
        assertThat(body.at("/markdown/content").asString())
                .contains("[张三：去应答](http://h/a/1)", "[李四：去应答](http://h/a/2)");

        body = sent("wecom", robot, OK, List.of(parcel("wecom::张三", "红".repeat(113) + " http://h/a/1")));
        assertThat(body.at("/msgtype").asString()).as("a card would cut it off").isEqualTo("markdown");

        body = sent("wecom", robot, OK, List.of(parcel("wecom:13800000001:张三", "红色 http://h/a/1")));
        assertThat(body.at("/text/mentioned_mobile_list/0").asString()).isEqualTo("13800000001");
        assertThat(body.at("/text/content").asString()).isEqualTo("张三：红色 http://h/a/1");
    }
}
