package jiaoying.duty.errand;

/**
 * What a carrier tells afterwards about an errand it took; late, repeated and disordered events are normal.
 *
 * @param event the carrier's own id of the event: the same id counts once
 */
public record CarrierEvent(String carrier, String event, String key, Kind kind, String detail) {
    public enum Kind {
        DELIVERED,
        UNDELIVERED,
        CONNECTED,
        NO_ANSWER,
        BUSY,
        HEARD_TO_END,
        /** Key 1, or the reply 收到, 1 or R: an answer. */
        CONFIRMED,
        /** Key 2, or the reply 到岗 or 2: an answer, and the second report that some duties owe. */
        IN_PLACE,
        /** Key 9 or 不是本人: the contact does not belong to the person. */
        NOT_ME
    }
}
