package jiaoying.wire.cmpp;

/**
 * Bytes that are no packet.
 *
 * @param command  as it stands in the header, 0 when there is none
 * @param sequence as it stands in the header, 0 when there is none; an answer must carry it
 * @param length   bytes to skip; 0 when nobody can tell where the next packet begins, and the connection is to be ended
 */
public record Broken(Reason reason, long command, long sequence, int length) implements Decoded {
    /** Why. */
    public enum Reason {
        /** Total_Length is less than a header or more than any packet. */
        LENGTH,
        /** Command_Id is none that is known here. */
        COMMAND,
        /** The body is shorter or longer than its fields. */
        BODY
    }
}
