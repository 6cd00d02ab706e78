package jiaoying.server.door.sensorthings;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import jiaoying.duty.measure.Quantity;
import jiaoying.duty.room.Outcome;
import jiaoying.duty.station.StationFact.StationRegistered;
import jiaoying.server.door.DoorCount;
import jiaoying.server.door.FrontDoor;
import jiaoying.server.door.ReadingRows;
import jiaoying.server.reply.ParserWords;
import jiaoying.server.reply.Problem;
import jiaoying.server.reply.Texts;
import jiaoying.server.security.Caller;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The door of SensorThings clients (物联网传感接口), {@code /v1.1}. */
@RestController
public final class SensorThingsDoor {
    private static final String ROOT = "/v1.1";
    private static final int MOST_BYTES = 256 * 1024;
    private static final Duration HEARD = Duration.ofDays(2);
    private static final JsonMapper JSON = new JsonMapper();

    /** What is really done; nothing else is claimed. */
    private static final List<String> CONFORMANCE = List.of(
            "http://www.opengis.net/spec/iot_sensing/1.1/req/datamodel",
            "http://www.opengis.net/spec/iot_sensing/1.1/req/resource-path/resource-path-to-entities",
            "http://www.opengis.net/spec/iot_sensing/1.1/req/request-data/order",
            "http://www.opengis.net/spec/iot_sensing/1.1/req/request-data/select",
            "http://www.opengis.net/spec/iot_sensing/1.1/req/request-data/expand",
            "http://www.opengis.net/spec/iot_sensing/1.1/req/request-data/top",
            "http://www.opengis.net/spec/iot_sensing/1.1/req/request-data/skip",
            "http://www.opengis.net/spec/iot_sensing/1.1/req/request-data/count",
            "http://www.opengis.net/spec/iot_sensing/1.1/req/request-data/filter",
            "http://www.opengis.net/spec/iot_sensing/1.1/req/request-data/pagination",
            "http://www.opengis.net/spec/iot_sensing/1.1/req/data-array/data-array");

    private final Supplier<Map<String, StationRegistered>> stations;
    private final Function<Caller, Predicate<String>> sees;
    private final Journal journal;
    private final FrontDoor door;
    private final DoorCount count;
    private final InstantSource clock;

    /**
     * @param stations of the register, by id
     * @param sees whether a caller sees an area
     * @param clock the room's
     */
    public SensorThingsDoor(
            Supplier<Map<String, StationRegistered>> stations,
            Function<Caller, Predicate<String>> sees,
            Journal journal,
            FrontDoor door,
            DoorCount count,
            InstantSource clock) {
        this.stations = stations;
        this.sees = sees;
        this.journal = journal;
        this.door = door;
        this.count = count;
        this.clock = clock;
    }

    @RequestMapping(
            path = {ROOT, ROOT + "/**"},
            method = RequestMethod.GET)
    ResponseEntity<Object> read(HttpServletRequest request) {
        return answered(reader(request), () -> get(request));
    }

    @RequestMapping(path = ROOT + "/**", method = RequestMethod.POST)
    ResponseEntity<Object> create(HttpServletRequest request) throws IOException {
        var body = request.getInputStream();
        return answered(reader(request), () -> post(request, body));
    }

    /** Who asks in no language is a machine, and its engineer reads English. */
    private static Texts reader(HttpServletRequest request) {
        var wish = Optional.ofNullable(request.getHeader(HttpHeaders.ACCEPT_LANGUAGE))
                .orElse("*");
        return wish.startsWith("*") ? Texts.EN : Texts.of(wish);
    }

    private ResponseEntity<Object> answered(Texts reader, Supplier<ResponseEntity<Object>> work) {
        try {
            return work.get();
        } catch (Refused refused) {
            return said(refused.status(), refused.message(reader));
        } catch (Problem problem) {
            count.fault(String.valueOf(problem.status()));
            return said(
                    problem.status(),
                    problem.body(reader).error().what() + ": "
                            + problem.body(reader).error().allowed());
        }
    }

    private static ResponseEntity<Object> said(int status, String message) {
        var body = new LinkedHashMap<String, Object>();
        body.put("code", status);
        body.put("type", "error");
        body.put("message", message);
        var reply = ResponseEntity.status(status).contentType(MediaType.APPLICATION_JSON);
        if (status == 405) {
            reply.header(HttpHeaders.ALLOW, "GET");
        }
        if (status == 503) {
            reply.header(HttpHeaders.RETRY_AFTER, "2");
        }
        return reply.body(body);
    }

    private static String root(HttpServletRequest request) {
        var port = request.getServerPort();
        var usual = request.getScheme().equals("https") ? 443 : 80;
        return request.getScheme() + "://" + request.getServerName() + (port == usual ? "" : ":" + port) + ROOT;
    }

