package jiaoying.duty.call;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import jiaoying.duty.errand.Channel;
import jiaoying.duty.monitor.SignalColor;
import org.junit.jupiter.api.Test;

class LineSizingTest {
    private static final Ladder RED = ladder(0, 100, 200);
    private static final Ladder ORANGE = ladder(0, 180);

    private static Ladder ladder(long... seconds) {
        var rounds = java.util.Arrays.stream(seconds)
                .mapToObj(after -> new Ladder.Rung(Duration.ofSeconds(after), "self", List.of(Channel.VOICE)))
                .toList();
        return new Ladder(rounds, Duration.ofMinutes(5), "test");
    }

    private static LineSizing sizing(int lines, int share) {
        return new LineSizing(
                Map.of(SignalColor.RED, RED, SignalColor.ORANGE, ORANGE),
                new Trunk(lines, Duration.ofSeconds(30), Duration.ofSeconds(30), share, "test", "test"));
    }

    private static Map<SignalColor, Integer> people(int red, int orange) {
        var people = new EnumMap<SignalColor, Integer>(SignalColor.class);
        people.put(SignalColor.RED, red);
        if (orange > 0) {
            people.put(SignalColor.ORANGE, orange);
        }
        return people;
    }

    @Test
    void everybody_answering_at_once_ten_people_on_two_lines_take_four_calls_each_of_half_a_minute() {
        var row = sizing(2, 100).play(people(10, 0)).getFirst();

        assertThat(row.allRung()).isEqualTo(Duration.ofSeconds(120));
        assertThat(row.calls()).isEqualTo(10);
        assertThat(row.reached()).isEqualTo(10);
        assertThat(row.kept()).isFalse();
    }

    @Test
    void red_is_rung_as_if_orange_were_not_there() {
        var alone = sizing(10, 100).play(people(200, 0)).getFirst();
        var beside = sizing(10, 100).play(people(200, 5_000));

        assertThat(beside).extracting(LineSizing.Row::color).containsExactly(SignalColor.RED, SignalColor.ORANGE);
        assertThat(beside.getFirst().allRung()).isEqualTo(alone.allRung());
        assertThat(beside.getLast().allRung()).isGreaterThan(Duration.ofHours(4));
    }

    @Test
    void the_fewest_lines_that_keep_the_minutes_keep_them_and_one_less_does_not() {
        var people = people(500, 300);
        var lines = sizing(1, 70).linesNeeded(people, 5_000);

        assertThat(sizing(lines, 70).play(people)).allMatch(LineSizing.Row::kept);
        assertThat(sizing(lines - 1, 70).play(people)).anyMatch(row -> !row.kept());
    }

    @Test
    void two_thousand_people_on_sixty_lines_cannot_be_rung_within_the_hundred_seconds_of_the_plan() {
        var row = sizing(60, 70).play(people(2_000, 0)).getFirst();

        // at least one call of half a minute for each: 2,000 x 30 s on 60 lines are 1,000 s less the last call
        assertThat(row.allRung()).isBetween(Duration.ofSeconds(970), Duration.ofSeconds(1_700));
        assertThat(row.kept()).isFalse();
    }

    @Test
    void nobody_to_call_is_in_time() {
        assertThat(sizing(1, 70).play(people(0, 0)).getFirst().kept()).isTrue();
    }
}
