package jiaoying.server.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * The keys of a room's persons as the database keeps them. A key is durable before anything is sealed with it; an erased
 * person's key is gone for ever. May be called from any thread.
 */
final class RoomKeys implements PersonKeys {
    private static final Sql FIND = Sql.of("SELECT key FROM person_key WHERE room = :room AND person = :person");
    private static final Sql ADD = Sql.of(
            "INSERT INTO person_key (room, person, key) VALUES (:room, :person, :key) ON CONFLICT (room, person) DO NOTHING");
    private static final Sql ERASE = Sql.of("INSERT INTO person_key (room, person, key) VALUES (:room, :person, NULL)"
            + " ON CONFLICT (room, person) DO UPDATE SET key = NULL");
    private static final Sql LIST =
            Sql.of("SELECT person, key FROM person_key WHERE room = :room AND person = ANY (:persons)");

    private final Database db;
    private final String room;
    private final Keys keys;
    private final Map<String, Optional<byte[]>> known = new ConcurrentHashMap<>();

    RoomKeys(Database db, String room, Keys keys) {
        this.db = db;
        this.room = room;
        this.keys = keys;
    }

    @Override
    public Optional<byte[]> find(String person) {
        var key = known.get(person);
        if (key != null) {
            return key;
        }
        var stored = db.read(c -> FIND.on(c)
                .with("room", room)
                .with("person", person)
                .find(row -> Optional.ofNullable(row.getBytes("key"))));
        return stored.isPresent() ? learn(person, stored.get()) : Optional.empty();
    }

    /** A person who was erased while the key was being read stays erased. */
    private Optional<byte[]> learn(String person, Optional<byte[]> read) {
        var before = known.putIfAbsent(person, read);
        return before == null ? read : before;
    }

    @Override
    public Optional<byte[]> findOrMake(String person) {
        if (!known.containsKey(person)) {
            make(List.of(person));
        }
        return find(person);
    }

    /** Makes the keys that are missing, all in one transaction. */
    void make(Collection<String> persons) {
        var missing = persons.stream()
                .filter(person -> !known.containsKey(person))
                .distinct()
                .sorted()
                .toList();
        if (missing.isEmpty()) {
            return;
        }
        var made = db.write(c -> {
            add(c, missing);
            return LIST
                    .on(c)
                    .with("room", room)
                    .with("persons", missing.toArray(String[]::new))
                    .list(row -> Map.entry(row.getString("person"), Optional.ofNullable(row.getBytes("key"))))
                    .stream()
                    .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
        });
        made.forEach(this::learn);
    }

    private void add(Connection connection, List<String> persons) throws SQLException {
        var insert = ADD.on(connection);
        for (var person : persons) {
            insert.with("room", room)
                    .with("person", person)
                    .with("key", keys.personKey(person))
                    .add();
        }
        insert.batch();
    }

    /** Part of the transaction that keeps the fact {@code Erased}; {@link #forget} follows when it is kept. */
    void erase(Connection connection, String person) throws SQLException {
        ERASE.on(connection).with("room", room).with("person", person).update();
    }

    void forget(String person) {
        known.put(person, Optional.empty());
    }

    void reload() {
        known.clear();
    }
}
