package jiaoying.server.page;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import jiaoying.duty.casework.CaseDeed;
import jiaoying.duty.casework.CaseFact.Entry;
import jiaoying.duty.measure.Sentence;
import jiaoying.duty.programme.Field;
import jiaoying.duty.programme.Kind;
import jiaoying.duty.programme.Programme;
import jiaoying.duty.room.Arrival;
import jiaoying.duty.room.Deed;
import jiaoying.duty.room.Outcome;
import jiaoying.duty.room.View.ItemView;
import jiaoying.server.door.FrontDoor;
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
 * Open311 GeoReport v2 (wiki.open311.org), JSON: services, requests out and requests in. A service is a choice of the field
 * {@code category} of a kind that is rectified, as {@code hazards.hazard.pump}. A request that comes in is a draft which only a
 * person registers; the same {@code external_id} of the same source is the same request.
 */
@RestController
public final class Open311Controller {
    private static final String SOURCE = "open311:";
    private static final String CATEGORY = "category";
    /** As the specification bounds an answer without dates. */
    private static final int MOST = 1_000;

    private static final int TITLE_MOST = 40;
    private static final int TEXT_MOST = 4_000;

    private final Boards boards;
    private final Programmes programmes;
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
        this.items = new ItemList(boards.reads());
        this.door = door;
        this.areas = areas;
    }

    /** The field names of GeoReport v2. */
    record Offered(
            String serviceCode,
            String serviceName,
            String description,
            boolean metadata,
            String type,
            String keywords,
            String group) {}

    record Request(
            String serviceRequestId,
            String status,
            String statusNotes,
            String serviceName,
            String serviceCode,
            String description,
            String agencyResponsible,
            Instant requestedDatetime,
            Instant updatedDatetime,
            @Nullable Instant expectedDatetime,
            @Nullable String address,
            @Nullable Double lat,
            @JsonProperty("long") @Nullable Double lon) {}

    private record Known(String code, Programme programme, Kind kind, Optional<Field.Choice> choice) {
        boolean offered() {
            return choice.filter(Field.Choice::retired).isEmpty();
        }

        String name(Texts texts) {
            var lang = texts.chinese() ? "zh-CN" : "en";
            return choice.map(one -> one.name().in(lang)).orElse(kind.name().in(lang));
        }
    }

    @GetMapping("/open311/v2/services.json")
    List<Offered> services(@RequestParam(defaultValue = "zh-CN") String lang) {
        var texts = Texts.of(lang);
        return known(board()).stream()
                .filter(Known::offered)
                .map(one -> new Offered(
                        one.code(),
                        one.name(texts),
                        one.kind().name().in(texts.chinese() ? "zh-CN" : "en"),
                        false,
                        "realtime",
                        "",
                        one.programme().title().in(texts.chinese() ? "zh-CN" : "en")))
                .toList();
    }

    private List<Known> known(Board board) {
        var all = new ArrayList<Known>();
        for (var programme : programmes.at(board)) {
            for (var kind : programme.kinds()) {
                var code = programme.name() + '.' + kind.id();
                var choices = kind.findField(CATEGORY).map(Field::choices).orElse(List.of());
                if (kind.loop() && choices.isEmpty()) {
                    all.add(new Known(code, programme, kind, Optional.empty()));
                }
                choices.forEach(
                        choice -> all.add(new Known(code + '.' + choice.id(), programme, kind, Optional.of(choice))));
            }
        }
        return all;
    }

    /** The latest first. Dates are of the request; a status is {@code open} or {@code closed}. */
    @GetMapping("/open311/v2/requests.json")
    List<Request> requests(@RequestParam Map<String, String> asked, @RequestParam(defaultValue = "zh-CN") String lang) {
        var texts = Texts.of(lang);
        var board = board();
        var ids = List.of(asked.getOrDefault("service_request_id", "").split(","));
        var from = moment(asked, "start_date").orElse(Instant.MIN);
        var to = moment(asked, "end_date").orElse(Instant.MAX);
        return items.now().stream()
                .filter(item -> ItemQuery.sees(board, item))
                .filter(item -> ids.getFirst().isEmpty() || ids.contains(item.item()))
                .filter(item -> status(item).equals(asked.getOrDefault("status", status(item))))
                .filter(item -> code(item).equals(asked.getOrDefault("service_code", code(item))))
                .filter(item -> !began(item).isBefore(from) && !began(item).isAfter(to))
                .sorted(Comparator.comparing(Open311Controller::began).reversed())
                .limit(MOST)
                .map(item -> request(item, board, texts))
                .toList();
    }

    @GetMapping("/open311/v2/requests/{id}.json")
    List<Request> request(@PathVariable String id, @RequestParam(defaultValue = "zh-CN") String lang) {
        var texts = Texts.of(lang);
        var board = board();
        return items.now().stream()
                .filter(item -> item.item().equals(id) && ItemQuery.sees(board, item))
                .findFirst()
                .map(item -> List.of(request(item, board, texts)))
                .orElseThrow(() -> Problem.said(404, texts, "scope.nowhere", id));
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
        var category = value(item, CATEGORY);
        return item.programme() + '.' + item.kind() + (category.isEmpty() ? "" : '.' + category);
    }

    private static String value(ItemView item, String field) {
        return item.fields().stream()
                .filter(entry -> entry.field().equals(field))
                .map(Entry::value)
                .findFirst()
                .orElse("");
    }

    private Request request(ItemView item, Board board, Texts texts) {
        var row = programmes.words(board).row(item, board, texts);
        var place = TraceBook.place(item);
        return new Request(
                item.item(),
                status(item),
                row.stage().name(),
                known(board).stream()
                        .filter(one -> one.code().equals(code(item)))
                        .findFirst()
                        .map(one -> one.name(texts))
                        .orElse(row.kind().name()),
                code(item),
                value(item, "description").isEmpty() ? item.title() : value(item, "description"),
                row.lead().name(),
                began(item),
                item.changedAt(),
                row.due() == null ? null : row.due().at(),
                row.area().name().isEmpty() ? null : row.area().name(),
                place.map(at -> at[1]).orElse(null),
                place.map(at -> at[0]).orElse(null));
    }

    /** @param serviceRequestId of the draft, or of the one that came in before under the same external id */
    record Received(String serviceRequestId, String serviceNotice, String accountId) {}

    @PostMapping("/open311/v2/requests.json")
    ResponseEntity<List<Received>> receive(@RequestParam Map<String, String> form) {
        var texts = Texts.of(form.getOrDefault("lang", ""));
        var by = Caller.current().name();
        var service = known(board()).stream()
                .filter(one -> one.offered() && one.code().equals(form.getOrDefault("service_code", "")))
                .findFirst()
                .orElseThrow(() -> Problem.said(
                        400, texts, "open311.service", PlainText.clip(form.getOrDefault("service_code", ""), 60)));
        var external = PlainText.clip(form.getOrDefault("external_id", ""), 80);
        var source = SOURCE + by + '/' + external;
        var before = external.isEmpty() ? Optional.<String>empty() : find(source);
        if (before.isPresent()) {
            return ResponseEntity.ok(List.of(new Received(before.get(), texts.say("open311.before"), "")));
        }
        var deed = new CaseDeed.Hear(
                service.programme().name(),
                service.kind().id(),
                fields(service, form, texts),
                source,
                moment(form, "requested_datetime"));
        var brought = door.bring(by, new Arrival.Act(by, new Deed.OnItem(deed)));
        if (brought.outcome().filter(Outcome.Refused.class::isInstance).isPresent()) {
            var no = (Outcome.Refused) brought.outcome().get();
            throw Problem.worded(400, reader -> Problem.Words.refused(reader, no));
        }
        return ResponseEntity.status(201)
                .body(List.of(new Received("I" + brought.number(), texts.say("open311.received"), "")));
    }

    private Optional<String> find(String source) {
        return items.now().stream()
                .filter(item -> item.source().equals(source))
                .map(ItemView::item)
                .findFirst();
    }

    private List<Entry> fields(Known service, Map<String, String> form, Texts texts) {
        var said = PlainText.clip(form.getOrDefault("description", "").strip(), TEXT_MOST);
        if (said.isEmpty()) {
            throw Problem.said(400, texts, "open311.description", "");
        }
        var lat = number(form, "lat", texts);
        var lon = number(form, "long", texts);
        var known = new LinkedHashMap<String, String>();
        known.put("title", PlainText.clip(said, TITLE_MOST));
        known.put("description", said);
        known.put(CATEGORY, service.choice().map(Field.Choice::id).orElse(""));
        known.put("source", "citizen");
        known.put(
                "found_at",
                moment(form, "requested_datetime")
                        .orElseGet(() -> boards.reads().clock().instant())
                        .toString());
        if (lat.isPresent() && lon.isPresent()) {
            known.put("place", lon.get() + "," + lat.get());
        }
        known.put("town", town(form, lat, lon, texts));
        var entries = new ArrayList<Entry>();
        for (var field : service.kind().fields()) {
            var value = known.getOrDefault(field.id(), "");
            if (!value.isEmpty() && field.takes(value)) {
                entries.add(new Entry(field.id(), value));
            }
        }
        return entries;
    }

    /** The code of an area as {@code address_id}, else where the point lies. */
    private String town(Map<String, String> form, Optional<Double> lat, Optional<Double> lon, Texts texts) {
        var register = boards.reads().register().get();
        var code = form.getOrDefault("address_id", "");
        if (register.knowsArea(code)) {
            return code;
        }
        return lat.flatMap(y -> lon.flatMap(x -> areas.apply(x, y)))
                .filter(register::knowsArea)
                .orElseThrow(() -> Problem.said(400, texts, "open311.place", PlainText.clip(code, 40)));
    }

    private static Optional<Double> number(Map<String, String> form, String name, Texts texts) {
        var text = form.getOrDefault(name, "");
        try {
            var most = name.equals("lat") ? 90 : 180;
            return text.isEmpty()
                    ? Optional.empty()
                    : Optional.of(Double.parseDouble(text)).filter(one -> Math.abs(one) <= most);
        } catch (NumberFormatException e) {
            throw Problem.said(400, texts, "open311.place", PlainText.clip(text, 40));
        }
    }

    private static Optional<Instant> moment(Map<String, String> form, String name) {
        var text = form.getOrDefault(name, "");
        try {
            return text.isEmpty()
                    ? Optional.empty()
                    : Optional.of(java.time.OffsetDateTime.parse(text).toInstant());
        } catch (DateTimeParseException e) {
            throw Problem.allowing(400, "ask.time", PlainText.clip(text, 40), Sentence.of("utc-time"));
        }
    }
}
