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
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import jiaoying.duty.errand.Channel;
import jiaoying.duty.errand.Purpose;
import jiaoying.server.courier.Parcel;
import jiaoying.server.courier.Submission;
import org.junit.jupiter.api.Test;
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
    void dingtalk_gets_a_signed_text_that_names_the_person() throws Exception {
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
            assertThat(body.at("/text/content").asString()).isEqualTo("张三：红色预警 http://10.1.2.3/a/1\n@13800000001");
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
}
