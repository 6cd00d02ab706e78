package jiaoying.server.programme;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import jiaoying.duty.casework.CaseAnswer;
import jiaoying.duty.casework.CaseDeed;
import jiaoying.duty.casework.CaseFact;
import jiaoying.duty.casework.CaseFact.Entry;
import jiaoying.duty.casework.CaseFact.Proof;
import jiaoying.duty.casework.CaseStep;
import jiaoying.duty.casework.Cases;
import jiaoying.duty.casework.Directory;
import jiaoying.duty.casework.Item;
import jiaoying.duty.errand.ClearsTimer;
import jiaoying.duty.errand.Errand;
import jiaoying.duty.errand.OrdersErrands;
import jiaoying.duty.errand.SetsTimer;
import jiaoying.duty.programme.Programme;
import jiaoying.server.pack.PackException;
import jiaoying.server.pack.PackLibrary;

/** A small city office: people in bodies with roles, a clock that the test moves, timers that ring when it passes them. */
final class Office implements Directory {
    static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");
    static final Programme HAZARDS = pack("hazards");

    final Cases cases;
    final List<CaseFact> facts = new ArrayList<>();
    final List<Errand> errands = new ArrayList<>();
    final Map<String, Instant> timers = new TreeMap<>();
    final Set<String> inStorm = new TreeSet<>();
    private static final jiaoying.duty.programme.WorkingCalendar CALENDAR = CalendarFile.shipped();

    private final Map<String, String> bodies = new TreeMap<>();
    private final Map<String, Set<String>> roles = new TreeMap<>();
    private final Set<String> deputies = new TreeSet<>();
    private final Set<String> watchedOnly = new TreeSet<>();
    private final Programme programme;
    private Instant now = Instant.parse("2026-06-01T01:00:00Z"); // Monday, 9 o'clock
    private long number;

    Office(Programme programme) {
        this.programme = programme;
        cases = new Cases(Map.of(programme.name(), programme));
    }

    /** A hidden-hazard office: town A leads, bureau S supervises, bureau V verifies, everybody in one role. */
    static Office ofHazards() {
        var office = new Office(HAZARDS);
        office.person("duty@D", "duty");
        office.person("triage@T", "triage");
        office.person("rect@A", "rectifier");
        office.person("rect2@A", "rectifier", "verifier");
        office.person("head@A", "head");
        office.person("super@S", "supervisor");
        office.person("ver@V", "verifier");
        office.person("lead@L", "leader");
        office.person("all@A", "duty", "triage", "rectifier", "head", "supervisor", "verifier", "leader");
        office.person("all@X", "duty", "triage", "rectifier", "head", "supervisor", "verifier", "leader");
        return office;
    }

