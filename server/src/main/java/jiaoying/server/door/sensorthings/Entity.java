package jiaoying.server.door.sensorthings;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One entity.
 *
 * @param id a text, or a number for observations
 * @param properties in the order in which they are shown; times as the standard writes them
 */
record Entity(Kind kind, Object id, Map<String, @Nullable Object> properties) {
    /** As it stands in a URL: texts quoted. */
    String key() {
        return id instanceof String text ? "'" + text.replace("'", "''") + "'" : String.valueOf(id);
    }

    String path() {
        return kind.plural() + "(" + key() + ")";
    }
}
