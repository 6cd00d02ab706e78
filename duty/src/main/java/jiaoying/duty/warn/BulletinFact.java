package jiaoying.duty.warn;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
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
     * @param begins  when the next part of it comes into force; empty when nothing lies ahead
     */
    record BulletinHeard(
            String key,
            Bulletin bulletin,
            String by,
            Verdict verdict,
            List<Brought> brought,
            Optional<Instant> ends,
            Optional<Instant> begins)
            implements BulletinFact, SetsTimer {
        @Override
        public List<Timer> timers() {
            return BulletinFact.timersOf(key, ends, begins);
        }
    }

    /** The time of a message, or of a part of it, has come. @param brought all that is in force because of it now */
    record BulletinBegan(String key, List<Brought> brought, Optional<Instant> ends, Optional<Instant> begins)
            implements BulletinFact, ClearsTimer, SetsTimer {
        @Override
        public List<String> clearedTimers() {
            return List.of(beginTimer(key));
        }

        @Override
        public List<Timer> timers() {
            return BulletinFact.timersOf(key, ends, begins);
        }
    }

    /** @param how replaced, cancelled or expired; by: the key of the message that did it, or empty */
    record BulletinEnded(String key, String how, String by) implements BulletinFact, ClearsTimer {
        @Override
        public List<String> clearedTimers() {
            return List.of(endTimer(key), beginTimer(key));
        }
    }

    /** A message with an identity heard before says something else; the first is kept. */
    record BulletinDisputed(String key, String digest, String by) implements BulletinFact {}

    private static List<Timer> timersOf(String key, Optional<Instant> ends, Optional<Instant> begins) {
        return Stream.concat(
                        ends.map(due -> new Timer(endTimer(key), due)).stream(),
                        begins.map(due -> new Timer(beginTimer(key), due)).stream())
                .toList();
    }

    private static String endTimer(String key) {
        return "bulletin/" + key;
    }

    private static String beginTimer(String key) {
        return "begin/" + key;
    }
}
