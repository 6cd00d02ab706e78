package jiaoying.server.door.sl651;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import jiaoying.duty.measure.Sentence;
import jiaoying.server.reply.WrongSetting;
import jiaoying.wire.sl651.LinkMode;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/** Reads {@code stations.yaml}; says which key is wrong, what it holds and what is allowed. */
public final class StationSettingsFile {
    public static final String NAME = "stations.yaml";

    private static final List<String> KEYS = List.of(
            "centre", "password_file", "mode", "stay", "stations", "rain", "fillers", "connections_per_address");

    private final Path file;
    private final Map<String, Object> tree;

    private StationSettingsFile(Path file, Map<String, Object> tree) {
        this.file = file;
        this.tree = tree;
    }

    /** The settings of a data directory; the usual ones where there is no file. @throws IllegalArgumentException with the words for the user */
    public static StationSettings read(Path data, int port) {
        var file = data.resolve(NAME);
        if (!Files.exists(file)) {
            return StationSettings.usual(port);
        }
        try {
            var loaded = new Load(LoadSettings.builder().setLabel(NAME).build()).loadFromString(Files.readString(file));
            return new StationSettingsFile(file, loaded == null ? Map.of() : texts(file, "", loaded)).settings(port);
        } catch (YamlEngineException e) {
            throw WrongSetting.unreadable(file, e);
        } catch (IOException e) {
            throw WrongSetting.unreadable(file, e);
        }
    }

    private static Map<String, Object> texts(Path file, String key, Object value) {
        if (!(value instanceof Map<?, ?> map)) {
            throw WrongSetting.of(file, key, value, Sentence.of("setting-map"));
        }
        var texts = new LinkedHashMap<String, Object>();
        map.forEach((name, held) -> texts.put(String.valueOf(name), held == null ? "" : held));
        return texts;
    }

    private StationSettings settings(int port) {
        for (var key : tree.keySet()) {
            if (!KEYS.contains(key)) {
                throw wrong(key, Sentence.of("setting-keys", String.join(", ", KEYS)));
            }
        }
        var usual = StationSettings.usual(port);
        var limits = usual.limits();
        var perAddress =
                number("connections_per_address", 1, limits.connections()).orElse(limits.perAddress());
        return new StationSettings(
                port,
                number("centre", 1, 255),
                password(),
                mode(),
                Boolean.parseBoolean(text("stay", "false")),
                stations(),
                map("rain"),
                fillers(usual.fillers()),
                new StationSettings.Limits(
                        limits.connections(),
                        perAddress,
                        limits.bytesPerSecond(),
                        limits.firstFrame(),
                        limits.idle(),
                        limits.write(),
                        limits.noise(),
                        limits.unknownAnHour(),
                        limits.bodyBytes(),
                        limits.frames(),
                        limits.framesAMinute()));
    }

    private LinkMode mode() {
        var word = text("mode", "M2");
        return switch (word) {
            case "M1" -> LinkMode.M1;
            case "M2", "M3" -> LinkMode.M2;
            case "M4" -> LinkMode.M4;
            default -> throw wrong("mode", Sentence.of("setting-one-of", "M1, M2, M3, M4"));
        };
    }

    private Set<String> fillers(Set<String> usual) {
        if (!tree.containsKey("fillers")) {
            return usual;
        }
        if (!(tree.get("fillers") instanceof List<?> list)) {
            throw wrong("fillers", Sentence.of("setting-fillers"));
        }
        var all = new LinkedHashSet<String>();
        list.forEach(number -> all.add(String.valueOf(number)));
        return Set.copyOf(all);
    }

    private Map<String, String> map(String key) {
        if (!tree.containsKey(key)) {
            return Map.of();
        }
        var all = new LinkedHashMap<String, String>();
        texts(file, key, tree.getOrDefault(key, "")).forEach((name, value) -> all.put(name, String.valueOf(value)));
        return Map.copyOf(all);
    }

    /** One id, or a list of them. */
    private Map<String, List<String>> stations() {
        if (!tree.containsKey("stations")) {
            return Map.of();
        }
        var all = new LinkedHashMap<String, List<String>>();
        texts(file, "stations", tree.getOrDefault("stations", ""))
                .forEach((address, held) -> all.put(
                        address,
                        held instanceof List<?> list
                                ? list.stream().map(String::valueOf).toList()
                                : List.of(String.valueOf(held))));
        return Map.copyOf(all);
    }

    private OptionalInt number(String key, int least, int most) {
        if (!tree.containsKey(key)) {
            return OptionalInt.empty();
        }
        if (tree.get(key) instanceof Integer number && number >= least && number <= most) {
            return OptionalInt.of(number);
        }
        throw wrong(key, Sentence.of("setting-number", least, most));
    }

    /** Four hexadecimal digits in a file of their own, so that the settings can be shown to others. */
    private OptionalInt password() {
        var name = text("password_file", "");
        if (name.isEmpty()) {
            return OptionalInt.empty();
        }
        try {
            var digits = Files.readString(file.resolveSibling(name)).strip();
            if (digits.matches("[0-9A-Fa-f]{4}")) {
                return OptionalInt.of(Integer.parseInt(digits, 16));
            }
        } catch (IOException e) {
            throw wrong("password_file", Sentence.of("setting-file"));
        }
        throw wrong("password_file", Sentence.of("setting-four-digits"));
    }

    private String text(String key, String otherwise) {
        return tree.containsKey(key) ? String.valueOf(tree.get(key)) : otherwise;
    }

    private WrongSetting wrong(String key, Sentence allowed) {
        return WrongSetting.of(file, key, tree.getOrDefault(key, ""), allowed);
    }
}
