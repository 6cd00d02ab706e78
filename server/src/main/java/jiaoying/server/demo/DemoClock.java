package jiaoying.server.demo;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.LongSupplier;

/**
 * The clock of a demonstration: begins when the story begins and runs faster than life. After a restart it goes on from
 * the last thing on record, so that the time in which the program was dead does not exist in the story. Any thread.
 */
public final class DemoClock implements InstantSource {
    private final double speed;
    private final LongSupplier nanos;
    private volatile Origin origin;

    /** @param nanos when our time was {@code nanos}, the clock showed {@code shown} */
    private record Origin(Instant shown, long nanos) {}

    DemoClock(Instant story, double speed, LongSupplier nanos) {
        this.speed = speed;
        this.nanos = nanos;
        origin = new Origin(story, nanos.getAsLong());
    }

    /** @param story when the story begins; speed: seconds of the story in one of ours */
    public static DemoClock start(Instant story, double speed) {
        return new DemoClock(story, speed, System::nanoTime);
    }

    /** Goes on from there, if that is later than what it shows. @param lastRecorded time of the last fact on record */
    public void goOnFrom(Instant lastRecorded) {
        if (lastRecorded.isAfter(instant())) {
            origin = new Origin(lastRecorded, nanos.getAsLong());
        }
    }

    @Override
    public Instant instant() {
        var since = origin;
        var micros = (long) ((nanos.getAsLong() - since.nanos()) / 1000.0 * speed);
        return since.shown().plusNanos(micros * 1000);
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
