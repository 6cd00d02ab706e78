package jiaoying.duty.errand;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class CarrierHealthTest {
    private static final Instant START = Instant.parse("2026-06-01T00:00:00Z");
    private final CarrierHealth health = new CarrierHealth(Duration.ofSeconds(120));

    private static Instant at(long seconds) {
        return START.plusSeconds(seconds);
    }

    private void handed(int from, int to, long seconds) {
        for (var i = from; i < to; i++) {
            health.handed("k" + i, at(seconds));
        }
    }

    @Test
    void a_carrier_that_tells_of_nothing_for_two_minutes_gets_no_more_and_what_it_swallowed_goes_another_way() {
        handed(0, 5, 0);
        handed(5, 8, 60);
        assertThat(health.silent(at(119))).isFalse();
        assertThat(health.overtaken(at(119))).isEmpty();
        assertThat(health.overtaken(at(120))).containsExactly("k0", "k1", "k2", "k3", "k4");
        assertThat(health.share(at(120))).isZero();
        assertThat(health.overtaken(at(179))).isEmpty();
        assertThat(health.overtaken(at(180)))
                .as("also what was on its way, each once")
                .containsExactly("k5", "k6", "k7");
        assertThat(health.overtaken(at(200))).isEmpty();
    }

    @Test
    void phones_that_are_off_among_others_are_no_silence() {
        for (var i = 0; i < 100; i++) {
            health.handed("k" + i, at(i));
            if (i % 10 != 0) {
                health.told("k" + i, true, at(i + 5));
            }
        }
        assertThat(health.silent(at(10_000))).isFalse();
        assertThat(health.waiting()).isEqualTo(10);
        assertThat(health.share(at(10_000))).isEqualTo(1);
    }

    @Test
    void a_receipt_that_comes_before_the_answer_to_the_submission_counts() {
        for (var i = 0; i < 10; i++) {
            health.told("k" + i, true, at(i));
            health.handed("k" + i, at(i));
        }
        assertThat(health.waiting()).isZero();
        assertThat(health.silent(at(10_000))).isFalse();
    }

    @Test
    void late_reports_of_old_texts_do_not_hide_that_the_new_ones_are_swallowed() {
        handed(0, 10, 0);
        handed(10, 20, 100);
        for (var i = 0; i < 10; i++) {
            health.told("k" + i, true, at(215 + i));
        }
        assertThat(health.silent(at(219))).isFalse();
        assertThat(health.silent(at(230))).isTrue();
    }

    @Test
    void a_silent_carrier_is_tried_once_a_minute_and_comes_back_by_and_by() {
        handed(0, 5, 0);
        assertThat(health.silent(at(120))).isTrue();
        assertThat(health.probe(at(179))).isFalse();
        assertThat(health.probe(at(180))).isTrue();
        assertThat(health.probe(at(181))).isFalse();
        health.handed("probe", at(180));
        health.told("k0", true, at(185));
        assertThat(health.share(at(185)))
                .as("of what it had before: no sign of life")
                .isZero();
        health.told("probe", true, at(190));
        assertThat(health.share(at(190))).isEqualTo(0.1);
        assertThat(health.share(at(190 + 60))).isEqualTo(0.2);
        assertThat(health.share(at(190 + 540))).isEqualTo(1);
    }

    @Test
    void one_failure_takes_some_and_ten_take_nearly_all() {
        health.failed(at(0));
        assertThat(health.share(at(0))).isEqualTo(0.7);
        for (var i = 0; i < 9; i++) {
            health.failed(at(0));
        }
        assertThat(health.share(at(0))).isEqualTo(0.05);
        assertThat(health.share(at(600))).isEqualTo(1);
    }

    @Test
    void a_carrier_that_reaches_few_gets_less() {
        for (var i = 0; i < 50; i++) {
            health.handed("k" + i, at(i));
            health.told("k" + i, i % 5 == 0, at(i + 1));
        }
        assertThat(health.share(at(60))).isEqualTo(0.25);
    }

    /** Whatever happens, the share stays a share, and no key is overtaken twice without being handed over again. */
    @Property(tries = 300)
    void a_share_is_a_share_and_a_key_is_overtaken_once(@ForAll long seed) {
        var random = new Random(seed);
        var any = new CarrierHealth(Duration.ofSeconds(1 + random.nextInt(120)));
        var open = new java.util.HashSet<String>();
        var now = 0L;
        for (var i = 0; i < 400; i++) {
            now += random.nextInt(20);
            var key = "k" + random.nextInt(60);
            switch (random.nextInt(6)) {
                case 0, 1 -> {
                    any.handed(key, at(now));
                    open.add(key);
                }
                case 2 -> any.told(key, random.nextBoolean(), at(now));
                case 3 -> any.failed(at(now));
                case 4 -> any.probe(at(now));
                default ->
                    any.overtaken(at(now))
                            .forEach(one -> assertThat(open.remove(one))
                                    .as("seed %d, key %s", seed, one)
                                    .isTrue());
            }
            assertThat(any.share(at(now))).as("seed %d", seed).isBetween(0.0, 1.0);
        }
    }
}
