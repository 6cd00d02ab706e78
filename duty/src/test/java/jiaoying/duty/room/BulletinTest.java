package jiaoying.duty.room;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import jiaoying.duty.call.CallPlan;
import jiaoying.duty.ledger.Dated;
import jiaoying.duty.ledger.Fact;
import jiaoying.duty.monitor.Quality;
import jiaoying.duty.monitor.RainCriteria;
import jiaoying.duty.monitor.SignalColor;
import jiaoying.duty.roster.RosterFact;
import jiaoying.duty.warn.Bulletin;
import jiaoying.duty.warn.Bulletin.Meaning;
import jiaoying.duty.warn.Bulletin.Status;
import jiaoying.duty.warn.Bulletin.Type;
import jiaoying.duty.warn.Bulletin.Verdict;
import jiaoying.duty.warn.BulletinFact;
import jiaoying.duty.warn.WarnFact;
import org.junit.jupiter.api.Test;

/** Messages of other warning centres: what acts, what is threaded, what never comes back. */
class BulletinTest {
    private static final Instant START = Instant.parse("2026-06-01T00:00:00Z");
    private static final Instant UNTIL = START.plus(Duration.ofHours(12));

    private final DutyRoom room = new DutyRoom(rules());
    private Instant at = START;
    private long number;
    private List<Fact> last = List.of();
    private final List<Fact> ledger = new ArrayList<>();

    BulletinTest() {
        set(false);
    }

    private static Rules rules() {
        var criteria = new RainCriteria(
                "test", "1", "rainstorm", List.of(), 1000, Duration.ofMinutes(30), 80, Duration.ofMinutes(60), "test");
        return new Rules(
                List.of(criteria),
                Quality.only(List.of(), Duration.ofMinutes(30)),
                new CallPlan("test", "1", Map.of(), Map.of(), "test"));
    }

    private void set(boolean exercise) {
        take(new Arrival.RoomSet(
                "test",
                new Settings(
                        "r",
                        "平湖值守",
                        Settings.Issuer.HEADQUARTERS,
                        true,
                        exercise,
                        Duration.ofMinutes(5),
                        Optional.empty(),
                        "Asia/Shanghai")));
        take(new Arrival.RegisterChanged(
                "test",
                List.<Fact>of(
                        new RosterFact.AreaRegistered("C", "平湖市", "Pinghu", "city", "", true),
                        new RosterFact.AreaRegistered("T", "乍浦镇", "Zhapu", "town", "C", true),
                        new RosterFact.AreaRegistered("X", "新埭镇", "Xindai", "town", "C", true))));
    }

    private Outcome take(Arrival arrival) {
        var step = room.take(++number, at, arrival);
        last = step.facts();
        last.forEach(fact -> room.apply(at, fact));
        ledger.addAll(last);
        return step.outcome();
    }

    private static Bulletin.Id id(String identifier, int minute) {
        return new Bulletin.Id("office@example", identifier, START.plus(Duration.ofMinutes(minute)));
    }

    private static Meaning red(String... areas) {
        return new Meaning("rainstorm", SignalColor.RED, List.of(areas), "暴雨红色", START, UNTIL);
    }

    private static Bulletin bulletin(
            Bulletin.Id id, Status status, Type type, List<Bulletin.Id> references, boolean trusted, Meaning... said) {
        return new Bulletin(
                id,
                status,
                type,
                references,
                Bulletin.Signature.NONE,
                trusted,
                "平湖市气象台",
                "headline",
                List.of(said),
                List.of(),
                "digest of " + id + List.of(said));
    }

    private static Bulletin alert(Bulletin.Id id, Meaning... said) {
        return bulletin(id, Status.ACTUAL, Type.ALERT, List.of(), true, said);
    }

    private Verdict hear(Bulletin bulletin) {
        take(new Arrival.BulletinReceived("feed", bulletin, ""));
        return room.bulletins().find(bulletin.id()).orElseThrow().heard().verdict();
    }

    private Optional<SignalColor> inForce(String area) {
        return room.warnings().inForce("rainstorm", area).map(s -> s.issued().color());
    }

    @Test
    void an_alert_brings_its_signal_into_force_and_ends_by_itself() {
        assertThat(hear(alert(id("a", 0), red("T")))).isEqualTo(Verdict.ACTED);
        assertThat(inForce("T")).contains(SignalColor.RED);
        assertThat(inForce("X")).isEmpty();

        at = UNTIL;
        take(new Arrival.TimerDue("bulletin/M3", UNTIL));
        assertThat(inForce("T")).isEmpty();
        assertThat(room.bulletins().find(id("a", 0)).orElseThrow().ended()).isEqualTo("expired");
        assertThat(room.openTimers()).isEmpty();
    }

    @Test
    void what_came_twice_counts_once_and_other_words_under_the_same_name_are_disputed() {
        hear(alert(id("a", 0), red("T")));
        hear(alert(id("a", 0), red("T")));
        assertThat(last).isEmpty();
        hear(alert(id("a", 0), red("T", "X")));
        assertThat(last).singleElement().isInstanceOf(BulletinFact.BulletinDisputed.class);
        assertThat(inForce("X")).isEmpty();
        hear(alert(id("a", 0), red("T", "X")));
        assertThat(last).as("a dispute is said once").isEmpty();
    }

