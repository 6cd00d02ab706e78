package jiaoying.duty.station;

import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import jiaoying.duty.station.StationFact.SiteRegistered;
import jiaoying.duty.station.StationFact.StationRegistered;
import jiaoying.duty.station.StationFact.ThresholdsSet;

/** The stations and the sites at risk that a room knows, as last registered. */
public final class Stations {
    private final Map<String, StationRegistered> stations = new TreeMap<>();
    private final Map<String, SiteRegistered> sites = new TreeMap<>();

    public void apply(StationFact fact) {
        switch (fact) {
            case StationRegistered station -> stations.put(station.station(), station);
            case ThresholdsSet set -> {} // the monitor keeps them
            case SiteRegistered site -> sites.put(site.site(), site);
        }
    }

    public Optional<StationRegistered> findStation(String station) {
        return Optional.ofNullable(stations.get(station));
    }

    public Collection<StationRegistered> listStations() {
        return stations.values();
    }

    public Collection<SiteRegistered> listSites() {
        return sites.values();
    }
}
