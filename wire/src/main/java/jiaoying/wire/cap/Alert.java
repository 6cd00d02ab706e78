package jiaoying.wire.cap;

import java.util.List;
import java.util.Optional;

/**
 * A message (3.2.1).
 *
 * @param restriction if scope is Restricted
 * @param addresses if scope is Private
 * @param references the messages that this one replaces, withdraws or answers
 * @param infos one for each language or stage
 */
public record Alert(
        MessageId id,
        Status status,
        MsgType msgType,
        Optional<String> source,
        Scope scope,
        Optional<String> restriction,
        List<String> addresses,
        List<String> codes,
        Optional<String> note,
        List<MessageId> references,
        List<String> incidents,
        List<Info> infos) {
    public Alert {
        addresses = List.copyOf(addresses);
        codes = List.copyOf(codes);
        references = List.copyOf(references);
        incidents = List.copyOf(incidents);
        infos = List.copyOf(infos);
    }

    /** Only ACTUAL may reach the public. */
    public enum Status implements Word {
        ACTUAL,
        EXERCISE,
        SYSTEM,
        TEST,
        DRAFT;

        @Override
        public String word() {
            return Word.of(this);
        }
    }

    /** What the message does. */
    public enum MsgType implements Word {
        ALERT,
        /** Replaces those in references. */
        UPDATE,
        /** Withdraws those in references. */
        CANCEL,
        /** A machine's receipt for those in references. */
        ACK,
        /** Rejects those in references. */
        ERROR;

        @Override
        public String word() {
            return Word.of(this);
        }
    }

    /** For whom it is. */
    public enum Scope implements Word {
        PUBLIC,
        RESTRICTED,
        PRIVATE;

        @Override
        public String word() {
            return Word.of(this);
        }
    }

    /** A first public alert; {@code with} says the rest. */
    public static Alert first(MessageId id, Status status, List<Info> infos) {
        return new Alert(
                id,
                status,
                MsgType.ALERT,
                Optional.empty(),
                Scope.PUBLIC,
                Optional.empty(),
                List.of(),
                List.of(),
                Optional.empty(),
                List.of(),
                List.of(),
                infos);
    }

    /** This message as an UPDATE, CANCEL, ACK or ERROR of others: all of the chain that are in force, not the newest only. */
    public Alert with(MsgType type, List<MessageId> others) {
        return new Alert(
                id, status, type, source, scope, restriction, addresses, codes, note, others, incidents, infos);
    }

    public Alert withNote(String text) {
        return new Alert(
                id,
                status,
                msgType,
                source,
                scope,
                restriction,
                addresses,
                codes,
                Optional.of(text),
                references,
                incidents,
                infos);
    }

    public Alert withCodes(List<String> profiles) {
        return new Alert(
                id,
                status,
                msgType,
                source,
                scope,
                restriction,
                addresses,
                profiles,
                note,
                references,
                incidents,
                infos);
    }

    public Alert withIncidents(List<String> names) {
        return new Alert(
                id, status, msgType, source, scope, restriction, addresses, codes, note, references, names, infos);
    }

    /** For those that the rule names (Restricted). */
    public Alert restrictedTo(String rule) {
        return new Alert(
                id,
                status,
                msgType,
                source,
                Scope.RESTRICTED,
                Optional.of(rule),
                addresses,
                codes,
                note,
                references,
                incidents,
                infos);
    }

    /** For these recipients only (Private). */
    public Alert addressedTo(List<String> recipients) {
        return new Alert(
                id,
                status,
                msgType,
                source,
                Scope.PRIVATE,
                restriction,
                recipients,
                codes,
                note,
                references,
                incidents,
                infos);
    }

    /** Whether references name it. */
    public boolean refersTo(MessageId message) {
        return references.stream().anyMatch(message::isSame);
    }
}
