package jiaoying.wire.cap;

import java.util.List;
import java.util.Optional;

/** An info being put together; each method says one element of 3.2.2, {@link #info()} makes the record. */
public final class InfoDraft {
    private final String language;
    private final List<Info.Category> categories;
    private final String event;
    private final Info.Urgency urgency;
    private final Info.Severity severity;
    private final Info.Certainty certainty;
    private List<Info.ResponseType> responseTypes = List.of();
    private Optional<String> audience = Optional.empty();
    private List<NamedValue> eventCodes = List.of();
    private Optional<CapTime> effective = Optional.empty();
    private Optional<CapTime> onset = Optional.empty();
    private Optional<CapTime> expires = Optional.empty();
    private Optional<String> senderName = Optional.empty();
    private Optional<String> headline = Optional.empty();
    private Optional<String> description = Optional.empty();
    private Optional<String> instruction = Optional.empty();
    private Optional<String> web = Optional.empty();
    private Optional<String> contact = Optional.empty();
    private List<NamedValue> parameters = List.of();
    private List<Resource> resources = List.of();
    private List<Area> areas = List.of();

    /** What every info has. */
    public InfoDraft(
            String language,
            Info.Category category,
            String event,
            Info.Urgency urgency,
            Info.Severity severity,
            Info.Certainty certainty) {
        this.language = language;
        this.categories = List.of(category);
        this.event = event;
        this.urgency = urgency;
        this.severity = severity;
        this.certainty = certainty;
    }

    public InfoDraft responseTypes(Info.ResponseType... types) {
        responseTypes = List.of(types);
        return this;
    }

    public InfoDraft audience(String text) {
        audience = Optional.of(text);
        return this;
    }

    public InfoDraft eventCodes(NamedValue... codes) {
        eventCodes = List.of(codes);
        return this;
    }

    public InfoDraft effective(CapTime time) {
        effective = Optional.of(time);
        return this;
    }

    public InfoDraft onset(CapTime time) {
        onset = Optional.of(time);
        return this;
    }

    public InfoDraft expires(CapTime time) {
        expires = Optional.of(time);
        return this;
    }

    public InfoDraft senderName(String text) {
        senderName = Optional.of(text);
        return this;
    }

    public InfoDraft headline(String text) {
        headline = Optional.of(text);
        return this;
    }

    public InfoDraft description(String text) {
        description = Optional.of(text);
        return this;
    }

    public InfoDraft instruction(String text) {
        instruction = Optional.of(text);
        return this;
    }

    public InfoDraft web(String uri) {
        web = Optional.of(uri);
        return this;
    }

    public InfoDraft contact(String text) {
        contact = Optional.of(text);
        return this;
    }

    public InfoDraft parameters(NamedValue... values) {
        parameters = List.of(values);
        return this;
    }

    public InfoDraft resources(Resource... files) {
        resources = List.of(files);
        return this;
    }

    public InfoDraft areas(Area... places) {
        areas = List.of(places);
        return this;
    }

    public Info info() {
        return new Info(
                language,
                categories,
                event,
                responseTypes,
                urgency,
                severity,
                certainty,
                audience,
                eventCodes,
                effective,
                onset,
                expires,
                senderName,
                headline,
                description,
                instruction,
                web,
                contact,
                parameters,
                resources,
                areas);
    }
}
