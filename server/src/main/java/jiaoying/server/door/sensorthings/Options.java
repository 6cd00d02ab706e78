package jiaoying.server.door.sensorthings;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;

/**
 * Query options of a request or of one expanded relation, 18-088 §9.3.
 *
 * @param select empty for all properties
 * @param expand relation to its own options
 * @param mark where to read on, of our own nextLinks
 * @param query these options as they stand in a URL
 */
record Options(
        Optional<Filter> filter,
        List<Order> order,
        OptionalInt top,
        int skip,
        boolean count,
        List<String> select,
        Map<String, Options> expand,
        boolean dataArray,
        Optional<String> mark,
        String query) {
    static final Options NONE = new Options(
            Optional.empty(),
            List.of(),
            OptionalInt.empty(),
            0,
            false,
            List.of(),
            Map.of(),
            false,
            Optional.empty(),
            "");

    private static final int SKIP_MOST = 1_000_000;
    private static final int DEEPEST = 5;

    /** One key of $orderby. */
    record Order(Filter by, String text, boolean descending) {}

    /** @param query as it stands in the URL */
    static Options ofQuery(String query) {
        var parts = new ArrayList<String>();
        for (var part : query.split("&")) {
            if (!part.isEmpty()) {
                try {
                    parts.add(URLDecoder.decode(part, StandardCharsets.UTF_8));
                } catch (IllegalArgumentException e) {
                    throw new Refused(400, "encoding", part);
                }
            }
        }
        return of(parts, 0);
    }

    private static Options of(List<String> parts, int depth) {
        if (depth > DEEPEST) {
            throw new Refused(400, "expand-deep", DEEPEST);
        }
        var options = NONE;
        for (var part : parts) {
            var sign = part.indexOf('=');
            if (sign < 0) {
                throw new Refused(400, "option-form", part);
            }
            options = options.with(
                    part.substring(0, sign).strip(), part.substring(sign + 1).strip(), depth);
        }
        return options.asked(parts);
    }

    private Options asked(List<String> parts) {
        var text = parts.stream()
                .map(part -> URLEncoder.encode(part, StandardCharsets.UTF_8).replaceFirst("%3D", "="))
                .collect(Collectors.joining("&"));
        return new Options(filter, order, top, skip, count, select, expand, dataArray, mark, text);
    }

    private Options with(String name, String value, int depth) {
        return switch (name) {
            case "$filter" ->
                new Options(
                        Optional.of(Filter.of(value)), order, top, skip, count, select, expand, dataArray, mark, query);
            case "$orderby" ->
                new Options(filter, orders(value), top, skip, count, select, expand, dataArray, mark, query);
            case "$top" ->
                new Options(
                        filter,
                        order,
                        OptionalInt.of(number(name, value)),
                        skip,
                        count,
                        select,
                        expand,
                        dataArray,
                        mark,
                        query);
            case "$skip" ->
                new Options(filter, order, top, number(name, value), count, select, expand, dataArray, mark, query);
            case "$count" -> new Options(filter, order, top, skip, flag(value), select, expand, dataArray, mark, query);
            case "$select" ->
                new Options(filter, order, top, skip, count, split(value, ','), expand, dataArray, mark, query);
            case "$expand" ->
                new Options(filter, order, top, skip, count, select, expands(value, depth), dataArray, mark, query);
            case "$resultFormat", "resultFormat" -> {
                if (!value.equals("dataArray")) {
                    throw new Refused(400, "result-format", value);
                }
                yield new Options(filter, order, top, skip, count, select, expand, true, mark, query);
            }
            case "$skiptoken" ->
                new Options(filter, order, top, skip, count, select, expand, dataArray, Optional.of(value), query);
            default ->
                throw new Refused(
                        400, "option", name, "$filter, $orderby, $top, $skip, $count, $select, $expand, resultFormat");
        };
    }

    private static int number(String name, String value) {
        try {
            var number = Integer.parseInt(value);
            if (number >= 0 && number <= SKIP_MOST) {
                return number;
            }
        } catch (NumberFormatException e) {
            // said below
        }
        throw new Refused(400, "number", name, SKIP_MOST, value);
    }

    private static boolean flag(String value) {
        return switch (value) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new Refused(400, "flag", value);
        };
    }

    private static List<Order> orders(String value) {
        var all = new ArrayList<Order>();
        for (var part : split(value, ',')) {
            var descending = part.endsWith(" desc");
            var by = part.replaceFirst("\\s+(asc|desc)$", "");
            all.add(new Order(Filter.of(by), by, descending));
        }
        return List.copyOf(all);
    }

    private Map<String, Options> expands(String value, int depth) {
        var all = new LinkedHashMap<String, Options>();
        for (var part : split(value, ',')) {
            var open = part.indexOf('(');
            var path = open < 0 ? part : part.substring(0, open);
            if (open >= 0 && !part.endsWith(")")) {
                throw new Refused(400, "expand-open", part);
            }
            var inner = open < 0 ? NONE : of(split(part.substring(open + 1, part.length() - 1), ';'), depth + 1);
            var names = path.strip().split("/");
            for (var i = names.length - 1; i > 0; i--) {
                inner = of(List.of(), depth + 1).expanding(names[i], inner);
            }
            all.merge(names[0], inner, Options::merged);
        }
        return all;
    }

    private Options expanding(String relation, Options inner) {
        return new Options(filter, order, top, skip, count, select, Map.of(relation, inner), dataArray, mark, query);
    }

    /** {@code $expand=A/B,A/C} expands both. */
    private static Options merged(Options one, Options other) {
        var both = new LinkedHashMap<>(one.expand);
        other.expand.forEach((name, inner) -> both.merge(name, inner, Options::merged));
        return new Options(
                one.filter,
                one.order,
                one.top,
                one.skip,
                one.count,
                one.select,
                both,
                one.dataArray,
                one.mark,
                one.query);
    }

    /** Splits outside of parentheses and quotes. */
    static List<String> split(String text, char at) {
        var all = new ArrayList<String>();
        var depth = 0;
        var quoted = false;
        var begin = 0;
        for (var i = 0; i < text.length(); i++) {
            var c = text.charAt(i);
            if (c == '\'') {
                quoted = !quoted;
            } else if (!quoted && c == '(') {
                depth++;
            } else if (!quoted && c == ')') {
                depth--;
            } else if (!quoted && depth == 0 && c == at) {
                all.add(text.substring(begin, i).strip());
                begin = i + 1;
            }
        }
        if (depth != 0 || quoted) {
            throw new Refused(400, "open", text);
        }
        all.add(text.substring(begin).strip());
        all.removeIf(String::isEmpty);
        return all;
    }
}
