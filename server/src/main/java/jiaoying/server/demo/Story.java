package jiaoying.server.demo;

import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import jiaoying.duty.ledger.Fact;
import jiaoying.duty.roster.RosterFact.DutyAssigned;
import jiaoying.sim.storm.Storm;

/**
 * What a demonstration tells (演示故事): where in the storm it begins, whom the visitor plays, and who stays silent.
 *
 * @param visitor id of a village's responsible person, empty when the register has none
 * @param silent  everybody with a duty in one village, deputies too, so that its call goes up the ladder
 */
public record Story(Instant start, String visitor, Set<String> silent) {
    /** Of the storms that have been looked at: calm for a quarter of an hour, then orange, within two hours red. */
    private static final Map<String, Scene> SCENES =
            Map.of("harvey2017", new Scene(Instant.parse("2017-08-27T02:00:00Z"), "330482003", "330482107"));

    private static final int VILLAGE_CODE = 12;

    /** @param visitorTown where the first orange signal comes; silentTown: another one */
    private record Scene(Instant start, String visitorTown, String silentTown) {}

    /** @param register rows of the register in which the storm is played */
    public static Story of(Storm storm, List<? extends Fact> register) {
        var scene = Optional.ofNullable(SCENES.get(storm.sheet().name()))
                .orElseGet(() -> new Scene(storm.start(), "", "none"));
        var visitor = villageDuties(register, scene.visitorTown()).stream()
                .findFirst()
                .map(DutyAssigned::person)
                .orElse("");
        return new Story(scene.start(), visitor, silent(villageDuties(register, scene.silentTown())));
    }

    private static Set<String> silent(List<DutyAssigned> duties) {
        var silent = new LinkedHashSet<String>();
        for (var duty : duties) {
            if (duty.area().equals(duties.getFirst().area())) {
                silent.add(duty.person());
                silent.addAll(duty.deputies());
            }
        }
        return silent;
    }

    private static List<DutyAssigned> villageDuties(List<? extends Fact> register, String town) {
        return register.stream()
                .filter(DutyAssigned.class::isInstance)
                .map(DutyAssigned.class::cast)
                .filter(duty ->
                        duty.area().length() == VILLAGE_CODE && duty.area().startsWith(town))
                .toList();
    }
}
