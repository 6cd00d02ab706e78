package jiaoying.server.main;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import jiaoying.duty.roster.RosterFact.DutyAssigned;
import jiaoying.duty.roster.RosterFact.PersonRegistered;
import jiaoying.server.replay.SampleCity;
import org.junit.jupiter.api.Test;

class DemoStageTest {
    private static final Path CITY = Path.of("../samples/pinghu");

    @Test
    void the_story_ends_well_because_somebody_answers_for_everybody() throws IOException {
        Predicate<String> answers = person -> DemoStage.PEOPLE.habit("", person).isPresent();
        var duties = city(DutyAssigned.class);
        assertThat(duties)
                .isNotEmpty()
                .allMatch(duty -> Stream.of(
                                List.of(duty.person()),
                                duty.deputies()
                                        .subList(0, Math.min(1, duty.deputies().size())),
                                List.of(duty.superior()))
                        .flatMap(List::stream)
                        .anyMatch(answers));
        assertThat(duties).anyMatch(duty -> !answers.test(duty.person()));
    }

    @Test
    void the_visitor_and_the_silent_are_people_of_the_sample_city() throws IOException {
        var people = city(PersonRegistered.class).stream()
                .map(PersonRegistered::person)
                .toList();
        assertThat(people).containsAll(DemoStage.PEOPLE.visitors()).containsAll(DemoStage.PEOPLE.silent());
    }

    private static <T> List<T> city(Class<T> kind) throws IOException {
        return SampleCity.read(CITY).rows().stream()
                .filter(kind::isInstance)
                .map(kind::cast)
                .toList();
    }
}
