package jiaoying.server.door.mqtt;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jiaoying.duty.measure.Sentence;
import jiaoying.server.reply.WrongSetting;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/** Reads {@code mqtt.yaml} of the data directory; says which key is wrong, what it holds and what is allowed. */
public final class BrokerSettingsFile {
    public static final String NAME = "mqtt.yaml";

    private static final List<String> BROKER =
            List.of("name", "url", "ca_file", "version", "client_id", "user", "password_file", "topics");
    private static final List<String> TOPIC = List.of("topic", "payload", "datastreams");

    private final Path file;

    private BrokerSettingsFile(Path file) {
        this.file = file;
    }

    /** None where there is no file. @throws IllegalArgumentException with the words for the user */
    public static List<BrokerSettings> read(Path data) {
        var file = data.resolve(NAME);
        if (!Files.exists(file)) {
            return List.of();
        }
        try {
            var loaded = new Load(LoadSettings.builder().setLabel(NAME).build()).loadFromString(Files.readString(file));
            return new BrokerSettingsFile(file).brokers(loaded == null ? Map.of() : loaded);
        } catch (YamlEngineException e) {
            throw WrongSetting.unreadable(file, e);
        } catch (IOException e) {
            throw WrongSetting.unreadable(file, e);
        }
    }

    private List<BrokerSettings> brokers(Object tree) {
        var top = keys(tree, "", List.of("brokers"));
        var all = new ArrayList<BrokerSettings>();
        for (var broker : list(top.getOrDefault("brokers", List.of()), "brokers")) {
            all.add(broker(keys(broker, "brokers[" + all.size() + "].", BROKER), "brokers[" + all.size() + "]."));
        }
        return all;
    }

    private BrokerSettings broker(Map<String, Object> given, String at) {
        var name = text(given, at, "name");
        var url = text(given, at, "url");
        URI address;
        try {
            address = URI.create(url);
        } catch (IllegalArgumentException e) {
            throw wrong(at + "url", url, Sentence.of("setting-one-of", "mqtt://HOST:PORT, mqtts://HOST:PORT"));
        }
        var tls = "mqtts".equals(address.getScheme());
        if (address.getHost() == null || !tls && !"mqtt".equals(address.getScheme())) {
            throw wrong(at + "url", url, Sentence.of("setting-one-of", "mqtt://HOST:PORT, mqtts://HOST:PORT"));
        }
        var version = String.valueOf(given.getOrDefault("version", 5));
        if (!List.of("3", "5").contains(version)) {
            throw wrong(at + "version", version, Sentence.of("setting-one-of", "3 (MQTT 3.1.1), 5"));
        }
        var topics = new ArrayList<BrokerSettings.Topic>();
        for (var topic : list(given.getOrDefault("topics", ""), at + "topics")) {
            var place = at + "topics[" + topics.size() + "].";
            topics.add(topic(keys(topic, place, TOPIC), place));
        }
        if (topics.isEmpty()) {
            throw wrong(at + "topics", "", Sentence.of("setting-list"));
        }
        return new BrokerSettings(
                name,
                address.getHost(),
                address.getPort() > 0 ? address.getPort() : tls ? 8883 : 1883,
                tls,
                certificates(given, at, tls),
                Integer.parseInt(version),
                String.valueOf(given.getOrDefault("client_id", "jiaoying-" + name)),
                Optional.ofNullable(given.get("user")).map(String::valueOf),
                Optional.ofNullable(given.get("password_file")).map(it -> secret(at, String.valueOf(it))),
                List.copyOf(topics));
    }

    private BrokerSettings.Topic topic(Map<String, Object> given, String at) {
        var payload = switch (String.valueOf(given.getOrDefault("payload", "json"))) {
            case "json" -> BrokerSettings.Payload.JSON;
            case "csv" -> BrokerSettings.Payload.CSV;
            case "sensorthings" -> BrokerSettings.Payload.SENSORTHINGS;
            default ->
                throw wrong(
                        at + "payload",
                        String.valueOf(given.get("payload")),
                        Sentence.of("setting-one-of", "json, csv, sensorthings"));
        };
        var streams = new LinkedHashMap<String, String>();
        if (given.get("datastreams") instanceof Map<?, ?> map) {
            map.forEach((theirs, ours) -> streams.put(String.valueOf(theirs), String.valueOf(ours)));
        }
        return new BrokerSettings.Topic(text(given, at, "topic"), payload, Map.copyOf(streams));
    }

    private String secret(String at, String name) {
        try {
            return Files.readString(file.resolveSibling(name)).strip();
        } catch (IOException e) {
            throw wrong(at + "password_file", name, Sentence.of("setting-file"));
        }
    }

    /** A private network has its own issuer of certificates. */
    private List<X509Certificate> certificates(Map<String, Object> given, String at, boolean tls) {
        if (!given.containsKey("ca_file")) {
            return List.of();
        }
        var name = String.valueOf(given.get("ca_file"));
        if (!tls) {
            throw wrong(at + "ca_file", name, Sentence.of("setting-mqtts"));
        }
        try (var in = Files.newInputStream(file.resolveSibling(name))) {
            var all = CertificateFactory.getInstance("X.509").generateCertificates(in).stream()
                    .map(X509Certificate.class::cast)
                    .toList();
            if (!all.isEmpty()) {
                return all;
            }
        } catch (IOException | CertificateException e) {
            // said below, as of a file without any
        }
        throw wrong(at + "ca_file", name, Sentence.of("setting-pem"));
    }

    private Map<String, Object> keys(Object value, String at, List<String> allowed) {
        if (!(value instanceof Map<?, ?> map)) {
            throw wrong(at, String.valueOf(value), Sentence.of("setting-keys", String.join(", ", allowed)));
        }
        var all = new LinkedHashMap<String, Object>();
        map.forEach((key, held) -> {
            if (!allowed.contains(String.valueOf(key))) {
                throw wrong(at + key, String.valueOf(held), Sentence.of("setting-keys", String.join(", ", allowed)));
            }
            if (held != null) {
                all.put(String.valueOf(key), held);
            }
        });
        return all;
    }

    private List<?> list(Object value, String at) {
        if (!(value instanceof List<?> list)) {
            throw wrong(at, String.valueOf(value), Sentence.of("setting-list"));
        }
        return list;
    }

    private String text(Map<String, Object> given, String at, String key) {
        var value = String.valueOf(given.getOrDefault(key, ""));
        if (value.isBlank()) {
            throw wrong(at + key, value, Sentence.of("setting-text"));
        }
        return value;
    }

    private WrongSetting wrong(String key, String value, Sentence allowed) {
        return WrongSetting.of(file, key, value, allowed);
    }
}
