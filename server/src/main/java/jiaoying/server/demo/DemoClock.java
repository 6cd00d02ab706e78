package jiaoying.server.demo;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * The clock of a demonstration: begins when the story begins and runs faster than life. After a restart it goes on from
 * the last thing on record, so that the time in which the program was dead does not exist in the story.
 */
public final class DemoClock implements InstantSource {
    private final Instant start;
    private final double speed;
    private final LongSupplier nanos;
    private final long startNanos;

    DemoClock(Instant start, double speed, LongSupplier nanos) {
        this.start = start;
        this.speed = speed;
        this.nanos = nanos;
        startNanos = nanos.getAsLong();
    }

    /** @param lastRecorded time of the last fact in the data directory, if there is one; speed: seconds of the story in one of ours */
    public static DemoClock start(Instant story, Optional<Instant> lastRecorded, double speed) {
        var start = lastRecorded.filter(last -> last.isAfter(story)).orElse(story);
        return new DemoClock(start, speed, System::nanoTime);
    }

    @Override
    public Instant instant() {
        var micros = (long) ((nanos.getAsLong() - startNanos) / 1000.0 * speed);
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
