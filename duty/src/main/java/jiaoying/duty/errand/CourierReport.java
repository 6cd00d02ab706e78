package jiaoying.duty.errand;

/**
 * What became of an errand when a courier handed it over.
 *
 * @param kind       see {@link Kind}
 * @param carrierRef the carrier's own number of the submission, or empty
 * @param detail     reason of a failure, signature of a head, or empty
 */
public record CourierReport(String key, Kind kind, String carrier, String carrierRef, String detail) {
    public enum Kind {
        /** The carrier took it. */
        SUBMITTED,
        /** It was refused or could not be handed over; {@code detail} says why. */
        FAILED,
        /** Nobody knows whether it was handed over: the lease ran out and the carrier keeps no key. */
        AMBIGUOUS
    }
}