    @Test
    void an_update_replaces_and_lifts_the_areas_that_it_no_longer_names() {
        hear(alert(id("a", 0), red("T", "X")));
        var orange = new Meaning("rainstorm", SignalColor.ORANGE, List.of("T"), "", START, UNTIL);
        assertThat(hear(bulletin(id("b", 5), Status.ACTUAL, Type.UPDATE, List.of(id("a", 0)), true, orange)))
                .isEqualTo(Verdict.ACTED);
        assertThat(inForce("T")).contains(SignalColor.ORANGE);
        assertThat(inForce("X")).isEmpty();
        assertThat(room.openTimers())
                .singleElement()
                .satisfies(timer -> assertThat(timer.id()).isEqualTo("bulletin/M4"));
    }

    @Test
    void an_update_may_come_before_its_alert_which_then_revives_nothing() {
        var yellow = new Meaning("rainstorm", SignalColor.YELLOW, List.of("T"), "", START, UNTIL);
        hear(bulletin(id("b", 5), Status.ACTUAL, Type.UPDATE, List.of(id("a", 0)), true, yellow));
        assertThat(hear(alert(id("a", 0), red("T", "X")))).isEqualTo(Verdict.REPLACED);
        assertThat(inForce("T")).contains(SignalColor.YELLOW);
        assertThat(inForce("X")).isEmpty();
    }

    private static final Instant LATER = START.plus(Duration.ofHours(2));

    private static Meaning later(SignalColor color, String... areas) {
        return new Meaning("rainstorm", color, List.of(areas), "", LATER, UNTIL);
    }

    private void begin(String key) {
        at = LATER;
        take(new Arrival.TimerDue("begin/" + key, LATER));
    }

    @Test
    void what_is_effective_later_waits_and_comes_into_force_when_its_time_has_come() {
        assertThat(hear(alert(id("a", 0), later(SignalColor.RED, "T")))).isEqualTo(Verdict.WAITING);
        assertThat(inForce("T")).isEmpty();
        begin("M3");
        assertThat(inForce("T")).contains(SignalColor.RED);
        assertThat(room.bulletins().find(id("a", 0)).orElseThrow().heard().verdict())
                .isEqualTo(Verdict.ACTED);
        assertThat(room.bulletins().find(id("a", 0)).orElseThrow().began()).contains(LATER);
        at = UNTIL;
        take(new Arrival.TimerDue("bulletin/M3", UNTIL));
        assertThat(inForce("T")).isEmpty();
        assertThat(room.openTimers()).isEmpty();
    }

    @Test
    void one_that_is_cancelled_before_its_time_never_acts() {
        hear(alert(id("a", 0), later(SignalColor.RED, "T")));
        assertThat(hear(bulletin(id("c", 9), Status.ACTUAL, Type.CANCEL, List.of(id("a", 0)), true)))
                .isEqualTo(Verdict.ACTED);
        assertThat(room.openTimers()).isEmpty();
        assertThat(room.bulletins().find(id("a", 0)).orElseThrow().ended()).isEqualTo("cancelled");
    }

    @Test
    void until_an_update_is_effective_what_it_replaces_holds_and_may_still_come() {
        hear(bulletin(
                id("b", 5), Status.ACTUAL, Type.UPDATE, List.of(id("a", 0)), true, later(SignalColor.ORANGE, "T")));
        assertThat(hear(alert(id("a", 0), red("T", "X")))).isEqualTo(Verdict.ACTED);
        assertThat(inForce("T")).contains(SignalColor.RED);
        begin("M3");
        assertThat(inForce("T")).contains(SignalColor.ORANGE);
        assertThat(inForce("X")).isEmpty();
        assertThat(room.bulletins().find(id("a", 0)).orElseThrow().ended()).isEqualTo("replaced");
    }

    @Test
    void parts_of_a_message_come_one_after_the_other() {
        hear(alert(id("a", 0), red("T"), later(SignalColor.YELLOW, "X")));
        assertThat(inForce("T")).contains(SignalColor.RED);
        assertThat(inForce("X")).isEmpty();
        begin("M3");
        assertThat(inForce("T")).contains(SignalColor.RED);
        assertThat(inForce("X")).contains(SignalColor.YELLOW);
        hear(bulletin(id("c", 200), Status.ACTUAL, Type.CANCEL, List.of(id("a", 0)), true));
        assertThat(inForce("T")).isEmpty();
        assertThat(inForce("X")).isEmpty();
    }

    @Test
    void a_cancel_before_its_alert_withdraws_it_for_ever() {
        assertThat(hear(bulletin(id("c", 9), Status.ACTUAL, Type.CANCEL, List.of(id("a", 0)), true)))
                .isEqualTo(Verdict.NOTHING_TO_DO);
        assertThat(hear(alert(id("a", 0), red("T")))).isEqualTo(Verdict.REPLACED);
        assertThat(inForce("T")).isEmpty();
    }

