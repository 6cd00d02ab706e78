package jiaoying.duty.respond;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import jiaoying.duty.respond.RespondFact.ActionReported;
import jiaoying.duty.respond.RespondFact.ActionsEscalated;
import jiaoying.duty.respond.RespondFact.ActionsOpened;
import jiaoying.duty.respond.RespondFact.ActionsUrged;
import jiaoying.duty.respond.RespondFact.OpenAction;
import jiaoying.duty.respond.RespondFact.ResponseDecided;
import jiaoying.duty.respond.RespondFact.ResponseEnded;
import jiaoying.duty.respond.RespondFact.ResponseOverdue;
import jiaoying.duty.respond.RespondFact.ResponseProposed;
import jiaoying.duty.respond.RespondFact.ResponseSuperseded;
import jiaoying.duty.roster.Roster;
import jiaoying.duty.warn.WarnFact.SignalIssued;

/** Responses proposed, started and ended in a room. A signal and a response are different things, each with its own times. */
public final class Responses {
    private final Map<String, Held> all = new LinkedHashMap<>();
    /** Keys of the errands that call a leader or remind a body, each with its response. */
    private final Map<String, String> keys = new TreeMap<>();

    /**
     * An action with its report.
     *
     * @param urgedAt     when it was due without a report
     * @param escalatedAt when the leader was called about it
     */
    public record Done(
            OpenAction action,
            Optional<ActionReported> report,
            Optional<Instant> reportedAt,
            Optional<Instant> urgedAt,
            Optional<Instant> escalatedAt) {
        static Done open(OpenAction action) {
            return new Done(action, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
        }

        private Done reported(ActionReported by, Instant at) {
            return new Done(action, Optional.of(by), Optional.of(at), urgedAt, escalatedAt);
        }

        private Done urged(Instant at) {
            return new Done(action, report, reportedAt, Optional.of(at), escalatedAt);
        }

        private Done escalated(Instant at) {
            return new Done(action, report, reportedAt, urgedAt, Optional.of(at));
        }
    }

    /** @param state proposed, overdue, started, declined, superseded, withdrawn or ended */
    public record Held(
            ResponseProposed proposed,
            Instant proposedAt,
            String state,
            Optional<ResponseDecided> decided,
            Optional<Instant> decidedAt,
            Map<String, Done> actions,
            Optional<Instant> endedAt) {
        public boolean isOpen() {
            return state.equals("proposed") || state.equals("overdue");
        }

        boolean isStarted() {
            return state.equals("started");
        }

        private Held with(String to, Optional<Instant> ended) {
            return new Held(proposed, proposedAt, to, decided, decidedAt, actions, ended);
        }
    }

    public Optional<Held> find(String response) {
        return Optional.ofNullable(all.get(response));
    }

    /** Whether an errand is one that calls a leader or reminds a body. */
    public boolean knows(String key) {
        return keys.containsKey(key);
    }

    /**
     * What a signal proposes: nothing when a response of that level or higher is started or proposed already; proposals of a
     * lower level give way.
     */
    public List<RespondFact> propose(String response, Instant at, SignalIssued signal, ResponsePlan plan) {
        var level = plan.level(signal);
        if (level.isEmpty() || isCovered(level.get())) {
            return List.of();
        }
        var facts = new ArrayList<RespondFact>();
        all.values().stream()
                .filter(Held::isOpen)
                .forEach(
                        held -> facts.add(new ResponseSuperseded(held.proposed().response(), response)));
        facts.add(proposed(response, at, signal, level.get(), plan));
        return facts;
    }

    /**
     * What follows when signals ended or turned milder: a proposal of a level that none in force asks for is taken back, and what
     * the gravest asks for stands for it, unless that has been started.
     *
     * @param inForce all signals in force from now on
     */
    public List<RespondFact> revise(String response, Instant at, List<SignalIssued> inForce, ResponsePlan plan) {
        var gravest = plan.gravest(inForce);
        int level = gravest.flatMap(plan::level).orElse(Integer.MAX_VALUE);
        var unasked = all.values().stream()
                .filter(held -> held.isOpen() && held.proposed().level() < level)
                .toList();
        if (unasked.isEmpty()) {
            return List.of();
        }
        var next =
                gravest.filter(signal -> !isStarted(level)).map(signal -> proposed(response, at, signal, level, plan));
        var facts = new ArrayList<RespondFact>();
        unasked.forEach(held -> facts.add(new ResponseSuperseded(
                held.proposed().response(), next.map(ResponseProposed::response).orElse(""))));
        next.ifPresent(facts::add);
        return facts;
    }

    private static ResponseProposed proposed(
            String response, Instant at, SignalIssued signal, int level, ResponsePlan plan) {
        return new ResponseProposed(
                response,
                signal.hazard(),
                signal.color(),
                signal.area(),
                signal.signal(),
                level,
                plan.within(level).map(at::plus),
                plan.name() + " " + plan.version());
    }

    private boolean isCovered(int level) {
        return isStarted(level)
                || all.values().stream()
                        .anyMatch(held -> held.isOpen() && held.proposed().level() <= level);
    }

    private boolean isStarted(int level) {
        return all.values().stream()
                .anyMatch(
                        held -> held.isStarted() && held.decided().orElseThrow().level() <= level);
    }

    /** What follows from a decision; a response that was started at another level ends with it. @param level 0: none */
    public List<RespondFact> decide(
            String response, Instant at, int level, String by, String reason, ResponsePlan plan, Roster roster) {
        var facts = new ArrayList<RespondFact>();
        facts.add(new ResponseDecided(response, level, by, reason));
        if (level > 0) {
            all.values().stream().filter(Held::isStarted).forEach(held -> facts.add(end(held, by, "replaced")));
            facts.add(new ActionsOpened(response, plan.actions(level, roster, at)));
        }
        return facts;
    }

    /** Whether this action waits for a report. */
    public boolean isWaiting(String response, String action) {
        return find(response)
                .filter(Held::isStarted)
                .map(held -> held.actions().get(action))
                .filter(done -> done.report().isEmpty())
                .isPresent();
    }

    /** That headquarters end it, with what nobody had reported. */
    public static ResponseEnded end(Held held, String by, String reason) {
        var unreported = waiting(held).map(done -> done.action().action()).toList();
        return new ResponseEnded(held.proposed().response(), by, reason, unreported);
    }

    /** Actions that are due, were not reported and have urged nobody yet. */
    public List<OpenAction> due(String response, Instant at) {
        return waitingOf(response)
                .filter(done -> done.urgedAt().isEmpty() && !done.action().due().isAfter(at))
                .map(Done::action)
                .toList();
    }

    /** Actions that are still not reported this long after they urged somebody, and have not called the leader yet. */
    public List<OpenAction> late(String response, Instant at, Duration after) {
        return waitingOf(response)
                .filter(done -> done.escalatedAt().isEmpty())
                .filter(done -> done.urgedAt()
                        .filter(urged -> !urged.plus(after).isAfter(at))
                        .isPresent())
                .map(Done::action)
                .toList();
    }

    private Stream<Done> waitingOf(String response) {
        return find(response).filter(Held::isStarted).stream().flatMap(Responses::waiting);
    }

    private static Stream<Done> waiting(Held held) {
        return held.actions().values().stream().filter(done -> done.report().isEmpty());
    }

    /** Lets go of what ended before then. @return their ids */
    public List<String> forget(Instant before) {
        var gone = all.entrySet().stream()
                .filter(e -> e.getValue().endedAt().filter(before::isAfter).isPresent())
                .map(Map.Entry::getKey)
                .toList();
        gone.forEach(all::remove);
        keys.values().removeAll(gone);
        return gone;
    }

    public void apply(Instant at, RespondFact fact) {
        switch (fact) {
            case ResponseProposed proposed ->
                all.put(
                        proposed.response(),
                        new Held(
                                proposed,
                                at,
                                "proposed",
                                Optional.empty(),
                                Optional.empty(),
                                new TreeMap<>(),
                                Optional.empty()));
            case ResponseDecided decided ->
                all.computeIfPresent(
                        decided.response(),
                        (id, held) -> new Held(
                                held.proposed(),
                                held.proposedAt(),
                                decided.level() == 0 ? "declined" : "started",
                                Optional.of(decided),
                                Optional.of(at),
                                held.actions(),
                                decided.level() == 0 ? Optional.of(at) : Optional.empty()));
            case ResponseOverdue overdue -> {
                overdue.errands().forEach(errand -> keys.put(errand.key(), overdue.response()));
                change(overdue.response(), "overdue", Optional.empty());
            }
            case ResponseSuperseded superseded ->
                change(superseded.response(), superseded.by().isEmpty() ? "withdrawn" : "superseded", Optional.of(at));
            case ActionsOpened opened ->
                find(opened.response())
                        .ifPresent(held -> opened.actions()
                                .forEach(action -> held.actions().put(action.action(), Done.open(action))));
            case ActionReported reported ->
                change(reported.response(), List.of(reported.action()), done -> done.reported(reported, at));
            case ActionsUrged urged -> {
                urged.errands().forEach(errand -> keys.put(errand.key(), urged.response()));
                change(urged.response(), urged.actions(), done -> done.urged(at));
            }
            case ActionsEscalated escalated -> {
                escalated.errands().forEach(errand -> keys.put(errand.key(), escalated.response()));
                change(escalated.response(), escalated.actions(), done -> done.escalated(at));
            }
            case ResponseEnded ended -> change(ended.response(), "ended", Optional.of(at));
        }
    }

    private void change(String response, List<String> actions, UnaryOperator<Done> to) {
        find(response)
                .ifPresent(held -> actions.forEach(
                        action -> held.actions().computeIfPresent(action, (id, done) -> to.apply(done))));
    }

    private void change(String response, String state, Optional<Instant> ended) {
        all.computeIfPresent(response, (id, held) -> held.with(state, ended));
    }

    /** Whose action, response and what was said. */
    public static String responseOf(RespondFact fact) {
        return switch (fact) {
            case ResponseProposed proposed -> proposed.response();
            case ResponseDecided decided -> decided.response();
            case ResponseOverdue overdue -> overdue.response();
            case ResponseSuperseded superseded -> superseded.response();
            case ActionsOpened opened -> opened.response();
            case ActionReported reported -> reported.response();
            case ActionsUrged urged -> urged.response();
            case ActionsEscalated escalated -> escalated.response();
            case ResponseEnded ended -> ended.response();
        };
    }
}
