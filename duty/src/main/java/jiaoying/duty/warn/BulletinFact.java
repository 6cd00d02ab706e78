package jiaoying.duty.warn;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import jiaoying.duty.errand.ClearsTimer;
import jiaoying.duty.errand.SetsTimer;
import jiaoying.duty.errand.Timer;
import jiaoying.duty.ledger.Fact;
import jiaoying.duty.warn.Bulletin.Brought;
import jiaoying.duty.warn.Bulletin.Verdict;

/** What happened to messages of other warning centres. */
public sealed interface BulletinFact extends Fact {
    /**
     * A message was taken in.
     *
     * @param key     ours, by which screens name it
     * @param by      door or feed that brought it
     * @param brought what is in force because of it; the facts of the signals stand beside this one
     * @param ends    when what it brought is lifted by itself; empty when it brought nothing
     */
    record BulletinHeard(
            String key, Bulletin bulletin, String by, Verdict verdict, List<Brought> brought, Optional<Instant> ends)
            implements BulletinFact, SetsTimer {
        @Override
        public List<Timer> timers() {
            return ends.map(due -> List.of(new Timer("bulletin/" + key, due))).orElse(List.of());
        }
    }

    /** @param how replaced, cancelled or expired; by: the key of the message that did it, or empty */
    record BulletinEnded(String key, String how, String by) implements BulletinFact, ClearsTimer {
        @Override
        public List<String> clearedTimers() {
            return List.of("bulletin/" + key);
        }
    }

    /** A message with an identity heard before says something else; the first is kept. */
    record BulletinDisputed(String key, String digest, String by) implements BulletinFact {}
}
