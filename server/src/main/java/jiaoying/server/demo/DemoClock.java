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
    private final LongSupplier nanos;
    private volatile Pace pace;

    /** @param since the time of our own clock at which it showed {@code from}; empty while it stands */
    private record Pace(Instant from, OptionalLong since, double speed) {}

    DemoClock(Instant start, double speed, LongSupplier nanos) {
        this.nanos = nanos;
        pace = new Pace(start, OptionalLong.empty(), speed);
    }

    /** @param lastRecorded time of the last fact in the data directory, if there is one; speed: seconds of the story in one of ours */
    public static DemoClock standing(Instant story, Optional<Instant> lastRecorded, double speed) {
        var start = lastRecorded.filter(last -> last.isAfter(story)).orElse(story);
        return new DemoClock(start, speed, System::nanoTime);
    }

    /** From now on it runs. */
    public synchronized void go() {
        pace = new Pace(pace.from(), OptionalLong.of(nanos.getAsLong()), pace.speed());
    }

    /** From now on it runs at this speed, or will when it goes. */
    synchronized void run(double speed) {
        var now = nanos.getAsLong();
        pace = new Pace(at(pace, now), pace.since().isEmpty() ? pace.since() : OptionalLong.of(now), speed);
    }

    @Override
    public Instant instant() {
        var current = pace;
        return at(current, nanos.getAsLong());
    }

    private static Instant at(Pace pace, long nanos) {
        if (pace.since().isEmpty()) {
            return pace.from();
        }
        var micros = (long) ((nanos - pace.since().getAsLong()) / 1000.0 * pace.speed());
        return pace.from().plusNanos(micros * 1000);
    }

    public double speed() {
        return pace.speed();
    }

    /** How long one of us waits until the clock shows that time; not negative. */
    public Duration waitFor(Instant at) {
        var ahead = Duration.between(instant(), at);
        return ahead.isNegative() ? Duration.ZERO : Duration.ofNanos((long) (ahead.toNanos() / speed()));
    }
}
