package jiaoying.duty.room;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import jiaoying.duty.call.CallStep;
import jiaoying.duty.call.Calls;
import jiaoying.duty.ledger.Fact;
import jiaoying.duty.measure.Sentence;
import jiaoying.duty.monitor.MonitorFact;
import jiaoying.duty.monitor.SignalColor;
import jiaoying.duty.room.RoomFact.AccountOpened;
import jiaoying.duty.room.RoomFact.NoteWritten;
import jiaoying.duty.room.RoomFact.RoomReleased;
import jiaoying.duty.room.RoomFact.SignedIn;
import jiaoying.duty.room.RoomFact.SignedOut;
import jiaoying.duty.room.RoomFact.SoundArmed;
import jiaoying.duty.roster.Roster;
import jiaoying.duty.roster.RosterFact;
import jiaoying.duty.warn.WarnFact.ThresholdAlertDecided;
import jiaoying.duty.warn.WarnFact.ThresholdAlertRaised;
import jiaoying.duty.warn.Warnings;

/** What a person who is signed in does; who may do what was checked at the door. */
final class Deeds {
    /** Ways of the offline ladder. */
    private static final List<String> OFFLINE = List.of("satellite", "loudspeaker", "door");

    private final long number;
    private final Instant at;
    private final String actor;
    private final DutyRoom room;
    private final Settings settings;
    private final Roster roster;
    private final Warnings warnings;
    private final Calls calls;
    private final Response response;

    Deeds(DutyRoom room, long number, Instant at, String actor) {
        this.number = number;
        this.at = at;
        this.actor = actor;
        this.room = room;
        this.settings = room.settings();
        this.roster = room.roster();
        this.warnings = room.warnings();
        this.calls = room.calls();
        this.response = new Response(room, number, at);
    }

    Step step(Deed deed) {
        return switch (deed) {
            case Deed.ChoosePlan choice -> choosePlan(choice);
            case Deed.TakeShift() -> Step.of(List.of(new RosterFact.ShiftTaken(actor)));
            case Deed.ArmSound sound -> Step.of(List.of(new SoundArmed(actor, sound.armed())));
            case Deed.WriteNote note -> note(note);
            case Deed.ReachedByDesk desk -> reached(desk);
            case Deed.ReachedByHand hand -> reachedByHand(hand);
            case Deed.TakeOver takeOver -> takeOver(takeOver);
            case Deed.ReportedInPlace place -> inPlace(place);
            case Deed.StartDrill drill -> new DrillStep(room, number, at).start(drill);
            case Deed.TestAnswers test -> new DrillStep(room, number, at).test(test);
            case Deed.EndDrill end -> new DrillStep(room, number, at).end(end);
            case Deed.CallAgain again -> callAgain(again);
            case Deed.Escalate up -> escalate(up);
            case Deed.EnterSignal entry -> enter(entry);
            case Deed.DecideAlert decision -> decide(decision);
            case Deed.ApproveProposal approval -> approveProposal(approval);
            case Deed.OverruleDoubt overrule -> overrule(overrule);
            case Deed.AcceptReading accept -> accept(accept);
            case Deed.DecideResponse decision -> new ResponseStep(room, number, at).decide(actor, decision);
            case Deed.ReportAction report -> new ResponseStep(room, number, at).report(actor, report);
            case Deed.EndResponse end -> new ResponseStep(room, number, at).end(actor, end);
            case Deed.OnPaper paper -> new PaperDesk(room, number, at).act(actor, paper);
            case Deed.OnItem on -> new CaseDesk(room, number, at).act(actor, on.deed());
            case Deed.TryForecast wanted -> new ForecastStep(room, number, at).tryOut(actor, wanted.whatIf());
            case Deed.CorrectSignal correction -> correct(correction);
            case Deed.RetractSignal retraction -> retract(retraction);
            case Deed.ErasePerson erase -> erase(erase.person());
            case Deed.ReleaseRoom() ->
                room.held()
                        ? Step.of(List.of(new RoomReleased(actor)))
                        : Step.refused(Refusal.NOT_HELD, settings.room());
            case Deed.SignedIn() -> Step.of(List.of(new SignedIn(actor)));
            case Deed.SignedOut() -> Step.of(List.of(new SignedOut(actor)));
            case Deed.OpenAccount open ->
                Step.of(List.of(new AccountOpened(open.account(), open.roles(), open.areas(), actor)));
            case Deed.Access access -> Step.of(List.of(access.by(actor)));
        };
    }

