package jiaoying.server.main;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * The keys of one entry in a YAML file of settings. What is missing or wrong is noted and a harmless value given back, so that
 * all problems are said at once. {@link #end} notes keys that nobody asked for.
 */
final class SettingRow {
    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9][A-Za-z0-9.-]*|[0-9A-Fa-f:]*:[0-9A-Fa-f:]*");

    private final Path file;
    private final String at;
    private final Map<String, String> environment;
    private final List<SettingProblem> problems;
    private final Map<String, Object> given = new LinkedHashMap<>();
    private final TreeSet<String> asked = new TreeSet<>();

    /** @param at what stands before a key in a message, as {@code carriers[0].} */
    SettingRow(Path file, String at, Object node, Map<String, String> environment, List<SettingProblem> problems) {
        this.file = file;
        this.at = at;
        this.environment = environment;
        this.problems = problems;
        if (node instanceof Map<?, ?> map) {
            map.forEach((key, value) -> {
                if (value != null) {
                    given.put(String.valueOf(key), value);
                }
            });
        } else {
            problem("", String.valueOf(node), "keys");
        }
    }

    boolean has(String key) {
        asked.add(key);
        return given.containsKey(key);
    }

    String text(String key, String usual) {
        asked.add(key);
        return String.valueOf(given.getOrDefault(key, usual)).strip();
    }

    /** One that must be there and fit. @param allowed end of the key of the text that says what may stand there */
    String need(String key, String pattern, String allowed) {
        var text = text(key, "");
        if (!text.matches(pattern)) {
            problem(key, text, allowed);
        }
        return text;
    }

    /** One that may be left out. */
    String may(String key, String usual, String pattern, String allowed) {
        return has(key) ? need(key, pattern, allowed) : usual;
    }

    String host() {
        return need("host", HOST.pattern(), "host");
    }

    int number(String key, int usual, int least, int most) {
        var text = text(key, Integer.toString(usual));
        if (text.matches("\\d{1,9}") && Integer.parseInt(text) >= least && Integer.parseInt(text) <= most) {
            return Integer.parseInt(text);
        }
        problem(key, text, "number", least, most);
        return usual;
    }

    /** {@code yes} and {@code no}, or what YAML calls true and false. */
    boolean flag(String key, boolean usual) {
        return switch (text(key, Boolean.toString(usual))) {
            case "yes", "true" -> true;
            case "no", "false" -> false;
            default -> {
                problem(key, text(key, ""), "one-of", "yes, no");
                yield usual;
            }
        };
    }

    /** @return the first of the words when none of them stands there */
    String oneOf(String key, String usual, List<String> words) {
        var text = text(key, usual);
        if (!words.contains(text)) {
            problem(key, text, "one-of", String.join(", ", words));
            return words.getFirst();
        }
        return text;
    }

    List<String> texts(String key, List<String> usual) {
        asked.add(key);
        return switch (given.get(key)) {
            case null -> usual;
            case List<?> list -> list.stream().map(String::valueOf).toList();
            default -> {
                problem(key, String.valueOf(given.get(key)), "list");
                yield usual;
            }
        };
    }

    /** Whole numbers by names that fit a pattern. */
    Map<String, Integer> counts(String key, String names, int least, int most) {
        asked.add(key);
        var counts = new LinkedHashMap<String, Integer>();
        if (!(given.getOrDefault(key, Map.of()) instanceof Map<?, ?> map)) {
            problem(key, String.valueOf(given.get(key)), "keys");
            return counts;
        }
        map.forEach((name, value) -> {
            if (String.valueOf(name).matches(names) && value instanceof Integer n && n >= least && n <= most) {
                counts.put(String.valueOf(name), n);
            } else {
                problem(key + "." + name, String.valueOf(value), "count", least, most);
            }
        });
        return counts;
    }

    /** The entries below a key. */
    List<SettingRow> rows(String key) {
        asked.add(key);
        var rows = new ArrayList<SettingRow>();
        if (given.getOrDefault(key, List.of()) instanceof List<?> list) {
            for (var node : list) {
                rows.add(new SettingRow(file, at + key + "[" + rows.size() + "].", node, environment, problems));
            }
        } else {
            problem(key, String.valueOf(given.get(key)), "list");
        }
        return rows;
    }

    /** The keys below a key; empty when it is not there. */
    Optional<SettingRow> row(String key) {
        asked.add(key);
        return Optional.ofNullable(given.get(key))
                .map(node -> new SettingRow(file, at + key + ".", node, environment, problems));
    }

    /** From a file of its own, named by {@code key}, or else from the environment. */
    String secret(String key, String variable) {
        asked.add(key);
        var named = given.get(key);
        if (named == null) {
            var text = environment.getOrDefault(variable, "");
            if (text.isEmpty()) {
                problem(key, "", "secret", variable);
            }
            return text;
        }
        var path = file.resolveSibling(String.valueOf(named));
        return switch (SecretFile.read(path)) {
            case SecretFile.Secret(var text) -> text;
            case SecretFile.Unfit(var why) -> {
                problem(key, path.toString(), why, path);
                yield "";
            }
        };
    }

    void problem(String key, String value, String allowed, Object... values) {
        problems.add(new SettingProblem(at + key, value, allowed, List.of(values)));
    }

    void end() {
        given.keySet().stream()
                .filter(key -> !asked.contains(key))
                .forEach(key -> problem(key, String.valueOf(given.get(key)), "one-of-keys", String.join(", ", asked)));
    }
}