    @Test
    void an_older_message_of_the_same_sender_does_not_lower_a_newer_one() {
        hear(alert(id("b", 5), red("T")));
        var blue = new Meaning("rainstorm", SignalColor.BLUE, List.of("T"), "", START, UNTIL);
        assertThat(hear(alert(id("a", 0), blue))).isEqualTo(Verdict.NOTHING_TO_DO);
        assertThat(inForce("T")).contains(SignalColor.RED);
    }

    @Test
    void a_cancel_lifts_what_it_names_but_not_what_somebody_entered_since() {
        hear(alert(id("a", 0), red("T", "X")));
        take(new Arrival.Act("officer", new Deed.EnterSignal("rainstorm", "X", SignalColor.ORANGE, "电话", "")));
        hear(bulletin(id("c", 9), Status.ACTUAL, Type.CANCEL, List.of(id("a", 0)), true));
        assertThat(inForce("T")).isEmpty();
        assertThat(inForce("X")).contains(SignalColor.ORANGE);
    }

    @Test
    void a_message_of_another_sender_withdraws_nothing() {
        hear(alert(id("a", 0), red("T")));
        var foreign = new Bulletin.Id("stranger@example", "c", START.plus(Duration.ofMinutes(9)));
        hear(bulletin(foreign, Status.ACTUAL, Type.CANCEL, List.of(id("a", 0)), true));
        assertThat(inForce("T")).contains(SignalColor.RED);
    }

    @Test
    void exercise_test_draft_and_system_never_act_as_actual() {
        for (var status : List.of(Status.EXERCISE, Status.TEST, Status.DRAFT, Status.SYSTEM)) {
            assertThat(hear(bulletin(id("a" + status, 0), status, Type.ALERT, List.of(), true, red("T"))))
                    .isEqualTo(Verdict.NOT_ACTUAL);
        }
        assertThat(inForce("T")).isEmpty();
        hear(alert(id("real", 1), red("T")));
        hear(bulletin(id("c", 9), Status.EXERCISE, Type.CANCEL, List.of(id("real", 1)), true));
        assertThat(inForce("T")).contains(SignalColor.RED);
    }

    @Test
    void in_an_exercise_only_exercise_messages_act() {
        set(true);
        assertThat(hear(alert(id("a", 0), red("T")))).isEqualTo(Verdict.NOT_ACTUAL);
        assertThat(hear(bulletin(id("b", 0), Status.EXERCISE, Type.ALERT, List.of(), true, red("T"))))
                .isEqualTo(Verdict.ACTED);
    }

    @Test
    void without_the_signature_asked_for_it_is_kept_and_acts_when_the_signed_copy_comes() {
        var unsigned = bulletin(id("a", 0), Status.ACTUAL, Type.ALERT, List.of(), false, red("T"));
        assertThat(hear(unsigned)).isEqualTo(Verdict.UNTRUSTED);
        assertThat(inForce("T")).isEmpty();
        assertThat(hear(alert(id("a", 0), red("T")))).isEqualTo(Verdict.ACTED);
        assertThat(inForce("T")).contains(SignalColor.RED);
    }

    @Test
    void the_colour_that_was_entered_by_hand_is_confirmed_and_withdrawn_with_the_message() {
        take(new Arrival.Act("officer", new Deed.EnterSignal("rainstorm", "T", SignalColor.RED, "电话", "")));
        hear(alert(id("a", 0), red("T")));
        assertThat(last).noneMatch(WarnFact.class::isInstance);
        hear(bulletin(id("c", 9), Status.ACTUAL, Type.CANCEL, List.of(id("a", 0)), true));
        assertThat(inForce("T")).isEmpty();
    }

    @Test
    void other_hazards_other_places_and_what_is_over_do_not_act() {
        assertThat(hear(alert(id("a", 0), new Meaning("gale", SignalColor.RED, List.of("T"), "", START, UNTIL))))
                .isEqualTo(Verdict.NOT_OURS);
        assertThat(hear(alert(id("b", 0), red()))).isEqualTo(Verdict.NOT_OURS);
        assertThat(hear(alert(
                        id("c", 0),
                        new Meaning("rainstorm", SignalColor.RED, List.of("T"), "", START.minusSeconds(60), START))))
                .isEqualTo(Verdict.EXPIRED);
        assertThat(inForce("T")).isEmpty();
    }

    @Test
    void a_snapshot_brings_back_what_was_replaced() {
        hear(bulletin(id("c", 9), Status.ACTUAL, Type.CANCEL, List.of(id("a", 0)), true));
        var snapshot = room.snapshot(at);
        var matters = snapshot.matters().stream()
                .map(n -> new Dated(at, ledger.get((int) (n - 1))))
                .toList();
        var restored = new DutyRoom(rules());
        restored.restore(snapshot, matters, new TreeMap<>());
        var alert = new Arrival.BulletinReceived("feed", alert(id("a", 0), red("T")), "");
        assertThat(restored.take(number + 1, at, alert)).isEqualTo(room.take(number + 1, at, alert));
        assertThat(restored.bulletins().isReplaced(id("a", 0))).isTrue();
    }
}
