package jiaoying.server.main;

import static java.util.stream.Collectors.toMap;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import jiaoying.duty.ledger.Fact;
import jiaoying.duty.roster.RosterFact;
import jiaoying.duty.roster.RosterFact.AreaRegistered;
import jiaoying.duty.roster.RosterFact.BodyRegistered;
import jiaoying.duty.roster.RosterFact.PersonRegistered;
import jiaoying.duty.station.StationFact;
import jiaoying.duty.station.StationFact.SiteRegistered;
import jiaoying.duty.station.StationFact.StationRegistered;
import jiaoying.duty.station.StationFact.ThresholdsSet;
import jiaoying.server.page.CityRegister;
import jiaoying.server.store.RegisterStore;

/** The register for pages, read again after it has changed. May be used from any thread. */
final class RegisterCache {
    private final RegisterStore store;
    private final String room;
    private final AtomicLong version = new AtomicLong();
    private volatile Read latest =
            new Read(-1, new CityRegister(Map.of(), Map.of(), Map.of(), Map.of(), Map.of(), Map.of(), List.of()));

    RegisterCache(RegisterStore store, String room) {
        this.store = store;
        this.room = room;
    }

    private record Read(long version, CityRegister register) {}

    CityRegister get() {
        long wanted = version.get();
        var read = latest;
        if (read.version() != wanted) {
            read = new Read(wanted, read());
            latest = read;
        }
        return read.register();
    }

    /** After a commit. */
    void committed(List<Fact> facts) {
        if (facts.stream().anyMatch(fact -> fact instanceof RosterFact || fact instanceof StationFact)) {
            version.incrementAndGet();
        }
    }

    private CityRegister read() {
        return new CityRegister(
                byId(store.areas(room), AreaRegistered::area),
                byId(store.bodies(room), BodyRegistered::body),
                byId(store.persons(room), PersonRegistered::person),
                byId(store.stations(room), StationRegistered::station),
                byId(store.thresholds(room), ThresholdsSet::station),
                byId(store.sites(room), SiteRegistered::site),
                List.copyOf(store.duties(room)));
    }

    private static <R> Map<String, R> byId(List<R> rows, Function<R, String> id) {
        return rows.stream().collect(toMap(id, row -> row, (_, later) -> later, LinkedHashMap::new));
    }
}
