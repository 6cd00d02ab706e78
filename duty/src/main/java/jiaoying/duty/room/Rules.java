package jiaoying.duty.room;

import java.util.List;
import jiaoying.duty.call.CallPlan;
import jiaoying.duty.monitor.Criteria;
import jiaoying.duty.monitor.Quality;
import jiaoying.duty.monitor.RainCriteria;
import jiaoying.duty.programme.Loop;
import jiaoying.duty.respond.ResponsePlan;

/** The packs by which a room decides. @param criteria one of each hazard, rainstorm first */
public record Rules(List<Criteria> criteria, Quality quality, CallPlan plan, ResponsePlan response, Loop loop) {
    /** Without a plan of responses nothing is proposed. */
    public Rules(List<Criteria> criteria, Quality quality, CallPlan plan) {
        this(criteria, quality, plan, ResponsePlan.NONE);
    }

    /** Without programmes no item is opened. */
    public Rules(List<Criteria> criteria, Quality quality, CallPlan plan, ResponsePlan response) {
        this(criteria, quality, plan, response, Loop.NONE);
    }

    public Rules with(ResponsePlan responses) {
        return new Rules(criteria, quality, plan, responses, loop);
    }

    public Rules with(CallPlan calling) {
        return new Rules(criteria, quality, calling, response, loop);
    }

    public Rules with(Loop programmes) {
        return new Rules(criteria, quality, plan, response, programmes);
    }

    /** The word of the hazard whose alerts, signals and orders keep the short ids. */
    static final String RAINSTORM = "rainstorm";

    public List<String> hazards() {
        return criteria.stream().map(Criteria::hazard).toList();
    }

    public boolean knows(String hazard) {
        return hazards().contains(hazard);
    }

    /** @throws IllegalStateException when the room has no criteria of that hazard */
    public Criteria criteria(String hazard) {
        return criteria.stream()
                .filter(one -> one.hazard().equals(hazard))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("Bug: no criteria for " + hazard));
    }

    public RainCriteria rainstorm() {
        return (RainCriteria) criteria(RAINSTORM);
    }
}
