package jiaoying.duty.room;

import jiaoying.duty.call.CallPlan;
import jiaoying.duty.monitor.Criteria;

/** The packs by which a room decides. */
public record Rules(Criteria criteria, CallPlan plan) {}
