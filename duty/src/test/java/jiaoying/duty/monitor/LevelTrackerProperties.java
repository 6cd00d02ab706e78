package jiaoying.duty.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class LevelTrackerProperties {
    private static final Duration HOLD = Duration.ofMinutes(60);

    @Property(tries = 500)
    void a_level_rises_at_once_and_never_falls_before_its_hold(@ForAll long seed) {
        var random = new Random(seed);
        var tracker = LevelTracker.CALM;
        var now = Instant.parse("2023-09-05T00:00:00Z");
        var lastKept = now;
        for (var n = 0; n < 300; n++) {
            now = now.plus(Duration.ofMinutes(1 + random.nextInt(20)));
            var raised = SignalColor.values()[random.nextInt(5)];
            var kept = SignalColor.values()[raised.ordinal() + random.nextInt(5 - raised.ordinal())];
            var before = tracker;
            tracker = before.next(raised, kept, now, HOLD);
            assertThat(tracker.level()).as("at least what is raised").isGreaterThanOrEqualTo(raised);
            if (!before.level().above(kept)) {
                lastKept = now;
            }
            if (before.level().above(tracker.level())) {
                assertThat(Duration.between(lastKept, now))
                        .as("time without the level's condition")
                        .isGreaterThanOrEqualTo(HOLD);
                assertThat(tracker.level()).isEqualTo(kept);
                lastKept = now;
            }
            if (tracker.level().above(before.level())) {
                assertThat(tracker.level()).isEqualTo(raised);
                lastKept = now;
            }
        }
    }

    @Property(tries = 100)
    void a_condition_that_flickers_within_the_hold_does_not_move_the_level(@ForAll long seed) {
        var random = new Random(seed);
        var now = Instant.parse("2023-09-05T00:00:00Z");
        var tracker = LevelTracker.CALM.next(SignalColor.ORANGE, SignalColor.ORANGE, now, HOLD);
        for (var n = 0; n < 100; n++) {
            now = now.plus(Duration.ofMinutes(25));
            var kept = n % 2 == 0 ? SignalColor.NONE : SignalColor.ORANGE;
            tracker = tracker.next(SignalColor.NONE, random.nextBoolean() ? kept : SignalColor.ORANGE, now, HOLD);
            assertThat(tracker.level()).isEqualTo(SignalColor.ORANGE);
        }
    }
}
