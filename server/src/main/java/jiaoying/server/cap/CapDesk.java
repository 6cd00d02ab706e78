package jiaoying.server.cap;

import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Supplier;
import jiaoying.duty.room.Arrival;
import jiaoying.duty.room.Settings;
import jiaoying.duty.room.View.SignalView;
import jiaoying.duty.roster.RosterFact.AreaRegistered;
import jiaoying.server.register.AreaLocator;
import jiaoying.server.store.CapOutStore;
import jiaoying.server.store.Database;
import jiaoying.server.store.Keys;
import jiaoying.server.store.LedgerStore;
import jiaoying.server.store.RoomJson;
import jiaoying.server.store.Rooms;
import org.slf4j.LoggerFactory;

/** Where a room speaks CAP with other centres (预警交换): what it is set to, what comes in. May be used from any thread. */
public final class CapDesk {
    private final CapSettings settings;
    private final CapIntake intake;
    private final Supplier<Map<String, AreaRegistered>> areas;
    private final Supplier<String> outlines;
    private final boolean demo;
    private volatile Drawn drawn = new Drawn("", Optional.empty());

    /** @param text GeoJSON that the boundaries were read from */
    private record Drawn(String text, Optional<AreaLocator> boundaries) {}

    /**
     * @param areas    of the register as they are now
     * @param outlines GeoJSON of the areas as they are now
     * @param demo     only a demonstration places shapes by sketches
     */
    public CapDesk(
            CapSettings settings,
            Supplier<Map<String, AreaRegistered>> areas,
            Supplier<String> outlines,
            boolean demo) {
        this.settings = settings;
        this.areas = areas;
        this.outlines = outlines;
        this.demo = demo;
        this.intake = new CapIntake(settings, this::places);
    }

    public CapSettings settings() {
        return settings;
    }

    public CapIntake intake() {
        return intake;
    }

    /** Starts to poll the feeds. */
    public CapFeeds poll(Function<Arrival, CompletableFuture<Long>> inbox, InstantSource clock) {
        var feeds = feeds(inbox, clock);
        feeds.start();
        return feeds;
    }

    /** Starts to publish; empty when the room's settings do not say so. */
    public Optional<CapOut> publish(Path data, String room, Database db, Reading reading, InstantSource clock) {
        var published = out(data, room, db, reading, clock);
        published.ifPresent(CapOut::start);
        return published;
    }

    Optional<CapOut> out(Path data, String room, Database db, Reading reading, InstantSource clock) {
        return settings.out().map(out -> {
            var keys = Keys.ofDirectory(data.resolve("keys"), room);
            var json = new RoomJson(db, room, keys).json();
            var ledger = new CapOut.Ledger(
                    () -> new Rooms(db).get(room).held(),
                    () -> new Rooms(db).get(room).lastFact(),
                    after -> new LedgerStore(db)
                            .list(room, after, new Rooms(db).get(room).lastFact(), 500, json),
                    reading.signals(),
                    areas,
                    code -> places().polygons(code),
                    reading.settings());
            return new CapOut(
                    out, new CapOutStore(db, room), ledger, CapKey.ofDirectory(data.resolve("keys"), room), clock);
        });
    }

    /**
     * What is read of the room beside its ledger.
     *
     * @param signals  by id, as they are now
     * @param settings as they stood at a fact: what was issued in an exercise never leaves as actual, however late it leaves
     */
    public record Reading(Function<String, Optional<SignalView>> signals, Function<Long, Settings> settings) {}

    CapFeeds feeds(Function<Arrival, CompletableFuture<Long>> inbox, InstantSource clock) {
        return new CapFeeds(settings.feeds(), intake, inbox, clock);
    }

    CapPlaces places() {
        return new CapPlaces(areas.get(), boundaries());
    }

    private Optional<AreaLocator> boundaries() {
        var text = outlines.get();
        if (!drawn.text().equals(text)) {
            drawn = new Drawn(text, read(text));
        }
        return drawn.boundaries();
    }

    private Optional<AreaLocator> read(String text) {
        try {
            return Optional.of(AreaLocator.of(text))
                    .filter(found -> !found.codes().isEmpty() && (demo || !found.schematic()));
        } catch (IOException e) {
            LoggerFactory.getLogger(CapDesk.class).warn("The boundaries cannot be read: {}", e.getMessage());
            return Optional.empty();
        }
    }
}
