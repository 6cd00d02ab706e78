package jiaoying.server.courier.web;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** A group robot of WeCom (企业微信群机器人). People are named by their mobile numbers. @param key of the robot; secret */
public record WeCom(URI base, String key) implements Robot {
    private static final Map<Long, Kind> CODES =
            Map.of(45009L, Kind.TOO_OFTEN, 45033L, Kind.TOO_OFTEN, 93000L, Kind.SETTINGS, 93008L, Kind.SETTINGS);

    @Override
    public int perMinute() {
        return 20;
    }

    @Override
    public int bytesMost() {
        return 2_048;
    }

    @Override
    public Call call(String text, List<String> mentions, Instant now) {
        var json = JSON.MAPPER.writeValueAsString(
                Map.of("msgtype", "text", "text", Map.of("content", text, "mentioned_mobile_list", mentions)));
        var encoded = URLEncoder.encode(key, StandardCharsets.UTF_8);
        return new Call(base.resolve("/cgi-bin/webhook/send?key=" + encoded), json);
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
