package jiaoying.duty.roster;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import jiaoying.duty.ledger.Personal;
import jiaoying.duty.roster.RosterFact.AreaRegistered;
import jiaoying.duty.roster.RosterFact.BodyRegistered;
import jiaoying.duty.roster.RosterFact.ContactDisputed;
import jiaoying.duty.roster.RosterFact.ContactRegistered;
import jiaoying.duty.roster.RosterFact.DutyAssigned;
import jiaoying.duty.roster.RosterFact.DutyEnded;
import jiaoying.duty.roster.RosterFact.Erased;
import jiaoying.duty.roster.RosterFact.PersonRegistered;
import jiaoying.duty.roster.RosterFact.ShiftPlanned;
import jiaoying.duty.roster.RosterFact.ShiftTaken;

/**
 * Who is responsible for what: areas as a tree, people with duties, and by which channels they can be reached. Ids only, beside
 * which loudspeaker is whose, for several people may have the same.
 */
public final class Roster {
    /** The duty of whoever leads the shift (带班领导). */
    public static final String SHIFT_LEADER = "带班领导";

    /** The duty of those whom an exercise may reach (演练参加人); outside of exercises nobody is called for it. */
    public static final String DRILL_PARTICIPANT = "演练参加人";

    /** The duty of the outside recipients of the signed head. */
    public static final String HEAD_RECIPIENT = "ledger-recipient";

    private static final String SPEAKER = "speaker";

    private static final int DEPTH_MAX = 16;

    /** Kinds of bodies that the city does not direct. */
    public static final List<String> WATCHED = List.of("court", "procuratorate", "cppcc", "company");

    private final Map<String, AreaRegistered> areas = new TreeMap<>();
    private final Map<String, Set<String>> channels = new TreeMap<>();
    private final Set<String> uncalled = new TreeSet<>(List.of(HEAD_RECIPIENT, DRILL_PARTICIPANT));
    private final Map<String, String> bodyOf = new TreeMap<>();
    private final Map<String, Set<String>> peopleOfBody = new TreeMap<>();
    private final Map<String, BodyRegistered> bodies = new TreeMap<>();
    private final Map<String, DutyAssigned> duties = new TreeMap<>();
    private final Map<String, Set<String>> dutiesOfArea = new TreeMap<>();
    private final Map<String, Set<String>> participations = new TreeMap<>();
    private final Set<String> disputed = new HashSet<>();
    private final Map<String, Set<String>> idsOfDuty = new TreeMap<>();
    private final Map<String, String> speakerOf = new TreeMap<>();
    private final Map<String, Set<String>> peopleOfSpeaker = new TreeMap<>();
    private final Map<String, ShiftPlanned> shifts = new TreeMap<>();

    public Roster() {
        this(new TreeSet<>());
    }

    /** @param uncalled duties for which nobody is called in a storm, beside those that every room has */
    public Roster(Set<String> uncalled) {
        this.uncalled.addAll(uncalled);
    }

    /** Duties for which nobody is called. */
    public Set<String> uncalled() {
        return uncalled;
    }

    public void apply(RosterFact fact) {
        switch (fact) {
            case AreaRegistered area -> areas.put(area.area(), area);
            case BodyRegistered body -> bodies.put(body.body(), body);
            case PersonRegistered person -> belong(person.person(), person.body());
            case ContactRegistered contact -> {
                channels.computeIfAbsent(contact.person(), p -> new TreeSet<>()).add(contact.channel());
                disputed.remove(contact(contact.person(), contact.channel()));
                if (contact.channel().equals(SPEAKER)) {
                    speaks(contact.person(), contact.address().text());
                }
            }
            case DutyAssigned duty -> assign(duty);
            case DutyEnded duty -> end(duty.id());
            case ShiftPlanned shift -> shifts.put(shift.id(), shift);
            case ShiftTaken taken -> {}
            case Erased erased -> {
                channels.remove(erased.person());
                speaks(erased.person(), Personal.BLANK);
            }
            case ContactDisputed dispute -> disputed.add(contact(dispute.person(), dispute.channel()));
        }
    }

