package jiaoying.server.courier;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What the room wants of one carrier among others of the same channel (分流约定).
 *
 * @param weight its part of the errands beside the weights of the others, 1 to 100
 * @param caps   most errands in hand at once for numbers that begin with these digits
 * @param canary a phone of our own to which it is tried, or empty
 */
public record Terms(int weight, Map<String, Integer> caps, String canary) {
    public static final Terms USUAL = new Terms(1, Map.of(), "");

    public Terms {
        caps = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(caps));
    }
}
