package jiaoying.server.door;

import java.io.InputStream;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import jiaoying.duty.measure.Sentence;
import jiaoying.duty.monitor.SignalColor;
import jiaoying.server.reply.ParserWords;
import jiaoying.server.reply.PlainText;
import jiaoying.server.reply.Problem;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The fields of a small JSON object from outside, each read with its bounds. */
final class Fields {
    private static final JsonMapper JSON = new JsonMapper();
    private static final long MOST_BYTES = 256 * 1024;
    private static final int LONGEST_ID = 200;
    private static final int LONGEST_TEXT = 2_000;

    private final JsonNode object;
    private final String where;

    private Fields(JsonNode object, String where) {
        this.object = object;
        this.where = where;
        if (!object.isObject()) {
            throw wrong("", Sentence.of("an-object"));
        }
    }

    static Fields read(InputStream in) {
        try {
            return new Fields(JSON.readTree(new BoundedBody(in, MOST_BYTES)), "");
        } catch (JacksonException e) {
            throw Problem.allowing(400, "fields.json", ParserWords.place(e), ParserWords.json(e));
        }
    }

    /** A name or number of something; may not be empty. */
    String id(String name) {
        return checked(name, LONGEST_ID, true);
    }

    /** A text that may not be empty. */
    String text(String name) {
        return checked(name, LONGEST_TEXT, true);
    }

    /** A text that may be missing. */
    String anyText(String name) {
        return object.path(name).isMissingNode() || object.path(name).isNull()
                ? ""
                : checked(name, LONGEST_TEXT, false);
    }

    /** A text that may be missing, may be blank and may have several lines, which end with one character each. */
    String lines(String name, int longest) {
        var value = object.path(name);
        var text = value.isString() ? value.stringValue().replace("\r\n", "\n").strip() : "";
        if (!value.isMissingNode() && !value.isString()
                || text.length() > longest
                || !PlainText.fit(text.replace("\n", " "))) {
            throw wrong(name, Sentence.of("characters", 0, longest));
        }
        return text;
    }

    boolean flag(String name) {
        var value = object.path(name);
        if (!value.isBoolean()) {
            throw wrong(name, Sentence.words("true, false"));
        }
        return value.booleanValue();
    }

    SignalColor color(String name) {
        return SignalColor.find(id(name))
                .orElseThrow(() -> wrong(name, Sentence.of("one-of", "none, blue, yellow, orange, red")));
    }

    String oneOf(String name, List<String> allowed) {
        var value = id(name);
        if (!allowed.contains(value)) {
            throw wrong(name, Sentence.of("one-of", String.join(", ", allowed)));
        }
        return value;
    }

    /** Names or numbers of things, at least one. */
    List<String> ids(String name, int most) {
        var array = object.path(name);
        if (!array.isArray() || array.isEmpty() || array.size() > most) {
            throw wrong(name, Sentence.of("texts-most", most));
        }
        var all = new ArrayList<String>();
        for (var element : array) {
            var text = element.isString() ? element.stringValue().strip() : "";
            if (text.isEmpty() || text.length() > LONGEST_ID || !PlainText.fit(text)) {
                throw wrong(name, Sentence.of("texts-long", LONGEST_ID));
            }
            all.add(text);
        }
        return all;
    }

    /** A list that may be missing. */
    List<Fields> anyObjects(String name, int most) {
        return object.path(name).isMissingNode() || object.path(name).isNull() ? List.of() : objects(name, most);
    }

    /** A list of short texts that may be missing. */
    List<String> anyIds(String name, int most) {
        var array = object.path(name);
        if (array.isMissingNode() || array.isNull()) {
            return List.of();
        }
        var all = new ArrayList<String>();
        for (var element : array) {
            all.add(element.isString() ? element.stringValue().strip() : "");
        }
        if (!array.isArray()
                || all.size() > most
                || !all.stream().allMatch(one -> !one.isEmpty() && PlainText.fit(one) && one.length() <= LONGEST_ID)) {
            throw wrong(name, Sentence.of("texts-most", most));
        }
        return List.copyOf(all);
    }

    /** A moment that may be missing. */
    Optional<Instant> anyMoment(String name) {
        var text = anyText(name);
        try {
            return text.isEmpty() ? Optional.empty() : Optional.of(Instant.parse(text));
        } catch (DateTimeParseException e) {
            throw wrong(name, Sentence.of("utc-time"));
        }
    }

    Instant moment(String name) {
        return anyMoment(name).orElseThrow(() -> wrong(name, Sentence.of("utc-time")));
    }

    /** A day such as 2026-06-30. */
    LocalDate day(String name) {
        try {
            return LocalDate.parse(anyText(name));
        } catch (DateTimeParseException e) {
            throw wrong(name, Sentence.of("local-day"));
        }
    }

    /** A flag that may be missing: false. */
    boolean anyFlag(String name) {
        return !object.path(name).isMissingNode() && !object.path(name).isNull() && flag(name);
    }

    /** A whole number. */
    int count(String name, int least, int most) {
        var value = object.path(name);
        if (!value.isIntegralNumber() || value.asLong() < least || value.asLong() > most) {
            throw wrong(name, Sentence.of("whole", least, most));
        }
        return value.asInt();
    }

    List<Fields> objects(String name, int most) {
        var array = object.path(name);
        if (!array.isArray() || array.size() > most) {
            throw wrong(name, Sentence.of("objects-most", most));
        }
        var all = new ArrayList<Fields>();
        for (var element : array) {
            all.add(new Fields(element, name + "[" + all.size() + "]."));
        }
        return all;
    }

    Problem wrong(String name, Sentence allowed) {
        var value = object.path(name);
        var shown = value.isMissingNode() ? "" : value.isString() ? value.stringValue() : value.toString();
        return Problem.allowing(400, "fields.wrong", (where + name + " " + PlainText.clip(shown, 80)).strip(), allowed);
    }

    private String checked(String name, int longest, boolean required) {
        var value = object.path(name);
        var text = value.isString() ? value.stringValue().strip() : "";
        var good = value.isString() && PlainText.fit(text) && text.length() <= longest && !(required && text.isEmpty());
        if (!good) {
            throw wrong(name, Sentence.of("characters", required ? 1 : 0, longest));
        }
        return text;
    }
}
