package jiaoying.server.store;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonToken;
import tools.jackson.core.io.SerializedString;

/** A record: its components in the order of their declaration. */
final class FieldsShape implements Shape {
    private final Class<?> type;
    private final SerializedString[] names;
    private final MethodHandle[] getters;
    private final Shape[] shapes;
    private final RecordComponent[] components;
    private final Map<String, Integer> places = new LinkedHashMap<>();
    /** Made when the first value is read: a start meets few of all kinds, and each handle costs the JVM a class. */
    private volatile @Nullable MethodHandle constructor;

    FieldsShape(Class<?> type, Function<Type, Shape> shapeOf) {
        this.type = type;
        components = type.getRecordComponents();
        names = Arrays.stream(components)
                .map(component -> new SerializedString(component.getName()))
                .toArray(SerializedString[]::new);
        shapes = Arrays.stream(components)
                .map(component -> shapeOf.apply(component.getGenericType()))
                .toArray(Shape[]::new);
        getters = Arrays.stream(components).map(FieldsShape::getter).toArray(MethodHandle[]::new);
        for (int i = 0; i < names.length; i++) {
            places.put(components[i].getName(), i);
        }
    }

    boolean has(String name) {
        return places.containsKey(name);
    }

    @Override
    public void write(Pen pen, Object value) {
        pen.json().writeStartObject();
        writeInner(pen, value);
        pen.json().writeEndObject();
    }

    void writeInner(Pen pen, Object value) {
        for (int i = 0; i < names.length; i++) {
            pen.json().writeName(names[i]);
            shapes[i].write(pen, component(value, i));
        }
    }

    @Override
    public Object read(Eye eye) {
        eye.expect(JsonToken.START_OBJECT, "an object with the fields " + places.keySet());
        return readInner(eye);
    }

    /** Reads the names and values up to the end of the object. */
    Object readInner(Eye eye) {
        var values = new @Nullable Object[names.length];
        int expected = 0;
        for (var name = eye.json().nextName(); name != null; name = eye.json().nextName()) {
            int place = place(eye, name, expected);
            if (values[place] != null) {
                throw eye.bad("the field comes twice", "once");
            }
            eye.json().nextToken();
            values[place] = shapes[place].read(eye);
            expected = place + 1;
        }
        checkComplete(eye, values);
        return made(values);
    }

    private int place(Eye eye, String name, int expected) {
        if (expected < names.length && names[expected].getValue().equals(name)) {
            return expected;
        }
        var place = places.get(name);
        if (place == null) {
            throw eye.bad("an unknown field", String.join(", ", places.keySet()));
        }
        return place;
    }

    private void checkComplete(Eye eye, @Nullable Object[] values) {
        for (int i = 0; i < values.length; i++) {
            if (values[i] == null) {
                var path = eye.json().streamReadContext().pathAsPointer() + "/" + names[i];
                throw new BadJson("", path, "missing", "every field of " + type.getSimpleName());
            }
        }
    }

    private Object component(Object value, int i) {
        try {
            return (Object) getters[i].invokeExact(value);
        } catch (Throwable e) {
            throw new IllegalStateException("Bug: cannot read " + names[i] + " of " + type.getSimpleName(), e);
        }
    }

    private Object made(@Nullable Object[] values) {
        try {
            return (Object) constructor().invokeExact(values);
        } catch (IllegalArgumentException e) {
            throw new BadJson("", "", String.valueOf(e.getMessage()), "what a " + type.getSimpleName() + " accepts");
        } catch (Throwable e) {
            throw new IllegalStateException("Bug: cannot make a " + type.getSimpleName(), e);
        }
    }

    private MethodHandle constructor() {
        var made = constructor;
        if (made == null) {
            made = constructor(type, components);
            constructor = made;
        }
        return made;
    }

    private static MethodHandle getter(RecordComponent component) {
        try {
            return MethodHandles.lookup()
                    .unreflect(component.getAccessor())
                    .asType(MethodType.methodType(Object.class, Object.class));
        } catch (IllegalAccessException e) {
            throw new IllegalStateException("Bug: " + component + " cannot be seen", e);
        }
    }

    private static MethodHandle constructor(Class<?> type, RecordComponent[] components) {
        var types = Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
        try {
            return MethodHandles.lookup()
                    .findConstructor(type, MethodType.methodType(void.class, types))
                    .asSpreader(Object[].class, types.length)
                    .asType(MethodType.methodType(Object.class, Object[].class));
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("Bug: " + type + " has no constructor that can be seen", e);
        }
    }
}
