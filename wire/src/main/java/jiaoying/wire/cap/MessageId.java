package jiaoying.wire.cap;

/**
 * Which message: the extended message identifier {@code sender,identifier,sent} (3.2.1, references).
 *
 * @param identifier unique for the sender; no space, comma, {@code <} or {@code &}
 * @param sender unique in the world; the same characters
 */
public record MessageId(String sender, String identifier, CapTime sent) {
    /** The same message, also if the time is written with another offset. */
    public boolean isSame(MessageId other) {
        return sender.equals(other.sender) && identifier.equals(other.identifier) && sent.compareTo(other.sent) == 0;
    }

    /** As written in references. */
    @Override
    public String toString() {
        return sender + "," + identifier + "," + sent;
    }
}
