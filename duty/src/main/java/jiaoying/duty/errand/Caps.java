package jiaoying.duty.errand;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How many errands a carrier may have in hand at once for numbers that begin in a certain way (号段并发上限): the exchange of one
 * town, or one carrier's range, takes only so many calls. For one thread.
 */
public final class Caps {
    public static final Caps NONE = new Caps(Map.of());

    private final Map<String, Integer> most;
    private final Map<String, Integer> busy = new LinkedHashMap<>();

    /** @param most by the digits with which a number begins, without the country's code */
    public Caps(Map<String, Integer> most) {
        this.most = new LinkedHashMap<>(most);
    }

    public boolean allows(String number) {
        return most.entrySet().stream()
                .filter(cap -> begins(number, cap.getKey()))
                .allMatch(cap -> busy.getOrDefault(cap.getKey(), 0) < cap.getValue());
    }

    public void begin(String number) {
        change(number, 1);
    }

    public void end(String number) {
        change(number, -1);
    }

    private void change(String number, int by) {
        most.keySet().stream()
                .filter(prefix -> begins(number, prefix))
                .forEach(prefix -> busy.merge(prefix, by, Integer::sum));
    }

    private static boolean begins(String number, String prefix) {
        return number.replaceAll("[\\s().-]", "")
                .replaceFirst("^(\\+|00)86", "")
                .startsWith(prefix);
    }
}
