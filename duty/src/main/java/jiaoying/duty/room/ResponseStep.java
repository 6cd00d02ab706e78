package jiaoying.duty.room;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import jiaoying.duty.errand.Channel;
import jiaoying.duty.errand.Errand;
import jiaoying.duty.errand.ErrandKey;
import jiaoying.duty.errand.Purpose;
import jiaoying.duty.ledger.Fact;
import jiaoying.duty.respond.RespondFact.ActionReported;
import jiaoying.duty.respond.RespondFact.ResponseEnded;
import jiaoying.duty.respond.RespondFact.ResponseOverdue;
import jiaoying.duty.respond.ResponsePlan;
import jiaoying.duty.respond.Responses;
import jiaoying.duty.warn.WarnFact.SignalIssued;

/** Linkage (联动): signals that came into force propose a response, people decide and report, the clock calls the leader. */
final class ResponseStep {
    private final long number;
    private final Instant at;
    private final DutyRoom room;
    private final Responses responses;
    private final ResponsePlan plan;

    ResponseStep(DutyRoom room, long number, Instant at) {
        this.number = number;
        this.at = at;
        this.room = room;
        this.responses = room.responses();
        this.plan = room.rules().response();
    }

    /** Adds what the strongest new signal proposes. */
    Step follow(Step step) {
        var proposed = step.facts().stream()
                .filter(SignalIssued.class::isInstance)
                .map(SignalIssued.class::cast)
                .filter(signal -> plan.level(signal.hazard(), signal.color()).isPresent())
                .min((one, other) -> Integer.compare(level(one), level(other)))
                .map(signal -> responses.propose("E" + number, at, signal, plan))
                .orElse(List.of());
        if (proposed.isEmpty()) {
            return step;
        }
        var facts = new ArrayList<Fact>(step.facts());
        facts.addAll(proposed);
        return new Step(step.journal(), List.copyOf(facts), step.outcome());
    }

    private int level(SignalIssued signal) {
        return plan.level(signal.hazard(), signal.color()).orElseThrow();
    }

    Step decide(String actor, Deed.DecideResponse deed) {
        var open = responses.find(deed.response()).filter(Responses.Held::isOpen);
        if (open.isEmpty()) {
            return Step.refused(Refusal.NO_PROPOSED_RESPONSE, deed.response());
        }
        if (deed.level() < 0 || deed.level() > 4) {
            return Step.refused(Refusal.UNKNOWN_LEVEL, String.valueOf(deed.level()));
        }
        if (deed.level() != open.get().proposed().level() && deed.reason().isBlank()) {
            return Step.refused(Refusal.NO_REASON, "");
        }
        return Step.of(responses.decide(deed.response(), at, deed.level(), actor, deed.reason(), plan, room.roster()));
    }

    Step report(String actor, Deed.ReportAction deed) {
        return responses.isWaiting(deed.response(), deed.action())
                        && !deed.text().isBlank()
                ? Step.of(List.of(new ActionReported(deed.response(), deed.action(), actor, deed.text())))
                : Step.refused(Refusal.NO_WAITING_ACTION, deed.action() + " of " + deed.response());
    }

    Step end(String actor, Deed.EndResponse deed) {
        var started =
                responses.find(deed.response()).filter(held -> held.state().equals("started"));
        return started.isPresent() && !deed.reason().isBlank()
                ? Step.of(List.of(new ResponseEnded(deed.response(), actor, deed.reason())))
                : Step.refused(Refusal.NO_STARTED_RESPONSE, deed.response());
    }

    /** Nobody decided in time. */
    List<Fact> due(String response) {
        var open = responses.find(response).filter(held -> held.state().equals("proposed"));
        return open.<List<Fact>>map(held -> List.of(new ResponseOverdue(response, callLeader(held))))
                .orElse(List.of());
    }

    private List<Errand> callLeader(Responses.Held held) {
        var proposed = held.proposed();
        var message = new Wording(room.rules().plan(), room.settings())
                .fill(
                        "{exercise}" + plan.overdue().replace("{level}", ResponsePlan.roman(proposed.level())),
                        at,
                        proposed.hazard(),
                        proposed.color(),
                        room.roster().areaName(proposed.area()),
                        "",
                        "");
        var errands = new ArrayList<Errand>();
        for (var person : room.roster().holders(plan.leaderDuty())) {
            for (var channel : List.of(Channel.TEXT, Channel.VOICE)) {
                if (room.roster().reachableBy(person, channel.word())) {
                    errands.add(new Errand(
                            ErrandKey.of("response", proposed.response(), person, channel.word()),
                            channel,
                            Purpose.NOTICE,
                            5,
                            at,
                            "",
                            "",
                            person,
                            message));
                }
            }
        }
        return errands;
    }
}
