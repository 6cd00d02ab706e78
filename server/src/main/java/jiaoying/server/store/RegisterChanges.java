package jiaoying.server.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import jiaoying.duty.ledger.Fact;
import jiaoying.duty.ledger.Personal;
import jiaoying.duty.roster.RosterFact;
import jiaoying.duty.station.StationFact;

/** Rows of the city register (名册) that change in one transaction, their personal fields apart. */
final class RegisterChanges {
    private static final Sql PUT = Sql.of("""
            INSERT INTO register (room, kind, id, body) VALUES (:room, :kind, :id, CAST(:body AS json))
            ON CONFLICT (room, kind, id) DO UPDATE SET body = EXCLUDED.body""");
    private static final Sql REMOVE = Sql.of("DELETE FROM register WHERE room = :room AND kind = :kind AND id = :id");
    private static final Sql PUT_TEXT = Sql.of("""
            INSERT INTO personal (room, person, field, text) VALUES (:room, :person, :field, :text)
            ON CONFLICT (room, person, field) DO UPDATE SET text = EXCLUDED.text""");
    private static final Sql ERASE = Sql.of("DELETE FROM personal WHERE room = :room AND person = :person");

    private final String room;
    private final FactJson json;
    private final PersonKeys keys;
    private final Map<RowKey, Optional<Fact>> rows = new TreeMap<>();
    private final Map<RowKey, String> texts = new TreeMap<>();
    private final Set<String> erased = new TreeSet<>();

    RegisterChanges(String room, RoomJson json) {
        this.room = room;
        this.json = json.json();
        keys = json.keys();
    }

    void add(Fact fact) {
        switch (fact) {
            case RosterFact roster -> addRoster(roster);
            case StationFact.StationRegistered station -> put("station", station.station(), station);
            case StationFact.ThresholdsSet set -> put("thresholds", set.station(), set);
            case StationFact.SiteRegistered site -> put("site", site.site(), site);
            default -> {}
        }
    }

    private void addRoster(RosterFact fact) {
        switch (fact) {
            case RosterFact.AreaRegistered area -> put("area", area.area(), area);
            case RosterFact.BodyRegistered body -> put("body", body.body(), body);
            case RosterFact.PersonRegistered person -> addPerson(person);
            case RosterFact.ContactRegistered contact -> addContact(contact);
            case RosterFact.DutyAssigned duty -> put("duty", duty.id(), duty);
            case RosterFact.DutyEnded duty -> rows.put(new RowKey("duty", duty.id()), Optional.empty());
            case RosterFact.ShiftPlanned shift -> put("shift", shift.id(), shift);
            case RosterFact.ContactDisputed disputed ->
                put("dispute", disputed.person() + "/" + disputed.channel(), disputed);
            case RosterFact.Erased gone -> erase(gone.person());
            case RosterFact.ShiftTaken _ -> {}
        }
    }

    private void addPerson(RosterFact.PersonRegistered person) {
        putText("name", person.name());
        put(
                "person",
                person.person(),
                new RosterFact.PersonRegistered(
                        person.person(), blank(person.name()), person.body(), person.postZh(), person.postEn()));
    }

    private void addContact(RosterFact.ContactRegistered contact) {
        var id = contact.person() + "/" + contact.channel();
        putText(contactField(contact.channel()), contact.address());
        put(
                "contact",
                id,
                new RosterFact.ContactRegistered(contact.person(), contact.channel(), blank(contact.address())));
        rows.put(new RowKey("dispute", id), Optional.empty());
    }

    static String contactField(String channel) {
        return "contact/" + channel;
    }

    private static Personal blank(Personal personal) {
        return new Personal(personal.person(), Personal.BLANK);
    }

    private void putText(String field, Personal personal) {
        boolean known = keys.find(personal.person()).isPresent();
        texts.put(new RowKey(personal.person(), field), known ? personal.text() : Personal.BLANK);
    }

    private void erase(String person) {
        texts.keySet().removeIf(key -> key.kind.equals(person));
        erased.add(person);
    }

    private void put(String kind, String id, Fact fact) {
        rows.put(new RowKey(kind, id), Optional.of(fact));
    }

    void into(Connection connection) throws SQLException {
        if (rows.isEmpty() && texts.isEmpty() && erased.isEmpty()) {
            return;
        }
        var put = PUT.on(connection);
        var remove = REMOVE.on(connection);
        for (var row : rows.entrySet()) {
            var bound = row.getValue().isPresent() ? put : remove;
            bound.with("room", room).with("kind", row.getKey().kind).with("id", row.getKey().id);
            if (row.getValue().isPresent()) {
                bound.with("body", text(row.getValue().get()));
            }
            bound.add();
        }
        put.batch();
        remove.batch();
        writeTexts(connection);
    }

    private String text(Fact fact) {
        return new String(json.write(Fact.class, fact), java.nio.charset.StandardCharsets.UTF_8);
    }

    /** Erasures first: what was registered before one is gone from {@code texts} already. */
    private void writeTexts(Connection connection) throws SQLException {
        var erase = ERASE.on(connection);
        for (var person : erased) {
            erase.with("room", room).with("person", person).add();
        }
        erase.batch();
        var put = PUT_TEXT.on(connection);
        for (var text : texts.entrySet()) {
            put.with("room", room)
                    .with("person", text.getKey().kind)
                    .with("field", text.getKey().id)
                    .with("text", text.getValue())
                    .add();
        }
        put.batch();
    }

    /** Also names a text: the person and the field. */
    private record RowKey(String kind, String id) implements Comparable<RowKey> {
        @Override
        public int compareTo(RowKey other) {
            int byKind = kind.compareTo(other.kind);
            return byKind != 0 ? byKind : id.compareTo(other.id);
        }
    }
}
