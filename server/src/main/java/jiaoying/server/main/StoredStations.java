package jiaoying.server.main;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jiaoying.server.door.Pictures;
import jiaoying.server.door.sl651.StationMemory;
import jiaoying.server.store.StationStore;

/** What the door of telemetry stations remembers, in the room's store. */
record StoredStations(StationStore store, InstantSource clock) implements StationMemory, Pictures {
    @Override
    public List<Wish> wishes() {
        return store.wishes().stream()
                .map(it ->
                        new Wish(it.address(), it.station(), Kind.valueOf(it.kind()), it.begins(), it.ends(), it.by()))
                .toList();
    }

    private static StationStore.Wish row(Wish wish) {
        return new StationStore.Wish(
                wish.address(), wish.kind().name(), wish.station(), wish.from(), wish.to(), wish.by());
    }

    @Override
    public void keep(Wish wish) {
        store.keep(row(wish));
    }

    @Override
    public void drop(Wish wish) {
        store.drop(row(wish));
    }

    @Override
    public void keep(Picture picture) {
        store.keep(
                new StationStore.Picture(
                        picture.station(),
                        picture.sha256(),
                        picture.observedAt(),
                        picture.receivedAt(),
                        picture.jpeg().length),
                picture.jpeg());
    }

    @Override
    public Map<String, Instant> lastObserved() {
        return store.lastObserved(clock.instant());
    }

    @Override
    public List<Row> list(String station) {
        return store.pictures(station).stream()
                .map(it -> new Row(it.station(), it.sha256(), it.observedAt(), it.receivedAt(), it.size()))
                .toList();
    }

    @Override
    public Optional<byte[]> find(String sha256) {
        return store.findPicture(sha256);
    }
}
