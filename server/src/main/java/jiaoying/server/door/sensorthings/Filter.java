package jiaoying.server.door.sensorthings;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * An expression of $filter or $orderby, 18-088 §9.3.3.5. Values are numbers, texts, instants, shapes, true and false, or null; what
 * cannot be compared is not equal and not less. An interval counts by its end.
 */
final class Filter {
    private static final int LONGEST = 4_000;
    private static final int DEEPEST = 60;
    private static final Pattern TOKEN = Pattern.compile("\\s*(?:"
            + "(?<time>\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d(?::\\d\\d(?:\\.\\d+)?)?(?:Z|[+ -]\\d\\d:?\\d\\d))"
            + "|(?<number>-?\\d+(?:\\.\\d+)?(?:[eE][+-]?\\d{1,3})?)"
            + "|(?<text>'(?:[^']|'')*')"
            + "|(?<name>@?[A-Za-z_][A-Za-z0-9_.]*(?:/@?[A-Za-z_][A-Za-z0-9_.]*)*)"
            + "|(?<sign>[(),]))");

    /** The path of the moment at which the question is asked. */
    static final String NOW = "@now";

    /** Looks up a path such as {@code Datastream/Thing/name}. */
    interface Scope {
        @Nullable
        Object value(String path);
    }

    private interface Node {
        @Nullable
        Object value(Scope scope);
    }

    /** A bound that the journal can keep by itself. */
    record Bound(String path, String operator, Object value) {}

    private final Node node;
    private final List<Bound> bounds;
    private final boolean onlyBounds;

    private Filter(Node node, List<Bound> bounds, boolean onlyBounds) {
        this.node = node;
        this.bounds = bounds;
        this.onlyBounds = onlyBounds;
    }

    static Filter of(String text) {
        if (text.length() > LONGEST) {
            throw new Refused(400, "expression-long", LONGEST);
        }
        var parser = new Parser(text);
        var node = parser.or(0);
        parser.end();
        return new Filter(
                node, List.copyOf(parser.bounds), parser.conjunction && parser.comparisons == parser.bounds.size());
    }

    boolean test(Scope scope) {
        return Boolean.TRUE.equals(node.value(scope));
    }

    @Nullable
    Object value(Scope scope) {
        return node.value(scope);
    }

    /** Comparisons of a path with a literal, all of which must hold; empty unless the expression only joins by and. */
    List<Bound> bounds() {
        return bounds;
    }

    /** Whether the bounds say all that the expression says. */
    boolean onlyBounds() {
        return onlyBounds;
    }

    /** Less than 0, 0 or more; empty when the two cannot be compared. */
    static Optional<Integer> compare(@Nullable Object one, @Nullable Object other) {
        if (one instanceof BigDecimal a && other instanceof BigDecimal b) {
            return Optional.of(a.compareTo(b));
        }
        if (one instanceof Instant a && other instanceof Instant b) {
            return Optional.of(a.compareTo(b));
        }
        if (one instanceof String a && other instanceof String b) {
            return Optional.of(a.compareTo(b));
        }
        if (one instanceof Boolean a && other instanceof Boolean b) {
            return Optional.of(a.compareTo(b));
        }
        return Optional.empty();
    }

    /** What JSON holds, as it is compared: numbers exact, times as instants. */
    static @Nullable Object plain(@Nullable Object value) {
        return switch (value) {
            case null -> null;
            case BigDecimal number -> number;
            case Number number -> new BigDecimal(number.toString());
            case String text -> Optional.<Object>ofNullable(time(text)).orElse(text);
            case Map<?, ?> map -> Geometries.find(map).<Object>map(it -> it).orElse(map);
            default -> value;
        };
    }

    private static @Nullable Instant time(String text) {
        if (text.length() < 17 || text.charAt(4) != '-' || text.charAt(10) != 'T') {
            return null;
        }
        try {
            var end = text.substring(text.indexOf('/') + 1);
            return OffsetDateTime.parse(end.replace(' ', '+')).toInstant();
        } catch (DateTimeException e) {
            return null;
        }
    }

