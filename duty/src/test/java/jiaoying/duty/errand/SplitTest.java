package jiaoying.duty.errand;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import jiaoying.duty.errand.Split.Candidate;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class SplitTest {
    private static final Candidate A = new Candidate("a", 3, 1);
    private static final Candidate B = new Candidate("b", 1, 1);
    private final Split split = new Split();

    private String turns(int count, List<Candidate> candidates, boolean anyWell) {
        return IntStream.range(0, count)
                .mapToObj(i -> split.next(candidates, anyWell).orElse("-"))
                .collect(Collectors.joining());
    }

    @Test
    void three_to_one_is_mixed_and_not_in_blocks() {
        assertThat(turns(8, List.of(A, B), true)).isEqualTo("aabaaaba");
    }

    @Test
    void who_has_no_room_is_passed_over() {
        assertThat(turns(4, List.of(B), true)).isEqualTo("bbbb");
        assertThat(turns(1, List.of(), true)).isEqualTo("-");
    }

    @Test
    void a_silent_carrier_gets_nothing_while_another_is_well_and_all_share_when_none_is() {
        var silentA = new Candidate("a", 0, 3);
        var silentB = new Candidate("b", 0, 1);
        assertThat(turns(4, List.of(silentA, B), true)).isEqualTo("bbbb");
        assertThat(turns(2, List.of(silentA), true))
                .as("the other is well and busy")
                .isEqualTo("--");
        assertThat(turns(4, List.of(silentA, silentB), false)).hasSize(4).contains("a", "b");
    }

    /** In any run of turns each has its part, give or take one turn for each carrier. */
    @Property(tries = 300)
    void each_has_its_part(
            @ForAll @IntRange(min = 1, max = 50) int one,
            @ForAll @IntRange(min = 1, max = 50) int two,
            @ForAll @IntRange(min = 1, max = 50) int three,
            @ForAll @IntRange(min = 1, max = 300) int turns) {
        var fair = new Split();
        var all = List.of(new Candidate("a", one, 1), new Candidate("b", two, 1), new Candidate("c", three, 1));
        var got = new ArrayList<String>();
        for (var i = 0; i < turns; i++) {
            got.add(fair.next(all, true).orElseThrow());
        }
        var total = one + two + three;
        for (var candidate : all) {
            assertThat((double) Collections.frequency(got, candidate.name()))
                    .isBetween(candidate.weight() * turns / total - 3, candidate.weight() * turns / total + 3);
        }
    }

    @Test
    void a_range_of_numbers_takes_only_so_many_at_once() {
        var caps = new Caps(Map.of("0573", 1, "139", 2));
        caps.begin("+86 139-0000-0001");
        assertThat(caps.allows("13900000002")).isTrue();
        caps.begin("13900000002");
        assertThat(caps.allows("008613900000003")).isFalse();
        assertThat(caps.allows("13800000003")).isTrue();
        caps.end("139 0000 0001");
        assertThat(caps.allows("13900000003")).isTrue();
        assertThat(Caps.NONE.allows("139")).isTrue();
    }
}
