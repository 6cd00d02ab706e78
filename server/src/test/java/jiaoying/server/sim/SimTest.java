package jiaoying.server.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import jiaoying.server.pack.PackLibrary;
import org.junit.jupiter.api.Test;

/**
 * The simulator over some hundred seeds. {@code -Djiaoying.seed=N} sets the first, {@code -Djiaoying.all=true} plays more.
 */
class SimTest {
    private static final long FIRST = Long.getLong("jiaoying.seed", 1);
    private static final int SEEDS = Boolean.getBoolean("jiaoying.all") ? 3_000 : 150;

    /**
     * A broken promise shows only where a line breaks or the program dies while such a carrier is being handed a call: in one seed
     * of some thirty.
     */
    private static final int SEARCHED = 24;

    private static final int SEARCHED_MOST = 240;

    static Trials open() throws Exception {
        var packs = PackLibrary.inside();
        return Trials.open(List.of(
                packs.rules(PackLibrary.USUAL_CRITERIA, "call-and-answer", "zh-CN"),
                packs.rules(PackLibrary.USUAL_CRITERIA, "call-and-answer", "en")));
    }

    @Test
    void every_invariant_holds_whatever_is_killed() throws Exception {
        try (var trials = open()) {
            var result = trials.play(FIRST, SEEDS, 1, done -> {});
            System.out.printf(
                    "Seeds %d to %d: %d steps, %d kills; to repeat: ./jiaoying sim --seed %d --seeds %d%n",
                    FIRST, FIRST + SEEDS - 1, result.steps(), result.kills(), FIRST, SEEDS);
            assertThat(result.failed()).isEmpty();
            assertThat(result.kills()).isPositive();
        }
    }

    /** Called once more when the carriers are back, a person is called beside the ladder of his order. */
    @Test
    void carriers_that_come_back_call_the_person_himself() throws Exception {
        try (var trials = open()) {
            assertThat(trials.play(825810, 1, Set.of(0, 4, 6)).failed()).isEmpty();
        }
    }

    /** The clock is set back, and then the program dies with a timer that rang and is not decided yet. */
    @Test
    void a_timer_that_rang_before_a_crash_is_not_decided_before_it_was_due() throws Exception {
        try (var trials = open()) {
            assertThat(trials.play(960245, 1, Set.of(1, 7, 11, 14)).failed()).isEmpty();
        }
    }

    @Test
    void a_seed_repeats_exactly_also_beside_others() throws Exception {
        try (var trials = open()) {
            for (long seed = FIRST; seed < FIRST + 3; seed++) {
                var one = trials.play(Script.of(seed, 1));
                var other = trials.play(Script.of(seed, 1));
                assertThat(other).isEqualTo(one);
            }
        }
    }

    @Test
    void a_carrier_that_breaks_its_promise_is_found_and_the_story_is_short() throws Exception {
        try (var trials = open()) {
            trials.forgetKeys();
            var failed = trials.play(FIRST, SEARCHED, 1, done -> {}).failed();
            for (long from = FIRST + SEARCHED; failed.isEmpty() && from < FIRST + SEARCHED_MOST; from += SEARCHED) {
                failed = trials.play(from, SEARCHED, 1, done -> {}).failed();
            }
            failed.forEach(one -> System.out.println("Seed " + one.seed() + " shortened to "
                    + Script.of(one.seed(), 1).only(one.kept()).happenings()));
            assertThat(failed)
                    .isNotEmpty()
                    .allSatisfy(one -> assertThat(one.invariant()).isEqualTo("I3"));
            var shortest = failed.stream()
                    .min(java.util.Comparator.comparing(one -> one.kept().size()))
                    .orElseThrow();
            assertThat(shortest.kept().size()).isLessThanOrEqualTo(3);
            assertThat(trials.play(shortest.seed(), 1, shortest.kept()).failed())
                    .extracting(Trials.Failed::invariant)
                    .containsExactly("I3");
        }
    }

    /** What is never drawn is never struck by a crash. */
    @Test
    void everything_that_can_happen_is_in_the_scripts_of_the_seeds() {
        var drawn = LongStream.range(FIRST, FIRST + 150)
                .boxed()
                .flatMap(seed -> Script.of(seed, 1).happenings().stream())
                .map(Happening::kind)
                .collect(Collectors.toSet());
        assertThat(drawn).containsExactlyInAnyOrder(Happening.Kind.values());
    }

    @Test
    void scripts_are_drawn_from_the_seed_alone() {
        assertThat(Script.of(FIRST, 2)).isEqualTo(Script.of(FIRST, 2));
        assertThat(Script.of(FIRST, 1).happenings().stream().map(Happening::id).collect(Collectors.toSet()))
                .hasSameSizeAs(Script.of(FIRST, 1).happenings());
    }
}
