package jiaoying.server.main;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import jiaoying.server.door.sensorthings.Journal;
import jiaoying.server.store.JournalRow;
import jiaoying.server.store.JournalStore;

/** The journal of one room, from its store. */
record StoreJournal(JournalStore store, String room) implements Journal {
    @Override
    public Optional<Span> span() {
        return store.span(room).map(it -> new Span(it.first(), it.last()));
    }

    @Override
    public List<Row> list(Wanted wanted, Optional<Mark> after, int most) {
        return store
                .list(
                        room,
                        wanted.streams(),
                        wanted.from(),
                        wanted.to(),
                        wanted.ascending(),
                        after.map(it -> new JournalStore.Place(it.observedAt(), it.arrival(), it.row())),
                        most)
                .stream()
                .map(StoreJournal::row)
                .toList();
    }

    private static Row row(JournalRow row) {
        return new Row(
                row.arrival(),
                row.row(),
                row.reading().station(),
                row.reading().quantity(),
                row.reading().milli(),
                row.reading().observedAt(),
                row.recordedAt(),
                row.reading().suspect());
    }

    @Override
    public long count(Wanted wanted) {
        return store.count(room, wanted.streams(), wanted.from(), wanted.to());
    }

    @Override
    public Optional<Row> find(long arrival, int row) {
        return store.find(room, arrival, row).map(StoreJournal::row);
    }

    @Override
    public Set<String> heard(Instant since) {
        return store.heard(room, since);
    }
}
