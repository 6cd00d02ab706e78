package jiaoying.server.store;

import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonToken;
import tools.jackson.core.io.SerializedString;

/** A sealed family: a tag with the record's simple name, then its fields. */
final class FamilyShape implements Shape {
    private final SerializedString tag;
    private final Kinds kinds;

    FamilyShape(String tag, Map<Class<?>, FieldsShape> fields) {
        this.tag = new SerializedString(tag);
        kinds = new Kinds(fields);
        fields.forEach((type, shape) -> {
            if (shape.has(tag)) {
                throw new IllegalStateException("Bug: " + type + " has a component named like the tag " + tag);
            }
        });
    }

    @Override
    public void write(Pen pen, Object value) {
        pen.json().writeStartObject();
        pen.json().writeName(tag);
        pen.json().writeString(value.getClass().getSimpleName());
        kinds.of(value).writeInner(pen, value);
        pen.json().writeEndObject();
    }

    @Override
    public Object read(Eye eye) {
        eye.expect(JsonToken.START_OBJECT, "an object with " + tag);
        var first = eye.json().nextName();
        return tag.getValue().equals(first) ? readTagged(eye) : readReordered(eye, first);
    }

    private Object readTagged(Eye eye) {
        eye.json().nextToken();
        var kind = kinds.name(eye);
        try {
            return kinds.of(kind).readInner(eye);
        } catch (BadJson e) {
            throw e.in(kind);
        }
    }

    /** Somebody else wrote it, with the tag elsewhere: a browser, or a database that orders names its own way. */
    private Object readReordered(Eye eye, @Nullable String first) {
        if (first == null) {
            throw untagged(eye);
        }
        var tree = eye.tree();
        var kind = Optional.ofNullable(tree.remove(tag.getValue())).orElseThrow(() -> untagged(eye));
        var ordered = tree.objectNode();
        ordered.set(tag.getValue(), kind);
        ordered.setAll(tree);
        return eye.reread(ordered, this);
    }

    private BadJson untagged(Eye eye) {
        return eye.bad("no field " + tag, tag + " with one of " + kinds.names());
    }
}
