package jiaoying.duty.casework;

/** Why an item was not touched (拒绝). */
public enum No {
    UNKNOWN_PROGRAMME,
    UNKNOWN_ITEM,
    /** The item is elsewhere by now: value says who moved it and when. */
    STALE,
    NO_SUCH_STEP,
    PAUSED,
    NOT_PAUSED,
    NOT_YOUR_ROLE,
    /** He or his body did, or may have to answer for, what is to be checked. */
    SEPARATION,
    /** The lead body does not end its own item. */
    OWN_ITEM,
    MISSING_FIELD,
    BAD_FIELD,
    NOT_YOUR_FIELD,
    BODIES,
    MISSING_REASON,
    MISSING_EVIDENCE,
    BAD_EVIDENCE,
    NOT_ON_SITE,
    NOT_APPROVED,
    TOO_OFTEN,
    CHILD_OPEN,
    RULE,
    /** One of the four acts is missing in the item's history. */
    ACT_MISSING,
    NO_SUCH_CLOCK,
    TOO_LATE,
    TOO_LONG,
    NOT_ASKED,
    NO_SUCH_CARD,
    NOT_OPEN,
    /** The row of a ledger was taken over before: value says as which item. */
    TAKEN_BEFORE,
    /** It had ended in a ledger kept elsewhere: the four acts were never seen here. */
    ENDED_ELSEWHERE,
    /** A row of many; value says which and why. */
    BAD_ROW
}
