package jiaoying.server.register;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import jiaoying.duty.ledger.Fact;
import jiaoying.duty.room.Arrival;
import jiaoying.server.reply.Texts;

/** What an import would do, or why it does nothing. */
public sealed interface RegisterChecked {
    /**
     * Everything is good.
     *
     * @param counts by table, of the tables that were handed in
     * @param rows   added and changed rows and ended duties; unchanged ones are not sent again
     */
    record Prepared(Map<Table, Counts> counts, List<Fact> rows) implements RegisterChecked {
        /**
         * All of it or none.
         *
         * @param by account name
         */
        public Arrival.RegisterChanged arrival(String by) {
            return new Arrival.RegisterChanged(by, rows);
        }
    }

    /** @param absent rows of the present register that the file does not have; they stay, but duties may be ended */
    record Counts(int added, int changed, int unchanged, int absent, int ended) {}

    /**
     * Nothing is imported.
     *
     * @param problems all of them up to a bound
     * @param more     how many more there are
     */
    record Refused(List<RowProblem> problems, int more) implements RegisterChecked {
        public String text(Texts texts) {
            var lines = problems.stream()
                    .map(problem -> problem.in(texts).line(texts))
                    .collect(Collectors.joining("\n"));
            return more == 0 ? lines : lines + texts.say("register.more", more);
        }
    }
}
