package jiaoying.server.page;

import com.fasterxml.jackson.annotation.JsonProperty;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import jiaoying.duty.casework.CaseFact.Entry;
import jiaoying.duty.programme.Programme;
import jiaoying.duty.room.Arrival;
import jiaoying.duty.room.Deed;
import jiaoying.duty.room.Outcome;
import jiaoying.duty.room.View.ItemView;
import jiaoying.server.door.FrontDoor;
import jiaoying.server.page.Open311Services.Definition;
import jiaoying.server.page.Open311Services.Known;
import jiaoying.server.reply.GeoReport;
import jiaoying.server.reply.PlainText;
import jiaoying.server.reply.Problem;
import jiaoying.server.reply.Texts;
import jiaoying.server.security.Caller;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * Open311 GeoReport v2 (wiki.open311.org), XML and JSON: services, requests out and requests in. A request that comes in is a draft
 * which only a person registers; the same {@code external_id} of the same source is the same request. Nothing that a request names
 * is fetched.
 */
@RestController
public final class Open311Controller {
    private static final String SOURCE = "open311:";
    /** As the specification bounds an answer without dates. */
    private static final int MOST = 1_000;

    private static final Pattern TOKEN = Pattern.compile("[1-9]\\d{0,17}");
    private static final String REQUESTS = "service_requests";

    private final Boards boards;
    private final Programmes programmes;
    private final Open311Services services;
    private final ItemList items;
    private final FrontDoor door;
    private final BiFunction<Double, Double, Optional<String>> areas;

    /** @param areas code of the area at a longitude and latitude */
    public Open311Controller(
            Boards boards,
            List<Programme> programmes,
            FrontDoor door,
            BiFunction<Double, Double, Optional<String>> areas) {
        this.boards = boards;
        this.programmes = new Programmes(programmes, boards.reads());
        this.services = new Open311Services(this.programmes);
        this.items = new ItemList(boards.reads());
        this.door = door;
        this.areas = areas;
    }

    /** The field names of GeoReport v2. */
    record Request(
            String serviceRequestId,
            String status,
            String statusNotes,
            String serviceName,
            String serviceCode,
            String description,
            String agencyResponsible,
            String serviceNotice,
            Instant requestedDatetime,
            Instant updatedDatetime,
            @Nullable Instant expectedDatetime,
            @Nullable String address,
            @Nullable String addressId,
            @Nullable String zipcode,
            @Nullable Double lat,
            @JsonProperty("long") @Nullable Double lon,
            @Nullable String mediaUrl) {}

    /** @param serviceRequestId of the draft, or of the one that came in before under the same external id */
    record Received(String serviceRequestId, String serviceNotice, String accountId) {}

    /** A request that the room has not come to yet: its number is asked for later. */
    record Awaited(String token, String serviceNotice, String accountId) {}

    record Numbered(String serviceRequestId, String token) {}

    record Endpoint(String specification, String url, String changeset, String type, List<String> formats) {}

    record Discovery(String changeset, String contact, String keyService, List<Endpoint> endpoints) {}

    private static ResponseEntity<String> reply(int status, HttpServletRequest asked, String root, Object content) {
        var page = GeoReport.page(asked.getRequestURI(), root, content);
        return ResponseEntity.status(status).contentType(page.type()).body(page.text());
    }

    /** Where a client begins: which versions and forms there are (Service Discovery). */
    @GetMapping({"/open311/discovery.json", "/open311/discovery.xml"})
    ResponseEntity<String> discovery(HttpServletRequest asked) {
        var texts = Texts.of(String.valueOf(asked.getParameter("lang")));
        var address = asked.getRequestURL().toString().replaceFirst("discovery\\.\\w+$", "v2");
        var endpoint = new Endpoint(
                "http://wiki.open311.org/GeoReport_v2",
                address,
                "2011-04-05T00:00:00Z",
                "production",
                List.of("text/xml", "application/json"));
        return reply(
                200,
                asked,
                "discovery",
                new Discovery(
                        "2011-04-05T00:00:00Z",
                        texts.say("open311.contact"),
                        texts.say("open311.key"),
                        List.of(endpoint)));
    }

