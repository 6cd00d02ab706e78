package jiaoying.server.store;

import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.core.JsonToken;

/**
 * Facts of every family: {@code {"kind":name,"v":version,"fact":{fields}}}. The fields stand apart, because a fact may have
 * a field called kind itself.
 */
final class FactsShape implements Shape {
    private final Kinds kinds;
    private final Map<String, List<Upcast>> upcasts;

    FactsShape(Map<Class<?>, FieldsShape> fields, Map<String, List<Upcast>> upcasts) {
        kinds = new Kinds(fields);
        this.upcasts = upcasts;
    }

    Set<String> kinds() {
        return kinds.names();
    }

    @Override
    public void write(Pen pen, Object fact) {
        pen.json().writeStartObject();
        writeInner(pen, fact);
        pen.json().writeEndObject();
    }

    void writeInner(Pen pen, Object fact) {
        var kind = fact.getClass().getSimpleName();
        pen.json().writeStringProperty("kind", kind);
        pen.json().writeNumberProperty("v", version(kind));
        pen.json().writeName("fact");
        kinds.of(fact).write(pen, fact);
    }

    @Override
    public Object read(Eye eye) {
        eye.expect(JsonToken.START_OBJECT, "an object with kind, v and fact");
        return readInner(eye);
    }

    /** Reads kind, version and fields up to the end of the object. */
    Object readInner(Eye eye) {
        eye.field("kind");
        var kind = kinds.name(eye);
        eye.field("v");
        eye.expect(JsonToken.VALUE_NUMBER_INT, "a version number");
        int version = eye.json().getIntValue();
        if (version < 1 || version > version(kind)) {
            throw eye.bad("version " + version, "1 to " + version(kind) + "; a newer program may know more")
                    .in(kind);
        }
        eye.field("fact");
        try {
            var fact = version == version(kind) ? kinds.of(kind).read(eye) : readOlder(eye, kind, version);
            eye.end();
            return fact;
        } catch (BadJson e) {
            throw e.in(kind);
        }
    }

    private Object readOlder(Eye eye, String kind, int version) {
        var fields = eye.tree();
        for (int from = version; from < version(kind); from++) {
            fields = steps(kind).get(from - 1).step().apply(fields);
        }
        return eye.reread(fields, kinds.of(kind));
    }

    private int version(String kind) {
        return 1 + steps(kind).size();
    }

    private List<Upcast> steps(String kind) {
        return upcasts.getOrDefault(kind, List.of());
    }
}