    private static final class Parser {
        private final String text;
        private final Matcher matcher;
        private int at;
        private final List<Bound> bounds = new ArrayList<>();
        private boolean conjunction = true;
        private int comparisons;

        Parser(String text) {
            this.text = text;
            this.matcher = TOKEN.matcher(text);
        }

        /** @param values after the place and the text of the expression */
        private Refused wrong(String key, Object... values) {
            var all = new ArrayList<Object>(List.of(at, text));
            all.addAll(List.of(values));
            return new Refused(400, "expression." + key, all.toArray());
        }

        private boolean look() {
            matcher.region(at, text.length());
            return matcher.lookingAt();
        }

        private boolean takes(String word) {
            if (look() && word.equals(matcher.group("name") == null ? matcher.group("sign") : matcher.group("name"))) {
                at = matcher.end();
                return true;
            }
            return false;
        }

        void end() {
            if (!text.substring(at).isBlank()) {
                throw wrong("rest", text.substring(at));
            }
        }

        Node or(int depth) {
            if (depth > DEEPEST) {
                throw wrong("deep");
            }
            var left = and(depth);
            while (takes("or")) {
                conjunction = false;
                bounds.clear();
                var one = left;
                var other = and(depth);
                left = scope -> Boolean.TRUE.equals(one.value(scope)) || Boolean.TRUE.equals(other.value(scope));
            }
            return left;
        }

        private Node and(int depth) {
            var left = not(depth);
            while (takes("and")) {
                var one = left;
                var other = not(depth);
                left = scope -> Boolean.TRUE.equals(one.value(scope)) && Boolean.TRUE.equals(other.value(scope));
            }
            return left;
        }

        private Node not(int depth) {
            if (takes("not")) {
                conjunction = false;
                bounds.clear();
                var inner = not(depth);
                return scope -> inner.value(scope) instanceof Boolean it ? !it : null;
            }
            return comparison(depth);
        }

        private Node comparison(int depth) {
            var begin = at;
            var left = sum(depth);
            for (var operator : List.of("eq", "ne", "gt", "ge", "lt", "le")) {
                if (takes(operator)) {
                    var middle = at;
                    var right = sum(depth);
                    comparisons++;
                    bound(text.substring(begin, middle - operator.length()).strip(), operator, right, at - middle);
                    return scope -> compared(operator, left.value(scope), right.value(scope));
                }
            }
            return left;
        }

        /** A path beside a literal, while nothing but and has joined them. */
        private void bound(String path, String operator, Node right, int length) {
            if (conjunction && path.matches("[A-Za-z@][A-Za-z0-9_.@]*(/[A-Za-z@][A-Za-z0-9_.@]*)*") && length > 0) {
                var literal = right.value(_ -> NOT_LITERAL);
                if (literal instanceof Instant || literal instanceof String) {
                    bounds.add(new Bound(path, operator, literal));
                }
            }
        }

        private static final Object NOT_LITERAL = new Object();

        private static @Nullable Object compared(String operator, @Nullable Object one, @Nullable Object other) {
            if (one == null || other == null) {
                var same = one == null && other == null;
                return switch (operator) {
                    case "eq" -> same;
                    case "ne" -> !same;
                    default -> false;
                };
            }
            var order = compare(one, other);
            return switch (operator) {
                case "eq" -> order.filter(it -> it == 0).isPresent();
                case "ne" -> order.filter(it -> it == 0).isEmpty();
                case "gt" -> order.filter(it -> it > 0).isPresent();
                case "ge" -> order.filter(it -> it >= 0).isPresent();
                case "lt" -> order.filter(it -> it < 0).isPresent();
                default -> order.filter(it -> it <= 0).isPresent();
            };
        }

        private Node sum(int depth) {
            var left = product(depth);
            while (true) {
                if (takes("add")) {
                    left = arithmetic(left, product(depth), BigDecimal::add);
                } else if (takes("sub")) {
                    left = arithmetic(left, product(depth), BigDecimal::subtract);
                } else {
                    return left;
                }
            }
        }

