package jiaoying.server.store;

import java.time.Instant;
import java.util.HexFormat;

/**
 * How far a room has come.
 *
 * @param lastNumber last arrival in the inbox
 * @param lastTaken  last arrival decided
 * @param head       hash of the last fact, hex
 * @param recordedAt of the last arrival decided
 */
public record RoomRow(
        String id,
        boolean demo,
        long epoch,
        long lastNumber,
        long lastTaken,
        long lastFact,
        String head,
        Instant recordedAt,
        long journalCount,
        boolean held) {
    byte[] headBytes() {
        return HexFormat.of().parseHex(head);
    }
}
