package jiaoying.wire.cmpp;

import java.util.Optional;

/**
 * One part of a message, with its user data header (TP_udhi 1) where the message has several: {@code 05 00 03 ref total index},
 * or {@code 06 08 04} with a reference of two bytes (3GPP TS 23.040 §9.2.3.24.1 and .8).
 *
 * @param reference the same in all parts of a message to one person; 0 when there is one part
 * @param total     parts of the message, 1 to 255
 * @param index     this part, from 1
 * @param content   as SUBMIT carries it, header included
 */
public record Part(int reference, int total, int index, int msgFmt, Content content) {
    public int tpUdhi() {
        return content.size() > 0 && total > 1 ? 1 : 0;
    }

    /** What a received message says of itself: alone, or which part; empty when its header cannot be read. */
    public static Optional<Part> find(int tpUdhi, int msgFmt, Content content) {
        if ((tpUdhi & 1) == 0) {
            return Optional.of(new Part(0, 1, 1, msgFmt, content));
        }
        if (content.size() < 1 || content.at(0) >= content.size()) {
            return Optional.empty();
        }
        return Optional.of(ofHeader(msgFmt, content, content.at(0) + 1));
    }

    /** Looks through the elements of the header; one without an element of ours is a whole message. */
    private static Part ofHeader(int msgFmt, Content content, int end) {
        for (var at = 1; at + 1 < end; at += 2 + content.at(at + 1)) {
            int size = content.at(at + 1);
            if (at + 2 + size > end) {
                break;
            }
            var wide = content.at(at) == 8 && size == 4;
            if (wide || content.at(at) == 0 && size == 3) {
                var last = at + 2 + size;
                var reference = wide ? content.at(at + 2) << 8 | content.at(at + 3) : content.at(at + 2);
                int total = content.at(last - 2);
                int index = content.at(last - 1);
                if (total > 0 && index > 0 && index <= total) {
                    return new Part(reference, total, index, msgFmt, content);
                }
            }
        }
        return new Part(0, 1, 1, msgFmt, content);
    }

    /** The letters, without the header. @param tpUdhi as the message said it */
    public String text(int tpUdhi) {
        var letters = (tpUdhi & 1) == 0 ? content : content.from(Math.min(content.size(), content.at(0) + 1));
        return MsgFmt.text(msgFmt, letters.toBytes());
    }
}
