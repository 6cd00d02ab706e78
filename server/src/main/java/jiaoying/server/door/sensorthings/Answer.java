package jiaoying.server.door.sensorthings;

import java.math.BigDecimal;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import jiaoying.server.door.sensorthings.Journal.Wanted;
import org.jspecify.annotations.Nullable;

/** Entities as JSON, with links, 18-088 §8.1 and §9. */
final class Answer {
    private static final int TOP_USUAL = 100;
    private static final int TOP_MOST = 1_000;

    private static final Set<String> IDS = Set.of("id", "@iot.id", "@iot.selfLink");

    private static final Instant FIRST = Instant.parse("1970-01-01T00:00:00Z");
    private static final Instant LAST = Instant.parse("2200-01-01T00:00:00Z");

    private final Model model;
    private final Journal journal;
    private final String root;
    private final Instant now;

    /** @param root address of the service, as clients reach it, with /v1.1 */
    Answer(Model model, Journal journal, String root, Instant now) {
        this.now = now;
        this.model = model;
        this.journal = journal;
        this.root = root;
    }

    /**
     * Some entities, and whether more follow.
     *
     * @param last behind which the journal is read on
     * @param skip how many are to be passed over from there
     */
    private record Page(List<Entity> entities, boolean more, Optional<Journal.Mark> last, int skip, long count) {}

    Map<String, @Nullable Object> entity(Entity entity, Options options) {
        check(entity.kind(), options);
        var body = new LinkedHashMap<String, @Nullable Object>();
        var all = options.select().isEmpty();
        body.put("@iot.selfLink", root + "/" + entity.path());
        body.put("@iot.id", entity.id());
        entity.properties().forEach((name, value) -> {
            if (!name.equals(Model.STREAM) && (all || options.select().contains(name))) {
                body.put(name, value);
            }
        });
        if (!all && !options.select().contains("id") && !options.select().contains("@iot.id")) {
            body.remove("@iot.id");
            body.remove("@iot.selfLink");
        }
        entity.kind().relations().forEach((name, kind) -> {
            var expanded = Optional.ofNullable(options.expand().get(name));
            if (expanded.isPresent()) {
                expand(body, entity, name, kind, expanded.get());
            } else if (all || options.select().contains(name)) {
                body.put(name + "@iot.navigationLink", root + "/" + entity.path() + "/" + name);
            }
        });
        return body;
    }

    /** What a kind does not have is refused by name, also where nothing was found. */
    private static void check(Kind kind, Options options) {
        for (var name : options.select()) {
            if (!kind.properties().contains(name) && !kind.relations().containsKey(name) && !IDS.contains(name)) {
                throw new Refused(
                        400,
                        "select",
                        kind.plural(),
                        name,
                        String.join(", ", kind.properties()),
                        String.join(", ", kind.relations().keySet()));
            }
        }
        options.expand().forEach((name, inner) -> check(relation(kind, name), inner));
    }

    private static Kind relation(Kind kind, String name) {
        return Optional.ofNullable(kind.relations().get(name))
                .orElseThrow(() -> new Refused(
                        400,
                        "relation",
                        kind.plural(),
                        name,
                        String.join(", ", kind.relations().keySet())));
    }

    private void expand(Map<String, @Nullable Object> body, Entity from, String name, Kind kind, Options options) {
        if (!name.equals(kind.plural())) {
            body.put(name, entity(model.one(from, name), options));
            return;
        }
        var page = page(from, kind, options);
        if (options.count()) {
            body.put(name + "@iot.count", page.count());
        }
        body.put(name, page.entities().stream().map(it -> entity(it, options)).toList());
        if (page.more()) {
            body.put(name + "@iot.nextLink", root + "/" + from.path() + "/" + name + "?" + next(options.query(), page));
        }
    }

    private Page page(Entity from, Kind kind, Options options) {
        return kind == Kind.OBSERVATIONS
                ? observations(model.streams(from), options)
                : page(model.many(from, kind), options);
    }

    private static int top(Options options) {
        return Math.min(options.top().orElse(TOP_USUAL), TOP_MOST);
    }

