package jiaoying.wire.cap;

import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import jiaoying.wire.cap.Alert.MsgType;
import jiaoying.wire.cap.Alert.Scope;
import jiaoying.wire.cap.Finding.Grade;
import jiaoying.wire.cap.Finding.Rule;
import jiaoying.wire.xml.XmlElement;

/** Reads an alert (3.2.1). */
final class AlertReader {
    private static final String REFERENCE = "sender,identifier,sent, several with a space between";

    /** Stands where a refused message has no time. */
    private static final CapTime NO_TIME = CapTime.of(LocalDateTime.of(1970, 1, 1, 0, 0), ZoneOffset.UTC);

    private final Segment alert;

    private AlertReader(Segment alert) {
        this.alert = alert;
    }

    /** What it finds is appended to {@code findings}; the record counts only if none of them is a refusal. */
    static Alert read(XmlElement element, List<Finding> findings, Optional<ZoneOffset> assumed) {
        return new AlertReader(new Segment(element, "/alert", findings, assumed)).read();
    }

    private Alert read() {
        alert.check();
        var id = id();
        var status = alert.word("status", Alert.Status.class).orElse(Alert.Status.DRAFT);
        var msgType = alert.word("msgType", MsgType.class).orElse(MsgType.ALERT);
        var source = alert.text("source");
        var scope = alert.word("scope", Scope.class).orElse(Scope.PUBLIC);
        var restriction = alert.text("restriction");
        var addresses = alert.text("addresses").map(Shapes::quotedWords).orElse(List.of());
        checkScope(scope, restriction, addresses);
        return new Alert(
                id,
                status,
                msgType,
                source,
                scope,
                restriction,
                addresses,
                alert.texts("code"),
                alert.text("note"),
                references(msgType),
                alert.text("incidents").map(Shapes::quotedWords).orElse(List.of()),
                infos(id));
    }

    private MessageId id() {
        var identifier = alert.name("identifier");
        var sender = alert.name("sender");
        if (alert.children("sent").isEmpty()) {
            alert.refuse(Rule.MISSING, "sent", "", "one");
            return new MessageId(sender, identifier, NO_TIME);
        }
        var sent = alert.stripped("sent", alert.mandatory("sent"));
        return new MessageId(sender, identifier, alert.time("sent", sent).orElse(NO_TIME));
    }

    private void checkScope(Scope scope, Optional<String> restriction, List<String> addresses) {
        if (scope == Scope.RESTRICTED && restriction.isEmpty()) {
            alert.note(Rule.SCOPE, "restriction", "", "the rule, because scope is Restricted");
        }
        if (scope == Scope.PRIVATE && addresses.isEmpty()) {
            alert.note(Rule.SCOPE, "addresses", "", "recipients, because scope is Private");
        }
    }

    private List<MessageId> references(MsgType type) {
        var text = alert.text("references");
        if (text.isEmpty() && type != MsgType.ALERT) {
            // An Update that names nothing is read as one message more; the others say nothing without a name.
            var grade = type == MsgType.UPDATE ? Grade.NOTE : Grade.REFUSAL;
            alert.find(grade, Rule.REFERENCES, "references", "", REFERENCE + ", because msgType is " + type.word());
        }
        var references = new ArrayList<MessageId>();
        for (var word : Shapes.words(text.orElse(""))) {
            reference(word, type).ifPresent(references::add);
        }
        return references;
    }

    private Optional<MessageId> reference(String word, MsgType type) {
        var parts = word.split(",", -1);
        var isTriple = parts.length == 3 && !parts[0].isEmpty() && !parts[1].isEmpty();
        if (!isTriple || !alert.isTime(parts[2])) {
            var grade = type == MsgType.ALERT ? Grade.NOTE : Grade.REFUSAL;
            alert.find(grade, Rule.REFERENCES, "references", word, REFERENCE);
            return Optional.empty();
        }
        return alert.time("references", parts[2]).map(it -> new MessageId(parts[0], parts[1], it));
    }

    private List<Info> infos(MessageId id) {
        return alert.segments("info").stream()
                .map(it -> InfoReader.read(it, id))
                .toList();
    }
}
