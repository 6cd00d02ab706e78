package jiaoying.server.courier.web;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
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

    /** More people in one message are written to in text. */
    private static final int BUTTONS_MOST = 5;

    private static final int TITLE_MOST = 40;

    @Override
    public int perMinute() {
        return 20;
    }

    @Override
    public int bytesMost() {
        return 4_000;
    }

    @Override
    public Call call(Letter letter, Instant now) {
        var mentions = letter.mentions();
        var named = mentions.stream().map(mobile -> "@" + mobile).collect(Collectors.joining(" "));
        var tail = named.isEmpty() ? "" : "\n" + named;
        var body = new LinkedHashMap<String, Object>();
        if (letter.answers(BUTTONS_MOST)) {
            body.put("msgtype", "actionCard");
            body.put("actionCard", card(letter, letter.words().replace("\n", "\n\n") + tail.replace("\n", "\n\n")));
        } else {
            body.put("msgtype", "text");
            body.put("text", Map.of("content", letter.text() + tail));
        }
        body.put("at", Map.of("atMobiles", mentions, "isAtAll", false));
        return new Call(
                base.resolve("/robot/send?access_token=" + encode(token) + signed(now)),
                JSON.MAPPER.writeValueAsString(body));
    }

    private static Map<String, Object> card(Letter letter, String text) {
        var card = new LinkedHashMap<String, Object>();
        card.put("title", letter.title(TITLE_MOST));
        card.put("text", text);
        if (letter.several()) {
            card.put("btnOrientation", "0");
            card.put(
                    "btns",
                    letter.parts().stream()
                            .map(part -> Map.of("title", part.button(true), "actionURL", part.link()))
                            .toList());
        } else {
            var only = letter.parts().getFirst();
            card.put("singleTitle", only.button(false));
            card.put("singleURL", only.link());
        }
        return card;
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
