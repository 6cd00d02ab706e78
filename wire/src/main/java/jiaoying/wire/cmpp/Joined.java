package jiaoying.wire.cmpp;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Parts of long texts that people wrote, until each text is whole. For one thread. */
public final class Joined {
    private final Map<String, TreeMap<Integer, String>> begun;

    /** @param most texts begun and not ended that are kept; the oldest is forgotten first */
    public Joined(int most) {
        begun = new LinkedHashMap<>() {
            @Override
            protected boolean removeEldestEntry(Map.Entry<String, TreeMap<Integer, String>> eldest) {
                return size() > most;
            }
        };
    }

    /**
     * The text, once its last missing part has come.
     *
     * @param from whose text: references repeat among people
     */
    public Optional<String> add(String from, Part part, int tpUdhi) {
        if (part.total() == 1) {
            return Optional.of(part.text(tpUdhi));
        }
        var key = from + '/' + part.reference() + '/' + part.total();
        var parts = begun.computeIfAbsent(key, it -> new TreeMap<>());
        parts.put(part.index(), part.text(tpUdhi));
        if (parts.size() < part.total()) {
            return Optional.empty();
        }
        begun.remove(key);
        return Optional.of(String.join("", parts.values()));
    }
}
