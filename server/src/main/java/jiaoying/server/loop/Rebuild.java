package jiaoying.server.loop;

import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import jiaoying.duty.measure.Reading;
import jiaoying.duty.room.DutyRoom;
import jiaoying.duty.room.Rules;
import jiaoying.duty.room.View;
import jiaoying.duty.room.ViewKey;
import jiaoying.server.store.CacheRebuild;
import jiaoying.server.store.Database;
import jiaoying.server.store.Entry;
import jiaoying.server.store.History;
import jiaoying.server.store.Keys;
import jiaoying.server.store.RoomJson;
import jiaoying.server.store.RoomRow;
import jiaoying.server.store.Rooms;

/**
 * Makes projections, register, errands and timers of a room again from facts and journal (重建), by the code that made them
 * at first. The room's loop must be opened again afterwards: this takes the room over.
 */
public final class Rebuild {
    private final DutyRoom state;
    private final CacheRebuild caches;

    private Rebuild(Rules rules, CacheRebuild caches) {
        state = new DutyRoom(rules);
        this.caches = caches;
    }

    /** All or nothing: readers see the old rows until the new ones are complete. */
    public static RoomRow run(Database db, String room, Rules rules, Keys keys) {
        new Rooms(db).takeOver(room);
        var json = new RoomJson(db, room, keys);
        return CacheRebuild.run(db, room, json, caches -> {
            var rebuild = new Rebuild(rules, caches);
            new History(db, room, json).each(0, 0, rebuild::step);
        });
    }

    private void step(long arrival, Instant at, List<Reading> journal, List<Entry> entries) {
        state.apply(at, journal);
        var touched = new HashSet<ViewKey>();
        for (var entry : entries) {
            state.apply(at, entry.fact());
            touched.addAll(state.touched(entry.fact()));
        }
        if (!entries.isEmpty()) {
            caches.add(
                    entries.stream().map(Entry::fact).toList(),
                    entries.getLast().number(),
                    views(touched));
        }
    }

    private Map<ViewKey, View> views(HashSet<ViewKey> touched) {
        var views = new LinkedHashMap<ViewKey, View>();
        touched.forEach(key -> views.put(key, state.view(key)));
        return views;
    }
}
