package jiaoying.server.courier.web;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A group robot of DingTalk (钉钉群机器人, 加签). People are named by their mobile numbers.
 *
 * @param token  {@code access_token} of the robot; secret
 * @param secret of the signature; empty where the robot is guarded by keywords or addresses
 */
public record DingTalk(URI base, String token, String secret) implements Robot {
    private static final Map<Long, Kind> CODES =
            Map.of(130101L, Kind.TOO_OFTEN, 310000L, Kind.SETTINGS, 300001L, Kind.SETTINGS, 40035L, Kind.REFUSED);

    @Override
    public int perMinute() {
        return 20;
    }

    @Override
    public int bytesMost() {
        return 4_000;
    }

    @Override
    public Call call(String text, List<String> mentions, Instant now) {
        var named = mentions.stream().map(mobile -> "@" + mobile).collect(Collectors.joining(" "));
        var json = JSON.MAPPER.writeValueAsString(Map.of(
                "msgtype",
                "text",
                "text",
                Map.of("content", named.isEmpty() ? text : text + "\n" + named),
                "at",
                Map.of("atMobiles", mentions, "isAtAll", false)));
        return new Call(base.resolve("/robot/send?access_token=" + encode(token) + signed(now)), json);
    }

    /** HMAC-SHA256 with the secret as key over the time in milliseconds, a line feed and the secret. */
    private String signed(Instant now) {
        if (secret.isEmpty()) {
            return "";
        }
        var millis = now.toEpochMilli();
        var sign = Base64.getEncoder().encodeToString(Hmac.of(secret, millis + "\n" + secret));
        return "&timestamp=" + millis + "&sign=" + encode(sign);
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    @Override
    public Verdict read(String body) {
        return Robot.verdict(body, List.of("errcode"), CODES);
    }

    @Override
    public String toString() {
        return "DingTalk[" + base.getHost() + "]";
    }
}
