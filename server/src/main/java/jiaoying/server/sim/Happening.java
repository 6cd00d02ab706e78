package jiaoying.server.sim;

import java.time.Duration;

/**
 * Something that a seed brings about, each for itself removable.
 *
 * @param id   its place in the seed's script, for ever the same
 * @param at   since the beginning
 * @param nth  which step after {@code at} is struck, or whom or what it concerns
 * @param span how long it lasts, where it lasts
 */
record Happening(int id, Duration at, Kind kind, int nth, Duration span) {
    /** What there is; the order is for ever, since scripts are drawn by it. */
    enum Kind {
        RED,
        ORANGE,
        LIFT,
        CORRECT,
        RETRACT,
        DESK,
        AGAIN,
        ESCALATE,
        NEW_DEPUTY,
        WRONG_KEY,
        /** The engine is killed at the n-th step after, and started again after the span. */
        KILL,
        /** As KILL, and the n-th step of the new start kills it once more. */
        KILL_TWICE,
        /** The database is away from the n-th step on, for the span. */
        AWAY,
        /** The n-th commit after is kept, and its answer is lost. */
        ANSWER_LOST,
        /** Another engine takes the room over; the old one goes on until it notices. */
        RIVAL,
        /** Stopped in order and started again. */
        RESTART,
        /** Stopped in order, everything rebuilt from the facts, started again. */
        REBUILD,
        /** Started again with a plan in other words: running orders keep theirs. */
        OTHER_PLAN,
        /** The machine's clock is set back by the span. */
        CLOCK_BACK,
        /** It jumps forward by the span. */
        CLOCK_AHEAD,
        /** The carrier of that number cannot be reached. */
        CARRIER_DOWN,
        /** It takes everything and brings nothing. */
        CARRIER_MUTE,
        /** It takes and the line breaks before it says so. */
        CARRIER_BREAKS,
        /** It refuses. */
        CARRIER_TURNS,
        /** It says: not now. */
        CARRIER_BUSY,
        /** From the beginning: the plan asks for a second report within the span, or the answer expires. */
        PLAN_REPORT,
        /** From the beginning: a rule over all callees is judged after the span, and a leader has the shift. */
        PLAN_RULE,
        /** From the beginning: orange does not ring for the span. */
        PLAN_QUIET,
        /** From the beginning: orange rings a phone no more often than once in the span. */
        PLAN_SPACING,
        /** From the beginning: the first round goes by loudspeaker too; some of them are shared. */
        PLAN_LOUD,
        /** From the beginning: some people take part in exercises of the room. */
        PARTICIPANTS,
        /** An officer starts a drill with named people. */
        DRILL,
        /** An officer has everybody of the city answer. */
        ANSWER_TEST,
        /** The last drill or answer test ends. */
        END_DRILL,
        /** An officer hears that somebody is at his place. */
        IN_PLACE,
        /** An officer answers for somebody. */
        TAKE_OVER
    }

    boolean strikesCarrier() {
        return kind.compareTo(Kind.CARRIER_DOWN) >= 0 && kind.compareTo(Kind.CARRIER_BUSY) <= 0;
    }
}
