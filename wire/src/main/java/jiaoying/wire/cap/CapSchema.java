package jiaoying.wire.cap;

import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.regex.Pattern;
import jiaoying.wire.cap.Finding.Grade;
import jiaoying.wire.cap.Finding.Rule;
import jiaoying.wire.xml.XmlElement;

/**
 * Whether a document is valid by the XML schema of CAP 1.2 (appendix A of the standard), every fault named. Stricter than a
 * reader needs to be in the order of elements and the form of words, and blind to what a schema cannot say: that is what
 * {@link Cap#read} looks at.
 */
public final class CapSchema {
    private static final Pattern TIME =
            Pattern.compile("(\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d)[-+](\\d\\d):(\\d\\d)");
    private static final Pattern INTEGER = Pattern.compile("[+-]?\\d+");
    private static final Pattern DECIMAL = Pattern.compile("[+-]?(\\d+(\\.\\d*)?|\\.\\d+)");
    private static final String INSTANCE = "http://www.w3.org/2001/XMLSchema-instance";

    private static final int OFFSET_HOURS_MAX = 14;

    private final List<Finding> findings = new ArrayList<>();

    private CapSchema() {}

    /** @param root of the document; empty if the schema has nothing to say against it */
    public static List<Finding> check(XmlElement root) {
        var check = new CapSchema();
        if (root.is(CapRead.Version.CAP_1_2.namespace, "alert")) {
            check.complex(root, "/alert");
        } else {
            check.add(
                    Rule.NO_ALERT,
                    "/" + root.name(),
                    root.namespace(),
                    "alert of " + CapRead.Version.CAP_1_2.namespace);
        }
        return List.copyOf(check.findings);
    }

    private static List<String> words(String name) {
        return switch (name) {
            case "status" -> words(Alert.Status.values());
            case "msgType" -> words(Alert.MsgType.values());
            case "scope" -> words(Alert.Scope.values());
            case "category" -> words(Info.Category.values());
            case "responseType" -> words(Info.ResponseType.values());
            case "urgency" -> words(Info.Urgency.values());
            case "severity" -> words(Info.Severity.values());
            case "certainty" -> words(Info.Certainty.values());
            default -> List.of();
        };
    }

    private void complex(XmlElement element, String path) {
        if (!element.text().isBlank()) {
            add(Rule.UNKNOWN_ELEMENT, path, element.text().strip(), "elements only");
        }
        noAttributes(element, path);
        var content = Content.in(element.name());
        var places = content.places();
        var seen = new HashMap<String, Integer>();
        var at = 0;
        for (var child : element.children()) {
            if (element.name().equals("alert") && child.namespace().equals(Dom.SIGNATURES)) {
                at = places.size();
                continue;
            }
            var index = content.index(child, CapRead.Version.CAP_1_2.namespace);
            if (index < 0) {
                add(Rule.UNKNOWN_ELEMENT, path + '/' + child.name(), child.namespace(), "one of " + content.names());
                continue;
            }
            var place = places.get(index);
            var number = seen.merge(place.name(), 1, Integer::sum);
            var childPath = path + '/' + place.path(number);
            if (index < at) {
                add(
                        Rule.ORDER,
                        childPath,
                        "",
                        "before " + (at < places.size() ? places.get(at).name() : "the signature"));
            }
            at = Math.max(at, index);
            if (number > 1 && !place.repeats()) {
                add(Rule.REPEATED, childPath, child.text().strip(), "once");
            }
            if (Content.in(place.name()).places().isEmpty()) {
                simple(child, childPath);
            } else {
                complex(child, childPath);
            }
        }
        for (var place : places) {
            if (place.needed() && !seen.containsKey(place.name())) {
                add(Rule.MISSING, path + '/' + place.name(), "", "at least one");
            }
        }
    }

    private void simple(XmlElement element, String path) {
        noAttributes(element, path);
        element.children().forEach(child -> add(Rule.UNKNOWN_ELEMENT, path + '/' + child.name(), "", "text only"));
        var text = element.text();
        var name = element.name();
        var words = words(name);
        if (!words.isEmpty()) {
            require(words.contains(text), Rule.WORD, path, text, "one of " + String.join(" ", words));
            return;
        }
        var bare = collapsed(text);
        switch (name) {
            case "sent", "effective", "onset", "expires" ->
                require(isTime(bare), Rule.TIME, path, text, "YYYY-MM-DDThh:mm:ss+hh:mm or -hh:mm");
            case "language" ->
                // without content it has the schema's default
                require(
                        text.isEmpty() || Forms.isLanguage(bare),
                        Rule.LANGUAGE,
                        path,
                        text,
                        "a language code such as zh-CN");
            case "size" -> require(INTEGER.matcher(bare).matches(), Rule.SIZE, path, text, "a whole number of bytes");
            case "altitude", "ceiling" ->
                require(DECIMAL.matcher(bare).matches(), Rule.ALTITUDE, path, text, "a number of feet");
            case "web", "uri" -> require(UriReference.isOne(bare), Rule.URI, path, text, "a URI");
            default -> {}
        }
    }

    private void noAttributes(XmlElement element, String path) {
        element.attributes().stream()
                .filter(it -> !isHint(it) && !isType(it))
                .forEach(it -> add(Rule.UNKNOWN_ELEMENT, path + "/@" + it.name(), it.value(), "no attributes"));
        element.attributes().stream()
                .filter(it -> isType(it) && !SchemaType.fits(element.name(), it.value(), collapsed(element.text())))
                .forEach(it -> add(
                        Rule.UNKNOWN_ELEMENT,
                        path + "/@" + it.name(),
                        it.value(),
                        "a type derived from the schema's, with content of that type"));
    }

    /** Where a schema may be found. */
    private static boolean isHint(XmlElement.Attribute attribute) {
        return attribute.namespace().equals(INSTANCE)
                && List.of("schemaLocation", "noNamespaceSchemaLocation").contains(attribute.name());
    }

    private static boolean isType(XmlElement.Attribute attribute) {
        return attribute.namespace().equals(INSTANCE) && attribute.name().equals("type");
    }

    /** Without XML's white space around; other spaces of Unicode stay. */
    private static String collapsed(String text) {
        return String.join(" ", Shapes.words(text));
    }

    private void require(boolean right, Rule rule, String path, String value, String allowed) {
        if (!right) {
            add(rule, path, value, allowed);
        }
    }

    private void add(Rule rule, String path, String value, String allowed) {
        findings.add(new Finding(Grade.REFUSAL, rule, path, value, allowed));
    }

    /** A date and time that the calendar has, with an offset of at most 14 h; midnight may be 24:00:00. */
    private static boolean isTime(String text) {
        var parts = TIME.matcher(text);
        if (!parts.matches() || text.startsWith("0000")) {
            return false;
        }
        var hours = Integer.parseInt(parts.group(2));
        var minutes = Integer.parseInt(parts.group(3));
        try {
            LocalDateTime.parse(parts.group(1).replace("T24:00:00", "T00:00:00"));
        } catch (DateTimeException notInTheCalendar) {
            return false;
        }
        return minutes < 60 && (hours < OFFSET_HOURS_MAX || (hours == OFFSET_HOURS_MAX && minutes == 0));
    }

    private static List<String> words(Word[] values) {
        return Arrays.stream(values).map(Word::word).toList();
    }
}
