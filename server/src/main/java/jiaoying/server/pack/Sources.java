package jiaoying.server.pack;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/** The sources (依据) listed at the end of a file, and those that its numbers have cited. */
final class Sources {
    private final Map<String, String> texts = new LinkedHashMap<>();
    private final boolean read;

    Sources(PackNode node) {
        var fields = node.anyFields();
        fields.all().forEach((key, text) -> texts.put(key, text.text()));
        read = fields.read();
    }

    /** The text of the source that a number cites. */
    String cited(PackNode reference) {
        var key = reference.text();
        if (!key.isEmpty() && read && !texts.containsKey(key)) {
            reference.unknown("source", key, texts.keySet());
        }
        return texts.getOrDefault(key, "");
    }

    /** Different texts, in the order of citing, as one line. */
    static String line(PackHead head, Set<String> cited) {
        return head.name() + " " + head.version() + ": " + String.join("; ", new LinkedHashSet<>(cited));
    }
}
