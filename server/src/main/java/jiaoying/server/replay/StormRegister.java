package jiaoying.server.replay;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import jiaoying.duty.ledger.Fact;
import jiaoying.duty.ledger.Personal;
import jiaoying.duty.roster.RosterFact.AreaRegistered;
import jiaoying.duty.roster.RosterFact.ContactRegistered;
import jiaoying.duty.roster.RosterFact.DutyAssigned;
import jiaoying.duty.roster.RosterFact.PersonRegistered;
import jiaoying.duty.station.StationFact.StationRegistered;
import jiaoying.server.register.AreaLocator;
import jiaoying.sim.storm.Observation;
import jiaoying.sim.storm.Storm;
import jiaoying.sim.storm.StormArea;

/**
 * The register in which a storm is played: the sample city, with the storm's stations in place of its own. Areas that the
 * city does not have get sample people of their own (示例), so that somebody is called.
 */
public final class StormRegister {
    /** The one area of a storm none of whose stations lies in the city. */
    public static final StormArea NETWORK = new StormArea("network", "全网（示例）");

    private static final int SAMPLE_PEOPLE = 12;
    private static final String DIGITS = "一二三四五六七八九十";

    private final Storm storm;
    private final Map<String, AreaRegistered> cityAreas;
    private final String city;

    private StormRegister(Storm storm, List<? extends Fact> cityRows) {
        this.storm = storm;
        cityAreas = cityRows.stream()
                .filter(AreaRegistered.class::isInstance)
                .map(AreaRegistered.class::cast)
                .collect(Collectors.toMap(AreaRegistered::area, area -> area, (a, b) -> b, LinkedHashMap::new));
        city = cityAreas.values().stream()
                .filter(area -> area.parent().isEmpty())
                .map(AreaRegistered::area)
                .findFirst()
                .orElse("");
    }

    /** Rows of the register, in the order in which they are registered. @param cityRows rows of the sample city */
    public static List<Fact> rows(Storm storm, List<? extends Fact> cityRows, AreaLocator outlines) {
        var register = new StormRegister(storm, cityRows);
        var areas = register.areas(outlines);
        var rows = new ArrayList<Fact>();
        cityRows.stream().filter(row -> !(row instanceof StationRegistered)).forEach(rows::add);
        new LinkedHashSet<>(areas.values())
                .stream()
                        .filter(area -> !register.cityAreas.containsKey(area.code()))
                        .forEach(area -> rows.addAll(register.newArea(area)));
        rows.addAll(register.stations(areas));
        return rows;
    }

    /** The area of each station that has one. */
    private Map<String, StormArea> areas(AreaLocator outlines) {
        var areas = new LinkedHashMap<String, StormArea>();
        if (storm.gauges().stream().anyMatch(gauge -> gauge.area().isPresent())) {
            storm.gauges().forEach(gauge -> gauge.area().ifPresent(area -> areas.put(gauge.id(), area)));
            return areas;
        }
        for (var gauge : storm.gauges()) {
            outlines.areaOf(gauge.place().lon(), gauge.place().lat())
                    .flatMap(code -> Optional.ofNullable(cityAreas.get(code)))
                    .ifPresent(area -> areas.put(gauge.id(), new StormArea(area.area(), area.nameZh())));
        }
        if (areas.isEmpty()) {
            storm.gauges().forEach(gauge -> areas.put(gauge.id(), NETWORK));
        }
        return areas;
    }

    private List<StationRegistered> stations(Map<String, StormArea> areas) {
        var quantities = new LinkedHashMap<String, Set<String>>();
        storm.gauges().forEach(gauge -> quantities.put(gauge.id(), new LinkedHashSet<>(Set.of(gauge.kind()))));
        for (var step : storm.steps()) {
            for (Observation seen : step.observations()) {
                Optional.ofNullable(quantities.get(seen.station())).ifPresent(all -> all.add(seen.quantity()));
            }
        }
        int interval = Math.toIntExact(storm.sheet().step().toMinutes());
        return storm.gauges().stream()
                .flatMap(gauge -> quantities.getOrDefault(gauge.id(), Set.of()).stream()
                        .map(quantity -> new StationRegistered(
                                StationNames.station(gauge, quantity),
                                gauge.name(),
                                quantity,
                                gauge.place().lon(),
                                gauge.place().lat(),
                                Optional.ofNullable(areas.get(gauge.id()))
                                        .map(StormArea::code)
                                        .orElse(""),
                                interval)))
                .toList();
    }

    private List<Fact> newArea(StormArea area) {
        var rows = new ArrayList<Fact>();
        rows.add(new AreaRegistered(area.code(), area.name(), area.name(), "area", city, true));
        for (int i = 1; i <= SAMPLE_PEOPLE; i++) {
            var person = samplePerson(area, i);
            rows.add(new PersonRegistered(
                    person, new Personal(person, "示例" + ordinal(i)), "", post(i), "Sample person " + i));
            var number = "0000%06d".formatted(Math.floorMod(person.hashCode(), 1_000_000));
            rows.add(new ContactRegistered(person, "text", new Personal(person, number)));
            rows.add(new ContactRegistered(person, "voice", new Personal(person, number)));
        }
        for (int i = 1; i <= SAMPLE_PEOPLE; i++) {
            var deputies =
                    List.of(samplePerson(area, i % SAMPLE_PEOPLE + 1), samplePerson(area, (i + 1) % SAMPLE_PEOPLE + 1));
            var superior = i == 1 ? "" : samplePerson(area, 1);
            rows.add(new DutyAssigned(
                    "D-" + samplePerson(area, i), samplePerson(area, i), post(i), area.code(), deputies, superior));
        }
        return rows;
    }

    private static String samplePerson(StormArea area, int number) {
        return "%s-%02d".formatted(area.code(), number);
    }

    private static String post(int number) {
        return number == 1 ? "防汛指挥（示例）" : "防汛责任人（示例）";
    }

    private static String ordinal(int number) {
        return number <= 10 ? DIGITS.substring(number - 1, number) : "十" + DIGITS.substring(number - 11, number - 10);
    }
}
