package jiaoying.duty.forecast;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import jiaoying.duty.errand.ClearsTimer;
import jiaoying.duty.errand.Errand;
import jiaoying.duty.errand.OrdersErrands;
import jiaoying.duty.errand.SetsTimer;
import jiaoying.duty.errand.SettlesErrands;
import jiaoying.duty.errand.Timer;
import jiaoying.duty.ledger.Fact;
import jiaoying.duty.measure.Sentence;
import jiaoying.duty.monitor.Basis;
import jiaoying.duty.monitor.LevelTracker;
import jiaoying.duty.monitor.RainRate;

/** What happened to forecasts. */
public sealed interface ForecastFact extends Fact {
    /** The timer of the next run. */
    String NEXT = "forecast/next";

    /** Forecasts are made by this plan from now on. @param next when the first is asked for */
    record ForecastsSet(ForecastPlan plan, String by, Instant next) implements ForecastFact, SetsTimer {
        @Override
        public List<Timer> timers() {
            return List.of(new Timer(NEXT, next));
        }
    }

    /** No forecasts are made any more. */
    record ForecastsEnded(String by) implements ForecastFact, ClearsTimer {
        @Override
        public List<String> clearedTimers() {
            return List.of(NEXT);
        }
    }

    /**
     * A run was asked for.
     *
     * @param by       account that asked, or empty: the clock
     * @param start    from then on it looks ahead
     * @param until    its end
     * @param rain     how hard it rained at each gauge, from which the rain to come follows by {@link RainToCome}
     * @param deadline without a result by then it has failed
     * @param next     when the next one is asked for; empty for a run on demand
     */
    record ForecastAsked(
            String run,
            WhatIf whatIf,
            String by,
            Instant start,
            Instant until,
            List<RainRate> rain,
            Errand errand,
            Instant deadline,
            Optional<Instant> next)
            implements ForecastFact, OrdersErrands, SetsTimer {
        @Override
        public List<Errand> errands() {
            return List.of(errand);
        }

        @Override
        public List<Timer> timers() {
            var due = new Timer(timer(run), deadline);
            return next.map(at -> List.of(due, new Timer(NEXT, at))).orElse(List.of(due));
        }
    }

    /** A run came back. @param from and the rest: see {@link ForecastResult} */
    record ForecastMade(
            String run, String errand, String from, Instant stateAt, int cells, long wallMs, List<SiteForecast> sites)
            implements ForecastFact, SettlesErrands, ClearsTimer {
        @Override
        public List<String> settledKeys() {
            return List.of(errand);
        }

        @Override
        public boolean withdrawn() {
            return false;
        }

        @Override
        public List<String> clearedTimers() {
            return List.of(timer(run));
        }
    }

    /** A run failed, or did not come by its deadline. @param inARow forecasts that failed one after the other, this one too */
    record ForecastFailed(String run, String errand, Sentence why, int inARow)
            implements ForecastFact, SettlesErrands, ClearsTimer {
        @Override
        public List<String> settledKeys() {
            return List.of(errand);
        }

        @Override
        public boolean withdrawn() {
            return true;
        }

        @Override
        public List<String> clearedTimers() {
            return List.of(timer(run));
        }
    }

    /**
     * Earlier runs were held against what came.
     *
     * @param run   the run whose start is the moment that they spoke of
     * @param now   of this moment
     * @param total since forecasts are made
     */
    record ForecastsScored(String run, List<Score> now, List<Score> total) implements ForecastFact {}

    /** The level that is expected of an area within the horizon moved, or began or ceased to fall. */
    record ExpectedLevelMoved(
            String run, String hazard, String area, LevelTracker from, LevelTracker to, List<Basis> basis)
            implements ForecastFact {}

    static String timer(String run) {
        return "forecast/" + run;
    }
}
