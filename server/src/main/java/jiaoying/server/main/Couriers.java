package jiaoying.server.main;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import jiaoying.server.courier.MailCarrier;
import jiaoying.server.courier.MailServer;
import jiaoying.server.courier.MailServer.Login;
import jiaoying.server.courier.MailServer.Security;

/**
 * By whom a real room sends (信使设置): the file {@code couriers.properties} of the data directory, lines of {@code key = value}.
 * No password stands in it: that is in a file of its own, for its owner only, or in the environment.
 */
final class Couriers {
    static final String FILE = "couriers.properties";
    static final String PASSWORD = "JIAOYING_MAIL_PASSWORD";

    private static final List<String> KEYS = List.of(
            "mail.host",
            "mail.port",
            "mail.security",
            "mail.from",
            "mail.user",
            "mail.password-file",
            "mail.connections",
            "mail.timeout-seconds");
    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9][A-Za-z0-9.-]*|[0-9A-Fa-f:]*:[0-9A-Fa-f:]*");
    private static final Pattern ON_THIS_MACHINE = Pattern.compile("localhost|127(\\.\\d{1,3}){3}|(0*:)+0*1");

    private final Path file;
    private final Map<String, String> environment;
    private final Map<String, String> values = new LinkedHashMap<>();
    private final List<String> problems = new ArrayList<>();

    private Couriers(Path file, Map<String, String> environment) {
        this.file = file;
        this.environment = environment;
    }

    /** The mail server of a real room; empty when there is no such file. A demonstration must not have one. */
    static Optional<MailServer> mail(DataDirectory data, Map<String, String> environment) {
        var file = data.path().resolve(FILE);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        if (data.kind() == DataDirectory.Kind.DEMO) {
            throw new Refusal("couriers.demo", file);
        }
        return Optional.of(new Couriers(file, environment).mail());
    }

    /** The mail server named in a file of the same form, for a tool that is no room. */
    static MailServer mailOf(Path file, Map<String, String> environment) {
        return new Couriers(file, environment).mail();
    }

    private MailServer mail() {
        read();
        var security = security();
        var host = matching("mail.host", need("mail.host"), HOST, "the name or address of the mail server");
        var server = new MailServer(
                host,
                number("mail.port", security.usualPort(), 65535),
                security,
                from(),
                login(host, security),
                number("mail.connections", 2, 20),
                Duration.ofSeconds(number("mail.timeout-seconds", 20, 120)));
        if (!problems.isEmpty()) {
            throw new Refusal("couriers", file, String.join("\n", problems));
        }
        return server;
    }

    private void read() {
        var number = 0;
        for (var line : lines()) {
            number++;
            var text = line.strip();
            if (!text.isEmpty() && !text.startsWith("#")) {
                take(number, text);
            }
        }
    }

    private List<String> lines() {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw new Refusal("couriers", file, e.getClass().getSimpleName() + ": " + e.getMessage());
        }
    }

    private void take(int number, String line) {
        var parts = line.split("=", 2);
        var key = parts[0].strip();
        if (!KEYS.contains(key)) {
            problem("line " + number, key, String.join(", ", KEYS));
        } else if (parts.length < 2 || parts[1].isBlank()) {
            problem("line " + number, key, key + " = value");
        } else if (values.put(key, parts[1].strip()) != null) {
            problem("line " + number, key, "each key once");
        }
    }

    private String need(String key) {
        var value = values.getOrDefault(key, "");
        if (value.isEmpty()) {
            problem(key, "", "a line " + key + " = ...");
        }
        return value;
    }

    private String matching(String key, String value, Pattern pattern, String allowed) {
        if (!value.isEmpty() && !pattern.matcher(value).matches()) {
            problem(key, value, allowed);
        }
        return value;
    }

    private int number(String key, int usual, int max) {
        var text = values.getOrDefault(key, Integer.toString(usual));
        if (text.matches("[1-9]\\d{0,4}") && Integer.parseInt(text) <= max) {
            return Integer.parseInt(text);
        }
        problem(key, text, "1 to " + max);
        return usual;
    }

    private Security security() {
        var word = values.getOrDefault("mail.security", "starttls");
        return switch (word) {
            case "starttls" -> Security.STARTTLS;
            case "tls" -> Security.TLS;
            case "none" -> Security.NONE;
            default -> {
                problem("mail.security", word, "starttls, tls, none");
                yield Security.STARTTLS;
            }
        };
    }

    private String from() {
        var from = need("mail.from");
        try {
            if (!from.isEmpty()) {
                MailCarrier.sender(from);
            }
        } catch (IllegalArgumentException e) {
            problem("mail.from", from, "duty@example.org or 名称 <duty@example.org> (" + e.getMessage() + ")");
        }
        return from;
    }

    private Optional<Login> login(String host, Security security) {
        var user = values.getOrDefault("mail.user", "");
        if (user.isEmpty()) {
            if (values.containsKey("mail.password-file")) {
                problem("mail.user", "", "a line mail.user = ... with mail.password-file");
            }
            return Optional.empty();
        }
        if (security == Security.NONE
                && !ON_THIS_MACHINE.matcher(host.toLowerCase(Locale.ROOT)).matches()) {
            problem("mail.security", "none", "starttls or tls: the password would cross the network readable");
        }
        return Optional.of(new Login(user, password()));
    }

    private String password() {
        var named = values.get("mail.password-file");
        var given = environment.getOrDefault(PASSWORD, "");
        if (named == null) {
            if (given.isEmpty()) {
                problem("mail.password-file", "", "a file with the password, or the environment variable " + PASSWORD);
            }
            return given;
        }
        return secret(file.resolveSibling(named));
    }

    private String secret(Path secret) {
        return switch (SecretFile.read(secret)) {
            case SecretFile.Secret(var password) -> password;
            case SecretFile.Unfit(var why) -> {
                problem("mail.password-file", secret.toString(), Words.EN.say("settings.allowed." + why, secret));
                yield "";
            }
        };
    }

    private void problem(String place, String value, String allowed) {
        problems.add(place + ": \"" + value + "\"; allowed: " + allowed);
    }
}
