package jiaoying.server.courier.web;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A group robot of WeCom (企业微信群机器人). People are named by their mobile numbers. @param key of the robot; secret */
public record WeCom(URI base, String key) implements Robot {
    private static final Map<Long, Kind> CODES =
            Map.of(45009L, Kind.TOO_OFTEN, 45033L, Kind.TOO_OFTEN, 93000L, Kind.SETTINGS, 93008L, Kind.SETTINGS);

    private static final int CARD_MOST = 112;
    private static final int TITLE_MOST = 26;

    @Override
    public int perMinute() {
        return 20;
    }

    @Override
    public int bytesMost() {
        return 2_048;
    }

    @Override
    public Call call(Letter letter, Instant now) {
        var encoded = URLEncoder.encode(key, StandardCharsets.UTF_8);
        return new Call(
                base.resolve("/cgi-bin/webhook/send?key=" + encoded), JSON.MAPPER.writeValueAsString(body(letter)));
    }

    /** Only a text can mention somebody by his number; a card is for one person and cuts long words off. */
    private static Map<String, Object> body(Letter letter) {
        var mentions = letter.mentions();
        if (!mentions.isEmpty() || !letter.answers(Integer.MAX_VALUE)) {
            return Map.of(
                    "msgtype", "text", "text", Map.of("content", letter.text(), "mentioned_mobile_list", mentions));
        }
        var words = letter.words();
        return letter.several() || words.codePointCount(0, words.length()) > CARD_MOST
                ? Map.of("msgtype", "markdown", "markdown", Map.of("content", marked(letter)))
                : Map.of("msgtype", "template_card", "template_card", card(letter));
    }

    private static String marked(Letter letter) {
        return letter.parts().stream()
                .map(part -> part.words() + "\n[" + part.button(letter.several()) + "](" + part.link() + ")")
                .collect(Collectors.joining(Letter.BETWEEN));
    }

    private static Map<String, Object> card(Letter letter) {
        var only = letter.parts().getFirst();
        return Map.of(
                "card_type",
                "text_notice",
                "main_title",
                Map.of("title", letter.title(TITLE_MOST)),
                "sub_title_text",
                only.words(),
                "jump_list",
                List.of(Map.of("type", 1, "title", only.button(false), "url", only.link())),
                "card_action",
                Map.of("type", 1, "url", only.link()));
    }

    @Override
    public Verdict read(String body) {
        return Robot.verdict(body, List.of("errcode"), CODES);
    }

    @Override
    public String toString() {
        return "WeCom[" + base.getHost() + "]";
    }
}
