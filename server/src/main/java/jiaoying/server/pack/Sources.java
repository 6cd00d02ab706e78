package jiaoying.server.pack;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The sources (依据) listed at the end of a file, and those that its numbers have cited. */
final class Sources {
    private final Map<String, Text> texts = new LinkedHashMap<>();
    private final boolean read;

    /** What a source says: once, or in both languages of the screens. */
    record Text(String zh, String en) {
        private static final Text NONE = new Text("", "");

        private static Text of(PackNode node) {
            if (!node.isMap()) {
                return new Text(node.text(), node.text());
            }
            var both = node.fields(List.of("zh", "en"));
            return new Text(both.need("zh").text(), both.need("en").text());
        }

        String line() {
            return zh.equals(en) ? zh : en + " " + zh;
        }
    }

    Sources(PackNode node) {
        var fields = node.anyFields();
        fields.all().forEach((key, text) -> texts.put(key, Text.of(text)));
        read = fields.read();
    }

    /** The text of the source that a number cites; one in both languages stands in both. */
    String cited(PackNode reference) {
        return find(reference).line();
    }

    /** The source that a number cites. */
    Text find(PackNode reference) {
        var key = reference.text();
        if (!key.isEmpty() && read && !texts.containsKey(key)) {
            reference.unknown("source", key, texts.keySet());
        }
        return texts.getOrDefault(key, Text.NONE);
    }

    /** Different texts, in the order of citing, as one line. */
    static String line(PackHead head, Set<String> cited) {
        return head.name() + " " + head.version() + ": " + String.join("; ", new LinkedHashSet<>(cited));
    }
}
