package jiaoying.duty.room;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import jiaoying.duty.call.CallFact.Aim;
import jiaoying.duty.call.CallFact.Item;
import jiaoying.duty.call.CallFact.RuleJudged;
import jiaoying.duty.call.Terms;
import jiaoying.duty.casework.CaseFact.Actor;
import jiaoying.duty.casework.CaseFact.Entry;
import jiaoying.duty.casework.CaseFact.Proof;
import jiaoying.duty.errand.Channel;
import jiaoying.duty.forecast.ForecastPlan;
import jiaoying.duty.forecast.Score;
import jiaoying.duty.forecast.SiteForecast;
import jiaoying.duty.forecast.WhatIf;
import jiaoying.duty.measure.Check;
import jiaoying.duty.measure.Sentence;
import jiaoying.duty.monitor.Basis;
import jiaoying.duty.monitor.RainRate;
import jiaoying.duty.monitor.SignalColor;
import jiaoying.duty.programme.Amendment;
import jiaoying.duty.programme.CoreState;
import jiaoying.duty.respond.RespondFact.OpenAction;
import jiaoying.duty.warn.Bulletin;

/** Rows of the projections: what the screens read. Ids only; names come from the register when a page is made. */
public sealed interface View {
    /** @param ended empty while in force, else replaced, lifted or retracted */
    record SignalView(
            String signal,
            String hazard,
            String area,
            SignalColor color,
            String action,
            String source,
            String by,
            String text,
            Optional<Instant> proposedAt,
            Instant issuedAt,
            Optional<Instant> endedAt,
            String ended,
            List<Basis> basis)
            implements View {}

    /** @param criteria name and version of the pack that raised it, or {@code hand/} and the account; decision: empty while open */
    record AlertView(
            String alert,
            String hazard,
            String area,
            SignalColor color,
            SignalColor was,
            Instant raisedAt,
            Optional<Instant> decideBy,
            String decision,
            String decidedBy,
            Optional<Instant> decidedAt,
            String criteria,
            boolean single,
            List<Basis> basis,
            String source,
            String text)
            implements View {}

    /**
     * A message of another warning centre.
     *
     * @param begins  when it, or its next part, comes into force
     * @param began   when the last part of it that lay ahead came into force
     * @param ended   replaced, cancelled or expired; empty while it is in force, and when it never was
     * @param endedAt empty while something is in force because of it
     * @param disputed how often its identity came with other words
     */
    record BulletinView(
            String key,
            Bulletin bulletin,
            String by,
            Instant heardAt,
            Bulletin.Verdict verdict,
            List<Bulletin.Brought> brought,
            Optional<Instant> ends,
            Optional<Instant> begins,
            Optional<Instant> began,
            String ended,
            Optional<Instant> endedAt,
            int disputed)
            implements View {}

    /**
     * An emergency response.
     *
     * @param level   proposed: I is 1, IV is 4; decidedLevel: 0 while undecided or when none was started
     * @param state   proposed, overdue, started, declined, superseded, withdrawn or ended
     * @param endedAt empty while it is proposed or started
     */
    record ResponseView(
            String response,
            String hazard,
            SignalColor color,
            String area,
            int level,
            Instant proposedAt,
            Optional<Instant> decideBy,
            String plan,
            String state,
            int decidedLevel,
            String decidedBy,
            String reason,
            Optional<Instant> decidedAt,
            List<ActionView> actions,
            Optional<Instant> endedAt)
            implements View {}

    /**
     * @param reportedAt  empty while it waits for a report
     * @param urgedAt     when it came due without one, and its body was reminded
     * @param escalatedAt when the leader was called about it
     */
    record ActionView(
            OpenAction action,
            String by,
            String text,
            Optional<Instant> reportedAt,
            Optional<Instant> urgedAt,
            Optional<Instant> escalatedAt) {}

    /**
     * @param closed      empty while open
     * @param notReceived persons to whom the last notice has not been delivered
     * @param terms       what holds beside the rounds: the rule over all, second reports, quiet hours
     * @param inPlace     how many second reports have come
     * @param judged      how the rule over all was judged; empty before
     */
    record OrderView(
            String order,
            String reason,
            String hazard,
            SignalColor color,
            String area,
            String message,
            boolean exercise,
            Instant openedAt,
            Optional<Instant> closedAt,
            String closed,
            int called,
            int answered,
            int takenOver,
            int silent,
            String notice,
            List<String> notReceived,
            Aim aim,
            Terms terms,
            int inPlace,
            Optional<RuleJudged> judged)
            implements View {}

    /**
     * @param state calling, exhausted, answered, reached-by-desk, taken-over, carried-over or unanswered (the order
     *              closed before an answer)
     * @param witness   who saw or heard an answer entered from the offline ladder, or empty
     * @param reportBy  until when a second report is waited for
     * @param inPlaceAt when it came
     */
    record CalleeView(
            String order,
            String person,
            String area,
            SignalColor color,
            List<Item> items,
            Instant calledAt,
            int round,
            int rounds,
            String state,
            boolean escalated,
            Optional<Instant> settledAt,
            String settledBy,
            String settledChannel,
            String witness,
            Optional<Instant> reportBy,
            Optional<Instant> inPlaceAt,
            Optional<Next> next,
            List<AttemptView> attempts)
            implements View {}

