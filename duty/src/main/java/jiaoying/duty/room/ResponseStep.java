package jiaoying.duty.room;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toList;

import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;
import jiaoying.duty.errand.Channel;
import jiaoying.duty.errand.Errand;
import jiaoying.duty.errand.ErrandKey;
import jiaoying.duty.errand.Purpose;
import jiaoying.duty.ledger.Fact;
import jiaoying.duty.respond.RespondFact;
import jiaoying.duty.respond.RespondFact.ActionReported;
import jiaoying.duty.respond.RespondFact.ActionsEscalated;
import jiaoying.duty.respond.RespondFact.ActionsUrged;
import jiaoying.duty.respond.RespondFact.OpenAction;
import jiaoying.duty.respond.RespondFact.ResponseOverdue;
import jiaoying.duty.respond.ResponsePlan;
import jiaoying.duty.respond.Responses;
import jiaoying.duty.warn.WarnFact;
import jiaoying.duty.warn.WarnFact.SignalIssued;
import jiaoying.duty.warn.WarnFact.SignalLifted;
import jiaoying.duty.warn.WarnFact.SignalRetracted;

/** Linkage (联动): signals that came into force propose a response, people decide and report, the clock calls the leader. */
final class ResponseStep {
    /** So many actions are named in a message; more are counted. */
    private static final int NAMED = 3;

    private static final int PRIORITY = 5;

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

    /** Adds what the gravest new signal proposes, or what becomes of a proposal whose signals ended or turned milder. */
    Step follow(Step step) {
        var changes = step.facts().stream()
                .filter(WarnFact.class::isInstance)
                .map(WarnFact.class::cast)
                .toList();
        if (changes.isEmpty()) {
            return step;
        }
        var proposed = propose(changes);
        var facts = new ArrayList<Fact>(step.facts());
        facts.addAll(proposed.isEmpty() ? responses.revise("E" + number, at, inForce(changes), plan) : proposed);
        return new Step(step.journal(), List.copyOf(facts), step.outcome());
    }

    private List<RespondFact> propose(List<WarnFact> changes) {
        var issued = changes.stream()
                .filter(SignalIssued.class::isInstance)
                .map(SignalIssued.class::cast)
                .toList();
        return plan.gravest(issued)
                .map(signal -> responses.propose("E" + number, at, signal, plan))
                .orElse(List.of());
    }

    /** The signals in force once these changes have happened. */
    private List<SignalIssued> inForce(List<WarnFact> changes) {
        var inForce = new TreeMap<String, SignalIssued>();
        room.warnings()
                .listInForce()
                .forEach(signal -> inForce.put(signal.issued().signal(), signal.issued()));
        for (var change : changes) {
            switch (change) {
                case SignalIssued issued -> {
                    inForce.remove(issued.replaces());
                    inForce.put(issued.signal(), issued);
                }
                case SignalLifted lifted -> inForce.remove(lifted.signal());
                case SignalRetracted retracted -> inForce.remove(retracted.signal());
                default -> {}
            }
        }
        return List.copyOf(inForce.values());
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
                ? Step.of(List.of(Responses.end(started.get(), actor, deed.reason())))
                : Step.refused(Refusal.NO_STARTED_RESPONSE, deed.response());
    }

    /** Nobody decided in time. */
    List<Fact> due(String response) {
        var open = responses.find(response).filter(held -> held.state().equals("proposed"));
        return open.<List<Fact>>map(held -> List.of(new ResponseOverdue(response, callLeader(held))))
                .orElse(List.of());
    }

    private List<Errand> callLeader(Responses.Held held) {
        var message = fill(plan.overdue(), held, held.proposed().level());
        return room.roster().holders(plan.leaderDuty()).stream()
                .flatMap(person ->
                        tell(person, message, "response", held.proposed().response()))
                .toList();
    }

    /** Actions came due without a report: each body is reminded once of all that is its own. */
    List<Fact> actionsDue(String response) {
        var due = responses.due(response, at);
        if (due.isEmpty()) {
            return List.of();
        }
        var held = responses.find(response).orElseThrow();
        var ofBody = due.stream().collect(groupingBy(OpenAction::body, TreeMap::new, toList()));
        var errands = ofBody.entrySet().stream()
                .flatMap(body -> remind(held, body.getKey(), body.getValue()))
                .toList();
        return List.of(
                new ActionsUrged(response, ids(due), plan.late().leaderAfter().map(at::plus), errands));
    }

    private Stream<Errand> remind(Responses.Held held, String body, List<OpenAction> actions) {
        var message = say(plan.late().reminder(), held, actions);
        var key = String.join(",", ids(actions));
        return room.roster().peopleOf(body, plan.late().duties()).stream()
                .flatMap(
                        person -> tell(person, message, "urged", held.proposed().response(), key));
    }

    /** Some time after the reminder they are still not reported: the leader is called, once about all of them. */
    List<Fact> actionsLate(String response) {
        var late = plan.late()
                .leaderAfter()
                .map(after -> responses.late(response, at, after))
                .orElse(List.of());
        if (late.isEmpty()) {
            return List.of();
        }
        var held = responses.find(response).orElseThrow();
        var message = say(plan.late().leader(), held, late);
        var key = String.join(",", ids(late));
        var errands = room.roster().holders(plan.leaderDuty()).stream()
                .flatMap(person -> tell(person, message, "escalated", response, key))
                .toList();
        return List.of(new ActionsEscalated(response, ids(late), errands));
    }

    private static List<String> ids(List<OpenAction> actions) {
        return actions.stream().map(OpenAction::action).toList();
    }

    private String say(String words, Responses.Held held, List<OpenAction> actions) {
        var named = actions.stream()
                .limit(NAMED)
                .map(action -> action.departmentZh() + action.textZh())
                .collect(joining("；"));
        var due = actions.stream().map(OpenAction::due).min(Instant::compareTo).orElse(at);
        var zone = ZoneId.of(room.settings().zone());
        return fill(
                words.replace("{actions}", actions.size() > NAMED ? named + "…" : named)
                        .replace("{count}", String.valueOf(actions.size()))
                        .replace("{time}", Wording.TIME.format(due.atZone(zone))),
                held,
                held.decided().orElseThrow().level());
    }

    private String fill(String words, Responses.Held held, int level) {
        var proposed = held.proposed();
        return new Wording(room.rules().plan(), room.settings())
                .fill(
                        "{exercise}" + words.replace("{level}", ResponsePlan.roman(level)),
                        at,
                        proposed.hazard(),
                        proposed.color(),
                        room.roster().areaName(proposed.area()),
                        "",
                        "");
    }

    /** By text and by telephone; in an exercise only to those who take part. @param key what tells this errand from others */
    private Stream<Errand> tell(String person, String message, String... key) {
        if (room.settings().exercise() && !room.roster().isParticipant(person)) {
            return Stream.of();
        }
        return Stream.of(Channel.TEXT, Channel.VOICE)
                .filter(channel -> room.roster().reachableBy(person, channel.word()))
                .map(channel -> new Errand(
                        ErrandKey.of(Stream.concat(Stream.of(key), Stream.of(person, channel.word()))
                                .toArray(String[]::new)),
                        channel,
                        Purpose.NOTICE,
                        PRIORITY + (room.settings().exercise() ? Errand.EXERCISE : 0),
                        at,
                        "",
                        "",
                        person,
                        message));
    }
}
