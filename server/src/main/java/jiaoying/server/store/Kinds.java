package jiaoying.server.store;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.core.JsonToken;

/** The records of a family by class and by simple name, which must be unique. */
final class Kinds {
    private final Map<Class<?>, FieldsShape> byClass;
    private final Map<String, FieldsShape> byName = new LinkedHashMap<>();

    Kinds(Map<Class<?>, FieldsShape> fields) {
        byClass = fields;
        fields.forEach((type, shape) -> {
            if (byName.put(type.getSimpleName(), shape) != null) {
                throw new IllegalStateException("Bug: two kinds are named " + type.getSimpleName());
            }
        });
    }

    Set<String> names() {
        return byName.keySet();
    }

    FieldsShape of(Object value) {
        return Optional.ofNullable(byClass.get(value.getClass()))
                .orElseThrow(() -> new IllegalStateException("Bug: unknown kind " + value.getClass()));
    }

    FieldsShape of(String name) {
        return Optional.ofNullable(byName.get(name)).orElseThrow();
    }

    /** The name at the current token, which must be one of these. */
    String name(Shape.Eye eye) {
        eye.expect(JsonToken.VALUE_STRING, "a name");
        var name = eye.json().getString();
        if (!byName.containsKey(name)) {
            throw eye.bad("unknown kind " + name, String.join(", ", byName.keySet()));
        }
        return name;
    }
}
