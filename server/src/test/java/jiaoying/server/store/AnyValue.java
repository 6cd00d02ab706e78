package jiaoying.server.store;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import jiaoying.duty.ledger.Fact;
import jiaoying.duty.ledger.Personal;

/** Any instance of a record, sealed family or other type that facts are made of, from a seed. */
final class AnyValue {
    private static final List<String> TEXTS = List.of(
            "",
            "p-17",
            "暴雨红色预警",
            "𠮷野家 😀",
            "quote \" slash / back \\ tab \t line \n",
            "\u0001\u007f\u2028\u2029",
            "a".repeat(300));

    private final Random random;
    private final List<Class<?>> facts;

    AnyValue(long seed, List<Class<?>> facts) {
        random = new Random(seed);
        this.facts = facts;
    }

    Object of(Type type) {
        if (type instanceof ParameterizedType generic) {
            var element = generic.getActualTypeArguments()[0];
            return generic.getRawType() == List.class
                    ? Stream.generate(() -> of(element))
                            .limit(random.nextInt(3))
                            .toList()
                    : random.nextBoolean() ? Optional.empty() : Optional.of(of(element));
        }
        var plain = (Class<?>) type;
        if (plain == Fact.class) {
            return of(facts.get(random.nextInt(facts.size())));
        }
        if (plain.isEnum()) {
            return plain.getEnumConstants()[random.nextInt(plain.getEnumConstants().length)];
        }
        if (plain.isSealed()) {
            var leaves = Shapes.leaves(plain);
            return of(leaves.get(random.nextInt(leaves.size())));
        }
        return plain == Personal.class ? personal() : plain.isRecord() ? record(plain) : scalar(plain);
    }

    private Personal personal() {
        return new Personal("p-" + random.nextInt(50), text());
    }

    private Object record(Class<?> type) {
        var components = type.getRecordComponents();
        var values = Arrays.stream(components)
                .map(component -> of(component.getGenericType()))
                .toArray();
        try {
            return type.getDeclaredConstructor(Arrays.stream(components)
                            .map(java.lang.reflect.RecordComponent::getType)
                            .toArray(Class[]::new))
                    .newInstance(values);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private Object scalar(Class<?> type) {
        return switch (type.getSimpleName()) {
            case "String" -> text();
            case "LocalDate" -> java.time.LocalDate.ofEpochDay(random.nextInt(40_000));
            case "long" -> random.nextLong();
            case "int", "Integer" -> random.nextInt();
            case "double" -> random.nextGaussian() * Math.pow(10, random.nextInt(-12, 12));
            case "boolean" -> random.nextBoolean();
            case "Instant" ->
                Instant.ofEpochSecond(
                        random.nextLong(0, 4_000_000_000L), random.nextBoolean() ? 0 : random.nextInt(1_000_000_000));
            case "Duration" -> Duration.ofMillis(random.nextLong(-1_000_000, 1_000_000_000));
            default -> throw new IllegalStateException("No way to make a " + type);
        };
    }

    private String text() {
        return TEXTS.get(random.nextInt(TEXTS.size()));
    }
}
