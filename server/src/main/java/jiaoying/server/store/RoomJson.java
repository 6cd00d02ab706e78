package jiaoying.server.store;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.stream.Stream;
import jiaoying.duty.ledger.Fact;
import jiaoying.duty.ledger.Personal;
import jiaoying.duty.room.Arrival;
import jiaoying.duty.roster.RosterFact;

/** How the arrivals, facts and views of one room are written and read, with the keys of its persons. */
public final class RoomJson {
    private static final String READINGS = Arrival.Readings.class.getSimpleName();

    private final RoomKeys keys;
    private final FactJson json;
    private final ArrivalSeal seal;

    public RoomJson(Database db, String room, Keys keys) {
        this.keys = new RoomKeys(db, room, keys);
        json = new FactJson(this.keys);
        seal = keys.arrivalSeal();
    }

    public FactJson json() {
        return json;
    }

    /** After a transaction that failed nobody knows which keys are still there. */
    public void rereadKeys() {
        keys.reload();
    }

    RoomKeys keys() {
        return keys;
    }

    static String kind(Arrival arrival) {
        return arrival.getClass().getSimpleName();
    }

    /** The sealed payload of an arrival. */
    byte[] write(Arrival arrival) {
        return seal.seal(plain(arrival));
    }

    private byte[] plain(Arrival arrival) {
        return switch (arrival) {
            case Arrival.Readings readings -> ReadingsBytes.write(readings);
            case Arrival.RegisterChanged changed -> {
                keys.make(persons(changed));
                yield json.write(Arrival.class, arrival);
            }
            default -> json.write(Arrival.class, arrival);
        };
    }

    Arrival read(String kind, byte[] payload) {
        var plain = seal.open(payload);
        return kind.equals(READINGS) ? ReadingsBytes.read(plain) : json.read(Arrival.class, plain);
    }

    private static Set<String> persons(Arrival.RegisterChanged changed) {
        var persons = new LinkedHashSet<String>();
        changed.rows().forEach(row -> personal(row).map(Personal::person).forEach(persons::add));
        return persons;
    }

    /** The personal fields of a fact. */
    static Stream<Personal> personal(Fact fact) {
        return switch (fact) {
            case RosterFact.PersonRegistered person -> Stream.of(person.name());
            case RosterFact.ContactRegistered contact -> Stream.of(contact.address());
            default -> Stream.empty();
        };
    }
}
