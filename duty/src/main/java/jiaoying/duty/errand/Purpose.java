package jiaoying.duty.errand;

/** Why an errand is sent. */
public enum Purpose {
    /** A call that asks for an answer. */
    CALL,
    /** Tells somebody already reached that the matter is lifted, corrected or retracted; asks for no answer. */
    NOTICE,
    /** A card or reminder about an item that is owed (督办卡); it is answered on the page or at the desk. */
    CARD,
    /** Runs the flood model and brings what it gave. */
    FORECAST,
    /** Signs the head of the ledger. */
    SIGN_HEAD,
    /** Carries the signed head to an outside recipient. */
    ANCHOR
}