    /** @param from whose relation it is; empty for all of the kind. @param path behind the root, for the link to the next page */
    Map<String, @Nullable Object> collection(
            Optional<Entity> from, Kind kind, Options options, String path, String query, boolean refs) {
        check(kind, options);
        var page = kind == Kind.OBSERVATIONS
                ? observations(from.map(model::streams).orElseGet(model::streams), options)
                : page(from.map(it -> model.many(it, kind)).orElseGet(() -> model.all(kind)), options);
        var body = new LinkedHashMap<String, @Nullable Object>();
        if (options.count()) {
            body.put("@iot.count", page.count());
        }
        if (page.more()) {
            body.put("@iot.nextLink", root + "/" + path + "?" + next(query, page));
        }
        body.put(
                "value",
                options.dataArray() && kind == Kind.OBSERVATIONS
                        ? dataArrays(page.entities(), options)
                        : page.entities().stream()
                                .map(it -> refs
                                        ? Map.<String, @Nullable Object>of("@iot.selfLink", root + "/" + it.path())
                                        : entity(it, options))
                                .toList());
        return body;
    }

    /** The same query with another place to begin: behind a row where the journal is read in order, else by count. */
    private static String next(String query, Page page) {
        var kept = new ArrayList<String>();
        for (var part : query.split("&")) {
            if (!part.isEmpty() && !part.matches("(\\$|%24)(skip|skiptoken)=.*")) {
                kept.add(part);
            }
        }
        page.last()
                .ifPresent(mark -> kept.add("$skiptoken="
                        + URLEncoder.encode(
                                mark.observedAt() + "," + mark.arrival() + "," + mark.row(), StandardCharsets.UTF_8)));
        if (page.skip() > 0) {
            kept.add("$skip=" + page.skip());
        }
        return String.join("&", kept);
    }

    private Page page(List<Entity> all, Options options) {
        var found = new ArrayList<>(all.stream()
                .filter(it -> options.filter()
                        .filter(filter -> !filter.test(scope(it)))
                        .isEmpty())
                .toList());
        sort(found, options);
        var end = Math.min(found.size(), options.skip() + top(options));
        var begin = Math.min(options.skip(), found.size());
        return new Page(found.subList(begin, end), end < found.size(), Optional.empty(), end, found.size());
    }

    private void sort(List<Entity> entities, Options options) {
        Comparator<Entity> by = (_, _) -> 0;
        for (var order : options.order()) {
            Comparator<Entity> one = (a, b) -> Filter.compare(
                            order.by().value(scope(a)), order.by().value(scope(b)))
                    .orElse(0);
            by = by.thenComparing(order.descending() ? one.reversed() : one);
        }
        entities.sort(by); // stable, and entities come in the order of their ids
    }

    private Filter.Scope scope(Entity entity) {
        return path -> value(entity, path);
    }

    private @Nullable Object value(Entity entity, String path) {
        if (path.equals(Filter.NOW)) {
            return now;
        }
        var slash = path.indexOf('/');
        var name = slash < 0 ? path : path.substring(0, slash);
        if (name.equals("id") || name.equals("@iot.id")) {
            return entity.id();
        }
        var kind = entity.kind().relations().get(name);
        if (kind != null && slash > 0) {
            var rest = path.substring(slash + 1);
            if (!name.equals(kind.plural())) {
                return value(model.one(entity, name), rest);
            }
            if (kind == Kind.OBSERVATIONS) {
                throw new Refused(501, "filter-observations");
            }
            var many = model.many(entity, kind);
            return many.isEmpty() ? null : value(many.getFirst(), rest);
        }
        if (!entity.properties().containsKey(name)) {
            throw new Refused(400, "property", entity.kind().plural(), name);
        }
        var value = entity.properties().get(name);
        for (var rest = slash; rest > 0 && value instanceof Map<?, ?> map; ) {
            var end = path.indexOf('/', rest + 1);
            value = map.get(path.substring(rest + 1, end < 0 ? path.length() : end));
            rest = end;
        }
        return value;
    }

    // ---- observations -----------------------------------------------------------------------------------------------

    private Page observations(Set<String> streams, Options options) {
        var order = options.order();
        var inOrder = order.isEmpty() || order.getFirst().text().equals("phenomenonTime");
        var ascending = order.isEmpty() || !order.getFirst().descending();
        var wanted = bounded(streams, options, !inOrder || ascending);
        var exact = options.filter()
                .filter(it -> !it.onlyBounds() || !onlyJournal(it))
                .isEmpty();
        var count = !options.count()
                ? 0
                : exact ? journal.count(wanted) : all(wanted, options).size();
        if (!inOrder) {
            var found = new ArrayList<Entity>();
            all(wanted, options).forEach(it -> found.add(model.observation(it)));
            sort(found, options);
            var begin = Math.min(options.skip(), found.size());
            var end = Math.min(found.size(), begin + top(options));
            return new Page(found.subList(begin, end), end < found.size(), Optional.empty(), end, count);
        }
        var search = search(options, options.skip() + top(options) + 1);
        var stopped = search.run(wanted, options.mark().map(Answer::mark), Search.DAYS);
        var rows = search.found();
        var begin = Math.min(options.skip(), rows.size());
        var end = Math.min(rows.size(), begin + top(options));
        var shown = rows.subList(begin, end).stream().map(model::observation).toList();
        if (end < rows.size()) {
            return new Page(shown, true, Optional.of(Model.mark(rows.get(end - 1))), 0, count);
        }
        return new Page(shown, stopped.isPresent(), stopped, options.skip() - begin, count);
    }

