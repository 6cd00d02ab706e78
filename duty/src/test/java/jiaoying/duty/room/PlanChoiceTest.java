package jiaoying.duty.room;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.TreeMap;
import jiaoying.duty.ledger.Dated;
import jiaoying.duty.ledger.Fact;
import jiaoying.duty.room.RoomFact.PlanChosen;
import org.junit.jupiter.api.Test;

/** By which plan a room calls is written down with who chose it, once for each change. */
class PlanChoiceTest {
    private static final Instant AT = Instant.parse("2026-07-01T00:00:00Z");
    private static final PlanChosen FOUR = new PlanChosen("call-four-levels", "1.0", "aa", "li");
    private static final PlanChosen EDITED = new PlanChosen("call-four-levels", "1.0", "bb", "wang");

    private final DutyRoom room = new DutyRoom(RoomScript.rules());

    private List<Fact> chosen(PlanChosen wanted) {
        var deed = new Deed.ChoosePlan(wanted.plan(), wanted.version(), wanted.digest());
        var facts = room.take(1, AT, new Arrival.Act(wanted.by(), deed)).facts();
        facts.forEach(fact -> room.apply(AT, fact));
        return facts;
    }

    private static View.RoomView view(DutyRoom room) {
        return (View.RoomView) room.view(new ViewKey("room", "now"));
    }

    @Test
    void a_change_is_a_fact_with_its_actor_and_the_same_again_is_none() {
        assertThat(view(room).plan()).isEqualTo(View.PlanView.USUAL);
        assertThat(chosen(FOUR)).containsExactly(FOUR);
        assertThat(chosen(FOUR)).isEmpty();
        assertThat(chosen(EDITED)).as("the same name with other words in it").containsExactly(EDITED);
        assertThat(view(room).plan().by()).isEqualTo("wang");
        assertThat(view(room).plan().since()).contains(AT);
    }

    @Test
    void a_snapshot_keeps_the_last_choice_only() {
        chosen(FOUR);
        chosen(EDITED);
        var snapshot = room.snapshot(AT);
        assertThat(snapshot.matters()).containsExactly(2L);
        var again = new DutyRoom(RoomScript.rules());
        again.restore(snapshot, List.of(new Dated(AT, EDITED)), new TreeMap<>());
        assertThat(view(again)).isEqualTo(view(room));
    }
}
