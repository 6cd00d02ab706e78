package jiaoying.server.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import jiaoying.duty.casework.CaseDeed;
import jiaoying.duty.casework.CaseFact;
import jiaoying.duty.errand.OrdersErrands;
import jiaoying.duty.ledger.Fact;
import jiaoying.duty.monitor.SignalColor;
import jiaoying.duty.programme.Loop;
import jiaoying.duty.room.Arrival;
import jiaoying.duty.room.Deed;
import jiaoying.duty.room.DutyRoom;
import jiaoying.duty.room.Outcome;
import jiaoying.duty.room.Settings;
import jiaoying.server.pack.PackLibrary;
import jiaoying.server.programme.CalendarFile;
import jiaoying.server.replay.SampleCity;
import org.junit.jupiter.api.Test;

/** The demonstration's three hazards in its own city: two are confirmed, the third's people are carded and called, and the visitor cannot close his. */
class DemoHazardsTest {
    private final List<Fact> facts = new ArrayList<>();
    private final DemoHazards hazards = new DemoHazards();
    private final DutyRoom room = room();
    private Instant now = Instant.parse("2017-08-27T00:00:00Z");
    private long number;

    private static DutyRoom room() {
        try {
            var packs = PackLibrary.of(Path.of("../packs"));
            return new DutyRoom(packs.rules("rainstorm-cma16", "call-and-answer", "zh-CN")
                    .with(new Loop(List.of(packs.programme("hazards")), CalendarFile.shipped())));
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void two_confirm_one_is_silent_and_the_visitor_is_refused_with_the_rule() throws Exception {
        arrive(new Arrival.RoomSet(
                "setup",
                new Settings(
                        "r",
                        "示例",
                        Settings.Issuer.HEADQUARTERS,
                        true,
                        false,
                        Duration.ofMinutes(5),
                        Optional.empty(),
                        "Asia/Shanghai")));
        arrive(new Arrival.RegisterChanged(
                "setup", SampleCity.read(Path.of("../samples/pinghu")).rows()));
        DemoHazards.open(now, arrival -> {
            assertThat(arrive(arrival)).isEqualTo(new Outcome.Done());
            return number;
        });
        var waiting = new ArrayList<Arrival>();
        hazards.begin(waiting::add);

        now = now.plusSeconds(3600);
        arrive(new Arrival.SignalReceived("示例气象台", "", "rainstorm", "330482003", SignalColor.ORANGE, "", ""));
        assertThat(of(CaseFact.ControlAsked.class))
                .hasSize(3)
                .allMatch(asked -> !asked.persons().isEmpty());
        var called = of(jiaoying.duty.call.CallFact.CalleeListed.class).stream()
                .map(one -> one.person())
                .toList();
        assertThat(called)
                .contains("P165", "P168", "P171")
                .doesNotContain("P006", "P007")
                .doesNotHaveDuplicates();

        for (var minute = 1; minute <= 61; minute++) {
            now = now.plusSeconds(60);
            ring();
            hazards.hear(now, List.of());
            waiting.forEach(this::arrive);
            waiting.clear();
        }
        assertThat(of(CaseFact.ControlConfirmed.class)).hasSize(2);
        var card = of(CaseFact.CardIssued.class).stream()
                .filter(one -> one.rung().equals("red-now"))
                .toList();
        assertThat(card)
                .singleElement()
                .satisfies(one -> assertThat(one.persons()).contains("P171", "P172", "P007"));
        assertThat(card.getFirst().errands())
                .extracting(errand -> errand.to() + " " + errand.channel())
                .contains("P171 VOICE", "P171 TEXT");

        var own = of(CaseFact.ItemOpened.class).getFirst().item();
        var close = new CaseDeed.Move(
                own, "close", "", "", List.of(), "", "", List.of(), List.of(), true, "", "", Optional.empty());
        assertThat(arrive(new Arrival.Act("P165", new Deed.OnItem(close))))
                .asString()
                .contains("ITEM_SEPARATION");
        assertThat(facts.stream().filter(OrdersErrands.class::isInstance)).isNotEmpty();
    }

    private void ring() {
        room.openTimers().stream()
                .filter(timer -> !timer.dueAt().isAfter(now) && timer.id().startsWith("control/"))
                .forEach(timer -> arrive(new Arrival.TimerDue(timer.id(), timer.dueAt())));
    }

    private Outcome arrive(Arrival arrival) {
        var step = room.take(++number, now, arrival);
        for (var fact : step.facts()) {
            room.apply(now, fact);
            facts.add(fact);
        }
        hazards.hear(now, step.facts());
        return step.outcome();
    }

    private <F extends Fact> List<F> of(Class<F> type) {
        return facts.stream().filter(type::isInstance).map(type::cast).toList();
    }
}