    private void speaks(String person, String device) {
        var before = speakerOf.remove(person);
        if (before != null) {
            peopleOfSpeaker.getOrDefault(before, new TreeSet<>()).remove(person);
        }
        if (!device.equals(Personal.BLANK)) {
            speakerOf.put(person, device);
            peopleOfSpeaker.computeIfAbsent(device, d -> new TreeSet<>()).add(person);
        }
    }

    private void belong(String person, String body) {
        Optional.ofNullable(bodyOf.put(person, body))
                .ifPresent(before ->
                        peopleOfBody.getOrDefault(before, new TreeSet<>()).remove(person));
        peopleOfBody.computeIfAbsent(body, b -> new TreeSet<>()).add(person);
    }

    private void assign(DutyAssigned duty) {
        end(duty.id());
        duties.put(duty.id(), duty);
        dutiesOfArea.computeIfAbsent(duty.area(), a -> new TreeSet<>()).add(duty.id());
        if (duty.duty().equals(DRILL_PARTICIPANT)) {
            participations.computeIfAbsent(duty.person(), p -> new TreeSet<>()).add(duty.id());
        }
        idsOfDuty.computeIfAbsent(duty.duty(), name -> new TreeSet<>()).add(duty.id());
    }

    private void end(String duty) {
        var row = duties.remove(duty);
        if (row != null) {
            dutiesOfArea.getOrDefault(row.area(), new TreeSet<>()).remove(duty);
            idsOfDuty.getOrDefault(row.duty(), new TreeSet<>()).remove(duty);
            participations.getOrDefault(row.person(), new TreeSet<>()).remove(duty);
        }
    }

    private static String contact(String person, String channel) {
        return person + '/' + channel;
    }

    public Optional<AreaRegistered> findArea(String area) {
        return Optional.ofNullable(areas.get(area));
    }

    public boolean knows(String person) {
        return bodyOf.containsKey(person);
    }

    /** The body that a person belongs to, or empty. */
    public String bodyOf(String person) {
        return bodyOf.getOrDefault(person, "");
    }

    /** Everybody who belongs to a body, in the order of ids. */
    public List<String> membersOf(String body) {
        return List.copyOf(peopleOfBody.getOrDefault(body, new TreeSet<>()));
    }

    /** A court, procuratorate, CPPCC or enterprise (法院、检察院、政协、企业): watched only in programmes, never carded or called there. */
    public boolean watchedOnly(String body) {
        return Optional.ofNullable(bodies.get(body))
                .filter(one -> WATCHED.contains(one.kind()))
                .isPresent();
    }

    public boolean isDeputy(String person, String principal, String duty) {
        return withDuty(duty)
                .anyMatch(
                        row -> row.person().equals(principal) && row.deputies().contains(person));
    }

    public boolean knowsBody(String body) {
        return bodies.containsKey(body);
    }

    /** Bodies of a kind, in the order of their ids. */
    public List<BodyRegistered> bodiesOfKind(String kind) {
        return bodies.values().stream().filter(body -> body.kind().equals(kind)).toList();
    }

    public boolean holds(String person, String duty) {
        return withDuty(duty).anyMatch(row -> row.person().equals(person));
    }

    private Stream<DutyAssigned> withDuty(String duty) {
        return idsOfDuty.getOrDefault(duty, new TreeSet<>()).stream()
                .flatMap(id -> Optional.ofNullable(duties.get(id)).stream());
    }

    /** Whether there is such an area. @param byCode its code is meant, else its Chinese name */
    public boolean knowsTown(String town, boolean byCode) {
        return byCode ? areas.containsKey(town) : findAreaNamed(town).isPresent();
    }

    /** The code of the area of this Chinese name. */
    public Optional<String> findAreaNamed(String nameZh) {
        return areas.values().stream()
                .filter(area -> area.nameZh().equals(nameZh))
                .map(AreaRegistered::area)
                .findFirst();
    }

