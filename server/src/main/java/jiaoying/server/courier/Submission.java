package jiaoying.server.courier;

/** What a carrier says when a parcel is handed over. */
public sealed interface Submission {
    /** @param carrierRef the carrier's own number, or empty */
    record Taken(String carrierRef) implements Submission {}

    record Turned(String reason) implements Submission {}
}
