package jiaoying.duty.room;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import jiaoying.duty.call.CallFact;
import jiaoying.duty.call.CallStep;
import jiaoying.duty.errand.Timer;
import jiaoying.duty.ledger.Fact;
import jiaoying.duty.ledger.Personal;
import jiaoying.duty.monitor.SignalColor;
import jiaoying.duty.roster.Roster;
import jiaoying.duty.roster.RosterFact;
import org.junit.jupiter.api.Test;

/** An order for more people than one step takes. */
class SliceTest {
    private static final int PEOPLE = 2 * CallStep.SLICE + 10;
    private static final Instant AT = Instant.parse("2023-09-05T02:00:00Z");

    private final DutyRoom room = new DutyRoom(RoomScript.rules());
    private final List<Fact> facts = new ArrayList<>();
    private long number;
    private Instant now = AT;

    SliceTest() {
        set(false);
        var rows = new ArrayList<Fact>();
        for (var area : List.of("T", "U", "V")) {
            rows.add(new RosterFact.AreaRegistered(area, area, area, "town", "", false));
        }
        for (var n = 0; n < PEOPLE; n++) {
            person(rows, "p" + n, "T");
            person(rows, "q" + n, "V");
            rows.add(new RosterFact.DutyAssigned("x" + n, "q" + n, Roster.DRILL_PARTICIPANT, "V", List.of(), ""));
        }
        person(rows, "u", "U");
        take(new Arrival.RegisterChanged("t", rows));
        facts.clear();
    }

    private void set(boolean exercise) {
        take(new Arrival.RoomSet(
                "t",
                new Settings(
                        "R",
                        "R",
                        Settings.Issuer.HEADQUARTERS,
                        false,
                        exercise,
                        Duration.ofMinutes(5),
                        Optional.empty(),
                        "Asia/Shanghai")));
    }

    private static void person(List<Fact> rows, String person, String area) {
        rows.add(new RosterFact.PersonRegistered(person, new Personal(person, person), "B", "x", "x"));
        rows.add(new RosterFact.ContactRegistered(person, "text", new Personal(person, "0")));
        rows.add(new RosterFact.DutyAssigned("d" + person, person, "flood", area, List.of(), ""));
    }

    @Test
    void a_graver_order_comes_between_its_slices_and_nobody_is_left_out() {
        signal("T", SignalColor.ORANGE);
        assertThat(listed()).hasSize(CallStep.SLICE);

        signal("U", SignalColor.RED);
        assertThat(listed()).hasSize(CallStep.SLICE + 1).last().isEqualTo("u");

        slice();
        slice();
        assertThat(listed()).hasSize(PEOPLE + 1).doesNotHaveDuplicates();
        assertThat(room.openTimers()).noneMatch(timer -> timer.id().startsWith("slice/"));
    }

    @Test
    void a_milder_order_stands_back_while_a_graver_one_is_listed() {
        signal("T", SignalColor.ORANGE);
        signal("V", SignalColor.RED);
        assertThat(listed()).hasSize(2 * CallStep.SLICE);

        ring("T");
        assertThat(listed()).hasSize(2 * CallStep.SLICE);
        assertThat(timer("T").dueAt()).isAfter(AT);

        ring("V");
        ring("V");
        ring("T");
        ring("T");
        assertThat(listed()).hasSize(2 * PEOPLE).doesNotHaveDuplicates();
        assertThat(room.openTimers()).noneMatch(timer -> timer.id().startsWith("slice/"));
    }

    @Test
    void a_slice_that_rings_by_a_clock_that_was_ahead_waits_until_it_is_due() {
        signal("T", SignalColor.ORANGE);
        var timer = timer("T");
        take(new Arrival.TimerDue(timer.id(), timer.dueAt().plusSeconds(5)));
        assertThat(listed()).hasSize(CallStep.SLICE);
        assertThat(timer("T")).isEqualTo(timer);
        ring("T");
        assertThat(listed()).hasSize(2 * CallStep.SLICE);
    }

    @Test
    void what_is_meant_never_stands_back_for_an_exercise() {
        signal("T", SignalColor.ORANGE);
        set(true);
        signal("V", SignalColor.RED);
        assertThat(listed()).hasSize(2 * CallStep.SLICE);

        ring("V");
        assertThat(listed()).hasSize(2 * CallStep.SLICE);
        ring("T");
        assertThat(listed()).hasSize(3 * CallStep.SLICE);
    }

    @Test
    void the_register_of_the_opening_holds_for_all_slices() {
        signal("T", SignalColor.ORANGE);
        var rows = new ArrayList<Fact>();
        person(rows, "late", "T");
        rows.add(new RosterFact.DutyEnded("dp" + (PEOPLE - 1)));
        take(new Arrival.RegisterChanged("t", rows));

        assertThat(listed()).hasSize(PEOPLE).contains("p" + (PEOPLE - 1)).doesNotContain("late");
        slice();
        assertThat(listed()).hasSize(PEOPLE);
    }

    @Test
    void an_order_that_ends_while_it_is_listed_lists_nobody_more() {
        signal("T", SignalColor.ORANGE);
        signal("T", SignalColor.NONE);
        slice();

        assertThat(listed()).hasSize(CallStep.SLICE);
        assertThat(room.openTimers()).isEmpty();
    }

    private void signal(String area, SignalColor color) {
        take(new Arrival.SignalReceived("o", "o", "rainstorm", area, color, "", ""));
    }

    private Timer timer(String area) {
        var order = room.calls().latest("rainstorm", area).orElseThrow().id();
        return room.openTimers().stream()
                .filter(timer -> timer.id().equals("slice/" + order))
                .findFirst()
                .orElseThrow();
    }

    private void ring(String area) {
        var timer = timer(area);
        now = timer.dueAt().isAfter(now) ? timer.dueAt() : now;
        take(new Arrival.TimerDue(timer.id(), timer.dueAt()));
    }

    private void slice() {
        room.openTimers().stream()
                .filter(timer -> timer.id().startsWith("slice/"))
                .forEach(timer -> take(new Arrival.TimerDue(timer.id(), timer.dueAt())));
    }

    private List<String> listed() {
        return facts.stream()
                .filter(CallFact.CalleeListed.class::isInstance)
                .map(fact -> ((CallFact.CalleeListed) fact).person())
                .toList();
    }

    private void take(Arrival arrival) {
        number++;
        var step = room.take(number, now, arrival);
        for (var fact : step.facts()) {
            room.apply(now, fact);
            facts.add(fact);
        }
    }
}
