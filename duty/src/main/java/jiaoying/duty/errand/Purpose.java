package jiaoying.duty.errand;

/** Why an errand is sent. */
public enum Purpose {
    /** A call that asks for an answer. */
    CALL,
    /** Tells somebody already reached that the matter is lifted, corrected or retracted; asks for no answer. */
    NOTICE,
    /** Signs the head of the ledger. */
    SIGN_HEAD,
    /** Carries the signed head to an outside recipient. */
    ANCHOR
}
