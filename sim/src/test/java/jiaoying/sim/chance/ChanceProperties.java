package jiaoying.sim.chance;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class ChanceProperties {
    @Property
    void same_seed_and_words_give_the_same_draws(@ForAll long seed, @ForAll String first, @ForAll String second) {
        var one = Chance.of(seed, first, second);
        var other = Chance.of(seed, first, second);
        for (int i = 0; i < 20; i++) {
            assertThat(one.share()).isEqualTo(other.share()).isBetween(0.0, Math.nextDown(1.0));
        }
    }

    @Property
    void seconds_stay_between_their_ends(
            @ForAll long seed, @ForAll @IntRange(max = 1000) int from, @ForAll @IntRange(max = 1000) int more) {
        assertThat(Chance.of(seed).seconds(from, from + more))
                .isBetween(Duration.ofSeconds(from), Duration.ofSeconds(from + more));
    }

    @Property
    void nothing_falls_within_no_share_and_everything_within_the_whole(@ForAll long seed, @ForAll String word) {
        assertThat(Chance.of(seed, word).falls(0)).isFalse();
        assertThat(Chance.of(seed, word).falls(1)).isTrue();
    }

    @Property(tries = 20)
    void draws_for_different_words_are_spread_evenly(@ForAll long seed) {
        int below = 0;
        for (int i = 0; i < 4000; i++) {
            below += Chance.of(seed, "person", Integer.toString(i)).falls(0.8) ? 1 : 0;
        }
        assertThat(below).isBetween(3000, 3400);
    }
}
