package jiaoying.wire.cap;

import java.util.List;
import java.util.Optional;
import jiaoying.wire.cap.Alert.MsgType;
import jiaoying.wire.cap.Alert.Scope;
import jiaoying.wire.cap.Alert.Status;

/** An alert being put together: a first one for the public unless told otherwise; {@link #alert()} makes the record. */
public final class AlertDraft {
    private final MessageId id;
    private final Status status;
    private final List<Info> infos;
    private MsgType msgType = MsgType.ALERT;
    private Scope scope = Scope.PUBLIC;
    private Optional<String> restriction = Optional.empty();
    private List<String> addresses = List.of();
    private List<String> codes = List.of();
    private Optional<String> note = Optional.empty();
    private List<MessageId> references = List.of();
    private List<String> incidents = List.of();

    public AlertDraft(MessageId id, Status status, List<Info> infos) {
        this.id = id;
        this.status = status;
        this.infos = infos;
    }

    /** An UPDATE, CANCEL, ACK or ERROR of others: all of the chain that are in force, not the newest only. */
    public AlertDraft of(MsgType type, List<MessageId> others) {
        msgType = type;
        references = others;
        return this;
    }

    /** For those that the rule names (Restricted). */
    public AlertDraft restrictedTo(String rule) {
        scope = Scope.RESTRICTED;
        restriction = Optional.of(rule);
        return this;
    }

    /** For these recipients only (Private). */
    public AlertDraft addressedTo(String... recipients) {
        scope = Scope.PRIVATE;
        addresses = List.of(recipients);
        return this;
    }

    public AlertDraft codes(String... profiles) {
        codes = List.of(profiles);
        return this;
    }

    public AlertDraft note(String text) {
        note = Optional.of(text);
        return this;
    }

    public AlertDraft incidents(String... names) {
        incidents = List.of(names);
        return this;
    }

    public Alert alert() {
        return new Alert(
                id,
                status,
                msgType,
                Optional.empty(),
                scope,
                restriction,
                addresses,
                codes,
                note,
                references,
                incidents,
                infos);
    }
}