    static Programme pack(String name) {
        try {
            return PackLibrary.of(Path.of("../packs")).programme(name);
        } catch (PackException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** @param person as {@code name@body} */
    void person(String person, String... holds) {
        bodies.put(person, person.substring(person.indexOf('@') + 1));
        roles.put(person, new TreeSet<>(List.of(holds)));
    }

    /** The register names him as the deputy for all roles of the other. */
    void deputy(String person, String principal) {
        deputies.add(person + " for " + principal);
    }

    void company(String body) {
        watchedOnly.add(body);
    }

    void move(String person, String body) {
        bodies.put(person, body);
    }

    List<String> people() {
        return List.copyOf(bodies.keySet());
    }

    Instant now() {
        return now;
    }

    /** Goes to a moment; whatever comes due on the way rings at its time. */
    void until(String moment) {
        until(Instant.parse(moment));
    }

    void until(Instant moment) {
        while (true) {
            var next = timers.entrySet().stream()
                    .filter(timer -> !timer.getValue().isAfter(moment))
                    .min(Map.Entry.<String, Instant>comparingByValue().thenComparing(Map.Entry::getKey));
            if (next.isEmpty()) {
                break;
            }
            now = next.get().getValue().isAfter(now) ? next.get().getValue() : now;
            ring(next.get().getKey());
        }
        now = moment;
    }

    /** The program was down: time goes on and nothing rings. */
    void sleepUntil(String moment) {
        now = Instant.parse(moment);
    }

    private void ring(String timer) {
        timers.remove(timer);
        var part = timer.split("/", 3);
        apply(step().due(part[0], part[1], part[2], (Predicate<String>) inStorm::contains, ""));
    }

    private CaseStep step() {
        return new CaseStep(++number, now, cases, this, CALENDAR, ZONE);
    }

    /** "done", or the refusal as {@code WHY value | allowed}. */
    String does(String person, CaseDeed deed) {
        return switch (step().take(person, deed)) {
            case CaseAnswer.Done done -> {
                apply(done.facts());
                yield "done";
            }
            case CaseAnswer.Refused no -> (no.why() + " " + no.value() + " | " + no.allowed()).strip();
        };
    }

    void warned(String signal, String color, String area) {
        apply(step().warned(signal, "rainstorm", color, List.of("blue", "yellow", "orange", "red"), area));
    }

    /** A machine noticed something at the pump station; the place is the station's. */
    void noticed(String upon, String hazard, String color, String source) {
        var words = new java.util.TreeMap<>(Map.of(
                "area",
                "330482101",
                "area_name",
                "样例镇",
                "station",
                "P1",
                "station_name",
                "样例下穿",
                "color",
                color,
                "at",
                now.toString(),
                "place",
                "121.02,30.70",
                "why",
                "depth 42 cm"));
        apply(step().noticed(upon, hazard, color, List.of("blue", "yellow", "orange", "red"), source, words));
    }

    void lifted(String signal) {
        apply(step().lifted(signal));
    }

    private void apply(List<CaseFact> more) {
        for (var fact : more) {
            cases.apply(now, fact);
            facts.add(fact);
            if (fact instanceof ClearsTimer clears) {
                clears.clearedTimers().forEach(timers::remove);
            }
            if (fact instanceof SetsTimer sets) {
                sets.timers().forEach(timer -> timers.put(timer.id(), timer.dueAt()));
            }
            if (fact instanceof OrdersErrands orders) {
                errands.addAll(orders.errands());
            }
        }
    }

    // ---- a hazard's way, in few words

    String open(String person) {
        return open(person, "");
    }

    String open(String person, String parent) {
        var said = does(
                person,
                new CaseDeed.Open(
                        programme.name(),
                        "hazard",
                        entries(
                                "title",
                                "样例泵站电机锈蚀",
                                "description",
                                "电机锈蚀",
                                "category",
                                "pump",
                                "source",
                                "inspection",
                                "found_at",
                                now.toString(),
                                "town",
                                "330482101",
                                "place",
                                "121.02,30.70"),
                        "",
                        parent,
                        "",
                        Optional.empty()));
        return said.equals("done") ? cases.items().stream().toList().getLast().id() : said;
    }

    String step(String item, String person, String move, String... more) {
        return step(item, person, move, false, List.of(), "A", "S", more);
    }

    String step(
            String item,
            String person,
            String move,
            boolean onSite,
            List<Proof> proofs,
            String lead,
            String supervising,
            String... more) {
        var assigns = move.equals("supervise");
        var reason = List.of("rework", "hand-back", "void", "reopen", "drop", "hand-over")
                        .contains(move)
                ? "样例原因"
                : "";
        return does(
                person,
                new CaseDeed.Move(
                        item,
                        move,
                        "",
                        reason,
                        entries(more),
                        assigns ? lead : "",
                        assigns ? supervising : "",
                        List.of(),
                        proofs,
                        onSite,
                        "",
                        "",
                        Optional.empty()));
    }

    String feedBack(String item, String person, int round) {
        return step(
                item,
                person,
                "feed-back",
                false,
                List.of(proof("photo_before", round * 10 + 1), proof("photo_after", round * 10 + 2)),
                "",
                "",
                "measures",
                "更换电机");
    }

    String close(String item, String person, boolean onSite, int round) {
        return step(item, person, "close", onSite, List.of(proof("verification_record", round * 10 + 3)), "", "");
    }

    Proof proof(String need, int file) {
        return new Proof(need, "%064x".formatted(file), need + ".jpg", now, "121.0201,30.7001");
    }

    /** To the stage before rectifying is reported back. */
    String inHand(String level) {
        var item = open("duty@D");
        step(item, "duty@D", "register");
        step(item, "triage@T", "assess");
        step(item, "triage@T", "supervise", "level", level);
        step(item, "rect@A", "accept");
        if (!level.equals("major")) {
            step(item, "rect@A", "begin");
        }
        return item;
    }

    String verifying(String level) {
        var item = inHand(level);
        feedBack(item, "rect@A", 1);
        step(item, "ver@V", "take-up");
        return item;
    }

    Item item(String id) {
        return cases.find(id).orElseThrow();
    }

    static List<Entry> entries(String... pairs) {
        var entries = new ArrayList<Entry>();
        for (var i = 0; i < pairs.length; i += 2) {
            entries.add(new Entry(pairs[i], pairs[i + 1]));
        }
        return List.copyOf(entries);
    }

    // ---- the directory

    @Override
    public String bodyOf(String person) {
        return bodies.getOrDefault(person, "");
    }

    @Override
    public boolean holds(String person, String ofProgramme, String role) {
        return ofProgramme.equals(programme.name())
                && roles.getOrDefault(person, Set.of()).contains(role);
    }

    @Override
    public boolean deputizes(String person, String principal, String ofProgramme, String role) {
        return deputies.contains(person + " for " + principal);
    }

    @Override
    public boolean watchedOnly(String body) {
        return watchedOnly.contains(body);
    }

    @Override
    public List<String> holders(String ofProgramme, String role, String body) {
        return bodies.keySet().stream()
                .filter(person -> holds(person, ofProgramme, role))
                .filter(person -> !person.startsWith("all@"))
                .filter(person -> body.isEmpty() || bodyOf(person).equals(body))
                .toList();
    }

    @Override
    public boolean knowsBody(String body) {
        return bodies.containsValue(body);
    }

    @Override
    public boolean within(String area, String whole) {
        return area.startsWith(whole);
    }

    @Override
    public boolean reachableBy(String person, String channel) {
        return !channel.equals("mail");
    }
}
