package jiaoying.sim.carrier;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** A dispatch on the wire: {@code application/x-www-form-urlencoded}, UTF-8, the names of the record's components. */
public final class SubmissionForm {
    private SubmissionForm() {}

    public static String write(Dispatch dispatch) {
        var form = new StringBuilder();
        add(form, "key", dispatch.key());
        add(form, "order", dispatch.order());
        add(form, "line", dispatch.line().name());
        add(form, "asks", Boolean.toString(dispatch.asks()));
        add(form, "person", dispatch.person());
        add(form, "address", dispatch.address());
        add(form, "message", dispatch.message());
        return form.toString();
    }

    /** Throws IllegalArgumentException naming the field that is wrong. */
    public static Dispatch read(String form) {
        var fields = new LinkedHashMap<String, String>();
        for (var pair : form.split("&")) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                fields.put(decoded(pair.substring(0, equals)), decoded(pair.substring(equals + 1)));
            }
        }
        return new Dispatch(
                field(fields, "key"),
                fields.getOrDefault("order", ""),
                line(field(fields, "line")),
                Boolean.parseBoolean(field(fields, "asks")),
                field(fields, "person"),
                fields.getOrDefault("address", ""),
                fields.getOrDefault("message", ""));
    }

    private static Line line(String name) {
        for (var line : Line.values()) {
            if (line.name().equals(name)) {
                return line;
            }
        }
        throw new IllegalArgumentException(
                "field line: \"%s\" is not allowed; allowed: TEXT, VOICE, MAIL".formatted(name));
    }

    private static String field(Map<String, String> fields, String name) {
        var value = fields.getOrDefault(name, "");
        if (value.isEmpty()) {
            throw new IllegalArgumentException("field %s is missing; add it to the form".formatted(name));
        }
        return value;
    }

    private static void add(StringBuilder form, String name, String value) {
        form.append(form.isEmpty() ? "" : "&")
                .append(name)
                .append('=')
                .append(URLEncoder.encode(value, StandardCharsets.UTF_8));
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
}
