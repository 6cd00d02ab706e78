package jiaoying.server.main;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import jiaoying.duty.errand.Channel;
import jiaoying.server.courier.Carrier;
import jiaoying.server.courier.ReplyWords;
import jiaoying.server.courier.Terms;
import jiaoying.server.courier.cmpp.CmppCarrier;
import jiaoying.server.courier.cmpp.Gateway;
import jiaoying.server.courier.sip.Recordings;
import jiaoying.server.courier.sip.SipCarrier;
import jiaoying.server.courier.sip.Trunk;
import jiaoying.server.courier.smpp.SmppCarrier;
import jiaoying.server.courier.smpp.Smsc;
import jiaoying.server.courier.speaker.Broker;
import jiaoying.server.courier.speaker.SpeakerCarrier;
import jiaoying.server.courier.web.DingTalk;
import jiaoying.server.courier.web.Feishu;
import jiaoying.server.courier.web.RobotCarrier;
import jiaoying.server.courier.web.WeCom;
import jiaoying.server.courier.web.Webhook;
import jiaoying.server.courier.web.WebhookCarrier;
import jiaoying.server.reply.ParserWords;
import jiaoying.server.reply.Said;
import jiaoying.server.store.RecordingStore;
import jiaoying.wire.cmpp.Version;
import jiaoying.wire.voice.Wav;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * The carriers of a real room (承运方设置): the file {@code carriers.yaml} of the data directory. No secret stands in it: each is in
 * a file of its own, for its owner only, or in the environment.
 */
final class CarriersFile {
    static final String NAME = "carriers.yaml";

    private static final String ID = "[a-z][a-z0-9-]{0,39}";
    private static final List<String> KINDS =
            List.of("cmpp", "smpp", "webhook", "dingtalk", "wecom", "feishu", "sip", "mqtt");

    /** Encrypted, or to this machine or an inner network. */
    private static final String ADDRESS =
            "https://[^\\s]+|http://(localhost|127\\.|10\\.|192\\.168\\.|172\\.(1[6-9]|2\\d|3[01])\\.)[^\\s]*";

    private static final List<String> HOOK_CHANNELS = List.of("text", "voice", "mail");
    private static final Set<String> TAKEN = Set.of("mail", "internal", "link", "desk");

    private final Path file;
    private final Map<String, String> environment;
    private final List<SettingProblem> problems = new ArrayList<>();
    private final Set<String> names = new HashSet<>(TAKEN);

    private CarriersFile(Path file, Map<String, String> environment) {
        this.file = file;
        this.environment = environment;
    }

    /** None when there is no such file. A demonstration must not have one. */
    static List<Carrier> carriers(DataDirectory data, Map<String, String> environment) {
        var file = data.path().resolve(NAME);
        if (!Files.exists(file)) {
            return List.of();
        }
        if (data.kind() == DataDirectory.Kind.DEMO) {
            throw new Refusal("couriers.demo", file);
        }
        return new CarriersFile(file, environment).carriers();
    }

    /** Those named in a file of the same form, for a tool that is no room: platforms that take texts and need nothing remembered. */
    static List<Carrier> textsOf(Path file, Map<String, String> environment) {
        var carriers = new CarriersFile(file, environment).carriers();
        if (carriers.isEmpty()
                || !carriers.stream()
                        .allMatch(one ->
                                one instanceof WebhookCarrier && one.channels().contains(Channel.TEXT))) {
            throw new Refusal("watch.text-settings", file);
        }
        return carriers;
    }

    private List<Carrier> carriers() {
        var top = new SettingRow(file, "", tree(), environment, problems);
        var carriers = top.rows("carriers").stream()
                .flatMap(row -> carrier(row).stream())
                .toList();
        top.end();
        if (!problems.isEmpty()) {
            throw new Refusal("couriers", file, new SettingProblem.All(problems));
        }
        return carriers;
    }

    private Object tree() {
        try {
            var loaded = new Load(LoadSettings.builder().setLabel(NAME).build()).loadFromString(Files.readString(file));
            return loaded == null ? Map.of() : loaded;
        } catch (YamlEngineException e) {
            throw new Refusal(
                    "couriers", file + ParserWords.place(e), (Said) reader -> reader.say(ParserWords.yaml(e)));
        } catch (IOException e) {
            throw new Refusal("couriers", file, String.valueOf(e.getMessage()));
        }
    }

