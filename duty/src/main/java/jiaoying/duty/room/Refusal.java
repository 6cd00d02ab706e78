package jiaoying.duty.room;

import java.util.Locale;

/** Why a room did not do what somebody asked (拒绝); the words for people are in the catalogue of whoever shows it. */
public enum Refusal {
    /** There is nothing to release. */
    NOT_HELD,
    /** A note without words. */
    NO_WORDS,
    NO_CONTACT,
    /** The person is in no open order, or has answered it. */
    NOT_WAITING,
    /** An answer from the offline ladder needs a witness. */
    NO_WITNESS,
    UNKNOWN_WAY,
    /** No second report is waited for. */
    NO_REPORT_DUE,
    /** A drill names who may be reached; at most 5,000 people. */
    NO_PARTICIPANTS,
    /** The order is no drill, or has ended. */
    NO_DRILL,
    HAZARD_WITHOUT_CRITERIA,
    /** The area is not registered, or the colour is in force there. */
    NOTHING_TO_PROPOSE,
    NO_OPEN_PROPOSAL,
    /** Who proposed does not approve. */
    OWN_PROPOSAL,
    NO_OPEN_ALERT,
    /** The plan calls nobody for the colour, or all are being called. */
    NOBODY_TO_CALL,
    UNKNOWN_DECISION,
    /** The signal is not in force, or the right text is missing. */
    NOTHING_TO_CORRECT,
    /** The signal is not in force, or the reason is missing. */
    NOTHING_TO_RETRACT,
    UNKNOWN_PERSON,
    UNKNOWN_AREA,
    ALERT_OF_ANOTHER_AREA,
    COLOR_IN_FORCE,
    NOTHING_TO_LIFT,
    UNKNOWN_LINK,
    NOT_A_REGISTER_ROW,
    /** No doubt of this check stands at the station, or the reason is missing. */
    NO_DOUBT,
    /** No reading of the last 24 hours is suspect there, or the reason is missing. */
    NO_SUSPECT_READING,
    NO_PROPOSED_RESPONSE,
    UNKNOWN_LEVEL,
    /** Another level than the proposed one needs a reason. */
    NO_REASON,
    /** The action waits for no report, or the report has no words. */
    NO_WAITING_ACTION,
    /** The room has no ground over which forecasts could be made. */
    NO_FORECASTS,
    /** Rain 0 to 300 %, tide -2 to 3 m. */
    UNKNOWN_WHAT_IF,
    /** Three runs on demand are under way. */
    FORECASTS_UNDER_WAY,
    /** The response has not started, or the reason is missing. */
    NO_STARTED_RESPONSE,
    // Refusals about items of programmes: what each means stands with jiaoying.duty.casework.No.
    ITEM_UNKNOWN_PROGRAMME,
    ITEM_UNKNOWN_ITEM,
    ITEM_STALE,
    ITEM_NO_SUCH_STEP,
    ITEM_PAUSED,
    ITEM_NOT_PAUSED,
    ITEM_NOT_YOUR_ROLE,
    ITEM_SEPARATION,
    ITEM_OWN_ITEM,
    ITEM_MISSING_FIELD,
    ITEM_BAD_FIELD,
    ITEM_NOT_YOUR_FIELD,
    ITEM_BODIES,
    ITEM_MISSING_REASON,
    ITEM_MISSING_EVIDENCE,
    ITEM_BAD_EVIDENCE,
    ITEM_NOT_ON_SITE,
    ITEM_NOT_APPROVED,
    ITEM_TOO_OFTEN,
    ITEM_CHILD_OPEN,
    ITEM_RULE,
    ITEM_ACT_MISSING,
    ITEM_NO_SUCH_CLOCK,
    ITEM_TOO_LATE,
    ITEM_TOO_LONG,
    ITEM_NOT_ASKED,
    ITEM_NO_SUCH_CARD,
    ITEM_NOT_OPEN,
    ITEM_TAKEN_BEFORE,
    ITEM_ENDED_ELSEWHERE,
    ITEM_BAD_ROW,
    FIGURES_UNKNOWN,
    FIGURES_NOT_YOURS,
    FIGURES_PERIOD,
    DOCUMENT_UNKNOWN,
    LIMIT_UNKNOWN,
    LIMIT_NOT_YOURS,
    LIMIT_TOO_LONG,
    /** A change of a programme is proposed by one person and decided by another, who both supervise it or lead. */
    SETTING_NOT_YOURS,
    /** No change of this number waits for a decision. */
    SETTING_DECIDED,
    /** A change of the same subject waits already. */
    SETTING_WAITS,
    // Why a change cannot be made: what each means stands with jiaoying.duty.programme.Fault.Why.
    SETTING_UNKNOWN,
    SETTING_ID,
    SETTING_TAKEN,
    SETTING_LAST,
    SETTING_STEPS,
    SETTING_YEAR,
    SETTING_TOWN,
    SETTING_NUMBER,
    SETTING_EMPTY,
    SETTING_LONG,
    SETTING_LINES,
    SETTING_PLACEHOLDER,
    SETTING_BRACES,
    SETTING_BODIES,
    SETTING_ROLE,
    SETTING_SAME;

    /** In lower case with hyphens, as interfaces and catalogues write it. */
    public String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