    @GetMapping({"/open311/v2/services.json", "/open311/v2/services.xml"})
    ResponseEntity<String> services(@RequestParam Map<String, String> form, HttpServletRequest asked) {
        return reply(200, asked, "services", services.offered(board(), reader(form)));
    }

    @GetMapping({"/open311/v2/services/{code}.json", "/open311/v2/services/{code}.xml"})
    ResponseEntity<String> service(
            @PathVariable String code, @RequestParam Map<String, String> form, HttpServletRequest asked) {
        var known = known(code, reader(form));
        return reply(200, asked, "service_definition", new Definition(known.code(), List.of()));
    }

    /** The latest first. Dates are of the request; a status is {@code open} or {@code closed}; lists are divided by commas. */
    @GetMapping({"/open311/v2/requests.json", "/open311/v2/requests.xml"})
    ResponseEntity<String> requests(@RequestParam Map<String, String> form, HttpServletRequest asked) {
        var texts = reader(form);
        var board = board();
        var ids = among(form, "service_request_id");
        var statuses = among(form, "status");
        var codes = among(form, "service_code");
        var from = Open311Form.moment(form, "start_date").orElse(Instant.MIN);
        var to = Open311Form.moment(form, "end_date").orElse(Instant.MAX);
        return reply(
                200,
                asked,
                REQUESTS,
                items.now().stream()
                        .filter(item -> ItemQuery.sees(board, item))
                        .filter(item -> ids.test(item.item()))
                        .filter(item -> statuses.test(status(item)))
                        .filter(item -> codes.test(code(item)))
                        .filter(item ->
                                !began(item).isBefore(from) && !began(item).isAfter(to))
                        .sorted(Comparator.comparing(Open311Controller::began).reversed())
                        .limit(MOST)
                        .map(item -> request(item, board, texts))
                        .toList());
    }

    private static Predicate<String> among(Map<String, String> form, String name) {
        var wanted = List.of(form.getOrDefault(name, "").split(","));
        return value -> wanted.getFirst().isEmpty() || wanted.contains(value);
    }

    @GetMapping({"/open311/v2/requests/{id}.json", "/open311/v2/requests/{id}.xml"})
    ResponseEntity<String> request(
            @PathVariable String id, @RequestParam Map<String, String> form, HttpServletRequest asked) {
        var texts = reader(form);
        var board = board();
        return items.now().stream()
                .filter(item -> item.item().equals(id) && ItemQuery.sees(board, item))
                .findFirst()
                .map(item -> reply(200, asked, REQUESTS, List.of(request(item, board, texts))))
                .orElseThrow(() -> Problem.said(404, texts, "open311.request", PlainText.clip(id, 40)));
    }

    /** The number of a request that was acknowledged before the room had come to it. */
    @GetMapping({"/open311/v2/tokens/{token}.json", "/open311/v2/tokens/{token}.xml"})
    ResponseEntity<String> token(
            @PathVariable String token, @RequestParam Map<String, String> form, HttpServletRequest asked) {
        var texts = reader(form);
        var mine = SOURCE + Caller.current().name() + '/';
        if (!TOKEN.matcher(token).matches()) {
            throw Problem.said(404, texts, "open311.token", PlainText.clip(token, 40));
        }
        return items.now().stream()
                .filter(item -> item.item().equals("I" + token) && item.source().startsWith(mine))
                .findFirst()
                .map(item -> reply(200, asked, REQUESTS, List.of(new Numbered(item.item(), token))))
                .orElseThrow(() -> Problem.said(404, texts, "open311.token", token));
    }