    /** Empty when something is wrong with it, which is noted. */
    private Optional<Carrier> carrier(SettingRow row) {
        int before = problems.size();
        var name = row.need("name", ID, "name");
        if (!names.add(name)) {
            row.problem("name", name, "once");
        }
        var kind = row.oneOf("kind", "", KINDS);
        var carrier = switch (kind) {
            case "cmpp" -> cmpp(name, row);
            case "smpp" -> smpp(name, row);
            case "sip" -> sip(name, row);
            case "mqtt" -> speaker(name, row);
            case "webhook" -> webhook(name, row);
            case "dingtalk", "wecom", "feishu" -> robot(name, kind, row);
            default -> throw new IllegalStateException("Bug: no carrier of kind " + kind);
        };
        row.end();
        return problems.size() == before ? Optional.of(carrier.get()) : Optional.empty();
    }

    private static String variable(String name) {
        return variable(name, "_SECRET");
    }

    private static String variable(String name, String what) {
        return "JIAOYING_" + name.toUpperCase(Locale.ROOT).replace('-', '_') + what;
    }

    private static URI address(SettingRow row, String usual) {
        var text = row.may("url", usual, ADDRESS, "address");
        try {
            return URI.create(text);
        } catch (IllegalArgumentException e) {
            row.problem("url", text, "address");
            return URI.create("https://localhost");
        }
    }

    private Supplier<Carrier> webhook(String name, SettingRow row) {
        if (!row.has("url")) {
            row.problem("url", "", "address");
        }
        var words = row.texts("channels", List.of("text"));
        if (words.isEmpty() || !HOOK_CHANNELS.containsAll(words)) {
            row.problem("channels", words.toString(), "one-of", String.join(", ", HOOK_CHANNELS));
            words = List.of("text");
        }
        var hook = new Webhook(
                name,
                address(row, "https://localhost"),
                words.stream().map(Channel::of).collect(Collectors.toSet()),
                row.secret("secret_file", variable(name)),
                row.flag("keeps_key", true),
                row.flag("receipts", false),
                row.number("window", 16, 1, 200),
                row.number("per_second", 50, 1, 1000),
                row.may("signature", "", "【[^【】]{1,20}】", "signature"),
                Duration.ofSeconds(row.number("timeout_seconds", 10, 1, 60)));
        var terms = terms(row);
        if (!terms.canary().isEmpty()) {
            row.problem("canary", terms.canary(), "no-canary");
        }
        return () -> new WebhookCarrier(hook, terms, InstantSource.system());
    }

    private Supplier<Carrier> robot(String name, String kind, SettingRow row) {
        var token = row.secret("token_file", variable(name, "_TOKEN"));
        if (!token.matches("[A-Za-z0-9_-]*")) {
            row.problem("token_file", "", "token");
        }
        var robot = switch (kind) {
            case "dingtalk" -> new DingTalk(address(row, "https://oapi.dingtalk.com"), token, sign(name, row));
            case "feishu" -> new Feishu(address(row, "https://open.feishu.cn"), token, sign(name, row));
            default -> new WeCom(address(row, "https://qyapi.weixin.qq.com"), token);
        };
        return () -> new RobotCarrier(name, robot, InstantSource.system());
    }

    /** A robot that is guarded by keywords or addresses has no secret. */
    private String sign(String name, SettingRow row) {
        return row.has("secret_file") || environment.containsKey(variable(name))
                ? row.secret("secret_file", variable(name))
                : "";
    }

    private Supplier<Carrier> cmpp(String name, SettingRow row) {
        var gateway = new Gateway(
                name,
                row.host(),
                row.number("port", 7890, 1, 65535),
                row.oneOf("version", "3.0", List.of("3.0", "2.0")).equals("2.0") ? Version.V2_0 : Version.V3_0,
                row.need("account", "[!-~]{1,6}", "account"),
                row.secret("secret_file", variable(name)),
                row.need("number", "\\d{3,20}", "digits"),
                row.may("service", "", "[!-~]{0,10}", "service"),
                row.may("signature", "", "【[^【】]{1,20}】", "signature"),
                row.number("connections", 1, 1, 8),
                row.number("window", 16, 1, 64),
                row.number("per_second", 20, 1, 1000),
                row.number("extension_digits", 0, 0, 6),
                replies(row),
                Duration.ofSeconds(row.number("answers_within_seconds", 20, 1, 120)),
                Duration.ofSeconds(row.number("active_every_seconds", 30, 1, 180)));
        var terms = terms(row);
        return () -> new CmppCarrier(gateway, terms, InstantSource.system());
    }

