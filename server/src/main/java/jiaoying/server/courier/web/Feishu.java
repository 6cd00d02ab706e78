package jiaoying.server.courier.web;

import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
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

    /** More people in one message are written to in text. */
    private static final int BUTTONS_MOST = 8;

    private static final int TITLE_MOST = 40;

    @Override
    public int perMinute() {
        return 100;
    }

    @Override
    public int bytesMost() {
        return 14_000;
    }

    @Override
    public Call call(Letter letter, Instant now) {
        var body = new LinkedHashMap<String, Object>();
        if (!secret.isEmpty()) {
            var seconds = Long.toString(now.getEpochSecond());
            body.put("timestamp", seconds);
            body.put("sign", sign(seconds));
        }
        if (letter.answers(BUTTONS_MOST)) {
            body.put("msg_type", "interactive");
            body.put("card", card(letter));
        } else {
            var named = letter.mentions().stream()
                    .map(id -> "<at user_id=\"" + id + "\"></at>")
                    .collect(Collectors.joining(" "));
            body.put("msg_type", "text");
            body.put("content", Map.of("text", named.isEmpty() ? letter.text() : letter.text() + "\n" + named));
        }
        return new Call(base.resolve("/open-apis/bot/v2/hook/" + hook), JSON.MAPPER.writeValueAsString(body));
    }

    /** The words stand as they are; only who is mentioned is written in the chat's own marks. */
    private static Map<String, Object> card(Letter letter) {
        var elements = new ArrayList<Map<String, Object>>();
        for (var part : letter.parts()) {
            elements.add(Map.of("tag", "div", "text", Map.of("tag", "plain_text", "content", part.words())));
            if (!part.id().isEmpty()) {
                elements.add(Map.of(
                        "tag", "div", "text", Map.of("tag", "lark_md", "content", "<at id=" + part.id() + "></at>")));
            }
            elements.add(Map.of("tag", "action", "actions", List.of(button(part, letter.several()))));
        }
        return Map.of(
                "config",
                Map.of("wide_screen_mode", true),
                "header",
                Map.of("title", Map.of("tag", "plain_text", "content", letter.title(TITLE_MOST)), "template", "blue"),
                "elements",
                elements);
    }

    private static Map<String, Object> button(Letter.Part part, boolean named) {
        return Map.of(
                "tag",
                "button",
                "text",
                Map.of("tag", "plain_text", "content", part.button(named)),
                "type",
                "primary",
                "url",
                part.link());
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
