package jiaoying.server.page;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import jiaoying.duty.room.View.AttemptView;
import jiaoying.duty.room.View.CalleeView;
import jiaoying.server.reply.Texts;

/** One callee (被叫应人) with all attempts. */
record CalleeBody(
        String order,
        String person,
        String name,
        String post,
        String body,
        String area,
        String areaName,
        String color,
        Instant calledAt,
        int round,
        int rounds,
        String state,
        boolean escalated,
        Optional<Instant> settledAt,
        String settledBy,
        String settledChannel,
        Optional<Watch.NextStep> next,
        List<Watch.DutyItem> items,
        List<Attempt> attempts) {

    record Attempt(
            String key,
            String channel,
            String to,
            int round,
            Instant plannedAt,
            Optional<Instant> submittedAt,
            String state,
            String detail) {}

    static CalleeBody of(CalleeView row, Board board, Texts texts) {
        var register = board.register();
        return new CalleeBody(
                row.order(),
                row.person(),
                register.personName(row.person(), texts),
                register.post(row.person(), texts),
                register.bodyOf(row.person(), texts),
                row.area(),
                register.areaName(row.area(), texts),
                row.color().word(),
                row.calledAt(),
                row.round(),
                row.rounds(),
                row.state(),
                row.escalated(),
                row.settledAt(),
                row.settledBy().isEmpty() ? "" : register.personName(row.settledBy(), texts),
                row.settledChannel(),
                row.next()
                        .map(next -> new Watch.NextStep(
                                next.what(),
                                next.person().isEmpty() ? "" : register.personName(next.person(), texts),
                                next.at())),
                row.items().stream()
                        .filter(item -> board.scope().covers(item.area()))
                        .map(item -> new Watch.DutyItem(item.duty(), register.areaName(item.area(), texts)))
                        .toList(),
                row.attempts().stream()
                        .map(attempt -> attempt(attempt, register, texts))
                        .toList());
    }

    private static Attempt attempt(AttemptView row, CityRegister register, Texts texts) {
        return new Attempt(
                row.key(),
                row.channel().word(),
                register.personName(row.to(), texts),
                row.round(),
                row.plannedAt(),
                row.submittedAt(),
                row.state(),
                row.detail());
    }
}
