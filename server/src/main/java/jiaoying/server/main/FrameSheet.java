package jiaoying.server.main;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import jiaoying.server.door.sl651.FrameLaidOpen;
import jiaoying.wire.sl651.ElementId;
import jiaoying.wire.sl651.FunctionCode;
import jiaoying.wire.sl651.ParameterId;
import jiaoying.wire.sl651.StationClass;
import org.jspecify.annotations.Nullable;

/** A frame for people (报文说明): what was read, with the standard's names and units beside it. */
final class FrameSheet {
    private static final Set<String> PARAMETERS = Set.of("40", "41", "42", "43");
    /** Said in the line's head, or only of use to machines. */
    private static final Set<String> SAID = Set.of("id", "def", "obs", "value", "quality", "class", "station");

    /** How JSON says it, whatever the language. */
    private static final String INSIDE = "body ends inside ";

    private final Words words;

    FrameSheet(Words words) {
        this.words = words;
    }

    void print(FrameLaidOpen open, PrintWriter out) {
        var function = String.valueOf(open.tree().get("function"));
        open.tree().forEach((key, value) -> {
            if (value instanceof List<?> all) {
                out.println(label(key));
                all.forEach(one -> out.println("    " + row(one, PARAMETERS.contains(function))));
            } else if (value != null) {
                out.println(label(key) + "  " + value + note(key, String.valueOf(value)));
            }
        });
        out.println(open.fault()
                .map(fault -> words.say("frame.bad", words.texts().say(fault.what()), fault.at(), fault.clause()))
                .orElseGet(() -> words.say("frame.good")));
    }

    private String label(String key) {
        return find("frame.key." + key).orElse(key);
    }

    private Optional<String> find(String key) {
        return words.bundle().containsKey(key) ? Optional.of(words.say(key)) : Optional.empty();
    }

    /** What a code stands for. */
    private String note(String key, String value) {
        return switch (key) {
            case "function" ->
                FunctionCode.find(Integer.parseInt(value, 16))
                        .map(it -> "  " + named(it.zh(), it.en()) + " (" + it.clause() + ")")
                        .orElse("");
            case "direction", "crcOk" ->
                find("frame." + key + "." + value).map(it -> "  " + it).orElse("");
            default -> "";
        };
    }

    private String row(@Nullable Object one, boolean parameters) {
        return one instanceof Map<?, ?> element ? element(element, parameters) : note(String.valueOf(one));
    }

    private String note(String said) {
        return said.startsWith(INSIDE) ? words.say("frame.inside", said.substring(INSIDE.length())) : said;
    }

    private String element(Map<?, ?> element, boolean parameters) {
        var id = text(element, "id");
        var parts = new ArrayList<String>();
        parts.add(id);
        names(id, parameters).ifPresent(parts::add);
        find(element, "station").ifPresent(parts::add);
        find(element, "class").ifPresent(code -> parts.add(code + station(code)));
        find(element, "value").ifPresent(value -> parts.add((value + ' ' + unit(id, parameters)).strip()));
        find(element, "quality").ifPresent(it -> parts.add(quality(it)));
        element.forEach((key, value) -> {
            if (!SAID.contains(String.valueOf(key))) {
                parts.add(label(String.valueOf(key)) + ' ' + value);
            }
        });
        find(element, "obs").ifPresent(at -> parts.add('@' + at));
        return String.join("  ", parts);
    }

    private static String text(Map<?, ?> element, String key) {
        return find(element, key).orElse("");
    }

    private static Optional<String> find(Map<?, ?> element, String key) {
        return Optional.ofNullable(element.get(key)).map(String::valueOf);
    }

    private String station(String code) {
        return StationClass.find(Integer.parseInt(code, 16))
                .map(it -> ' ' + named(it.zh(), it.en()))
                .orElse("");
    }

    /** {@code missing(FF)}, {@code invalid(1A2B)}. */
    private String quality(String said) {
        var open = said.indexOf('(');
        return words.say("frame." + said.substring(0, open), said.substring(open + 1, said.length() - 1));
    }

    private Optional<String> names(String id, boolean parameters) {
        var own = find("frame.id." + id);
        if (own.isPresent()) {
            return own;
        }
        return parameters
                ? parameter(id).flatMap(it -> words == Words.ZH ? it.zh() : it.en())
                : known(id)
                        .flatMap(it -> it.symbol()
                                .map(symbol -> symbol + "  "
                                        + named(it.zh().orElse(""), it.en().orElse(""))));
    }

    private String unit(String id, boolean parameters) {
        return (parameters
                        ? parameter(id).flatMap(ParameterId::unit)
                        : known(id).flatMap(ElementId::unit))
                .orElse("");
    }

    private static Optional<ParameterId> parameter(String id) {
        return leader(id).map(ParameterId::new);
    }

    private static Optional<ElementId> known(String id) {
        return leader(id).map(ElementId::of).filter(ElementId::isKnown);
    }

    private static Optional<Integer> leader(String id) {
        return id.matches("(?!FF)[0-9A-F]{2}|FF[0-9A-F]{2}") ? Optional.of(Integer.parseInt(id, 16)) : Optional.empty();
    }

    private String named(String zh, String en) {
        return words == Words.ZH ? zh : en;
    }
}
