package jiaoying.server.courier;

/** What a carrier says when a parcel is handed over. */
public sealed interface Submission {
    /** @param carrierRef the carrier's own number, or empty */
    record Taken(String carrierRef) implements Submission {}

    record Turned(String reason) implements Submission {}

    /** Certainly not taken this time; it may go again with the same key a little later, and is given up after some times. */
    record NotNow(String reason) implements Submission {}
}