    @PostMapping({"/open311/v2/requests.json", "/open311/v2/requests.xml"})
    ResponseEntity<String> receive(@RequestParam Map<String, String> form, HttpServletRequest asked) {
        var texts = reader(form);
        var by = Caller.current().name();
        var service = known(form.getOrDefault("service_code", ""), texts);
        var external = PlainText.clip(form.getOrDefault("external_id", ""), 80);
        var source = SOURCE + by + '/' + external;
        var before = external.isEmpty() ? Optional.<String>empty() : find(source);
        if (before.isPresent()) {
            return known(asked, before.get(), texts);
        }
        var register = boards.reads().register().get();
        var deed =
                new Open311Form(form, texts, register, boards.reads().clock().instant()).deed(service, source, areas);
        var brought = door.bring(by, new Arrival.Act(by, new Deed.OnItem(deed)));
        if (brought.outcome().isEmpty()) {
            return reply(
                    202,
                    asked,
                    REQUESTS,
                    List.of(new Awaited(Long.toString(brought.number()), texts.say("open311.awaited"), "")));
        }
        if (brought.outcome().get() instanceof Outcome.Refused no) {
            throw Problem.worded(400, reader -> Problem.Words.refused(reader, no));
        }
        var id = "I" + brought.number();
        var first = external.isEmpty() ? Optional.of(id) : find(source);
        return first.filter(one -> !one.equals(id))
                .map(one -> known(asked, one, texts))
                .orElseGet(() ->
                        reply(201, asked, REQUESTS, List.of(new Received(id, texts.say("open311.received"), ""))));
    }

    private static ResponseEntity<String> known(HttpServletRequest asked, String id, Texts texts) {
        return reply(200, asked, REQUESTS, List.of(new Received(id, texts.say("open311.before"), "")));
    }

    private Known known(String code, Texts texts) {
        return services.find(board(), code)
                .filter(Known::offered)
                .orElseThrow(() ->
                        Problem.said(code.isEmpty() ? 400 : 404, texts, "open311.service", PlainText.clip(code, 60)));
    }

    /** In which language; one room is one jurisdiction, which need not be named. */
    private Texts reader(Map<String, String> form) {
        var texts = Texts.of(form.getOrDefault("lang", "zh-CN"));
        var asked = form.getOrDefault("jurisdiction_id", "");
        var ours = boards.whole().room().map(room -> room.settings().room()).orElse("");
        if (!asked.isEmpty() && !asked.equals(ours)) {
            throw Problem.worded(404, reader -> {
                var said = Problem.Words.said(reader, "open311.jurisdiction", PlainText.clip(asked, 40));
                return new Problem.Words(said.code(), said.what(), said.value(), ours, said.todo());
            });
        }
        return texts;
    }

    private Optional<String> find(String source) {
        return items.now().stream()
                .filter(item -> item.source().equals(source))
                .map(ItemView::item)
                .findFirst();
    }

    private Board board() {
        return Caller.current() instanceof Caller.Machine ? boards.whole() : boards.forCaller("");
    }

    private static Instant began(ItemView item) {
        return item.acts().getFirst().happenedAt();
    }

    private static String status(ItemView item) {
        return item.core().open() ? "open" : "closed";
    }

    private static String code(ItemView item) {
        var category = value(item, Open311Services.CATEGORY);
        return item.programme() + '.' + item.kind() + (category.isEmpty() ? "" : '.' + category);
    }

    private static String value(ItemView item, String field) {
        return item.fields().stream()
                .filter(entry -> entry.field().equals(field))
                .map(Entry::value)
                .findFirst()
                .orElse("");
    }

    private static @Nullable String orNull(String text) {
        return text.isEmpty() ? null : text;
    }

    private Request request(ItemView item, Board board, Texts texts) {
        var row = programmes.words(board).row(item, board, texts);
        var place = TraceBook.place(item);
        return new Request(
                item.item(),
                status(item),
                row.stage().name(),
                services.find(board, code(item))
                        .map(one -> one.name(texts))
                        .orElse(row.kind().name()),
                code(item),
                value(item, "description").isEmpty() ? item.title() : value(item, "description"),
                row.lead().name(),
                "",
                began(item),
                item.changedAt(),
                row.due() == null ? null : row.due().at(),
                orNull(row.area().name()),
                orNull(item.area()),
                null,
                place.map(at -> at[1]).orElse(null),
                place.map(at -> at[0]).orElse(null),
                orNull(value(item, Open311Form.MEDIA)));
    }
}
