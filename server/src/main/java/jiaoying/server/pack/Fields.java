package jiaoying.server.pack;

import java.util.Map;
import java.util.Set;
import jiaoying.duty.measure.Sentence;

/** The keys and values at one place of a pack's file. */
public final class Fields {
    private final PackNode place;
    private final Map<String, PackNode> values;
    private final Set<String> meant;
    private final boolean read;

    private Fields(PackNode place, Map<String, PackNode> values, Set<String> meant, boolean read) {
        this.place = place;
        this.values = values;
        this.meant = meant;
        this.read = read;
    }

    /** @param meant known keys that were probably meant by unknown ones; they are not reported as missing again */
    Fields(PackNode place, Map<String, PackNode> values, Set<String> meant) {
        this(place, values, meant, true);
    }

    /** What stands there has been refused already. */
    static Fields unread(PackNode place) {
        return new Fields(place, Map.of(), Set.of(), false);
    }

    /** The value of a key that must be there. */
    public PackNode need(String key) {
        var value = values.get(key);
        if (value != null) {
            return value;
        }
        if (read && !meant.contains(key)) {
            place.refuse(Sentence.of("no-key", key), Sentence.of("the-key", key));
        }
        return place.missing();
    }

    /** The value of a key that may be missing. */
    public java.util.Optional<PackNode> find(String key) {
        return java.util.Optional.ofNullable(values.get(key));
    }

    public Map<String, PackNode> all() {
        return values;
    }

    boolean read() {
        return read;
    }
}
