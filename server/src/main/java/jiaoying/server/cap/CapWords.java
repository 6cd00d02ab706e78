package jiaoying.server.cap;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import jiaoying.duty.monitor.SignalColor;
import jiaoying.duty.warn.Bulletin.Remark;
import jiaoying.server.pack.PackNode;
import jiaoying.server.pack.Problems;
import jiaoying.server.pack.YamlFile;
import jiaoying.wire.cap.Info;
import jiaoying.wire.cap.NamedValue;

/**
 * From the words of messages to ours (词表): which hazard, which colour. The title's colour counts before a parameter's and
 * before severity; where they contradict, that is said.
 */
public final class CapWords {
    private static final String FILE = "words.yaml";
    private static final CapWords INSIDE = load();

    private final List<Event> events;
    private final Map<SignalColor, List<String>> colors;
    private final List<String> parameters;
    private final Map<String, SignalColor> severities;

    /** @param codes compared as they stand; words: looked for in event, then in headline */
    public record Event(String hazard, List<String> codes, List<String> words) {}

    /** A colour with what contradicts it. */
    record Colored(SignalColor color, List<Remark> remarks) {}

    private CapWords(
            List<Event> events,
            Map<SignalColor, List<String>> colors,
            List<String> parameters,
            Map<String, SignalColor> severities) {
        this.events = events;
        this.colors = colors;
        this.parameters = parameters;
        this.severities = severities;
    }

    /** The words that come with the program, behind some of the room's own. */
    public static CapWords with(List<Event> own) {
        return new CapWords(
                Stream.concat(own.stream(), INSIDE.events.stream()).toList(),
                INSIDE.colors,
                INSIDE.parameters,
                INSIDE.severities);
    }

    private static CapWords load() {
        var problems = new Problems();
        try (var in = CapWords.class.getResourceAsStream("/jiaoying/cap/" + FILE)) {
            if (in == null) {
                throw new IllegalStateException("Bug: " + FILE + " is not in the program");
            }
            var root = YamlFile.read(FILE, in.readAllBytes(), problems)
                    .fields(List.of("events", "colors", "parameters", "severities"));
            var events =
                    root.need("events").items(500).stream().map(CapWords::event).toList();
            var colors = new LinkedHashMap<SignalColor, List<String>>();
            CapSettingsFile.entries(root.need("colors"))
                    .forEach((word, names) -> colors.put(color(word), CapSettingsFile.texts(names)));
            var severities = new TreeMap<String, SignalColor>();
            CapSettingsFile.entries(root.need("severities"))
                    .forEach((word, name) -> severities.put(word, color(name.text())));
            var parameters = CapSettingsFile.texts(root.need("parameters"));
            if (!problems.none()) {
                throw new IllegalStateException("Bug: " + problems.list());
            }
            return new CapWords(events, colors, parameters, severities);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static SignalColor color(String word) {
        return SignalColor.find(word).orElseThrow();
    }

    static Event event(PackNode node) {
        var fields = node.fields(List.of("hazard", "codes", "words"));
        return new Event(
                fields.need("hazard").text(),
                optional(fields.all().get("codes")),
                optional(fields.all().get("words")));
    }

    private static List<String> optional(@org.jspecify.annotations.Nullable PackNode node) {
        return node == null || node.isEmptyList() ? List.of() : CapSettingsFile.texts(node);
    }

    /** The national code of a hazard, for messages of our own. */
    static Optional<String> codeOf(String hazard) {
        return INSIDE.events.stream()
                .filter(event -> event.hazard().equals(hazard))
                .flatMap(event -> event.codes().stream())
                .findFirst();
    }

    Optional<String> hazard(Info info) {
        var codes = Stream.concat(info.eventCodes().stream().map(NamedValue::value), Stream.of(info.event()))
                .toList();
        return events.stream()
                .filter(event -> codes.stream().anyMatch(code -> event.codes().contains(code.strip())))
                .findFirst()
                .or(() -> named(info.event()))
                .or(() -> info.headline().flatMap(this::named))
                .map(Event::hazard);
    }

    private Optional<Event> named(String text) {
        var lower = text.toLowerCase(Locale.ROOT);
        return events.stream()
                .filter(event -> event.words().stream().anyMatch(word -> lower.contains(word.toLowerCase(Locale.ROOT))))
                .findFirst();
    }

    /** Empty when nothing tells a colour. */
    Optional<Colored> color(Info info) {
        var title = info.headline().flatMap(this::last).or(() -> last(info.event()));
        var parameter = info.parameters().stream()
                .filter(row -> parameters.stream().anyMatch(name -> name.equalsIgnoreCase(row.valueName())))
                .map(NamedValue::value)
                .map(this::last)
                .flatMap(Optional::stream)
                .findFirst();
        var severity = Optional.ofNullable(severities.get(info.severity().word()));
        var remarks = new ArrayList<Remark>();
        title.ifPresent(color -> {
            parameter
                    .filter(other -> other != color)
                    .ifPresent(other -> remarks.add(differs(color, other, "parameter")));
            severity.filter(other -> other != color)
                    .ifPresent(other -> remarks.add(
                            differs(color, other, "severity " + info.severity().word())));
        });
        return title.or(() -> parameter).or(() -> severity).map(color -> new Colored(color, remarks));
    }

    private static Remark differs(SignalColor title, SignalColor other, String where) {
        return Remark.of("title-counts", title.word(), where, other.word());
    }

    /** The colour that is named last: "upgraded from orange to red" is red. */
    private Optional<SignalColor> last(String text) {
        var found = SignalColor.NONE;
        var at = -1;
        for (var color : colors.entrySet()) {
            for (var word : color.getValue()) {
                var place = place(text, word);
                if (place > at) {
                    at = place;
                    found = color.getKey();
                }
            }
        }
        return at < 0 ? Optional.empty() : Optional.of(found);
    }

    private static int place(String text, String word) {
        if (word.codePointAt(0) > 127) {
            return text.lastIndexOf(word);
        }
        var matcher = Pattern.compile("(?i)\\b" + Pattern.quote(word) + "\\b").matcher(text);
        var at = -1;
        while (matcher.find()) {
            at = matcher.start();
        }
        return at;
    }
}