    private Supplier<Carrier> smpp(String name, SettingRow row) {
        var smsc = new Smsc(
                name,
                row.host(),
                row.number("port", 2775, 1, 65535),
                row.need("account", "[!-~]{1,15}", "account-smpp"),
                row.secret("secret_file", variable(name)),
                row.may("system_type", "", "[!-~]{0,12}", "service"),
                row.need("number", "\\d{3,20}", "digits"),
                row.may("signature", "", "【[^【】]{1,20}】", "signature"),
                row.number("window", 16, 1, 200),
                row.number("per_second", 20, 1, 1000),
                row.number("extension_digits", 0, 0, 6),
                replies(row),
                Duration.ofSeconds(row.number("answers_within_seconds", 20, 1, 120)),
                Duration.ofSeconds(row.number("active_every_seconds", 30, 1, 180)));
        var terms = terms(row);
        return () -> new SmppCarrier(smsc, terms);
    }

    private Supplier<Carrier> sip(String name, SettingRow row) {
        var host = row.host();
        var guarded = row.has("secret_file") || environment.containsKey(variable(name));
        var trunk = new Trunk(
                name,
                host,
                row.number("port", 5060, 1, 65535),
                row.oneOf("transport", "udp", List.of("udp", "tcp")),
                row.need("user", "[A-Za-z0-9+._-]{1,40}", "user"),
                guarded ? row.secret("secret_file", variable(name)) : "",
                row.flag("register", guarded),
                row.may("domain", host, "[A-Za-z0-9.:-]{1,100}", "host"),
                row.need("local", "[0-9.]{7,15}|[0-9A-Fa-f:]*:[0-9A-Fa-f:]*", "host"),
                row.number("lines", 1, 1, 500),
                Duration.ofSeconds(row.number("ringing_seconds", 40, 5, 120)),
                row.number("readings", 3, 1, 10),
                row.texts("voice", List.of("espeak-ng", "-v", "cmn", "-s", "150", "--stdin", "--stdout")),
                recording(row));
        var terms = terms(row);
        var recordings = row.row("recordings").map(this::recordings);
        return () -> new SipCarrier(trunk, terms, recordings);
    }

    /** Nothing is kept unless somebody says which rule allows it. */
    private Recordings recordings(SettingRow row) {
        var data = file.resolveSibling("");
        var recordings = new Recordings(
                new RecordingStore(data),
                row.need("allowed_by", "[^\\p{Cntrl}]{4,200}", "allowed-by"),
                row.number("days", 0, 1, 3660),
                MachineWatch.space(data, environment),
                InstantSource.system());
        row.end();
        return recordings;
    }

    private Supplier<Carrier> speaker(String name, SettingRow row) {
        var tls = row.flag("tls", false);
        var user = row.may("user", "", "[!-~]{1,64}", "user");
        var broker = new Broker(
                name,
                row.host(),
                row.number("port", tls ? 8883 : 1883, 1, 65535),
                tls,
                Optional.of(user).filter(it -> !it.isEmpty()),
                user.isEmpty() ? "" : row.secret("secret_file", variable(name)),
                row.may("client_id", "jiaoying-" + name, "[!-~]{1,64}", "user"),
                row.may("told", "", "[^\\s]{1,200}", "topic"),
                Duration.ofSeconds(row.number("answers_within_seconds", 10, 1, 60)));
        return () -> new SpeakerCarrier(broker);
    }

    /** Beside the settings, or by its whole path. */
    private Optional<Path> recording(SettingRow row) {
        var name = row.may("recording", "", "[^\\p{Cntrl}]{1,200}", "wav");
        if (name.isEmpty()) {
            return Optional.empty();
        }
        var sound = file.resolveSibling(name).normalize();
        try {
            if (Files.isRegularFile(sound)
                    && Wav.samples(Files.readAllBytes(sound))
                            .filter(it -> it.length > 0)
                            .isPresent()) {
                return Optional.of(sound);
            }
        } catch (IOException e) {
            // said below
        }
        row.problem("recording", sound.toString(), "wav");
        return Optional.empty();
    }

    private static Terms terms(SettingRow row) {
        return new Terms(
                row.number("weight", 1, 1, 100),
                row.counts("caps", "\\d{1,11}", 1, 10_000),
                row.may("canary", "", "\\+?\\d{3,20}", "digits"));
    }

    private static ReplyWords replies(SettingRow row) {
        return row.has("answer_words") || row.has("in_place_words") || row.has("not_me_words")
                ? new ReplyWords(
                        row.texts("answer_words", ReplyWords.CONFIRM_USUAL),
                        row.texts("in_place_words", ReplyWords.IN_PLACE_USUAL),
                        row.texts("not_me_words", ReplyWords.NOT_ME_USUAL))
                : ReplyWords.USUAL;
    }
}
