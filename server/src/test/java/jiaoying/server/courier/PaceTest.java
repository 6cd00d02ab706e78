package jiaoying.server.courier;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class PaceTest {
    private static final long SECOND = 1_000_000_000L;
    private static final long START = -5 * SECOND;

    @Test
    void a_few_go_at_once_after_a_pause_and_then_even_steps() {
        var pace = new Pace(100);
        pace.reserve(START);
        var later = START + 10 * SECOND;
        var places = 0;
        while (pace.reserve(later) == 0) {
            places++;
        }
        assertThat(places).isEqualTo(10);
        assertThat(pace.reserve(later)).isEqualTo(2 * SECOND / 100);
    }

    /** Whoever asks when, in no second more go than the limit and a tenth of it. */
    @Property(tries = 200)
    void in_no_second_more_go_than_are_allowed(@ForAll long seed) {
        var random = new Random(seed);
        int limit = 1 + random.nextInt(200);
        var pace = new Pace(limit);
        var now = START;
        var sent = new long[1_000];
        for (var i = 0; i < sent.length; i++) {
            now += random.nextInt(4) == 0 ? random.nextLong(2 * SECOND / limit) : 0;
            sent[i] = now + pace.reserve(now);
        }
        int most = limit + Math.max(1, limit / 10) + 1;
        for (var i = 0; i + most < sent.length; i++) {
            assertThat(sent[i + most] - sent[i]).as("seed %d", seed).isGreaterThanOrEqualTo(SECOND * 99 / 100);
        }
    }

    @Test
    void too_fast_makes_it_slower_and_it_comes_back_by_and_by() {
        var pace = new Pace(100);
        pace.reserve(START);
        pace.slower(START);
        assertThat(pace.reserve(START)).isGreaterThanOrEqualTo(SECOND / 2);
        long first = pace.reserve(START);
        assertThat(pace.reserve(START) - first).isGreaterThan(SECOND / 100).isLessThanOrEqualTo(2 * SECOND / 100);
        for (var i = 0; i < 100; i++) {
            pace.reserve(START);
        }
        long last = pace.reserve(START);
        assertThat(pace.reserve(START) - last).isEqualTo(SECOND / 100);
    }
}