    /** The Chinese name of an area, or its code while it is not registered. */
    public String areaName(String area) {
        return findArea(area).map(AreaRegistered::nameZh).orElse(area);
    }

    /** True when {@code area} is {@code whole} or lies below it. */
    public boolean within(String area, String whole) {
        var at = area;
        for (var depth = 0; depth < DEPTH_MAX; depth++) {
            if (at.equals(whole)) {
                return true;
            }
            var row = areas.get(at);
            if (row == null || row.parent().isEmpty()) {
                return false;
            }
            at = row.parent();
        }
        return false;
    }

    /** The area whose warnings a place in {@code area} belongs to: a village's town, else the area itself. */
    public String warningArea(String area) {
        return findArea(area)
                .filter(row -> row.kind().equals("village") && !row.parent().isEmpty())
                .map(AreaRegistered::parent)
                .orElse(area);
    }

    /** Whether a person has a contact of that kind which nobody has said is another's (不是本人). */
    public boolean reachableBy(String person, String channel) {
        return channels.getOrDefault(person, Set.of()).contains(channel)
                && !disputed.contains(contact(person, channel));
    }

    /** Everybody whose loudspeaker (喇叭) is the same device as this person's, himself among them, in the order of their ids. */
    public List<String> sharingSpeaker(String person) {
        var device = speakerOf.get(person);
        return device == null ? List.of(person) : List.copyOf(peopleOfSpeaker.getOrDefault(device, Set.of(person)));
    }

    /** Who holds the same duty in the areas above, the nearest first: village, town, city (上级辖区). */
    public List<String> holdersAbove(String duty, String area) {
        var holders = new LinkedHashSet<String>();
        var at = parent(area);
        for (var depth = 0; depth < DEPTH_MAX && !at.isEmpty(); depth++) {
            dutiesOfArea.getOrDefault(at, Set.of()).stream()
                    .map(duties::get)
                    .filter(row -> row.duty().equals(duty))
                    .forEach(row -> holders.add(row.person()));
            at = parent(at);
        }
        return List.copyOf(holders);
    }

    private String parent(String area) {
        return findArea(area).map(AreaRegistered::parent).orElse("");
    }

    /** Whether a person may be reached in an exercise of the whole room. */
    public boolean isParticipant(String person) {
        return !participations.getOrDefault(person, Set.of()).isEmpty();
    }

    /** Duties of each person for an area and everything below it, people in the order of their ids. @param except left out */
    public Map<String, List<DutyAssigned>> dutiesWithin(String area, Set<String> except) {
        var byPerson = new TreeMap<String, List<DutyAssigned>>();
        for (var row : duties.values()) {
            if (!except.contains(row.duty()) && within(row.area(), area)) {
                byPerson.computeIfAbsent(row.person(), p -> new ArrayList<>()).add(row);
            }
        }
        return new LinkedHashMap<>(byPerson);
    }

    /** Who leads the duty at an instant by the shifts planned, in the order of the shifts' ids; empty when none is planned. */
    public List<String> leadersAt(Instant at) {
        return shifts.values().stream()
                .filter(shift -> !at.isBefore(shift.from()) && at.isBefore(shift.to()))
                .map(ShiftPlanned::leader)
                .filter(bodyOf::containsKey)
                .distinct()
                .toList();
    }

    /** People of a body who hold one of the duties, in the order of the duties. */
    public List<String> peopleOf(String body, List<String> duties) {
        return duties.stream()
                .flatMap(this::withDuty)
                .map(DutyAssigned::person)
                .filter(person -> !body.isEmpty() && bodyOf(person).equals(body))
                .distinct()
                .toList();
    }

    /** People who hold a duty, wherever. */
    public List<String> holders(String duty) {
        return withDuty(duty).map(DutyAssigned::person).distinct().toList();
    }
}
