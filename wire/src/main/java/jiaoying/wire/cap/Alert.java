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

    /** Whether references name it. */
    public boolean refersTo(MessageId message) {
        return references.stream().anyMatch(message::isSame);
    }
}