    /** What happens next on a ladder. @param what self, deputy, superior or officer; person: who is called then, or empty */
    record Next(String what, String person, List<Channel> channels, Instant at) {}

    /**
     * @param state planned, submitted, delivered, undelivered, connected, heard-to-end, no-answer, busy, confirmed, not-me,
     *              failed, ambiguous or withdrawn
     */
    record AttemptView(
            String key,
            Channel channel,
            String to,
            int round,
            Instant plannedAt,
            Optional<Instant> submittedAt,
            String state,
            String detail) {}

    /** @param level of the criteria; signal: colour of the signal in force */
    record AreaView(
            String area,
            String hazard,
            SignalColor level,
            Optional<Instant> fallingSince,
            boolean single,
            List<Basis> basis,
            SignalColor signal)
            implements View {}

    /**
     * An item of a programme, whole: what a work list, its own page and its trace show.
     *
     * @param core    WAITING or SUSPENDED while it is paused
     * @param level   of the field by which the kind is strict, or empty
     * @param area    the place it belongs to, or empty
     * @param closedAt when it ended, by closing, voiding or transfer; empty while it is open
     * @param leads    every body that ever led it
     * @param highest  the place in its list of the highest level it ever had; -1 without one
     */
    record ItemView(
            String item,
            String programme,
            String version,
            String kind,
            String number,
            String title,
            String stage,
            CoreState core,
            String level,
            String area,
            String lead,
            String supervising,
            List<String> assisting,
            List<Entry> fields,
            Instant openedAt,
            Instant changedAt,
            Optional<Instant> closedAt,
            String source,
            String parent,
            List<String> children,
            int rework,
            String pausedFor,
            List<ClockView> clocks,
            List<ItemCard> cards,
            List<ItemControl> controls,
            List<ExtensionView> extensions,
            List<ItemAct> acts,
            List<ItemProof> proofs,
            List<String> leads,
            int highest,
            List<ItemApproval> approvals)
            implements View {}

    /** Figures as they were published. @param figures frozen; zh and en: the text, or empty */
    record PublishedView(
            String report,
            String programme,
            String version,
            LocalDate from,
            LocalDate to,
            LocalDate asOf,
            Instant at,
            String by,
            List<RoomFact.PublishedFigure> figures,
            String zh,
            String en)
            implements View {}

    /**
     * A change of a limit. @param was the term before, as {@code 15 days} @param state proposed, approved or refused @param decidedBy
     * another person than {@code by}, or empty
     */
    record LimitView(
            String change,
            String programme,
            String kind,
            String clock,
            String was,
            int amount,
            String unit,
            String reason,
            String by,
            Instant at,
            String state,
            String decidedBy,
            String why,
            Optional<Instant> decidedAt)
            implements View {
        LimitView decided(String how, String person, String words, Instant when) {
            return new LimitView(
                    change,
                    programme,
                    kind,
                    clock,
                    was,
                    amount,
                    unit,
                    reason,
                    by,
                    at,
                    how,
                    person,
                    words,
                    Optional.of(when));
        }
    }

    /**
     * A change of a programme (专项设置).
     *
     * @param state     proposed, approved, refused or withdrawn
     * @param decidedBy another person than {@code by} where it was approved or refused; empty while it waits
     * @param place     which decision of the room it was, from 1, for changes of one moment; 0 while it waits
     */
    record AmendmentView(
            String change,
            String programme,
            Amendment amendment,
            List<String> was,
            String reason,
            String by,
            Instant at,
            String state,
            String decidedBy,
            String why,
            Optional<Instant> decidedAt,
            int place)
            implements View {
        public static final String PROPOSED = "proposed";
        public static final String APPROVED = "approved";

        AmendmentView decided(String how, String person, String words, Instant when, int nth) {
            return new AmendmentView(
                    change, programme, amendment, was, reason, by, at, how, person, words, Optional.of(when), nth);
        }
    }

    /** A document that was read. @param document SHA-256 of its text, hex */
    record DocumentView(String document, String name, int characters, Instant at, String by, List<DroppedDraft> dropped)
            implements View {}

    /** @param from and to: characters of the text, from 0 */
    record DroppedDraft(int from, int to, String reason, String by, Instant at) {}

    /**
     * @param state   running, paused, met, missed or cancelled
     * @param open    still counting, or missed and not done
     * @param granted days more, each time they were given; empty for a clock that counts no longer
     */
    record ClockView(
            String clock,
            Instant startedAt,
            Instant dueAt,
            Instant firstDue,
            boolean provisional,
            String state,
            boolean open,
            Optional<Instant> endedAt,
            List<Integer> granted) {}

    /** @param how open, answered, unanswered or cancelled */
    record ItemCard(
            String card,
            String rung,
            String level,
            List<String> persons,
            String reason,
            Instant dueAt,
            Instant issuedAt,
            Optional<Instant> answerBy,
            String how,
            String by,
            String text,
            Optional<Instant> endedAt) {}

