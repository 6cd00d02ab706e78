package jiaoying.wire.cap;

import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import jiaoying.wire.cap.Finding.Grade;
import jiaoying.wire.cap.Finding.Rule;
import jiaoying.wire.xml.XmlElement;

/** One segment (alert, info, resource, area) being read: its children by name, against the schema's order (3.4). */
final class Segment {
    private final XmlElement element;
    private final String path;
    private final List<Finding> findings;
    private final Optional<ZoneOffset> assumed;

    Segment(XmlElement element, String path, List<Finding> findings, Optional<ZoneOffset> assumed) {
        this.element = element;
        this.path = path;
        this.findings = findings;
        this.assumed = assumed;
    }

    void find(Grade grade, Rule rule, String name, String value, String allowed) {
        findings.add(new Finding(grade, rule, name.isEmpty() ? path : path + "/" + name, value, allowed));
    }

    void note(Rule rule, String name, String value, String allowed) {
        find(Grade.NOTE, rule, name, value, allowed);
    }

    void refuse(Rule rule, String name, String value, String allowed) {
        find(Grade.REFUSAL, rule, name, value, allowed);
    }

    /** Looks at order and number of the children. */
    void check() {
        var content = Content.in(element.name());
        var latest = -1;
        var seen = new HashMap<String, Integer>();
        for (var child : element.children()) {
            var index = content.index(child, element.namespace());
            if (index < 0) {
                unknown(child);
                continue;
            }
            var place = content.places().get(index);
            var number = seen.merge(place.name(), 1, Integer::sum);
            if (index < latest) {
                note(
                        Rule.ORDER,
                        place.path(number),
                        "",
                        "before " + content.places().get(latest).name());
            }
            latest = Math.max(latest, index);
            if (number > 1 && !place.repeats()) {
                refuse(Rule.REPEATED, place.name(), child.text().strip(), "once");
            }
        }
    }

    private void unknown(XmlElement child) {
        if (!child.is(Dom.SIGNATURES, "Signature")) {
            note(Rule.UNKNOWN_ELEMENT, child.name(), child.namespace(), "elements of CAP 1.2 and XML signatures");
        }
    }

    List<XmlElement> children(String name) {
        return element.list(element.namespace(), name);
    }

    /** The segments of this name, with their number in the path. */
    List<Segment> segments(String name) {
        var segments = new ArrayList<Segment>();
        for (var child : children(name)) {
            var place = path + "/" + name + "[" + (segments.size() + 1) + "]";
            segments.add(new Segment(child, place, findings, assumed));
        }
        return segments;
    }

    /** Text as written. Absent if there is no such element, or nothing in it. */
    Optional<String> text(String name) {
        return children(name).stream().findFirst().map(XmlElement::text).filter(it -> !it.isBlank());
    }

    /** What must be a time or a number if it is there, without spaces around. */
    Optional<String> token(String name) {
        var text = text(name);
        if (text.isEmpty() && !children(name).isEmpty()) {
            note(Rule.EMPTY, name, "", "content, or no such element");
        }
        return text.map(it -> stripped(name, it));
    }

    /** Text that must be there; empty text if it is not, and the message is refused. */
    String mandatory(String name) {
        if (children(name).isEmpty()) {
            refuse(Rule.MISSING, name, "", "one");
            return "";
        }
        return children(name).getFirst().text();
    }

    List<String> texts(String name) {
        return children(name).stream().map(XmlElement::text).toList();
    }

    /** A name without spaces, commas, {@code <} and {@code &} (3.2.1). */
    String name(String name) {
        var whole = mandatory(name);
        var text = whole.strip();
        if (text.isEmpty() && !children(name).isEmpty()) {
            refuse(Rule.EMPTY, name, "", "content");
        }
        if (whole.codePoints().anyMatch(Segment::isForbidden)) {
            note(Rule.CHARACTER, name, whole, "no space, comma, < or &");
        }
        return text;
    }

    private static boolean isForbidden(int it) {
        return Character.isWhitespace(it) || Character.isSpaceChar(it) || it == ',' || it == '<' || it == '&';
    }

    /** Without spaces around, which is noted. */
    String stripped(String name, String text) {
        var stripped = text.strip();
        if (stripped.length() != text.length() && !stripped.isEmpty()) {
            note(Rule.SPACE, name, stripped, "no spaces around it");
        }
        return stripped;
    }

    <W extends Enum<W> & Word> Optional<W> word(String name, Class<W> list) {
        if (children(name).isEmpty()) {
            refuse(Rule.MISSING, name, "", Word.all(list));
            return Optional.empty();
        }
        return word(name, children(name).getFirst().text(), list);
    }

    <W extends Enum<W> & Word> List<W> words(String name, Class<W> list) {
        var words = new ArrayList<W>();
        var number = 0;
        for (var child : children(name)) {
            number++;
            word(name + "[" + number + "]", child.text(), list).ifPresent(words::add);
        }
        return words;
    }

    private <W extends Enum<W> & Word> Optional<W> word(String name, String text, Class<W> list) {
        var word = stripped(name, text);
        var found = Word.find(list, word);
        if (found.isEmpty()) {
            refuse(Rule.WORD, name, word, Word.all(list));
        }
        return found;
    }

    Optional<CapTime> time(String name) {
        return token(name).flatMap(it -> time(name, it));
    }

    Optional<CapTime> time(String name, String text) {
        return TimeReader.read(text, assumed, this, name);
    }

    /** Whether a moment can be read from it; what is odd about it is not noted. */
    boolean isTime(String text) {
        return TimeReader.read(text, assumed, new Segment(element, path, new ArrayList<>(), assumed), "")
                .isPresent();
    }

    /** valueName and value of each element of this name. */
    List<NamedValue> pairs(String name, Grade grade) {
        var pairs = new ArrayList<NamedValue>();
        for (var pair : segments(name)) {
            pair.pair(grade).ifPresent(pairs::add);
        }
        return pairs;
    }

    /** CAP 1.0 wrote {@code name=value} as text. */
    private Optional<NamedValue> pair(Grade grade) {
        check();
        var equals = element.text().indexOf('=');
        if (element.children().isEmpty() && equals > 0) {
            note(Rule.PAIR, "", element.text().strip(), "valueName and value");
            return Optional.of(new NamedValue(
                    element.text().substring(0, equals).strip(),
                    element.text().substring(equals + 1).strip()));
        }
        if (children("valueName").isEmpty() || children("value").isEmpty()) {
            find(grade, Rule.PAIR, "", element.text().strip(), "valueName and value");
            return Optional.empty();
        }
        return Optional.of(new NamedValue(
                children("valueName").getFirst().text(),
                children("value").getFirst().text()));
    }
}
