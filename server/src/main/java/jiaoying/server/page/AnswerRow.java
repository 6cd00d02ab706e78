package jiaoying.server.page;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import jiaoying.duty.room.View.CalleeView;
import jiaoying.server.reply.Texts;

/**
 * One callee in the matrix of the Answer screen: person x channel x time.
 *
 * @param town    code of the town, place: the first area called for
 * @param witness of an answer entered from the offline ladder, or empty
 * @param by      who answered, when that was somebody else
 */
record AnswerRow(
        String person,
        String name,
        String post,
        String body,
        String town,
        String townName,
        String place,
        String duty,
        int more,
        String color,
        Instant since,
        String state,
        boolean escalated,
        int round,
        int rounds,
        Optional<Watch.NextStep> next,
        Optional<Instant> settledAt,
        String by,
        String channel,
        String witness,
        Optional<Instant> reportBy,
        Optional<Instant> inPlaceAt,
        List<Try> tries) {

    /** @param to whose phone, when it is not the callee's own; state as in projections */
    record Try(String channel, String to, int round, Instant at, String state) {}

    static AnswerRow of(CalleeView row, CityRegister register, Texts texts) {
        var first = row.items().getFirst();
        var town = Coverage.town(register, first.area());
        return new AnswerRow(
                row.person(),
                register.personName(row.person(), texts),
                register.post(row.person(), texts),
                register.bodyOf(row.person(), texts),
                town,
                register.areaName(town, texts),
                register.areaName(first.area(), texts),
                first.duty(),
                row.items().size() - 1,
                row.color().word(),
                row.calledAt(),
                row.state(),
                row.escalated(),
                row.round(),
                row.rounds(),
                row.next()
                        .map(next -> new Watch.NextStep(
                                next.what(),
                                next.person().isEmpty() ? "" : register.personName(next.person(), texts),
                                next.at())),
                row.settledAt(),
                row.settledBy().isEmpty() || row.settledBy().equals(row.person())
                        ? ""
                        : register.personName(row.settledBy(), texts),
                row.settledChannel(),
                row.witness(),
                row.reportBy(),
                row.inPlaceAt(),
                row.attempts().stream()
                        .map(attempt -> new Try(
                                attempt.channel().word(),
                                attempt.to().equals(row.person()) ? "" : register.personName(attempt.to(), texts),
                                attempt.round(),
                                attempt.submittedAt().orElse(attempt.plannedAt()),
                                attempt.state()))
                        .toList());
    }
}
