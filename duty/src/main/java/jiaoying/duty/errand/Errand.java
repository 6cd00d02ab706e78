package jiaoying.duty.errand;

import java.time.Instant;

/**
 * One thing the world shall do, by a courier; for a call it is the attempt (呼叫).
 *
 * @param key      idempotent key: the same intention always has the same key
 * @param priority 0 first; red before orange before the rest, exercises after everything that is meant
 * @param order    the call order it serves, or empty
 * @param callee   the callee on whose ladder it stands, or empty
 * @param to       the person whose contact the courier resolves, or empty for internal errands
 * @param message  text to say or send; the courier puts the person's own link in place of {@code {link}}
 */
public record Errand(
        String key,
        Channel channel,
        Purpose purpose,
        int priority,
        Instant notBefore,
        String order,
        String callee,
        String to,
        String message) {
    /** So much later comes what belongs to an exercise: it may hold a line, but never a place before what is meant. */
    public static final int EXERCISE = 100;
}
