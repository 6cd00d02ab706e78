package jiaoying.server.demo;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.LongSupplier;

/**
 * The clock of a demonstration: begins when the story begins and runs faster than life. It stands still until {@link #go},
 * and after a restart it goes on from the last thing on record, so that the time in which the program was dead or starting
 * does not exist in the story.
 */
public final class DemoClock implements InstantSource {
    private final Instant start;
    private final double speed;
    private final LongSupplier nanos;
    private volatile OptionalLong startNanos = OptionalLong.empty();

    DemoClock(Instant start, double speed, LongSupplier nanos) {
        this.start = start;
        this.speed = speed;
        this.nanos = nanos;
    }

    /** @param lastRecorded time of the last fact in the data directory, if there is one; speed: seconds of the story in one of ours */
    public static DemoClock standing(Instant story, Optional<Instant> lastRecorded, double speed) {
        var start = lastRecorded.filter(last -> last.isAfter(story)).orElse(story);
        return new DemoClock(start, speed, System::nanoTime);
    }

    /** From now on it runs. */
    public void go() {
        startNanos = OptionalLong.of(nanos.getAsLong());
    }

    @Override
    public Instant instant() {
        var begun = startNanos;
        if (begun.isEmpty()) {
            return start;
        }
        var micros = (long) ((nanos.getAsLong() - begun.getAsLong()) / 1000.0 * speed);
        return start.plusNanos(micros * 1000);
    }

    public double speed() {
        return speed;
    }

    /** How long one of us waits until the clock shows that time; not negative. */
    public Duration waitFor(Instant at) {
        var ahead = Duration.between(instant(), at);
        return ahead.isNegative() ? Duration.ZERO : Duration.ofNanos((long) (ahead.toNanos() / speed));
    }
}
