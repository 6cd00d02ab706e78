package jiaoying.server.page;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import jiaoying.duty.roster.Roster;
import jiaoying.duty.roster.RosterFact.AreaRegistered;
import jiaoying.duty.roster.RosterFact.DutyAssigned;
import jiaoying.duty.station.StationFact.SiteRegistered;

/**
 * Whether every inhabited area and every site has two people who can be reached (名册覆盖): verified, that is, each has a contact
 * nobody disputes and answered within the last months.
 */
final class Coverage {
    /** So many verified people an area or site needs. */
    static final int ENOUGH = 2;

    /** An answer proves a contact for so long: three monthly answer tests. */
    static final Duration PROVES = Duration.ofDays(92);

    private static final int DEPTH_MAX = 16;

    private final CityRegister register;
    private final List<DutyAssigned> duties;
    private final Map<String, Set<String>> contacts = new HashMap<>();
    private final Map<String, Instant> answers;
    private final Set<String> disputes;
    private final Instant now;

    Coverage(CityRegister register, AnswerReads reads, Instant now) {
        this.register = register;
        this.duties = reads.duties().get().stream()
                .filter(row ->
                        !row.duty().equals(Roster.HEAD_RECIPIENT) && !row.duty().equals(Roster.DRILL_PARTICIPANT))
                .toList();
        this.answers = reads.answers().get();
        this.disputes = reads.disputes().get();
        this.now = now;
        reads.contacts()
                .get()
                .forEach(row -> contacts.computeIfAbsent(row.person(), p -> new HashSet<>())
                        .add(row.channel()));
    }

    /**
     * What stands between an area or site and being covered.
     *
     * @param kind     village, town, subdistrict, city, or the kind of a site
     * @param named    people responsible here, their deputies among them
     * @param verified those of them who are verified
     */
    record Hole(String kind, String place, String area, List<String> named, List<String> verified) {}

    boolean reachable(String person) {
        return contacts.getOrDefault(person, Set.of()).stream()
                .anyMatch(channel -> !disputes.contains(person + "/" + channel));
    }

    boolean verified(String person) {
        return reachable(person)
                && Optional.ofNullable(answers.get(person))
                        .filter(at -> at.isAfter(now.minus(PROVES)))
                        .isPresent();
    }

    /** Areas where nobody lives on a level below and which have fewer than two verified people. */
    List<Hole> areas(Predicate<AreaRegistered> within) {
        var parents = new HashSet<String>();
        register.areas().values().forEach(area -> parents.add(area.parent()));
        var named = peopleByArea();
        return register.areas().values().stream()
                .filter(area -> !parents.contains(area.area()))
                .filter(within)
                .map(area -> hole(area.kind(), area.area(), area.area(), named.getOrDefault(area.area(), Set.of())))
                .filter(hole -> hole.verified().size() < ENOUGH)
                .toList();
    }

    /** Sites with fewer than two verified people: the one responsible for it and those of its area. */
    List<Hole> sites(Collection<SiteRegistered> sites) {
        var named = peopleByArea();
        var holes = new ArrayList<Hole>();
        for (var site : sites) {
            var people = new LinkedHashSet<String>();
            if (!site.responsible().isEmpty()) {
                people.add(site.responsible());
            }
            people.addAll(named.getOrDefault(site.area(), Set.of()));
            var hole = hole(site.kind(), site.site(), site.area(), people);
            if (hole.verified().size() < ENOUGH) {
                holes.add(hole);
            }
        }
        return holes;
    }

    private Hole hole(String kind, String place, String area, Set<String> people) {
        return new Hole(
                kind,
                place,
                area,
                List.copyOf(people),
                people.stream().filter(this::verified).toList());
    }

    private Map<String, Set<String>> peopleByArea() {
        var people = new TreeMap<String, Set<String>>();
        for (var duty : duties) {
            var here = people.computeIfAbsent(duty.area(), a -> new LinkedHashSet<>());
            here.add(duty.person());
            here.addAll(duty.deputies());
        }
        return people;
    }

    /** How many of a town's people can be reached, and how many have shown it. */
    record Reach(String town, int people, int reachable, int verified) {}

    List<Reach> towns() {
        var people = new TreeMap<String, Set<String>>();
        duties.forEach(duty ->
                people.computeIfAbsent(town(duty.area()), t -> new HashSet<>()).add(duty.person()));
        return people.entrySet().stream()
                .map(town -> new Reach(
                        town.getKey(),
                        town.getValue().size(),
                        (int) town.getValue().stream().filter(this::reachable).count(),
                        (int) town.getValue().stream().filter(this::verified).count()))
                .toList();
    }

    /** The town of an area, the area itself above towns. */
    String town(String area) {
        return town(register, area);
    }

    static String town(CityRegister register, String area) {
        var at = area;
        for (var depth = 0; depth < DEPTH_MAX; depth++) {
            var row = register.areas().get(at);
            if (row == null || !row.kind().equals("village") || row.parent().isEmpty()) {
                return at;
            }
            at = row.parent();
        }
        return at;
    }
}