    private Step choosePlan(Deed.ChoosePlan choice) {
        var now = room.plan();
        var same = now.plan().equals(choice.plan())
                && now.version().equals(choice.version())
                && now.digest().equals(choice.digest());
        return same
                ? Step.of(List.of())
                : Step.of(List.of(new RoomFact.PlanChosen(choice.plan(), choice.version(), choice.digest(), actor)));
    }

    private Step note(Deed.WriteNote note) {
        return note.text().isBlank()
                ? Step.refused(Refusal.NO_WORDS, note.text())
                : Step.of(List.of(new NoteWritten(actor, note.text())));
    }

    private Step reached(Deed.ReachedByDesk desk) {
        var step = new CallStep(at, calls, roster);
        return step.reachedByDesk(desk.order(), desk.person(), actor, desk.said())
                ? Step.of(step.facts())
                : notWaiting(desk.person(), desk.order());
    }

    private Step reachedByHand(Deed.ReachedByHand hand) {
        if (!OFFLINE.contains(hand.way())) {
            return Step.refused(Refusal.UNKNOWN_WAY, hand.way(), String.join(", ", OFFLINE));
        }
        if (hand.witness().isBlank()) {
            return Step.refused(Refusal.NO_WITNESS, hand.person());
        }
        var step = new CallStep(at, calls, roster);
        return step.reachedByHand(hand.order(), hand.person(), actor, hand.way(), hand.said(), hand.witness())
                ? Step.of(step.facts())
                : notWaiting(hand.person(), hand.order());
    }

    private Step takeOver(Deed.TakeOver takeOver) {
        var step = new CallStep(at, calls, roster);
        return step.takeOver(takeOver.order(), takeOver.person(), actor, takeOver.said())
                ? Step.of(step.facts())
                : notWaiting(takeOver.person(), takeOver.order());
    }

    private Step inPlace(Deed.ReportedInPlace place) {
        var step = new CallStep(at, calls, roster);
        return step.reportedInPlace(place.order(), place.person(), actor, place.said())
                ? Step.of(step.facts())
                : Step.refused(Refusal.NO_REPORT_DUE, place.person() + " in " + place.order());
    }

    private Step callAgain(Deed.CallAgain again) {
        var step = new CallStep(at, calls, roster);
        if (!step.canCall(again.person())) {
            return Step.refused(Refusal.NO_CONTACT, again.person());
        }
        return step.callAgain(again.order(), again.person())
                ? Step.of(step.facts())
                : notWaiting(again.person(), again.order());
    }

    private Step escalate(Deed.Escalate up) {
        var step = new CallStep(at, calls, roster);
        return step.escalate(up.order(), up.person()) ? Step.of(step.facts()) : notWaiting(up.person(), up.order());
    }

    private static Step notWaiting(String person, String order) {
        return Step.refused(Refusal.NOT_WAITING, person + " in " + order);
    }

    private Step enter(Deed.EnterSignal entry) {
        if (!room.rules().knows(entry.hazard())) {
            return Step.refused(
                    Refusal.HAZARD_WITHOUT_CRITERIA,
                    entry.hazard(),
                    String.join(", ", room.rules().hazards()));
        }
        if (settings.issuer() == Settings.Issuer.WEATHER_OFFICE) {
            return propose(entry);
        }
        return response.signal(new Arrival.SignalReceived(
                entry.source(), actor, entry.hazard(), entry.area(), entry.color(), entry.text(), ""));
    }