    private static List<String> segments(HttpServletRequest request) {
        var path = URLDecoder.decode(
                request.getRequestURI().substring(ROOT.length()).replace("+", "%2B"), StandardCharsets.UTF_8);
        return Options.split(path, '/');
    }

    private Model model() {
        var visible = new LinkedHashMap<String, StationRegistered>();
        var seen = sees.apply(Caller.current());
        stations.get().forEach((id, station) -> {
            if (seen.test(station.area())) {
                visible.put(id, station);
            }
        });
        return new Model(visible, journal, clock.instant().minus(HEARD));
    }

    // ---- reading ----------------------------------------------------------------------------------------------------

    private ResponseEntity<Object> get(HttpServletRequest request) {
        var segments = segments(request);
        var query = Optional.ofNullable(request.getQueryString()).orElse("");
        if (segments.isEmpty()) {
            return ResponseEntity.ok(service(root(request)));
        }
        var model = model();
        var answer = new Answer(model, journal, root(request), clock.instant());
        var options = Options.ofQuery(query);
        Optional<Entity> at = Optional.empty();
        for (var i = 0; i < segments.size(); i++) {
            var segment = segments.get(i);
            var last = i == segments.size() - 1;
            var refs = i == segments.size() - 2 && segments.getLast().equals("$ref");
            var open = segment.indexOf('(');
            var name = open < 0 ? segment : segment.substring(0, open);
            var kind = kind(at, name);
            if (kind.isEmpty()) {
                return property(answer, at, segments, i);
            }
            var many = name.equals(kind.get().plural());
            if (many && open < 0) {
                if (!last && !refs) {
                    throw new Refused(404, "id-wanted", name);
                }
                return ResponseEntity.ok(
                        answer.collection(at, kind.get(), options, String.join("/", segments), query, refs));
            }
            at = Optional.of(many ? chosen(model, at, kind.get(), segment.substring(open)) : one(model, at, name));
        }
        return ResponseEntity.ok(answer.entity(at.orElseThrow(), options));
    }

    private static Optional<Kind> kind(Optional<Entity> at, String name) {
        return at.isEmpty()
                ? Optional.of(Kind.find(name).orElseThrow(() -> new Refused(404, "nothing", name)))
                : Optional.ofNullable(at.get().kind().relations().get(name));
    }

    private static Entity one(Model model, Optional<Entity> at, String name) {
        return model.one(at.orElseThrow(() -> new Refused(404, "nothing", name)), name);
    }

    /** By id; below another entity it must be one of its own. */
    private static Entity chosen(Model model, Optional<Entity> at, Kind kind, String parenthesis) {
        var entity = model.get(kind, id(parenthesis));
        var own = at.isEmpty()
                || (kind == Kind.OBSERVATIONS
                        ? model.streams(at.get())
                                .contains(String.valueOf(entity.properties().get(Model.STREAM)))
                        : model.many(at.get(), kind).contains(entity));
        if (!own) {
            throw new Refused(404, "nothing", entity.path());
        }
        return entity;
    }

    private static Object id(String parenthesis) {
        var inside = parenthesis.substring(1, Math.max(1, parenthesis.length() - 1));
        if (inside.length() >= 2 && inside.startsWith("'") && inside.endsWith("'")) {
            return inside.substring(1, inside.length() - 1).replace("''", "'");
        }
        try {
            return Long.parseLong(inside);
        } catch (NumberFormatException e) {
            throw new Refused(404, "id-form", inside);
        }
    }

    private static ResponseEntity<Object> property(Answer answer, Optional<Entity> at, List<String> segments, int i) {
        var name = segments.get(i);
        var raw = i == segments.size() - 2 && segments.getLast().equals("$value");
        if (at.isEmpty() || (i != segments.size() - 1 && !raw)) {
            throw new Refused(404, "nothing", String.join("/", segments));
        }
        var value = answer.property(at.get(), name);
        if (raw) {
            return ResponseEntity.ok().contentType(MediaType.TEXT_PLAIN).body(String.valueOf(value));
        }
        var body = new HashMap<String, @Nullable Object>();
        body.put(name, value);
        return ResponseEntity.ok(body);
    }

    private static Map<String, Object> service(String root) {
        var value = new ArrayList<Map<String, String>>();
        for (var kind : Kind.values()) {
            var one = new LinkedHashMap<String, String>();
            one.put("name", kind.plural());
            one.put("url", root + "/" + kind.plural());
            value.add(one);
        }
        var body = new LinkedHashMap<String, Object>();
        body.put("value", value);
        body.put("serverSettings", Map.of("conformance", CONFORMANCE));
        return body;
    }

    // ---- creating ---------------------------------------------------------------------------------------------------

