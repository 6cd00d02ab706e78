package jiaoying.server.store;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import jiaoying.duty.call.CallFact;
import jiaoying.duty.casework.CaseFact;
import jiaoying.duty.forecast.ForecastFact;
import jiaoying.duty.ledger.Fact;
import jiaoying.duty.ledger.Personal;
import jiaoying.duty.monitor.MonitorFact;
import jiaoying.duty.respond.RespondFact;
import jiaoying.duty.room.RoomFact;
import jiaoying.duty.room.View;
import jiaoying.duty.roster.RosterFact;
import jiaoying.duty.station.StationFact;
import jiaoying.duty.warn.BulletinFact;
import jiaoying.duty.warn.WarnFact;
import jiaoying.server.store.Shape.Scalar;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonToken;

/** Finds the canonical form of a type by walking its components and permitted subclasses once. */
final class Shapes {
    private static final List<Class<? extends Fact>> FACT_FAMILIES = List.of(
            RosterFact.class,
            StationFact.class,
            MonitorFact.class,
            ForecastFact.class,
            WarnFact.class,
            BulletinFact.class,
            RespondFact.class,
            CallFact.class,
            CaseFact.class,
            RoomFact.class);

    private static final Map<Type, Shape> SCALARS = Map.of(
            String.class, new Scalar((json, value) -> json.writeString(storable((String) value)), Shapes::text),
            Integer.class, new Scalar((json, value) -> json.writeNumber((int) value), Shapes::small),
            long.class, new Scalar((json, value) -> json.writeNumber((long) value), Shapes::whole),
            int.class, new Scalar((json, value) -> json.writeNumber((int) value), Shapes::small),
            double.class, new Scalar((json, value) -> writeDouble(json, (double) value), Shapes::decimal),
            boolean.class, new Scalar((json, value) -> json.writeBoolean((boolean) value), Shapes::truth),
            Instant.class, Scalar.text(Object::toString, Instant::parse, "a moment such as 2021-07-20T08:00:00Z"),
            LocalDate.class, Scalar.text(Object::toString, LocalDate::parse, "a day such as 2026-06-30"),
            Duration.class, Scalar.text(Object::toString, Duration::parse, "a span such as PT5M"));

    private final Map<Type, Shape> known = new HashMap<>(SCALARS);
    private final FactsShape facts;

    Shapes(List<Upcast> upcasts) {
        known.put(Personal.class, new Shape.Sealed(shapeOf(Shape.Sealed.Text.class)));
        var kinds = FACT_FAMILIES.stream()
                .flatMap(family -> leaves(family).stream())
                .toList();
        facts = new FactsShape(fieldsOf(kinds), byKind(upcasts));
        known.put(Fact.class, facts);
        known.put(View.class, new FamilyShape("view", fieldsOf(leaves(View.class))));
    }

    FactsShape facts() {
        return facts;
    }

    /** The shape of a type, made at its first use. */
    synchronized Shape shapeOf(Type type) {
        var shape = known.get(type);
        if (shape == null) {
            shape = make(type);
            known.put(type, shape);
        }
        return shape;
    }

    private Shape make(Type type) {
        if (type instanceof ParameterizedType of) {
            var element = shapeOf(of.getActualTypeArguments()[0]);
            return of.getRawType() == Optional.class ? new Shape.Maybe(element) : listOf(of, element);
        }
        var plain = (Class<?>) type;
        if (plain.isRecord()) {
            return new FieldsShape(plain, this::shapeOf);
        }
        if (plain.isEnum()) {
            return enumShape(plain);
        }
        if (plain.isSealed()) {
            return new FamilyShape("kind", fieldsOf(leaves(plain)));
        }
        throw unknown(type);
    }

    private static Shape listOf(ParameterizedType type, Shape element) {
        if (type.getRawType() != List.class) {
            throw unknown(type);
        }
        return new Shape.Many(element);
    }

    private static IllegalStateException unknown(Type type) {
        return new IllegalStateException("Bug: the canonical form does not know " + type);
    }

    private static Shape enumShape(Class<?> type) {
        var constants = Arrays.stream(type.getEnumConstants())
                .collect(Collectors.toMap(constant -> ((Enum<?>) constant).name(), constant -> constant));
        var names = Arrays.stream(type.getEnumConstants())
                .map(constant -> ((Enum<?>) constant).name())
                .collect(Collectors.joining(", "));
        return Scalar.text(
                constant -> ((Enum<?>) constant).name(),
                name -> Optional.ofNullable(constants.get(name)).orElseThrow(IllegalArgumentException::new),
                names);
    }

    /** The records of a sealed family. */
    static List<Class<?>> leaves(Class<?> family) {
        var leaves = new ArrayList<Class<?>>();
        for (var permitted : family.getPermittedSubclasses()) {
            if (permitted.isRecord()) {
                leaves.add(permitted);
            } else {
                leaves.addAll(leaves(permitted));
            }
        }
        return leaves;
    }

    private Map<Class<?>, FieldsShape> fieldsOf(List<Class<?>> kinds) {
        var fields = new LinkedHashMap<Class<?>, FieldsShape>();
        kinds.forEach(kind -> fields.put(kind, (FieldsShape) shapeOf(kind)));
        return fields;
    }

    private static Map<String, List<Upcast>> byKind(List<Upcast> upcasts) {
        var byKind = upcasts.stream().collect(Collectors.groupingBy(Upcast::kind));
        byKind.forEach((kind, steps) -> {
            for (int i = 0; i < steps.size(); i++) {
                if (steps.get(i).from() != i + 1) {
                    throw new IllegalStateException("Bug: upcasts of " + kind + " must be from 1, 2, 3 … in order");
                }
            }
        });
        return byKind;
    }

    /** PostgreSQL and strict JSON readers cannot hold U+0000 or half a surrogate pair; they become U+FFFD. */
    static String storable(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == 0 || Character.isSurrogate(c)) {
                return replaced(text);
            }
        }
        return text;
    }

    private static String replaced(String text) {
        var clean = new StringBuilder(text.length());
        text.codePoints()
                .map(c -> c == 0 || (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE) ? 0xFFFD : c)
                .forEach(clean::appendCodePoint);
        return clean.toString();
    }

    private static void writeDouble(JsonGenerator json, double value) {
        if (!Double.isFinite(value)) {
            var field = json.streamWriteContext().pathAsPointer().toString();
            throw new BadJson("", field, String.valueOf(value), "a finite number");
        }
        json.writeNumber(value);
    }

    private static Object text(Shape.Eye eye) {
        eye.expect(JsonToken.VALUE_STRING, "a text");
        return eye.json().getString();
    }

    private static Object whole(Shape.Eye eye) {
        eye.expect(JsonToken.VALUE_NUMBER_INT, "a whole number");
        return eye.json().getLongValue();
    }

    private static Object small(Shape.Eye eye) {
        eye.expect(JsonToken.VALUE_NUMBER_INT, "a whole number");
        return eye.json().getIntValue();
    }

    private static Object decimal(Shape.Eye eye) {
        if (eye.json().currentToken() != JsonToken.VALUE_NUMBER_INT) {
            eye.expect(JsonToken.VALUE_NUMBER_FLOAT, "a number");
        }
        return eye.json().getDoubleValue();
    }

    private static Object truth(Shape.Eye eye) {
        if (eye.json().currentToken() != JsonToken.VALUE_TRUE) {
            eye.expect(JsonToken.VALUE_FALSE, "true or false");
        }
        return eye.json().getBooleanValue();
    }
}
