package jiaoying.server.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import jiaoying.duty.errand.Channel;
import jiaoying.duty.ledger.Fact;
import jiaoying.duty.ledger.Personal;
import jiaoying.duty.roster.RosterFact.AreaRegistered;
import jiaoying.duty.roster.RosterFact.BodyRegistered;
import jiaoying.duty.roster.RosterFact.ContactRegistered;
import jiaoying.duty.roster.RosterFact.DutyAssigned;
import jiaoying.duty.roster.RosterFact.PersonRegistered;
import jiaoying.duty.roster.RosterFact.ShiftPlanned;
import jiaoying.duty.station.StationFact.SiteRegistered;
import jiaoying.duty.station.StationFact.StationRegistered;
import jiaoying.duty.station.StationFact.ThresholdsSet;

/**
 * The city register (名册) as it is now, with names and contacts in the clear; of erased persons they are blank. Rows are
 * the facts that put them there, in the order of their ids. May be used from any thread.
 */
public final class RegisterStore {
    private static final Sql LIST = Sql.of("SELECT body FROM register WHERE room = :room AND kind = :kind ORDER BY id");
    private static final Sql FIND =
            Sql.of("SELECT body FROM register WHERE room = :room AND kind = :kind AND id = :id");
    private static final Sql TEXTS = Sql.of("SELECT person, field, text FROM personal WHERE room = :room");
    private static final Sql TEXTS_OF =
            Sql.of("SELECT person, field, text FROM personal WHERE room = :room AND person = ANY (:persons)");
    private static final Sql IDS = Sql.of("SELECT id FROM register WHERE room = :room AND kind = :kind ORDER BY id");
    private static final FactJson JSON = new FactJson(PersonKeys.NONE);

    private final Database db;

    public RegisterStore(Database db) {
        this.db = db;
    }

    public List<AreaRegistered> areas(String room) {
        return list(room, "area", AreaRegistered.class);
    }

    public List<BodyRegistered> bodies(String room) {
        return list(room, "body", BodyRegistered.class);
    }

    public List<DutyAssigned> duties(String room) {
        return list(room, "duty", DutyAssigned.class);
    }

    public List<StationRegistered> stations(String room) {
        return list(room, "station", StationRegistered.class);
    }

    public List<ThresholdsSet> thresholds(String room) {
        return list(room, "thresholds", ThresholdsSet.class);
    }

    public List<SiteRegistered> sites(String room) {
        return list(room, "site", SiteRegistered.class);
    }

    public List<ShiftPlanned> shifts(String room) {
        return list(room, "shift", ShiftPlanned.class);
    }

    public List<PersonRegistered> persons(String room) {
        var texts = texts(room);
        return list(room, "person", PersonRegistered.class).stream()
                .map(person -> named(person, texts))
                .toList();
    }

    public Optional<PersonRegistered> findPerson(String room, String person) {
        return find(room, "person", person, PersonRegistered.class)
                .map(found -> named(found, texts(room, Set.of(person))));
    }

    private static PersonRegistered named(PersonRegistered person, Map<String, Map<String, String>> texts) {
        return new PersonRegistered(
                person.person(), text(texts, person.person(), "name"), person.body(), person.postZh(), person.postEn());
    }

    public List<ContactRegistered> contacts(String room) {
        var texts = texts(room);
        return list(room, "contact", ContactRegistered.class).stream()
                .map(contact -> new ContactRegistered(
                        contact.person(),
                        contact.channel(),
                        text(texts, contact.person(), RegisterChanges.contactField(contact.channel()))))
                .toList();
    }

    /** Contacts said not to belong to their person, as {@code person/channel}. */
    public List<String> disputes(String room) {
        return db.write(
                c -> IDS.on(c).with("room", room).with("kind", "dispute").list(row -> row.getString("id")));
    }

    /** The name of each person who has one; of the others nothing is known. */
    public Map<String, String> names(String room) {
        return texts(room).entrySet().stream()
                .filter(person -> person.getValue().containsKey("name"))
                .collect(Collectors.toMap(
                        Map.Entry::getKey, person -> person.getValue().getOrDefault("name", Personal.BLANK)));
    }

    /** The addresses of these persons on a channel; who has none is missing. */
    public Map<String, String> addresses(String room, Channel channel, Set<String> persons) {
        var field = RegisterChanges.contactField(channel.word());
        return texts(room, persons).entrySet().stream()
                .filter(person -> person.getValue().containsKey(field))
                .collect(Collectors.toMap(
                        Map.Entry::getKey, person -> person.getValue().getOrDefault(field, Personal.BLANK)));
    }

    private <F extends Fact> List<F> list(String room, String kind, Class<F> type) {
        return db.write(
                c -> LIST.on(c).with("room", room).with("kind", kind).list(row -> fact(row.getString("body"), type)));
    }

    private <F extends Fact> Optional<F> find(String room, String kind, String id, Class<F> type) {
        return db.write(c -> FIND.on(c)
                .with("room", room)
                .with("kind", kind)
                .with("id", id)
                .find(row -> fact(row.getString("body"), type)));
    }

    private static <F extends Fact> F fact(String body, Class<F> type) {
        return type.cast(JSON.read(Fact.class, body.getBytes(UTF_8)));
    }

    private Map<String, Map<String, String>> texts(String room) {
        return db.write(c -> texts(TEXTS.on(c).with("room", room)));
    }

    private Map<String, Map<String, String>> texts(String room, Set<String> persons) {
        return db.write(c -> texts(TEXTS_OF.on(c).with("room", room).with("persons", persons.toArray(String[]::new))));
    }

    private static Map<String, Map<String, String>> texts(Sql.Bound query) throws SQLException {
        var texts = new HashMap<String, Map<String, String>>();
        query.each(row -> texts.computeIfAbsent(row.getString("person"), id -> new HashMap<>())
                .put(row.getString("field"), row.getString("text")));
        return texts;
    }

    private static Personal text(Map<String, Map<String, String>> texts, String person, String field) {
        return new Personal(person, texts.getOrDefault(person, Map.of()).getOrDefault(field, Personal.BLANK));
    }
}
