package jiaoying.server.store;

import java.time.Instant;
import java.util.Optional;
import jiaoying.duty.room.Arrival;

/**
 * An arrival with its number.
 *
 * @param arrival empty when what the inbox holds cannot be read; then {@code problem} says why
 */
public record Arrived(long number, Instant receivedAt, String kind, Optional<Arrival> arrival, String problem) {
    static Arrived of(long number, Instant receivedAt, Arrival arrival) {
        return new Arrived(number, receivedAt, RoomJson.kind(arrival), Optional.of(arrival), "");
    }

    static Arrived read(long number, Instant receivedAt, String kind, byte[] payload, RoomJson json) {
        try {
            return new Arrived(number, receivedAt, kind, Optional.of(json.read(kind, payload)), "");
        } catch (BadJson | IllegalArgumentException | IndexOutOfBoundsException e) {
            return new Arrived(number, receivedAt, kind, Optional.empty(), "cannot be read: " + e.getMessage());
        }
    }

    int readings() {
        return arrival.map(Inbox::readings).orElse(0);
    }
}
