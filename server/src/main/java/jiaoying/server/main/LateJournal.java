package jiaoying.server.main;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import jiaoying.server.door.sensorthings.Journal;

/** The journal of a room that is not there yet when its pages are made. */
record LateJournal(Supplier<Journal> room) implements Journal {
    @Override
    public Optional<Span> span() {
        return room.get().span();
    }

    @Override
    public List<Row> list(Wanted wanted, Optional<Mark> after, int most) {
        return room.get().list(wanted, after, most);
    }

    @Override
    public long count(Wanted wanted) {
        return room.get().count(wanted);
    }

    @Override
    public Optional<Row> find(long arrival, int row) {
        return room.get().find(arrival, row);
    }

    @Override
    public Set<String> heard(Instant since) {
        return room.get().heard(since);
    }
}
