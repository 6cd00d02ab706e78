package jiaoying.duty.warn;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import jiaoying.duty.monitor.SignalColor;

/**
 * A message of another warning centre (外来预警消息) in our words: what CAP 1.2 says of itself, and what it means here.
 *
 * @param references  messages that it replaces, withdraws or answers
 * @param signature   what its signature is worth
 * @param trusted     false when the configuration demands a good signature and it has none: it is kept and does not act
 * @param senderName  the sender for people, as shown on every screen
 * @param meanings    what it says for the areas of the register, in the room's hazards; empty when nothing of it concerns us
 * @param remarks     what was found while it was read and mapped, for people
 * @param digest      SHA-256 over what it says, hex: the same identity with another digest is a conflict
 */
public record Bulletin(
        Id id,
        Status status,
        Type type,
        List<Id> references,
        Signature signature,
        boolean trusted,
        String senderName,
        String headline,
        List<Meaning> meanings,
        List<Remark> remarks,
        String digest) {

    /**
     * Something found while it was read and mapped; the words are in the text catalogue.
     *
     * @param kind   title-counts, event-unknown, area-unknown, area-by-name, no-boundaries, straightened or standard
     * @param values what fills the words
     */
    public record Remark(String kind, List<String> values) {
        public static Remark of(String kind, String... values) {
            return new Remark(kind, List.of(values));
        }
    }

    /** Which message: the extended identifier of CAP 1.2, 3.2.1. */
    public record Id(String sender, String identifier, Instant sent) {
        /** As in references, with the time in UTC. */
        public String text() {
            return sender + "," + identifier + "," + sent;
        }
    }

    /** CAP 1.2, 3.2.1 status; only ACTUAL may act in a room that is no exercise. */
    public enum Status {
        ACTUAL,
        EXERCISE,
        SYSTEM,
        TEST,
        DRAFT
    }

    /** CAP 1.2, 3.2.1 msgType. */
    public enum Type {
        ALERT,
        UPDATE,
        CANCEL,
        ACK,
        ERROR
    }

    /** What a signature is worth against the keys that the room trusts. */
    public enum Signature {
        NONE,
        GOOD,
        BAD,
        UNKNOWN_KEY,
        NOT_CHECKED
    }

    /**
     * One hazard and colour for some areas.
     *
     * @param color NONE lifts
     * @param areas codes of the register
     * @param from  when it comes into force (CAP 1.2, 3.2.2 effective); often when it was sent
     * @param until when it ends by itself
     */
    public record Meaning(
            String hazard, SignalColor color, List<String> areas, String text, Instant from, Instant until) {}

    /** A place with what a bulletin brought there. @param signal the signal that came into force or was in force already */
    public record Brought(String hazard, String area, SignalColor color, String signal) {
        String place() {
            return hazard + '/' + area;
        }
    }

    /** What became of a bulletin (处理结果). */
    public enum Verdict {
        /** It changed or confirmed signals in force. */
        ACTED,
        /** It will act when its time has come: effective lies ahead. */
        WAITING,
        /** Status is not one that acts in this room. */
        NOT_ACTUAL,
        /** The configuration demands a good signature. */
        UNTRUSTED,
        /** A later message that was heard before had replaced or withdrawn it. */
        REPLACED,
        /** It was over when it came. */
        EXPIRED,
        /** No area of the register, or no hazard of the room. */
        NOT_OURS,
        /** A newer message of the sender holds for all of its areas, or there was nothing to withdraw. */
        NOTHING_TO_DO,
        /** A receipt or a rejection. */
        RECEIPT
    }

    /** When the last of it ends by itself; empty when it means nothing. */
    public Optional<Instant> until() {
        return meanings.stream().map(Meaning::until).max(Instant::compareTo);
    }
}
