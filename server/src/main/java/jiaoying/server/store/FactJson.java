package jiaoying.server.store;

import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import jiaoying.duty.ledger.Fact;
import jiaoying.server.store.Shape.Eye;
import jiaoying.server.store.Shape.Pen;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;

/**
 * The canonical JSON of facts, arrivals, outcomes, views and errands: the same value always gives the same bytes.
 *
 * <p>UTF-8 without whitespace; record components in the order of their declaration; moments and spans as ISO-8601;
 * enum constants by name; an empty Optional as null; a member of a sealed family as {@code {"kind":name,fields}} (a view:
 * {@code {"view":name,fields}}); a fact among other things as {@code {"kind":name,"v":version,"fact":{fields}}};
 * personal fields sealed. Reading takes the names in any order but is strict about missing, unknown and repeated ones.
 * docs/ledger.md has the form for auditors. May be called from any thread.
 */
public final class FactJson {
    /** Older versions of facts and how they are read today; a kind's version is one more than its upcasts. */
    private static final List<Upcast> UPCASTS = List.of();

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxStringLength(Integer.MAX_VALUE)
                    .maxDocumentLength(-1)
                    .build())
            .build();

    private final Sealer sealer;
    private final Shapes shapes;

    public FactJson(PersonKeys keys) {
        this(keys, UPCASTS);
    }

    FactJson(PersonKeys keys, List<Upcast> upcasts) {
        sealer = new Sealer(keys);
        shapes = new Shapes(upcasts);
    }

    /** The simple names of all facts. */
    public Set<String> kinds() {
        return shapes.facts().kinds();
    }

    public static String kind(Fact fact) {
        return fact.getClass().getSimpleName();
    }

    /** The bytes of a ledger entry that the chain hashes and the store keeps. */
    public byte[] writeEntry(Entry entry) {
        return written(String.valueOf(entry.number()), pen -> {
            pen.json().writeStartObject();
            pen.json().writeNumberProperty("n", entry.number());
            pen.json().writeNumberProperty("arrival", entry.arrival());
            pen.json().writeStringProperty("at", entry.at().toString());
            shapes.facts().writeInner(pen, entry.fact());
            pen.json().writeEndObject();
        });
    }

    public Entry readEntry(byte[] json) {
        return read(json, eye -> {
            eye.expect(JsonToken.START_OBJECT, "a ledger entry");
            long number = (long) field(eye, "n", long.class);
            long arrival = (long) field(eye, "arrival", long.class);
            var at = (Instant) field(eye, "at", Instant.class);
            return new Entry(number, arrival, at, (Fact) shapes.facts().readInner(eye));
        });
    }

    /**
     * Writes a record or a member of a sealed family.
     *
     * @param type the family or record that the reader will ask for: Arrival, Deed, Outcome, View, Errand, Settings, Fact …
     */
    public <T> byte[] write(Class<T> type, T value) {
        return written(type.getSimpleName(), pen -> shapes.shapeOf(type).write(pen, value));
    }

    /** @throws BadJson when the bytes are not the form of the type */
    public <T> T read(Class<T> type, byte[] json) {
        try {
            return type.cast(read(json, eye -> shapes.shapeOf(type).read(eye)));
        } catch (BadJson e) {
            throw e.in(type.getSimpleName());
        }
    }

    private Object field(Eye eye, String name, Class<?> type) {
        eye.field(name);
        return shapes.shapeOf(type).read(eye);
    }

    private byte[] written(String place, Consumer<Pen> content) {
        var out = new ByteArrayOutputStream(512);
        try (var json = FACTORY.createGenerator(ObjectWriteContext.empty(), out)) {
            content.accept(new Pen(json, sealer, place));
        }
        return out.toByteArray();
    }

    private <T> T read(byte[] bytes, Function<Eye, T> content) {
        try (var json = FACTORY.createParser(ObjectReadContext.empty(), bytes)) {
            var eye = new Eye(json, sealer);
            json.nextToken();
            var value = content.apply(eye);
            if (json.nextToken() != null) {
                throw eye.bad("more text after the end", "one JSON value");
            }
            return value;
        } catch (JacksonException e) {
            throw new BadJson("", "", e.getOriginalMessage(), "JSON of the documented form");
        }
    }
}
