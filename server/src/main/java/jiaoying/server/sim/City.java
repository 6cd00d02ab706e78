package jiaoying.server.sim;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import jiaoying.duty.ledger.Fact;
import jiaoying.duty.ledger.Personal;
import jiaoying.duty.room.Arrival;
import jiaoying.duty.room.Settings;
import jiaoying.duty.roster.Roster;
import jiaoying.duty.roster.RosterFact;
import jiaoying.server.sim.Happening.Kind;
import jiaoying.sim.chance.Chance;

/** The invented city of a seed: a few towns, each with responsible persons and deputies, and one superior for all. */
final class City {
    static final String ZONE = "Asia/Shanghai";
    static final String DUTY = "防汛责任人";
    static final String LEADER = "L";

    private City() {}

    static String town(int number) {
        return "T" + number;
    }

    static Arrival settings(String room, boolean exercise) {
        return new Arrival.RoomSet(
                "sim",
                new Settings(
                        room,
                        "仿真",
                        Settings.Issuer.HEADQUARTERS,
                        true,
                        exercise,
                        Duration.ofMinutes(5),
                        Optional.empty(),
                        ZONE));
    }

    static Arrival register(Script script) {
        var chance = Chance.of(script.seed(), "city");
        var rows = new ArrayList<Fact>();
        rows.add(new RosterFact.AreaRegistered("C", "市", "City", "city", "", true));
        rows.add(new RosterFact.BodyRegistered("B", "局", "Bureau", "bureau", "C"));
        person(rows, "S", chance);
        for (int town = 0; town < script.towns(); town++) {
            rows.add(new RosterFact.AreaRegistered(town(town), "镇" + town, "Town " + town, "town", "C", true));
            person(rows, "D" + town, chance);
            for (int i = 0; i < script.persons(); i++) {
                var id = "P" + town + "-" + i;
                person(rows, id, chance);
                rows.add(duty(town, id, chance.falls(0.8) ? List.of("D" + town) : List.of()));
            }
        }
        return new Arrival.RegisterChanged("sim", rows);
    }

    /** People who lead the shift, whom loudspeakers stand beside, and who take part in exercises, as the seed has it. */
    static Optional<Arrival> more(Script script, Instant start) {
        var rows = new ArrayList<Fact>();
        if (script.has(Kind.PLAN_RULE)) {
            person(rows, LEADER, Chance.of(script.seed(), "leader"));
            rows.add(new RosterFact.ShiftPlanned(
                    "shift", start.minus(Duration.ofHours(1)), start.plus(Duration.ofHours(20)), "officer", LEADER));
        }
        script.find(Kind.PLAN_LOUD)
                .ifPresent(loud -> people(script).forEach(person -> {
                    if (Chance.of(script.seed(), "loud", person).falls(0.7)) {
                        var device = loud.nth() == 0 ? "own" + person : "device" + person.charAt(1);
                        rows.add(new RosterFact.ContactRegistered(person, "speaker", new Personal(person, device)));
                    }
                }));
        if (script.has(Kind.PARTICIPANTS)) {
            people(script)
                    .filter(person ->
                            Chance.of(script.seed(), "participates", person).falls(0.7))
                    .forEach(person -> rows.add(new RosterFact.DutyAssigned(
                            "part-" + person, person, Roster.DRILL_PARTICIPANT, "C", List.of(), "")));
        }
        return rows.isEmpty() ? Optional.empty() : Optional.of(new Arrival.RegisterChanged("sim", rows));
    }

    /** Who takes part in a drill. */
    static List<String> named(Script script, int nth) {
        return Stream.concat(people(script), Stream.of("S"))
                .filter(person -> Chance.of(script.seed(), "named", Integer.toString(nth), person)
                        .falls(0.6))
                .toList();
    }

    private static Stream<String> people(Script script) {
        return IntStream.range(0, script.towns())
                .boxed()
                .flatMap(town -> Stream.concat(
                        IntStream.range(0, script.persons()).mapToObj(i -> "P" + town + "-" + i),
                        Stream.of("D" + town)));
    }

    /** Somebody else's deputies from now on; running orders keep theirs. */
    static Arrival otherDeputies(Script script, int nth) {
        int town = nth % script.towns();
        var id = "P" + town + "-" + nth % script.persons();
        return new Arrival.RegisterChanged("sim", List.of(duty(town, id, List.of("S"))));
    }

    private static Fact duty(int town, String person, List<String> deputies) {
        return new RosterFact.DutyAssigned("duty-" + person, person, DUTY, town(town), deputies, "S");
    }

    private static void person(List<Fact> rows, String id, Chance chance) {
        rows.add(new RosterFact.PersonRegistered(id, new Personal(id, "姓名" + id), "B", "责任人", "officer"));
        contact(rows, id, "text", chance.falls(0.95));
        contact(rows, id, "voice", chance.falls(0.85));
        contact(rows, id, "mail", chance.falls(0.3));
    }

    private static void contact(List<Fact> rows, String id, String channel, boolean has) {
        if (has) {
            rows.add(new RosterFact.ContactRegistered(id, channel, new Personal(id, channel + ":" + id)));
        }
    }
}
