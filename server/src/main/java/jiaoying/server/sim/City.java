package jiaoying.server.sim;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import jiaoying.duty.ledger.Fact;
import jiaoying.duty.ledger.Personal;
import jiaoying.duty.room.Arrival;
import jiaoying.duty.room.Settings;
import jiaoying.duty.roster.RosterFact;
import jiaoying.sim.chance.Chance;

/** The invented city of a seed: a few towns, each with responsible persons and deputies, and one superior for all. */
final class City {
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
                        "Asia/Shanghai"));
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

    /** Somebody else's deputies from now on; running orders keep theirs. */
    static Arrival otherDeputies(Script script, int nth) {
        int town = nth % script.towns();
        var id = "P" + town + "-" + nth % script.persons();
        return new Arrival.RegisterChanged("sim", List.of(duty(town, id, List.of("S"))));
    }

    private static Fact duty(int town, String person, List<String> deputies) {
        return new RosterFact.DutyAssigned("duty-" + person, person, "防汛责任人", town(town), deputies, "S");
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