    /** In a weather-office room what one person enters is a proposal until a second approves it. */
    private Step propose(Deed.EnterSignal entry) {
        var was = warnings.inForce(entry.hazard(), entry.area())
                .map(s -> s.issued().color())
                .orElse(SignalColor.NONE);
        if (roster.findArea(entry.area()).isEmpty() || was == entry.color()) {
            return Step.refused(
                    Refusal.NOTHING_TO_PROPOSE,
                    entry.area() + " " + entry.color().word());
        }
        return Step.of(warnings.raise(new ThresholdAlertRaised(
                DutyRoom.id("T", number, entry.hazard(), entry.area()),
                entry.hazard(),
                entry.area(),
                entry.color(),
                was,
                "hand/" + actor,
                false,
                List.of(),
                settings.approveAfter().map(at::plus),
                entry.source(),
                entry.text())));
    }

    private Step approveProposal(Deed.ApproveProposal approval) {
        var alert = approval.alert();
        var open = warnings.findAlert(alert).filter(Warnings.Alert::open);
        if (settings.issuer() != Settings.Issuer.WEATHER_OFFICE || open.isEmpty()) {
            return Step.refused(Refusal.NO_OPEN_PROPOSAL, alert);
        }
        if (open.get().raised().criteria().equals("hand/" + actor)) {
            return Step.refused(Refusal.OWN_PROPOSAL, actor);
        }
        return Step.of(response.approve(open.get().raised(), actor, "approved", approval.text()));
    }

    private Step decide(Deed.DecideAlert decision) {
        var open = warnings.findAlert(decision.alert()).filter(Warnings.Alert::open);
        if (open.isEmpty()) {
            return Step.refused(Refusal.NO_OPEN_ALERT, decision.alert());
        }
        var raised = open.get().raised();
        var decided = new ThresholdAlertDecided(decision.alert(), decision.decision(), actor, decision.reason());
        return switch (decision.decision()) {
            case "consulted" -> Step.of(List.of(decided));
            case "call-order" -> {
                var called = response.callByAlert(raised, List.of());
                var facts = new ArrayList<Fact>(called);
                facts.addFirst(decided);
                yield called.isEmpty()
                        ? Step.refused(Refusal.NOBODY_TO_CALL, raised.color().word())
                        : Step.of(facts);
            }
            default -> Step.refused(Refusal.UNKNOWN_DECISION, decision.decision());
        };
    }

    private Step overrule(Deed.OverruleDoubt overrule) {
        var doubted = room.monitor().doubts(overrule.station()).stream()
                .filter(check -> check.word().equals(overrule.check()))
                .findFirst();
        if (doubted.isEmpty() || overrule.reason().isBlank()) {
            return Step.refused(Refusal.NO_DOUBT, overrule.station() + " " + overrule.check());
        }
        return Step.of(List.of(new MonitorFact.StationTrusted(
                overrule.station(), doubted.get(), actor, Sentence.words(overrule.reason()))));
    }

    private Step accept(Deed.AcceptReading accept) {
        var reading = room.monitor().findSuspect(at, accept.station(), accept.observedAt());
        if (reading.isEmpty() || accept.reason().isBlank()) {
            return Step.refused(Refusal.NO_SUSPECT_READING, accept.station() + " " + accept.observedAt());
        }
        return Step.of(List.of(new MonitorFact.ReadingAccepted(
                accept.station(),
                reading.get().quantity(),
                reading.get().milli(),
                accept.observedAt(),
                actor,
                accept.reason())));
    }

    private Step correct(Deed.CorrectSignal correction) {
        var found = warnings.findSignal(correction.signal()).filter(Warnings.Signal::inForce);
        if (found.isEmpty() || correction.text().isBlank()) {
            return Step.refused(Refusal.NOTHING_TO_CORRECT, correction.signal());
        }
        return Step.of(response.correct(found.get(), correction.text(), actor, correction.reason()));
    }

    private Step retract(Deed.RetractSignal retraction) {
        var found = warnings.findSignal(retraction.signal()).filter(Warnings.Signal::inForce);
        if (found.isEmpty() || retraction.reason().isBlank()) {
            return Step.refused(Refusal.NOTHING_TO_RETRACT, retraction.signal());
        }
        return Step.of(response.retract(found.get(), actor, retraction.reason()));
    }

    private Step erase(String person) {
        return roster.knows(person)
                ? Step.of(List.of(new RosterFact.Erased(person, actor)))
                : Step.refused(Refusal.UNKNOWN_PERSON, person);
    }
}
