package jiaoying.server.register;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** Words with their Chinese terms, in the order in which they are shown. */
final class Words {
    private Words() {}

    static Map<String, String> of(String... pairs) {
        var words = new LinkedHashMap<String, String>();
        for (var i = 0; i < pairs.length; i += 2) {
            words.put(pairs[i], pairs[i + 1]);
        }
        return Collections.unmodifiableMap(words);
    }
}
