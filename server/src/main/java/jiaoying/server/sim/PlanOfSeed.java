package jiaoying.server.sim;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Optional;
import jiaoying.duty.call.CallPlan;
import jiaoying.duty.call.Ladder;
import jiaoying.duty.call.QuietHours;
import jiaoying.duty.call.SetRule;
import jiaoying.duty.call.Terms;
import jiaoying.duty.errand.Channel;
import jiaoying.duty.monitor.SignalColor;
import jiaoying.duty.room.Rules;
import jiaoying.server.sim.Happening.Kind;

/** The usual plan with what a seed adds to it: second reports, a rule over all, quiet hours, spacing, loudspeakers. */
final class PlanOfSeed {
    private static final int MINUTES_A_DAY = 24 * 60;

    private PlanOfSeed() {}

    static Rules of(Script script, Rules usual, Instant start) {
        var plan = usual.plan();
        var ladders = new EnumMap<SignalColor, Ladder>(SignalColor.class);
        plan.ladders().forEach((color, ladder) -> ladders.put(color, ladder(script, color, ladder, start)));
        return usual.with(new CallPlan(
                plan.name(), plan.version(), ladders, plan.test(), plan.trunk(), plan.messages(), plan.source()));
    }

    private static Ladder ladder(Script script, SignalColor color, Ladder usual, Instant start) {
        var red = color == SignalColor.RED;
        var loud = script.has(Kind.PLAN_LOUD) ? loud(usual) : usual;
        return loud.with(new Terms(
                script.find(Kind.PLAN_RULE).map(PlanOfSeed::rule),
                script.find(Kind.PLAN_REPORT).map(Happening::span),
                red ? Optional.empty() : script.find(Kind.PLAN_QUIET).map(one -> quiet(start, one.span())),
                red
                        ? Duration.ZERO
                        : script.find(Kind.PLAN_SPACING).map(Happening::span).orElse(Duration.ZERO),
                List.of()));
    }

    private static SetRule rule(Happening one) {
        return new SetRule(
                one.span(),
                one.nth() % 2 == 0 ? 100 : 50,
                one.nth() % 4 < 2 ? 100 : 0,
                one.nth() < 4 ? List.of(City.DUTY) : List.of(),
                "sim");
    }

    private static QuietHours quiet(Instant start, Duration span) {
        var local = start.atZone(ZoneId.of(City.ZONE));
        int from = local.getHour() * 60 + local.getMinute();
        return new QuietHours(
                from, (from + 1 + (int) span.toMinutes()) % MINUTES_A_DAY, List.of(Channel.VOICE), City.ZONE);
    }

    private static Ladder loud(Ladder usual) {
        var rounds = new ArrayList<>(usual.rounds());
        var first = rounds.getFirst();
        var channels = new ArrayList<>(first.channels());
        channels.add(Channel.SPEAKER);
        rounds.set(0, new Ladder.Rung(first.after(), first.to(), List.copyOf(channels)));
        return new Ladder(List.copyOf(rounds), usual.giveUp(), usual.terms(), usual.source());
    }
}
