package jiaoying.server.main;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import jiaoying.duty.measure.Quantity;
import jiaoying.duty.room.View;
import jiaoying.server.page.Reads;
import jiaoying.server.store.Database;
import jiaoying.server.store.ErrandStore;
import jiaoying.server.store.JournalStore;
import jiaoying.server.store.ViewStore;

/** What pages read, from the stores of one room. */
final class StoreReads {
    /** For each kind of row that is over some day, the field that is null until then. */
    private static final Map<String, String> OVER = Map.of(
            "signal",
            "endedAt",
            "alert",
            "decidedAt",
            "order",
            "closedAt",
            "note",
            "at",
            "finding",
            "at",
            "response",
            "endedAt",
            "bulletin",
            "endedAt",
            "dispute",
            "settledAt",
            "forecast",
            "endedAt");

    private static final int MOST_WAITING = 500;

    private final ViewStore views;
    private final JournalStore journal;
    private final ErrandStore errands;
    private final String room;

    private StoreReads(Database db, String room) {
        this.views = new ViewStore(db);
        this.journal = new JournalStore(db);
        this.errands = new ErrandStore(db, room);
        this.room = room;
    }

    static Reads of(Database db, String room, InstantSource clock, RegisterCache register) {
        var stores = new StoreReads(db, room);
        return new Reads(
                clock,
                at -> stores.views.factAt(room, at),
                stores::rows,
                (key, fact) -> stores.views.find(room, key, fact),
                stores::sums,
                stores::steps,
                stores::readings,
                register::get,
                stores::waiting);
    }

    private List<View> rows(String kind, String prefix, long changedAfter, long fact) {
        if (kind.equals("item") && changedAfter > 0) {
            return views.listChanged(room, kind, changedAfter, View.class);
        }
        if (!prefix.isEmpty()) {
            return views.list(room, kind, prefix, fact, View.class);
        }
        if (kind.equals("mark")) {
            return views.marks(room, changedAfter, fact, View.class);
        }
        return changedAfter > 0 && OVER.containsKey(kind)
                ? views.listRecent(room, kind, changedAfter, fact, OVER.getOrDefault(kind, ""), View.class)
                : views.list(room, kind, fact, View.class);
    }

    private List<Reads.Waiting> waiting() {
        return errands.waiting(MOST_WAITING).stream()
                .map(row -> new Reads.Waiting(row.channel(), row.person(), row.message(), row.notBefore()))
                .toList();
    }

    private List<Reads.StationRain> sums(Instant at) {
        return journal.sums(room, at).stream()
                .map(row -> new Reads.StationRain(
                        row.station(),
                        row.h1Milli(),
                        row.h3Milli(),
                        row.h6Milli(),
                        row.h12Milli(),
                        row.h24Milli(),
                        Optional.of(row.lastObservedAt())))
                .toList();
    }

    private List<Reads.RainStep> steps(Instant from, Instant to, Duration step, Optional<Set<String>> stations) {
        var rows = stations.map(some -> journal.timeline(room, from, to, step, some))
                .orElseGet(() -> journal.timeline(room, from, to, step));
        return rows.stream()
                .map(row -> new Reads.RainStep(row.at(), row.maxMilli(), row.meanMilli()))
                .toList();
    }

    private List<Reads.JournalLine> readings(
            String station, Quantity quantity, Instant from, Instant to, Instant at, int most) {
        return journal.latest(room, station, quantity, from, to, at, most).stream()
                .map(row -> new Reads.JournalLine(
                        row.reading().milli(),
                        row.reading().observedAt(),
                        row.recordedAt(),
                        row.reading().suspect()))
                .toList();
    }
}
