package jiaoying.duty.room;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import jiaoying.duty.ledger.Fact;
import jiaoying.duty.ledger.Personal;
import jiaoying.duty.monitor.SignalColor;
import jiaoying.duty.roster.RosterFact;
import org.junit.jupiter.api.Test;

/** The colour in which an order and those who wait in it are shown. */
class ShownColorTest {
    private static final Instant AT = Instant.parse("2023-09-05T02:00:00Z");

    private final DutyRoom room = new DutyRoom(RoomScript.rules());
    private long number;

    ShownColorTest() {
        take(new Arrival.RoomSet(
                "t",
                new Settings(
                        "R",
                        "R",
                        Settings.Issuer.HEADQUARTERS,
                        false,
                        false,
                        Duration.ofMinutes(5),
                        Optional.empty(),
                        "Asia/Shanghai")));
        var rows = new ArrayList<Fact>();
        rows.add(new RosterFact.AreaRegistered("T", "T", "T", "town", "", false));
        for (var person : List.of("a", "b")) {
            rows.add(new RosterFact.PersonRegistered(person, new Personal(person, person), "B", "x", "x"));
            rows.add(new RosterFact.ContactRegistered(person, "text", new Personal(person, "0")));
            rows.add(new RosterFact.DutyAssigned("d" + person, person, "flood", "T", List.of(), ""));
        }
        take(new Arrival.RegisterChanged("t", rows));
    }

    @Test
    void who_waits_when_red_becomes_orange_is_shown_in_orange_and_who_answered_under_red_in_red() {
        signal(SignalColor.RED);
        take(new Arrival.Act("o", new Deed.TakeOver(order(), "a", "")));
        assertThat(shown("a")).isEqualTo(SignalColor.RED);
        assertThat(shown("b")).isEqualTo(SignalColor.RED);

        var touched = signal(SignalColor.ORANGE);
        assertThat(shown("a")).isEqualTo(SignalColor.RED);
        assertThat(shown("b")).isEqualTo(SignalColor.ORANGE);
        assertThat(((View.OrderView) room.view(new ViewKey("order", order()))).color())
                .isEqualTo(SignalColor.ORANGE);
        assertThat(touched).contains(new ViewKey("order", order()), callee("b")).doesNotContain(callee("a"));
    }

    @Test
    void an_order_that_is_over_is_shown_in_the_colour_in_which_it_was_opened() {
        signal(SignalColor.RED);
        signal(SignalColor.ORANGE);
        signal(SignalColor.NONE);

        assertThat(shown("b")).isEqualTo(SignalColor.RED);
    }

    private String order() {
        return room.calls().latest("rainstorm", "T").orElseThrow().id();
    }

    private ViewKey callee(String person) {
        return new ViewKey("callee", order() + '/' + person);
    }

    private SignalColor shown(String person) {
        return ((View.CalleeView) room.view(callee(person))).color();
    }

    private Set<ViewKey> signal(SignalColor color) {
        return take(new Arrival.SignalReceived("o", "o", "rainstorm", "T", color, "", ""));
    }

    private Set<ViewKey> take(Arrival arrival) {
        number++;
        var touched = new HashSet<ViewKey>();
        for (var fact : room.take(number, AT, arrival).facts()) {
            room.apply(AT, fact);
            touched.addAll(room.touched(fact));
        }
        return touched;
    }
}
