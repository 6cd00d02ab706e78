package jiaoying.server.courier.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import jiaoying.duty.errand.Channel;
import jiaoying.duty.errand.Purpose;
import jiaoying.server.courier.Parcel;
import jiaoying.server.courier.Submission;
import jiaoying.server.courier.Terms;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class WebhookCarrierTest {
    private static final Instant NOW = Instant.parse("2026-06-01T00:00:00Z");
    private static final Parcel PARCEL =
            new Parcel("key-1", Channel.TEXT, Purpose.CALL, "P1", "13800000001", "【叫应】红色预警 http://10.1.2.3/a/1");

    private static WebhookCarrier carrier(URI url) {
        return new WebhookCarrier(
                new Webhook(
                        "platform",
                        url,
                        Set.of(Channel.TEXT),
                        "s3cret",
                        true,
                        true,
                        16,
                        1000,
                        "【平湖防汛】",
                        Duration.ofSeconds(20)),
                Terms.USUAL,
                () -> NOW);
    }

    @Test
    void an_errand_goes_as_signed_json_with_its_key() throws Exception {
        try (var platform = new ChatServer(taken -> new ChatServer.Answer(202, "{\"id\":\"m-77\"}"))) {
            assertThat(carrier(platform.base().resolve("/in")).submit(PARCEL)).isEqualTo(new Submission.Taken("m-77"));
            var taken = platform.next();
            assertThat(taken.address().getPath()).isEqualTo("/in");
            assertThat(taken.headers().getFirst("X-Jiaoying-Key")).isEqualTo("key-1");
            var seconds = taken.headers().getFirst("X-Jiaoying-Timestamp");
            assertThat(seconds).isEqualTo(Long.toString(NOW.getEpochSecond()));
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec("s3cret".getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            var signature = HexFormat.of()
                    .formatHex(mac.doFinal((seconds + "." + taken.body()).getBytes(StandardCharsets.UTF_8)));
            assertThat(taken.headers().getFirst("X-Jiaoying-Signature")).isEqualTo("sha256=" + signature);
            var body = new JsonMapper().readTree(taken.body());
            assertThat(body.path("address").asString()).isEqualTo("13800000001");
            assertThat(body.path("message").asString()).isEqualTo("【平湖防汛】红色预警 http://10.1.2.3/a/1");
            assertThat(body.path("purpose").asString()).isEqualTo("call");
            assertThat(body.path("channel").asString()).isEqualTo("text");
        }
    }

    @Test
    void what_the_platform_answers_says_whether_it_goes_again() throws Exception {
        var statuses = new ArrayList<>(List.of(200, 429, 503, 400, 401, 302));
        try (var platform = new ChatServer(taken -> new ChatServer.Answer(statuses.removeFirst(), ""))) {
            var carrier = carrier(platform.base());
            assertThat(carrier.submit(PARCEL)).isEqualTo(new Submission.Taken(""));
            assertThat(carrier.submit(PARCEL)).isInstanceOf(Submission.NotNow.class);
            assertThat(carrier.submit(PARCEL)).isInstanceOf(Submission.NotNow.class);
            assertThat(carrier.trouble()).isEmpty();
            assertThat(carrier.submit(PARCEL)).isInstanceOf(Submission.Turned.class);
            assertThat(carrier.submit(PARCEL)).isInstanceOf(Submission.NotNow.class);
            assertThat(carrier.trouble()).isPresent();
            assertThat(carrier.submit(PARCEL)).isInstanceOf(Submission.Turned.class);
        }
    }

    @Test
    void a_platform_that_hangs_up_may_have_it_and_one_that_is_away_has_not() throws Exception {
        var platform = new ChatServer(taken -> new ChatServer.Answer(0, ""));
        var carrier = carrier(platform.base());
        assertThatThrownBy(() -> carrier.submit(PARCEL)).isInstanceOf(IOException.class);
        platform.close();
        assertThat(carrier.submit(PARCEL)).isInstanceOf(Submission.NotNow.class);
        assertThat(carrier.keepsKey()).isTrue();
    }
}
