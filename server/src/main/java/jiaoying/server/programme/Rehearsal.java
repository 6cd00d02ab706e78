package jiaoying.server.programme;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import jiaoying.duty.casework.CaseAnswer;
import jiaoying.duty.casework.CaseDeed;
import jiaoying.duty.casework.CaseFact;
import jiaoying.duty.casework.CaseStep;
import jiaoying.duty.casework.Cases;
import jiaoying.duty.casework.Directory;
import jiaoying.duty.casework.Item;
import jiaoying.duty.errand.ClearsTimer;
import jiaoying.duty.errand.SetsTimer;
import jiaoying.duty.programme.Period;
import jiaoying.duty.programme.Programme;
import jiaoying.duty.programme.Report;
import jiaoying.duty.programme.RowsAsOf;

/** A programme played without a room (排练): invented people, a clock that is moved by hand, timers that ring when it passes them. */
final class Rehearsal implements Directory {
    static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");
    static final List<String> COLORS = List.of("blue", "yellow", "orange", "red");

    private final Cases cases;
    private final Programme programme;
    private final List<CaseFact> facts = new ArrayList<>();
    private final Map<String, Instant> timers = new TreeMap<>();
    private static final jiaoying.duty.programme.WorkingCalendar CALENDAR = CalendarFile.shipped();

    private final Map<String, String> bodies = new TreeMap<>();
    private final Map<String, Set<String>> roles = new TreeMap<>();
    private Instant now;
    private long number;

    Rehearsal(Programme programme, Instant start) {
        this.programme = programme;
        this.cases = new Cases(Map.of(programme.name(), programme));
        this.now = start;
    }

    String programme() {
        return programme.name();
    }

    Programme whole() {
        return programme;
    }

    /** The figures from the first of January until now. */
    Report report() {
        var today = LocalDate.ofInstant(now, ZONE);
        var reader = new RowsAsOf(today, ZONE);
        var rows = cases.items().stream()
                .flatMap(item -> item.row(reader).stream())
                .toList();
        return new Report(programme, rows, new Period(today.withDayOfYear(1), today, today));
    }

    void person(String person, String body, List<String> holds) {
        bodies.put(person, body);
        roles.put(person, new TreeSet<>(holds));
    }

    Instant now() {
        return now;
    }

    /** Goes to a moment; whatever comes due on the way rings at its time. */
    void until(Instant moment) {
        while (true) {
            var next = timers.entrySet().stream()
                    .filter(timer -> !timer.getValue().isAfter(moment))
                    .min(Map.Entry.<String, Instant>comparingByValue().thenComparing(Map.Entry.comparingByKey()));
            if (next.isEmpty()) {
                now = moment;
                return;
            }
            now = next.get().getValue().isAfter(now) ? next.get().getValue() : now;
            ring(next.get().getKey());
        }
    }

    private void ring(String timer) {
        timers.remove(timer);
        var part = timer.split("/", 3);
        apply(step().due(part[0], part[1], part[2], person -> false, ""));
    }

    private CaseStep step() {
        return new CaseStep(++number, now, cases, this, CALENDAR, ZONE);
    }

    CaseAnswer does(String person, CaseDeed deed) {
        var answer = step().take(person, deed);
        if (answer instanceof CaseAnswer.Done done) {
            apply(done.facts());
        }
        return answer;
    }

    void warned(String signal, String hazard, String color, String area) {
        apply(step().warned(signal, hazard, color, COLORS, area));
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
        }
    }

    List<CaseFact> facts() {
        return facts;
    }

    Item item(String id) {
        return cases.find(id).orElseThrow(() -> new IllegalStateException("Bug: no item " + id));
    }

    @Override
    public String bodyOf(String person) {
        return bodies.getOrDefault(person, "");
    }

    @Override
    public boolean holds(String person, String ofProgramme, String role) {
        return ofProgramme.equals(programme.name())
                && roles.getOrDefault(person, new TreeSet<>()).contains(role);
    }

    /** Scenarios name nobody's deputies. */
    @Override
    public boolean deputizes(String person, String principal, String ofProgramme, String role) {
        return false;
    }

    /** Scenarios say who is outside by roles. */
    @Override
    public boolean watchedOnly(String body) {
        return false;
    }

    @Override
    public List<String> holders(String ofProgramme, String role, String body) {
        return bodies.keySet().stream()
                .filter(person -> holds(person, ofProgramme, role))
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
