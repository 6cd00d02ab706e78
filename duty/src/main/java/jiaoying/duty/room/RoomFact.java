package jiaoying.duty.room;

import java.time.LocalDate;
import java.util.List;
import jiaoying.duty.errand.Channel;
import jiaoying.duty.errand.ClearsTimer;
import jiaoying.duty.errand.CourierReport;
import jiaoying.duty.errand.Errand;
import jiaoying.duty.errand.OrdersErrands;
import jiaoying.duty.errand.SettlesErrands;
import jiaoying.duty.ledger.Fact;
import jiaoying.duty.programme.Amendment;

/** What happened to the room itself. */
public sealed interface RoomFact extends Fact {
    record RoomConfigured(Settings settings, String by) implements RoomFact {}

    /** An arrival that could not be taken; nothing of it changed the room. */
    record ArrivalSetAside(long arrival, String kind, String problem) implements RoomFact {}

    /** Count and digest of the readings journal up to this arrival. @param digest hex, SHA-256 over all arrivals' readings */
    record JournalSealed(long count, String digest) implements RoomFact {}

    /** A timer came due that nobody waits for any more. */
    record TimerLapsed(String timer) implements RoomFact, ClearsTimer {
        @Override
        public List<String> clearedTimers() {
            return List.of(timer);
        }
    }

    /**
     * From here on the room calls by this plan (叫应预案); orders that are open go on by the one they were opened with.
     *
     * @param digest SHA-256 over the files of the pack, hex
     */
    record PlanChosen(String plan, String version, String digest, String by) implements RoomFact {}

    /** A carrier can hand over no longer, or again. @param out channels by which nothing goes out from now on */
    record CarrierChanged(String carrier, List<Channel> channels, boolean well, String why, List<Channel> out)
            implements RoomFact {}

    /** A limit of a programme and its change (时限调整): proposed by one person, decided by another. */
    sealed interface Limit extends RoomFact {}

    /** @param unit working_days, days, months, hours or minutes; was: the term until now, as {@code 15 days} */
    record LimitProposed(
            String change,
            String programme,
            String kind,
            String clock,
            String was,
            int amount,
            String unit,
            String reason,
            String by)
            implements Limit {}

    /** @param approved from here on new items have the new limit; otherwise everything stays as it is */
    record LimitDecided(String change, boolean approved, String reason, String by) implements Limit {}

    /** A change of a programme's lists, targets, words or usual bodies (专项设置): proposed by one person, decided by another. */
    sealed interface Amending extends RoomFact {
        String change();
    }

    /** @param was what stood there, as {@link jiaoying.duty.programme.Programme#before} says it */
    record AmendmentProposed(
            String change, String programme, Amendment amendment, List<String> was, String reason, String by)
            implements Amending {}

    /** @param approved from here on the programme is so; otherwise everything stays, and by its proposer it is taken back */
    record AmendmentDecided(String change, boolean approved, String reason, String by) implements Amending {}

    /** Papers of the loop: reports that were published, documents that were read. */
    sealed interface Paper extends RoomFact {}

    /**
     * A figure as it was published. @param value as shown; empty when it was not defined @param items numbers of the items counted
     */
    record PublishedFigure(String indicator, String unit, String value, boolean atLeast, List<String> items) {}

    /**
     * Figures of a programme were published (发布通报): they stay as they are, whatever is corrected later.
     *
     * @param asOf as the world stood at the end of that day, by what was known when it was published
     * @param zh   the text in Chinese, en: in English; empty where the pack has none
     * @param by   person of the register
     */
    record FiguresPublished(
            String report,
            String programme,
            String version,
            LocalDate from,
            LocalDate to,
            LocalDate asOf,
            List<PublishedFigure> figures,
            String zh,
            String en,
            String by)
            implements Paper {}

    /** A document was read (文件识别). Its text is kept with the evidence. @param document SHA-256 of the text, hex */
    record DocumentKept(String document, String name, int characters, String by) implements Paper {}

    /** Somebody decided that a sentence is no task. @param from and to: characters of the text, from 0 */
    record DraftDropped(String document, int from, int to, String reason, String by) implements Paper {}

    record NoteWritten(String by, String text) implements RoomFact {}

    record SoundArmed(String by, boolean armed) implements RoomFact {}

    record RoomHeld(String from) implements RoomFact {}

    record RoomReleased(String by) implements RoomFact {}

    record SignedIn(String account) implements RoomFact {}

    record SignedOut(String account) implements RoomFact {}

    record AccountOpened(String account, List<String> roles, List<String> areas, String by) implements RoomFact {}

    /** Who may come in was changed (账号与入口). */
    sealed interface Access extends RoomFact {}

    record AccountChanged(String account, List<String> roles, List<String> areas, String by) implements Access {}

    /** @param person for whom the account acts on items; empty: for nobody */
    record AccountTied(String account, String person, String by) implements Access {}

    record AccountDisabled(String account, String by) implements Access {}

    record AccountEnabled(String account, String by) implements Access {}

    record PasswordReset(String account, String by) implements Access {}

    record PasswordSet(String account) implements Access {}

    record LinkMade(String account, String by) implements Access {}

    record DoorOpened(String source, String permission, String by) implements Access {}

    record DoorClosed(String source, String permission, String by) implements Access {}

    /** A day is over: its head is to be signed. */
    record HeadDue(String day, List<Errand> errands) implements RoomFact, OrdersErrands {}

    /** @param signature Ed25519 over the canonical statement of room, fact number and head; hex */
    record HeadSigned(long fact, String head, String signature, String errand) implements RoomFact, SettlesErrands {
        @Override
        public List<String> settledKeys() {
            return List.of(errand);
        }

        @Override
        public boolean withdrawn() {
            return false;
        }
    }

    /** The signed head goes to the outside recipients. */
    record HeadSentOut(long fact, List<Errand> errands) implements RoomFact, OrdersErrands {}

    /** A courier reported on an errand that serves no call order. */
    record ErrandReported(CourierReport report) implements RoomFact, SettlesErrands {
        @Override
        public List<String> settledKeys() {
            return List.of(report.key());
        }

        @Override
        public boolean withdrawn() {
            return false;
        }
    }
}
