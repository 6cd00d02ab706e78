package jiaoying.server.page;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.Instant;
import java.time.OffsetDateTime;
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
import jiaoying.server.page.Open311Services.Known;
import jiaoying.server.reply.PlainText;
import jiaoying.server.reply.Problem;
import jiaoying.server.reply.Texts;

/** A request as another system sends it (GeoReport v2, "POST Service Request"): form fields to what a draft wants. */
final class Open311Form {
    /** Where the pictures of a request lie: kept as text, never fetched. */
    static final String MEDIA = "media_url";

    private static final int TITLE_MOST = 40;
    private static final int TEXT_MOST = 4_000;
    private static final int MEDIA_MOST = 1_000;

    private final Map<String, String> form;
    private final Texts texts;
    private final CityRegister register;
    private final Instant now;

    Open311Form(Map<String, String> form, Texts texts, CityRegister register, Instant now) {
        this.form = form;
        this.texts = texts;
        this.register = register;
        this.now = now;
    }

    /**
     * @param source who brings it, with its number there
     * @param areas  code of the area at a longitude and latitude
     */
    CaseDeed.Hear deed(Known service, String source, BiFunction<Double, Double, Optional<String>> areas) {
        return new CaseDeed.Hear(
                service.programme().name(),
                service.kind().id(),
                fields(service, areas),
                source,
                moment(form, "requested_datetime"));
    }

    private List<Entry> fields(Known service, BiFunction<Double, Double, Optional<String>> areas) {
        var said = description();
        var lat = number("lat", 90);
        var lon = number("long", 180);
        var media = media();
        var hasMedia = service.kind().findField(MEDIA).isPresent();
        var known = new LinkedHashMap<String, String>();
        known.put("title", PlainText.clip(said, TITLE_MOST));
        known.put("description", media.isEmpty() || hasMedia ? said : said + "\n" + MEDIA + ": " + media);
        known.put(MEDIA, media);
        known.put(
                Open311Services.CATEGORY, service.choice().map(Field.Choice::id).orElse(""));
        known.put("source", "citizen");
        known.put("found_at", moment(form, "requested_datetime").orElse(now).toString());
        if (lat.isPresent() && lon.isPresent()) {
            known.put("place", lon.get() + "," + lat.get());
        }
        known.put("town", town(lat.flatMap(y -> lon.flatMap(x -> areas.apply(x, y)))));
        var entries = new ArrayList<Entry>();
        for (var field : service.kind().fields()) {
            var value = known.getOrDefault(field.id(), "");
            if (!value.isEmpty() && field.takes(value)) {
                entries.add(new Entry(field.id(), value));
            }
        }
        return entries;
    }

    private String description() {
        var said = PlainText.clip(text("description").strip(), TEXT_MOST);
        if (said.isEmpty()) {
            throw Problem.said(400, texts, "open311.description", "");
        }
        return said;
    }

    private String media() {
        var said = text(MEDIA).strip();
        if (said.isEmpty() || said.length() <= MEDIA_MOST && isAddress(said)) {
            return said;
        }
        throw Problem.said(400, texts, "open311.media", PlainText.clip(said, 60));
    }

    private static boolean isAddress(String text) {
        try {
            var uri = new URI(text);
            return List.of("http", "https").contains(String.valueOf(uri.getScheme())) && uri.getHost() != null;
        } catch (URISyntaxException e) {
            return false;
        }
    }

    /** The code of an area as {@code address_id}, else where the point lies, else the smallest area that the address names. */
    private String town(Optional<String> byPoint) {
        var code = text("address_id");
        return Optional.of(code)
                .filter(register::knowsArea)
                .or(() -> byPoint.filter(register::knowsArea))
                .or(() -> named(text("address_string")))
                .orElseThrow(() -> Problem.said(
                        400,
                        texts,
                        "open311.place",
                        PlainText.clip(code.isEmpty() ? text("address_string") : code, 40)));
    }

    private Optional<String> named(String address) {
        return register.areas().values().stream()
                .filter(area -> !area.nameZh().isEmpty() && address.contains(area.nameZh()))
                .max(Comparator.comparingInt(area -> area.area().length()))
                .map(area -> area.area());
    }

    private Optional<Double> number(String name, double most) {
        var said = text(name);
        try {
            return said.isEmpty()
                    ? Optional.empty()
                    : Optional.of(Double.parseDouble(said)).filter(one -> Math.abs(one) <= most);
        } catch (NumberFormatException e) {
            throw Problem.said(400, texts, "open311.place", PlainText.clip(said, 40));
        }
    }

    private String text(String name) {
        return form.getOrDefault(name, "");
    }

    static Optional<Instant> moment(Map<String, String> form, String name) {
        var said = form.getOrDefault(name, "");
        try {
            return said.isEmpty()
                    ? Optional.empty()
                    : Optional.of(OffsetDateTime.parse(said).toInstant());
        } catch (DateTimeParseException e) {
            throw Problem.allowing(400, "ask.time", PlainText.clip(said, 40), Sentence.of("utc-time"));
        }
    }
}
