package jiaoying.server.main;

import java.util.List;
import java.util.Set;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import jiaoying.duty.call.CallPlan;
import jiaoying.duty.errand.Channel;
import jiaoying.server.page.AnswerReads;
import jiaoying.server.store.AnswerStore;
import jiaoying.server.store.Database;
import jiaoying.server.store.RegisterStore;

/** What the Answer screen reads, from the stores of one room. */
final class StoreAnswers {
    private final AnswerStore answers;
    private final RegisterStore register;
    private final String room;

    StoreAnswers(Database db, String room) {
        this.answers = new AnswerStore(db, room);
        this.register = new RegisterStore(db);
        this.room = room;
    }

    /** The pages are made before the room is there. @param store asked for when a page is read */
    static AnswerReads late(
            Supplier<StoreAnswers> store, Supplier<List<Channel>> out, Supplier<CallPlan> plan, IntSupplier lines) {
        return new AnswerReads(
                (order, after, most) -> store.get().answers.page(order, after, most),
                (order, since, most) -> store.get().answers.changed(order, since, most),
                after -> store.get().times(after),
                () -> store.get().answers.lastAnswers(),
                after -> store.get().tried(after),
                () -> store.get().register.duties(store.get().room),
                () -> store.get().register.sites(store.get().room),
                () -> store.get().register.contacts(store.get().room),
                () -> Set.copyOf(store.get().register.disputes(store.get().room)),
                (channel, people) -> store.get().register.addresses(store.get().room, channel, people),
                out,
                plan,
                lines);
    }

    private List<AnswerReads.Time> times(long after) {
        return answers.times(after).stream()
                .map(row -> new AnswerReads.Time(
                        row.color().toLowerCase(java.util.Locale.ROOT),
                        row.area(),
                        row.calledAt(),
                        row.state(),
                        row.settledAt(),
                        row.channel(),
                        row.duty(),
                        row.place()))
                .toList();
    }

    private List<AnswerReads.Tried> tried(long after) {
        return answers.tried(after).stream()
                .map(row -> new AnswerReads.Tried(
                        row.person(),
                        row.channel().toLowerCase(java.util.Locale.ROOT),
                        row.state(),
                        row.count(),
                        row.last()))
                .toList();
    }
}
