package jiaoying.server.watch;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What one looks for while watching a room: after so long without UP it is an alarm, then a reminder at intervals, and one word
 * when the room is well again. A clock that differs is said once for each time it begins to. Told the time; one thread.
 */
public final class Vigil {
    private final Duration silence;
    private final Duration remindEvery;
    private final Duration clockMay;
    private Instant lastUp;
    private Optional<Instant> calledAt = Optional.empty();
    private boolean clockDiffers;

    /**
     * @param begin    watching begins: the room counts as well until then
     * @param silence  longest time without UP before the alarm
     * @param clockMay how much the room's clock and ours may differ
     */
    public Vigil(Instant begin, Duration silence, Duration remindEvery, Duration clockMay) {
        lastUp = begin;
        this.silence = silence;
        this.remindEvery = remindEvery;
        this.clockMay = clockMay;
    }

    /**
     * What one look at the room gave.
     *
     * @param why   what was wrong, when it was not UP
     * @param clock what the room's machine says the time is, if it said so
     */
    public record Look(Instant at, boolean up, String why, Optional<Instant> clock) {}

    /** What is to be said now. */
    public sealed interface Call {
        /** @param since when the room was last UP; again: the alarm was raised before and nothing has changed */
        record Alarm(Instant since, String why, boolean again) implements Call {}

        /** The room is UP again after an alarm. @param silent how long it was not */
        record Well(Duration silent) implements Call {}

        /** The room's clock and ours differ. @param ahead of ours; negative: behind */
        record ClockDiffers(Duration ahead) implements Call {}
    }

    /** Takes in one look; mostly there is nothing to say. */
    public Optional<Call> after(Look look) {
        if (!look.up) {
            return silent(look);
        }
        var silent = Duration.between(lastUp, look.at);
        boolean alarmed = calledAt.isPresent();
        lastUp = look.at;
        calledAt = Optional.empty();
        if (alarmed) {
            return Optional.of(new Call.Well(silent));
        }
        return look.clock.flatMap(clock -> clock(Duration.between(look.at, clock)));
    }

    private Optional<Call> silent(Look look) {
        var due = calledAt.map(before -> before.plus(remindEvery)).orElse(lastUp.plus(silence));
        if (look.at.isBefore(due)) {
            return Optional.empty();
        }
        boolean again = calledAt.isPresent();
        calledAt = Optional.of(look.at);
        return Optional.of(new Call.Alarm(lastUp, look.why, again));
    }

    private Optional<Call> clock(Duration ahead) {
        boolean before = clockDiffers;
        clockDiffers = ahead.abs().compareTo(clockMay) > 0;
        return clockDiffers && !before ? Optional.of(new Call.ClockDiffers(ahead)) : Optional.empty();
    }
}
