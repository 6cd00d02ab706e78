package jiaoying.server.store;

import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import jiaoying.duty.ledger.Personal;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The canonical JSON form of one Java type. */
interface Shape {
    void write(Pen pen, Object value);

    /** Reads a value whose first token is the current one; its last token is current afterwards. */
    Object read(Eye eye);

    /** Where writing happens. @param place what personal fields are sealed for, before their path */
    record Pen(JsonGenerator json, Sealer sealer, String place) {
        /** The path of the value about to be written. */
        String path() {
            return place + json.streamWriteContext().pathAsPointer();
        }
    }

    /** Where reading happens. */
    record Eye(JsonParser json, Sealer sealer) {
        private static final JsonMapper TREES = JsonMapper.builder()
                .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
                .disable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .build();

        BadJson bad(String value, String allowed) {
            return new BadJson("", json.streamReadContext().pathAsPointer().toString(), value, allowed);
        }

        void expect(JsonToken token, String allowed) {
            if (json.currentToken() != token) {
                throw bad(shown(), allowed);
            }
        }

        /** Goes to the value of the next name, which must be this one. */
        void field(String name) {
            if (!name.equals(json.nextName())) {
                throw bad("no field " + name, name + " at this place");
            }
            json.nextToken();
        }

        /** Reads the end of the object. */
        void end() {
            if (json.nextToken() != JsonToken.END_OBJECT) {
                throw bad("an unknown field", "the end of the object");
            }
        }

        /** Reads an object of an older or foreign form whole, from its start or its first name. */
        ObjectNode tree() {
            if (TREES.readTree(json) instanceof ObjectNode tree) {
                return tree;
            }
            throw bad("no object", "an object");
        }

        /** Reads with a shape what was read as a tree before. */
        Object reread(ObjectNode tree, Shape shape) {
            try (var again = TREES.treeAsTokens(tree)) {
                again.nextToken();
                return shape.read(new Eye(again, sealer));
            }
        }

        /** The current value as shown to people. */
        String shown() {
            return switch (json.currentToken()) {
                case START_OBJECT -> "an object";
                case START_ARRAY -> "a list";
                case null -> "nothing";
                default -> shortened(json.getString());
            };
        }

        private static String shortened(String text) {
            return text.length() <= 80 ? text : text.substring(0, 80) + "…";
        }
    }

    /** A string, number or boolean: one token. */
    record Scalar(Writer writer, Reader reader) implements Shape {
        interface Writer {
            void write(JsonGenerator json, Object value);
        }

        interface Reader {
            Object read(Eye eye);
        }

        /** A value written as text, such as a moment or an enum constant. */
        static Scalar text(Function<Object, String> write, Function<String, Object> read, String allowed) {
            return new Scalar((json, value) -> json.writeString(write.apply(value)), eye -> {
                eye.expect(JsonToken.VALUE_STRING, allowed);
                try {
                    return read.apply(eye.json().getString());
                } catch (DateTimeException | IllegalArgumentException e) {
                    throw eye.bad(eye.shown(), allowed);
                }
            });
        }

        @Override
        public void write(Pen pen, Object value) {
            writer.write(pen.json(), value);
        }

        @Override
        public Object read(Eye eye) {
            return reader.read(eye);
        }
    }

    /** An absent value is null. */
    record Maybe(Shape of) implements Shape {
        @Override
        public void write(Pen pen, Object value) {
            var held = (Optional<?>) value;
            if (held.isPresent()) {
                of.write(pen, held.get());
            } else {
                pen.json().writeNull();
            }
        }

        @Override
        public Object read(Eye eye) {
            return eye.json().currentToken() == JsonToken.VALUE_NULL ? Optional.empty() : Optional.of(of.read(eye));
        }
    }

    /** A list in its order. */
    record Many(Shape of) implements Shape {
        @Override
        public void write(Pen pen, Object value) {
            pen.json().writeStartArray();
            for (var element : (List<?>) value) {
                of.write(pen, element);
            }
            pen.json().writeEndArray();
        }

        @Override
        public Object read(Eye eye) {
            eye.expect(JsonToken.START_ARRAY, "a list");
            var list = new ArrayList<Object>();
            while (eye.json().nextToken() != JsonToken.END_ARRAY) {
                list.add(of.read(eye));
            }
            return List.copyOf(list);
        }
    }

    /** A personal field: {@code {"of":person,"sealed":base64}}. */
    record Sealed(Shape form) implements Shape {
        /** What stands in the JSON for a personal field. */
        record Text(String of, String sealed) {}

        @Override
        public void write(Pen pen, Object value) {
            var personal = (Personal) value;
            form.write(pen, new Text(personal.person(), pen.sealer().seal(pen.path(), personal)));
        }

        @Override
        public Object read(Eye eye) {
            var text = (Text) form.read(eye);
            try {
                return eye.sealer().open(text.of(), text.sealed());
            } catch (IllegalArgumentException e) {
                throw eye.bad(String.valueOf(e.getMessage()), "what was sealed with the key of " + text.of());
            }
        }
    }
}
