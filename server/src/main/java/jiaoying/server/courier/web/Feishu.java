package jiaoying.server.courier.web;

import java.net.URI;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A group robot of Feishu (飞书群机器人, 签名校验). People are named by their open_id.
 *
 * @param hook   last part of the robot's address; secret
 * @param secret of the signature; empty where the robot is guarded by keywords or addresses
 */
public record Feishu(URI base, String hook, String secret) implements Robot {
    private static final Map<Long, Kind> CODES = Map.of(
            9499L, Kind.TOO_OFTEN,
            11232L, Kind.TOO_OFTEN,
            19021L, Kind.SETTINGS,
            19022L, Kind.SETTINGS,
            19024L, Kind.SETTINGS,
            19001L, Kind.SETTINGS);

    @Override
    public int perMinute() {
        return 100;
    }

    @Override
    public int bytesMost() {
        return 18_000;
    }

    @Override
    public Call call(String text, List<String> mentions, Instant now) {
        var named =
                mentions.stream().map(id -> "<at user_id=\"" + id + "\"></at>").collect(Collectors.joining(" "));
        var body = new LinkedHashMap<String, Object>();
        if (!secret.isEmpty()) {
            var seconds = Long.toString(now.getEpochSecond());
            body.put("timestamp", seconds);
            body.put("sign", sign(seconds));
        }
        body.put("msg_type", "text");
        body.put("content", Map.of("text", named.isEmpty() ? text : text + "\n" + named));
        return new Call(base.resolve("/open-apis/bot/v2/hook/" + hook), JSON.MAPPER.writeValueAsString(body));
    }

    /** HMAC-SHA256 of nothing, with the time in seconds, a line feed and the secret as key. */
    private String sign(String seconds) {
        return Base64.getEncoder().encodeToString(Hmac.of(seconds + "\n" + secret, ""));
    }

    @Override
    public Verdict read(String body) {
        return Robot.verdict(body, List.of("code", "StatusCode"), CODES);
    }

    @Override
    public String toString() {
        return "Feishu[" + base.getHost() + "]";
    }
}