    private static Journal.Mark mark(String token) {
        try {
            var parts = token.split(",", -1);
            return new Journal.Mark(Instant.parse(parts[0]), Long.parseLong(parts[1]), Integer.parseInt(parts[2]));
        } catch (RuntimeException e) {
            throw new Refused(400, "skiptoken");
        }
    }

    /** Every row that the filter lets through, in order. */
    private List<Journal.Row> all(Wanted wanted, Options options) {
        var search = search(options, Integer.MAX_VALUE);
        if (search.run(wanted, Optional.empty(), Integer.MAX_VALUE).isPresent()) {
            throw new Refused(400, "too-many", Search.ROWS);
        }
        return search.found();
    }

    private Search search(Options options, int most) {
        return new Search(
                journal,
                row -> options.filter()
                        .filter(it -> !it.test(scope(model.observation(row))))
                        .isEmpty(),
                most);
    }

    private static boolean onlyJournal(Filter filter) {
        return filter.bounds().stream().allMatch(it -> isTime(it) || isStream(it));
    }

    private static boolean isTime(Filter.Bound bound) {
        return bound.path().equals("phenomenonTime")
                && bound.value() instanceof Instant
                && Set.of("ge", "le", "gt", "lt").contains(bound.operator());
    }

    private static boolean isStream(Filter.Bound bound) {
        return bound.operator().equals("eq")
                && (bound.path().equals("Datastream/id") || bound.path().equals("Datastream/@iot.id"));
    }

    private static Wanted bounded(Set<String> streams, Options options, boolean ascending) {
        var from = FIRST;
        var to = LAST;
        Set<String> some = new LinkedHashSet<>(streams);
        for (var bound : options.filter().map(Filter::bounds).orElse(List.of())) {
            if (isStream(bound)) {
                some.retainAll(Set.of(bound.value()));
            } else if (isTime(bound)) {
                var at = (Instant) bound.value();
                switch (bound.operator()) {
                    case "ge" -> from = Search.later(from, at);
                    case "gt" -> from = Search.later(from, at.plusNanos(1_000));
                    case "le" -> to = Search.earlier(to, at);
                    default -> to = Search.earlier(to, at.minusNanos(1_000));
                }
            }
        }
        return new Wanted(some, from, to, ascending);
    }

    /** resultFormat=dataArray, §13.2: observations by their Datastream, without names. */
    private List<Map<String, @Nullable Object>> dataArrays(List<Entity> entities, Options options) {
        var components = new ArrayList<String>();
        components.add("id");
        for (var name : List.of("phenomenonTime", "result", "resultTime", "resultQuality")) {
            if (options.select().isEmpty() || options.select().contains(name)) {
                components.add(name);
            }
        }
        var byStream = new LinkedHashMap<String, List<List<@Nullable Object>>>();
        for (var entity : entities) {
            var row = new ArrayList<@Nullable Object>();
            components.forEach(name -> row.add(
                    name.equals("id") ? entity.id() : entity.properties().get(name)));
            byStream.computeIfAbsent(String.valueOf(entity.properties().get(Model.STREAM)), _ -> new ArrayList<>())
                    .add(Collections.unmodifiableList(row));
        }
        var all = new ArrayList<Map<String, @Nullable Object>>();
        byStream.forEach((stream, rows) -> {
            var one = new LinkedHashMap<String, @Nullable Object>();
            one.put(
                    "Datastream@iot.navigationLink",
                    root + "/" + model.get(Kind.DATASTREAMS, stream).path());
            one.put("components", components);
            one.put("dataArray@iot.count", rows.size());
            one.put("dataArray", rows);
            all.add(one);
        });
        return all;
    }

    /** A property by itself: {"name": value}. */
    @Nullable
    Object property(Entity entity, String name) {
        if (!entity.properties().containsKey(name) || name.equals(Model.STREAM)) {
            throw new Refused(404, "property", entity.kind().plural(), name);
        }
        var value = entity.properties().get(name);
        return value instanceof BigDecimal number ? number : value;
    }
}
