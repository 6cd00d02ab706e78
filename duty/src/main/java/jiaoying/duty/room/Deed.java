package jiaoying.duty.room;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import jiaoying.duty.casework.CaseDeed;
import jiaoying.duty.forecast.WhatIf;
import jiaoying.duty.measure.Check;
import jiaoying.duty.monitor.SignalColor;
import jiaoying.duty.programme.Amendment;

/** What a person who is signed in can do. Who may do what is checked at the door; the fact names the actor. */
public sealed interface Deed {
    /** 接班. */
    record TakeShift() implements Deed {}

    /** The room is to call by another plan (改用叫应预案), which it holds already. @param digest hex, as {@link RoomFact.PlanChosen} */
    record ChoosePlan(String plan, String version, String digest) implements Deed {}

    record ArmSound(boolean armed) implements Deed {}

    record WriteNote(String text) implements Deed {}

    /** 座机已叫应: the officer reached the callee by desk phone. @param said what the person said */
    record ReachedByDesk(String order, String person, String said) implements Deed {}

    /**
     * Reached by the offline ladder (离线阶梯), for when carriers are out.
     *
     * @param way     satellite, loudspeaker or door
     * @param witness who saw or heard it; an entry without a witness is refused
     */
    record ReachedByHand(String order, String person, String way, String said, String witness) implements Deed {}

    /** 代为接手: the officer answers for the callee himself. */
    record TakeOver(String order, String person, String said) implements Deed {}

    /** 已到岗: the officer heard that somebody who answered is at his place. */
    record ReportedInPlace(String order, String person, String said) implements Deed {}

    /** 演练: an exercise for named people and nobody else. @param text what it is about */
    record StartDrill(String hazard, String area, SignalColor color, String text, List<String> participants)
            implements Deed {}

    /** 应答测试: everybody with a duty in the area is called, so that the register stays true. */
    record TestAnswers(String area) implements Deed {}

    record EndDrill(String order) implements Deed {}

    record CallAgain(String order, String person) implements Deed {}

    /** Goes to the next rung at once. */
    record Escalate(String order, String person) implements Deed {}

    /** One-minute hand entry of a signal heard by phone or fax. @param color NONE lifts */
    record EnterSignal(String hazard, String area, SignalColor color, String source, String text) implements Deed {}

    /** @param decision consulted or call-order */
    record DecideAlert(String alert, String decision, String reason) implements Deed {}

    /**
     * In a weather-office room a second person approves a proposal, and the signal is issued.
     *
     * @param text the words of the signal when the rule proposed it; what a person proposed keeps that person's words
     */
    record ApproveProposal(String alert, String text) implements Deed {}

    /** An officer believes a doubted station: the doubt is mute until its condition has gone. @param check see {@link Check#word} */
    record OverruleDoubt(String station, String check, String reason) implements Deed {}

    /** An officer takes a suspect reading for true; it counts from now on. */
    record AcceptReading(String station, Instant observedAt, String reason) implements Deed {}

    /** Headquarters decide on a proposed response. @param level 1 (I) to 4 (IV); 0: none is started */
    record DecideResponse(String response, int level, String reason) implements Deed {}

    /** A department reports an action as done. */
    record ReportAction(String response, String action, String text) implements Deed {}

    record EndResponse(String response, String reason) implements Deed {}

    /** Something is done with an item of a programme; who may is the pack's and the house's rule, not the door's. */
    record OnItem(CaseDeed deed) implements Deed {}

    /** What is done with papers of the loop, by a person of the register. */
    sealed interface OnPaper extends Deed {}

    /** @param asOf the figures as the world stood at the end of that day */
    record PublishFigures(String programme, LocalDate from, LocalDate to, LocalDate asOf) implements OnPaper {}

    /** @param document SHA-256 of the text, hex */
    record KeepDocument(String document, String name, int characters) implements OnPaper {}

    /** Another limit for a clock; somebody else decides. @param unit working_days, days, months, hours or minutes */
    record ProposeLimit(String programme, String what, String clock, int amount, String unit, String reason)
            implements OnPaper {}

    record DecideLimit(String change, boolean approved, String reason) implements OnPaper {}

    /** Another list, target, wording or usual body of a programme; somebody else decides. */
    record ProposeAmendment(String programme, Amendment amendment, String reason) implements OnPaper {}

    /** Whoever proposed it may take it back, which is to refuse it. */
    record DecideAmendment(String change, boolean approved, String reason) implements OnPaper {}

    /** A sentence is no task. @param from and to: characters of the text, from 0 */
    record DropDraft(String document, int from, int to, String reason) implements OnPaper {}

    /** 情景推演: a run of the flood model on demand; with {@link WhatIf#NONE} the forecast itself, out of turn. */
    record TryForecast(WhatIf whatIf) implements Deed {}

    record CorrectSignal(String signal, String text, String reason) implements Deed {}

    record RetractSignal(String signal, String reason) implements Deed {}

    record ErasePerson(String person) implements Deed {}

    /** A held room goes live: its open errands may be sent. */
    record ReleaseRoom() implements Deed {}

    record SignedIn() implements Deed {}

    record SignedOut() implements Deed {}

    /** @param roles names of roles; areas: area codes the account is confined to, empty for the whole room */
    record OpenAccount(String account, List<String> roles, List<String> areas) implements Deed {}

    /** Who may come in, changed by somebody who keeps accounts and doors (账号与入口). */
    sealed interface Access extends Deed {
        RoomFact.Access by(String actor);
    }

    /** @param areas empty for the whole room */
    record ChangeAccount(String account, List<String> roles, List<String> areas) implements Access {
        @Override
        public RoomFact.Access by(String actor) {
            return new RoomFact.AccountChanged(account, roles, areas, actor);
        }
    }

    /** The account acts for a person of the register from now on. @param person empty: for nobody any more */
    record TieAccount(String account, String person) implements Access {
        @Override
        public RoomFact.Access by(String actor) {
            return new RoomFact.AccountTied(account, person, actor);
        }
    }

    record DisableAccount(String account) implements Access {
        @Override
        public RoomFact.Access by(String actor) {
            return new RoomFact.AccountDisabled(account, actor);
        }
    }

    record EnableAccount(String account) implements Access {
        @Override
        public RoomFact.Access by(String actor) {
            return new RoomFact.AccountEnabled(account, actor);
        }
    }

    /** The password is void and a one-time link is made, by which the person chooses another. */
    record ResetPassword(String account) implements Access {
        @Override
        public RoomFact.Access by(String actor) {
            return new RoomFact.PasswordReset(account, actor);
        }
    }

    /** A one-time sign-in link; the password stays. */
    record MakeLink(String account) implements Access {
        @Override
        public RoomFact.Access by(String actor) {
            return new RoomFact.LinkMade(account, actor);
        }
    }

    /** The person's own. */
    record SetPassword() implements Access {
        @Override
        public RoomFact.Access by(String actor) {
            return new RoomFact.PasswordSet(actor);
        }
    }

    /** A source gets a token. @param permission what it may bring */
    record OpenDoor(String source, String permission) implements Access {
        @Override
        public RoomFact.Access by(String actor) {
            return new RoomFact.DoorOpened(source, permission, actor);
        }
    }

    /** The tokens of a source are void. */
    record CloseDoor(String source, String permission) implements Access {
        @Override
        public RoomFact.Access by(String actor) {
            return new RoomFact.DoorClosed(source, permission, actor);
        }
    }
}