    /** What a warning asked. @param how asked, confirmed, missed or lifted */
    record ItemControl(
            String signal,
            List<String> persons,
            String ask,
            Instant dueAt,
            String how,
            String by,
            String text,
            Optional<Instant> endedAt) {}

    record ExtensionView(String clock, int days, String by, String reason, Instant decideBy) {}

    record ItemAct(
            String move, String from, String to, Actor by, Instant recordedAt, Instant happenedAt, String reason) {}

    /** @param steps how many steps the item had gone when it was kept */
    record ItemProof(Proof proof, Actor by, Instant recordedAt, int steps) {}

    /** That a step may be taken, said by somebody other than who takes it. */
    record ItemApproval(String move, Actor by) {}

    /** @param doubts by which the station stands in doubt, and those that an officer overruled while their condition lasts */
    record StationView(String station, boolean silent, Optional<Instant> lastObservedAt, List<DoubtView> doubts)
            implements View {}

    /**
     * Why a station is not believed; see {@link Check#silences} for what follows.
     *
     * @param overruledBy empty while the doubt stands; reason: the officer's
     */
    record DoubtView(
            Check check,
            Instant since,
            Sentence evidence,
            String overruledBy,
            String reason,
            Optional<Instant> overruledAt) {
        public boolean stands() {
            return overruledBy.isEmpty();
        }
    }

    /**
     * Something that happened to the belief in a station (测站记事); its id begins with station and month (UTC), {@code S/2026-07/}.
     *
     * @param what       doubted, trusted (the condition has gone, or it was registered anew), overruled, flagged (a reading that
     *                   was kept), accepted, would-raise, silent or heard
     * @param value      of a flagged reading, as the check found it; colour that would have been reached; or empty
     * @param observedAt of the reading that was accepted or would have raised a level; of the last one before a silence
     * @param by         the officer who overruled or accepted, or empty
     * @param said       why
     */
    record MarkView(
            String station,
            Instant at,
            String what,
            Optional<Check> check,
            String value,
            Optional<Instant> observedAt,
            String by,
            List<Sentence> said)
            implements View {}

    /**
     * A run of the flood model (一次演算).
     *
     * @param by      account that asked, or empty: the clock
     * @param start   from then on it looks ahead, until {@code until}
     * @param rain    how hard it rained at each gauge when it was asked for
     * @param state   asked, made or failed; why: it failed
     * @param from    the water with which it began, and {@code stateAt}: when that was; the same as {@code start} before it came
     * @param endedAt when it came or failed
     */
    record ForecastView(
            String run,
            WhatIf whatIf,
            String by,
            Instant askedAt,
            Instant start,
            Instant until,
            List<RainRate> rain,
            Instant deadline,
            String state,
            Optional<Sentence> why,
            String from,
            Instant stateAt,
            int cells,
            long wallMs,
            List<SiteForecast> sites,
            Optional<Instant> endedAt)
            implements View {}

    /** @param plan empty: no forecasts are made; failedInARow: forecasts that failed one after the other, up to now */
    record ForecastsView(
            Optional<ForecastPlan> plan,
            Optional<Instant> next,
            int failedInARow,
            List<Score> skill,
            List<ExpectedView> expected)
            implements View {}

    record ExpectedView(String area, SignalColor color) {}

    record ShiftView(String officer, Instant since, boolean soundArmed) implements View {}

    record NoteView(String note, Instant at, String by, String text) implements View {}

    /**
     * @param kind set-aside, or of one row of a message refused-FIELD or suspect-FIELD (stored all the same), FIELD being what
     *             was wrong, for example refused-observed_at; or would-raise: what does not count would have raised a level
     * @param source who sent it, or the kind of an arrival that was set aside; or empty
     * @param station the station that it is about, or empty
     * @param said what was found, and what is allowed
     */
    record FindingView(String finding, Instant at, String kind, String source, String station, List<Sentence> said)
            implements View {}

    /** A contact that is not the person's (不是本人). @param settledAt when the register was corrected, empty until then */
    record DisputeView(String person, String channel, Instant disputedAt, Optional<Instant> settledAt)
            implements View {}

    record RoomView(Settings settings, boolean held, PlanView plan) implements View {}

    /**
     * A carrier that was out at least once.
     *
     * @param failedAt when it could hand over no longer, the last time
     * @param backAt   when it could again; empty while it is out
     * @param out      channels by which nothing went out then
     * @param at       when this was recorded: the latest of all carriers tells what is out
     */
    record CarrierView(
            String carrier,
            List<Channel> channels,
            Instant failedAt,
            Optional<Instant> backAt,
            String why,
            List<Channel> out,
            Instant at)
            implements View {
        public boolean well() {
            return backAt.isPresent();
        }
    }

    /**
     * By which plan the room was told to call.
     *
     * @param plan  name of the pack; empty when the room was never told and calls by the usual one
     * @param since when it was chosen
     */
    record PlanView(String plan, String version, String digest, String by, Optional<Instant> since) {
        static final PlanView USUAL = new PlanView("", "", "", "", Optional.empty());
    }
}