        private Node product(int depth) {
            var left = primary(depth);
            while (true) {
                if (takes("mul")) {
                    left = arithmetic(left, primary(depth), BigDecimal::multiply);
                } else if (takes("div")) {
                    left = arithmetic(
                            left,
                            primary(depth),
                            (a, b) -> b.signum() == 0 ? null : a.divide(b, 20, RoundingMode.HALF_EVEN));
                } else if (takes("mod")) {
                    left = arithmetic(left, primary(depth), (a, b) -> b.signum() == 0 ? null : a.remainder(b));
                } else {
                    return left;
                }
            }
        }

        private static Node arithmetic(
                Node left, Node right, BiFunction<BigDecimal, BigDecimal, @Nullable BigDecimal> operation) {
            return scope -> left.value(scope) instanceof BigDecimal a && right.value(scope) instanceof BigDecimal b
                    ? operation.apply(a, b)
                    : null;
        }

        private Node primary(int depth) {
            if (takes("(")) {
                var inner = or(depth + 1);
                if (!takes(")")) {
                    throw wrong("open");
                }
                return inner;
            }
            if (!look()) {
                throw wrong("missing");
            }
            at = matcher.end();
            if (matcher.group("time") != null) {
                var value = time(matcher.group("time").strip());
                if (value == null) {
                    throw wrong("time", matcher.group("time"));
                }
                return _ -> value;
            }
            if (matcher.group("number") != null) {
                var value = new BigDecimal(matcher.group("number"));
                return _ -> value;
            }
            if (matcher.group("text") != null) {
                var quoted = matcher.group("text");
                var value = quoted.substring(1, quoted.length() - 1).replace("''", "'");
                return _ -> value;
            }
            if (matcher.group("name") == null) {
                throw wrong("missing");
            }
            return named(matcher.group("name"), depth);
        }

        private Node named(String name, int depth) {
            switch (name) {
                case "true" -> {
                    return _ -> true;
                }
                case "false" -> {
                    return _ -> false;
                }
                case "null" -> {
                    return _ -> null;
                }
                case "geography", "geometry" -> {
                    return look() && matcher.group("text") != null ? geometry() : scope -> plain(scope.value(name));
                }
                default -> {
                    return takes("(") ? call(name, depth) : scope -> plain(scope.value(name));
                }
            }
        }

        /** Well-known text in quotes, longitude first (OData 4.0, geography literals). */
        private Node geometry() {
            at = matcher.end();
            var quoted = matcher.group("text");
            var value = Geometries.find(quoted.substring(1, quoted.length() - 1))
                    .orElseThrow(() -> wrong("geometry", quoted));
            return _ -> value;
        }

        private Node call(String name, int depth) {
            var arguments = new ArrayList<Node>();
            if (!takes(")")) {
                do {
                    arguments.add(or(depth + 1));
                } while (takes(","));
                if (!takes(")")) {
                    throw wrong("open");
                }
            }
            var wanted = Functions.arity(name)
                    .orElseThrow(() -> new Refused(501, "function", name, String.join(", ", Functions.names())));
            if (!wanted.contains(arguments.size())) {
                throw wrong("arity", name, wanted);
            }
            conjunction = false;
            bounds.clear();
            if (name.equals("now")) {
                return scope -> scope.value(NOW);
            }
            return scope -> {
                var values = new ArrayList<@Nullable Object>();
                arguments.forEach(it -> values.add(it.value(scope)));
                return values.stream().allMatch(Objects::nonNull) ? Functions.call(name, values) : null;
            };
        }
    }

    /** The functions of §9.3.3.5.2 that are done here. */
    static final class Functions {
        private static final Instant LAST = Instant.parse("9999-12-31T23:59:59Z");

        private Functions() {}

