package jiaoying.sim.people;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Set;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;

class SimulatedPeopleProperties {
    @Property
    void the_same_seed_meets_the_same_people(
            @ForAll long seed, @ForAll @DoubleRange(max = 1) double rate, @ForAll String order, @ForAll String person) {
        var habit = new SimulatedPeople(seed, rate).habit(order, person);
        assertThat(new SimulatedPeople(seed, rate).habit(order, person)).isEqualTo(habit);
        habit.ifPresent(some -> assertThat(some.delay()).isBetween(Duration.ofSeconds(20), Duration.ofSeconds(180)));
    }

    @Property
    void whoever_answers_at_a_low_rate_answers_the_same_way_at_a_higher_one(
            @ForAll long seed, @ForAll String order, @ForAll String person) {
        var few = new SimulatedPeople(seed, 0.3).habit(order, person);
        var many = new SimulatedPeople(seed, 0.9).habit(order, person);
        few.ifPresent(habit -> assertThat(many).contains(habit));
    }

    @Property
    void nobody_answers_for_the_visitor_or_for_the_silent(@ForAll long seed, @ForAll String order) {
        var people = new SimulatedPeople(seed, 1, Set.of("visitor"), Set.of("silent"));
        assertThat(people.habit(order, "visitor")).isEmpty();
        assertThat(people.habit(order, "silent")).isEmpty();
        assertThat(people.habit(order, "other")).isPresent();
    }

    @Property(tries = 20)
    void the_rate_is_kept(@ForAll long seed) {
        var people = new SimulatedPeople(seed, 0.8);
        long answering = java.util.stream.IntStream.range(0, 2000)
                .filter(i -> people.habit("order", "p" + i).isPresent())
                .count();
        assertThat(answering).isBetween(1500L, 1700L);
    }

    @Example
    void a_rate_above_one_is_refused() {
        assertThatThrownBy(() -> new SimulatedPeople(1, 1.5)).hasMessage("answer rate 1.5: 0 to 1 is allowed");
        assertThatThrownBy(() -> new SimulatedPeople(1, Double.NaN)).hasMessageContaining("0 to 1");
    }
}
