package jiaoying.server.page;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import jiaoying.duty.roster.RosterFact.AreaRegistered;
import jiaoying.duty.roster.RosterFact.BodyRegistered;
import jiaoying.duty.roster.RosterFact.DutyAssigned;
import jiaoying.duty.roster.RosterFact.PersonRegistered;
import jiaoying.duty.station.StationFact.SiteRegistered;
import jiaoying.duty.station.StationFact.StationRegistered;
import jiaoying.duty.station.StationFact.ThresholdsSet;
import jiaoying.server.reply.Texts;

/** The city register (名册) as it is now, for the names on pages; projections hold ids only. */
public record CityRegister(
        Map<String, AreaRegistered> areas,
        Map<String, BodyRegistered> bodies,
        Map<String, PersonRegistered> persons,
        Map<String, StationRegistered> stations,
        Map<String, ThresholdsSet> thresholds,
        Map<String, SiteRegistered> sites,
        List<DutyAssigned> duties) {
    private static final int DEPTH_MAX = 16;

    public Optional<String> parent(String area) {
        return Optional.ofNullable(areas.get(area)).map(AreaRegistered::parent).filter(parent -> !parent.isEmpty());
    }

    /** Whether an area is this one or lies below it. */
    boolean liesIn(String area, String above) {
        var at = Optional.of(area);
        for (var depth = 0; depth < DEPTH_MAX && at.isPresent(); depth++) {
            if (at.get().equals(above)) {
                return true;
            }
            at = parent(at.get());
        }
        return false;
    }

    public boolean knowsArea(String area) {
        return areas.containsKey(area);
    }

    /** True when some area is drawn as a sketch, not by its boundary. */
    boolean schematic() {
        return areas.values().stream().anyMatch(AreaRegistered::schematic);
    }

    /** True when the city's areas are registered and none is a sketch. */
    public boolean bounded() {
        return !areas.isEmpty() && !schematic();
    }

    String areaName(String area, Texts texts) {
        return Optional.ofNullable(areas.get(area))
                .map(row -> texts.chinese() || row.nameEn().isEmpty() ? row.nameZh() : row.nameEn())
                .orElse(area);
    }

    /** Of a town that items have by its code or by its Chinese name. */
    String townName(String town, Texts texts) {
        return areas.containsKey(town) || texts.chinese()
                ? areaName(town, texts)
                : areas.values().stream()
                        .filter(area -> area.nameZh().equals(town))
                        .findFirst()
                        .map(area -> areaName(area.area(), texts))
                        .orElse(town);
    }

    /** The name, or what the reader sees in place of an erased one. */
    String personName(String person, Texts texts) {
        return Optional.ofNullable(persons.get(person))
                .map(row -> row.name().text())
                .map(name -> name.isEmpty() ? texts.say("erased") : name)
                .orElse(person);
    }

    String post(String person, Texts texts) {
        return Optional.ofNullable(persons.get(person))
                .map(row -> texts.chinese() || row.postEn().isEmpty() ? row.postZh() : row.postEn())
                .orElse("");
    }

    String bodyOf(String person, Texts texts) {
        return Optional.ofNullable(persons.get(person))
                .flatMap(row -> Optional.ofNullable(bodies.get(row.body())))
                .map(row -> texts.chinese() || row.nameEn().isEmpty() ? row.nameZh() : row.nameEn())
                .orElse("");
    }

    /** Whether an account is a person of a body; its name is then the person's id. */
    /** The code of the area of this Chinese name. */
    Optional<String> findAreaNamed(String nameZh) {
        return areas.values().stream()
                .filter(area -> area.nameZh().equals(nameZh))
                .map(AreaRegistered::area)
                .findFirst();
    }

    boolean belongs(String account, String body) {
        return !body.isEmpty()
                && Optional.ofNullable(persons.get(account))
                        .filter(row -> row.body().equals(body))
                        .isPresent();
    }

    /** Of a site in the reader's language; a station has one name. */
    String stationName(String station, Texts texts) {
        return Optional.ofNullable(sites.get(station))
                .filter(row -> !texts.chinese() && !row.nameEn().isEmpty())
                .map(SiteRegistered::nameEn)
                .orElseGet(() -> stationName(station));
    }

    /** Of a site too: what a forecast expects, it expects at sites. */
    String stationName(String station) {
        return Optional.ofNullable(stations.get(station))
                .map(StationRegistered::name)
                .or(() -> Optional.ofNullable(sites.get(station)).map(SiteRegistered::nameZh))
                .orElse(station);
    }
}