        private static final List<String> NAMES = Stream.concat(
                        Stream.of(
                                "substringof",
                                "startswith",
                                "endswith",
                                "length",
                                "indexof",
                                "substring",
                                "tolower",
                                "toupper",
                                "trim",
                                "concat",
                                "year",
                                "month",
                                "day",
                                "hour",
                                "minute",
                                "second",
                                "round",
                                "floor",
                                "ceiling",
                                "fractionalseconds",
                                "date",
                                "time",
                                "totaloffsetminutes",
                                "now",
                                "mindatetime",
                                "maxdatetime"),
                        Geometries.FUNCTIONS.keySet().stream())
                .toList();

        static List<String> names() {
            return NAMES;
        }

        static Optional<List<Integer>> arity(String name) {
            return switch (name) {
                case "substringof", "startswith", "endswith", "indexof", "concat" -> Optional.of(List.of(2));
                case "substring" -> Optional.of(List.of(2, 3));
                case "now", "mindatetime", "maxdatetime" -> Optional.of(List.of(0));
                default ->
                    Optional.ofNullable(Geometries.FUNCTIONS.get(name))
                            .or(() -> Optional.of(1).filter(_ -> NAMES.contains(name)))
                            .map(List::of);
            };
        }

        static @Nullable Object call(String name, List<@Nullable Object> values) {
            if (values.isEmpty()) {
                return name.equals("mindatetime") ? Instant.EPOCH : LAST;
            }
            if (Geometries.FUNCTIONS.containsKey(name)) {
                return Geometries.call(name, values);
            }
            var first = values.getFirst();
            if (first instanceof BigDecimal number) {
                return switch (name) {
                    case "round" -> number.setScale(0, RoundingMode.HALF_UP);
                    case "floor" -> number.setScale(0, RoundingMode.FLOOR);
                    case "ceiling" -> number.setScale(0, RoundingMode.CEILING);
                    default -> null;
                };
            }
            if (first instanceof Instant at) {
                var time = at.atOffset(ZoneOffset.UTC);
                if (name.equals("date") || name.equals("time")) {
                    return name.equals("date")
                            ? time.toLocalDate().toString()
                            : time.toLocalTime().withNano(0).format(DateTimeFormatter.ISO_LOCAL_TIME);
                }
                if (name.equals("fractionalseconds")) {
                    return BigDecimal.valueOf(time.getNano(), 9).stripTrailingZeros();
                }
                var part = switch (name) {
                    case "year" -> time.getYear();
                    case "month" -> time.getMonthValue();
                    case "day" -> time.getDayOfMonth();
                    case "hour" -> time.getHour();
                    case "minute" -> time.getMinute();
                    case "second" -> time.getSecond();
                    case "totaloffsetminutes" -> 0;
                    default -> -1;
                };
                return part < 0 ? null : BigDecimal.valueOf(part);
            }
            if (!(first instanceof String text)) {
                return null;
            }
            if (name.equals("substring")) {
                return substring(text, values);
            }
            var other = values.size() > 1 && values.get(1) instanceof String second ? second : "";
            return switch (name) {
                case "substringof" -> other.contains(text);
                case "startswith" -> text.startsWith(other);
                case "endswith" -> text.endsWith(other);
                case "length" -> BigDecimal.valueOf(text.length());
                case "indexof" -> BigDecimal.valueOf(text.indexOf(other));
                case "tolower" -> text.toLowerCase(Locale.ROOT);
                case "toupper" -> text.toUpperCase(Locale.ROOT);
                case "trim" -> text.strip();
                case "concat" -> text + other;
                default -> null;
            };
        }

        private static @Nullable Object substring(String text, List<@Nullable Object> values) {
            if (!(values.get(1) instanceof BigDecimal from) || from.signum() < 0) {
                return null;
            }
            var begin = from.min(BigDecimal.valueOf(text.length())).intValue();
            var length = values.size() > 2 && values.get(2) instanceof BigDecimal wanted && wanted.signum() >= 0
                    ? wanted.min(BigDecimal.valueOf(text.length())).intValue()
                    : text.length();
            return text.substring(begin, Math.min(text.length(), begin + length));
        }
    }
}
