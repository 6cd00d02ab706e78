package jiaoying.sim.carrier;

import java.time.Instant;

/** What happens after a carrier took something. */
public sealed interface Happening {
    Instant at();

    String key();

    /** The carrier tells the sender. @param event the carrier's id of the event; a repeated receipt has the same */
    record Receipt(Instant at, String key, String event, Kind kind, String detail) implements Happening {}

    /** The person pressed the button behind the link of the message. */
    record LinkPosted(Instant at, String key) implements Happening {}

    enum Kind {
        DELIVERED,
        UNDELIVERED,
        CONNECTED,
        NO_ANSWER,
        BUSY,
        HEARD_TO_END,
        CONFIRMED,
        NOT_ME
    }
}
