package jiaoying.server.courier.web;

import java.io.IOException;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import jiaoying.duty.errand.Channel;
import jiaoying.server.courier.Carrier;
import jiaoying.server.courier.Pace;
import jiaoying.server.courier.Parcel;
import jiaoying.server.courier.Submission;
import jiaoying.server.courier.Terms;
import jiaoying.server.courier.Written;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** Hands errands to a platform by signed POST (推送). What it hears afterwards comes in by the carriers' door. */
public final class WebhookCarrier implements Carrier {
    private static final JsonMapper JSON = new JsonMapper();
    private static final int REFERENCE_MOST = 100;

    private final Webhook hook;
    private final Terms terms;
    private final InstantSource clock;
    private final Http http;
    private final Pace pace;
    private volatile String trouble = "";

    public WebhookCarrier(Webhook hook, Terms terms, InstantSource clock) {
        this.hook = hook;
        this.terms = terms;
        this.clock = clock;
        http = new Http(hook.timeout());
        pace = new Pace(hook.perSecond());
    }

    @Override
    public String name() {
        return hook.name();
    }

    @Override
    public Set<Channel> channels() {
        return hook.channels();
    }

    @Override
    public boolean keepsKey() {
        return hook.keepsKey();
    }

    @Override
    public int window() {
        return hook.window();
    }

    @Override
    public boolean loopback() {
        return false;
    }

    @Override
    public boolean tellsReceipts() {
        return hook.tellsReceipts();
    }

    @Override
    public Terms terms() {
        return terms;
    }

    @Override
    public Optional<String> trouble() {
        return trouble.isEmpty() ? Optional.empty() : Optional.of(trouble);
    }

    @Override
    public Submission submit(Parcel parcel) throws IOException, InterruptedException {
        pace.await();
        try {
            var body = body(parcel);
            var answer = http.post(hook.url(), headers(parcel, body), body);
            return submission(answer);
        } catch (Http.Unreached e) {
            trouble = String.valueOf(e.getMessage());
            return new Submission.NotNow(trouble);
        }
    }

    private String body(Parcel parcel) {
        var message = parcel.channel() == Channel.TEXT
                ? Written.signed(hook.signature(), parcel.message())
                : parcel.message();
        var fields = new LinkedHashMap<String, String>();
        fields.put("key", parcel.key());
        fields.put("channel", parcel.channel().word());
        fields.put("purpose", parcel.purpose().name().toLowerCase(java.util.Locale.ROOT));
        fields.put("address", parcel.address());
        fields.put("message", message);
        return JSON.writeValueAsString(fields);
    }

    private Map<String, String> headers(Parcel parcel, String body) {
        var seconds = Long.toString(clock.instant().getEpochSecond());
        var signature = HexFormat.of().formatHex(Hmac.of(hook.secret(), seconds + "." + body));
        return Map.of(
                "X-Jiaoying-Key",
                parcel.key(),
                "X-Jiaoying-Timestamp",
                seconds,
                "X-Jiaoying-Signature",
                "sha256=" + signature);
    }

    private Submission submission(Http.Answer answer) {
        int status = answer.status();
        trouble = status == 401 || status == 403 || status == 404 ? "the platform answers " + status : "";
        if (status / 100 == 2) {
            return new Submission.Taken(reference(answer.body()));
        }
        var later = status == 408 || status == 425 || status == 429 || status / 100 == 5 || !trouble.isEmpty();
        return later
                ? new Submission.NotNow("the platform answers " + status)
                : new Submission.Turned("the platform answers " + status);
    }

    private static String reference(String body) {
        try {
            var id = JSON.readTree(body).path("id").asString("");
            return id.length() > REFERENCE_MOST ? id.substring(0, REFERENCE_MOST) : id;
        } catch (JacksonException e) {
            return "";
        }
    }
}