    private ResponseEntity<Object> post(HttpServletRequest request, InputStream in) {
        var segments = segments(request);
        if (segments.equals(List.of("CreateObservations"))) {
            return dataArray(json(in), root(request));
        }
        if (segments.isEmpty() || !segments.getLast().equals("Observations")) {
            throw new Refused(405, "only-observations");
        }
        var given = json(in);
        var stream = switch (segments.size()) {
            case 1 -> linked(given);
            case 2 -> inPath(segments.getFirst());
            default -> throw new Refused(404, "nothing", String.join("/", segments));
        };
        var rows = new ReadingRows();
        rows.add(fields(stream, given));
        var brought = bring(rows);
        if (brought.outcome().isPresent()
                && (!(brought.outcome().get() instanceof Outcome.Stored(var stored, var _)) || stored == 0)) {
            count.fault("400");
            throw new Refused(400, "not-kept", why(rows, brought.outcome().get()));
        }
        count.good(rows.arrival(Caller.current().name()));
        var link = link(root(request), brought.number(), 0);
        var body = new LinkedHashMap<String, Object>();
        body.put("@iot.id", Model.observationId(brought.number(), 0));
        body.put("@iot.selfLink", link);
        return ResponseEntity.status(201).header(HttpHeaders.LOCATION, link).body(body);
    }

    private static String why(ReadingRows rows, Outcome outcome) {
        return JSON.writeValueAsString(rows.body(outcome, Texts.EN));
    }

    private FrontDoor.Brought bring(ReadingRows rows) {
        var source = Caller.current().name();
        return door.bring(source, rows.arrival(source));
    }

    private static String link(String root, long arrival, int row) {
        return root + "/Observations(" + Model.observationId(arrival, row) + ")";
    }

    private static JsonNode json(InputStream in) {
        try {
            var bytes = in.readNBytes(MOST_BYTES + 1);
            if (bytes.length > MOST_BYTES) {
                throw new Refused(413, "bytes", MOST_BYTES);
            }
            return JSON.readTree(bytes);
        } catch (JacksonException e) {
            throw new Refused(400, "json", ParserWords.json(e));
        } catch (IOException e) {
            throw new Refused(400, "cut-short");
        }
    }

    private static String linked(JsonNode given) {
        var id = given.path("Datastream").path("@iot.id");
        if (!id.isString()) {
            throw new Refused(400, "datastream", "{\"@iot.id\": \"STATION:QUANTITY\"}");
        }
        return id.stringValue();
    }

    private static String inPath(String segment) {
        if (!segment.startsWith("Datastreams(") || !(id(segment.substring(11)) instanceof String stream)) {
            throw new Refused(405, "under-datastreams");
        }
        return stream;
    }

    /** As the fields of POST /api/readings, so that the same checks hold. */
    private Map<String, String> fields(String stream, JsonNode given) {
        return fields(stream, text(given.path("result")), text(given.path("phenomenonTime")));
    }

    private Map<String, String> fields(String stream, String result, String time) {
        var colon = stream.lastIndexOf(':');
        var quantity = stream.substring(colon + 1);
        var at = time.isEmpty() ? clock.instant().toString() : time.substring(time.indexOf('/') + 1);
        return Map.of(
                "station",
                stream.substring(0, Math.max(0, colon)),
                "quantity",
                quantity,
                "value",
                result,
                "unit",
                Quantity.find(quantity).map(Quantity::unit).orElse(""),
                "observed_at",
                at);
    }

    private static String text(JsonNode value) {
        return value.isString() ? value.stringValue() : value.isNumber() ? value.asString() : "";
    }

    /** §13.3: as many observations as the arrays hold, in one arrival; the answer names each or says error. */
    private ResponseEntity<Object> dataArray(JsonNode given, String root) {
        var rows = new ReadingRows();
        var count = 0;
        for (var one : given.isArray() ? given : List.<JsonNode>of()) {
            var stream = linked(one);
            var components = new ArrayList<String>();
            one.path("components").forEach(it -> components.add(text(it)));
            for (var row : one.path("dataArray")) {
                rows.add(fields(
                        stream,
                        text(row.path(components.indexOf("result"))),
                        text(row.path(components.indexOf("phenomenonTime")))));
                count++;
            }
        }
        if (count == 0) {
            throw new Refused(400, "arrays");
        }
        var brought = bring(rows);
        var bad = brought.outcome().map(rows::lostRows).orElseGet(rows::malformedRows);
        var answer = new ArrayList<String>();
        var kept = 0;
        for (var row = 0; row < count; row++) {
            answer.add(bad.contains(row) ? "error" : link(root, brought.number(), kept++));
        }
        this.count.good(rows.arrival(Caller.current().name()));
        return ResponseEntity.status(201).body(answer);
    }
}
