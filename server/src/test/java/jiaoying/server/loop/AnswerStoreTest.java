package jiaoying.server.loop;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import jiaoying.duty.call.CallFact;
import jiaoying.duty.errand.CarrierEvent;
import jiaoying.duty.errand.CourierReport;
import jiaoying.duty.errand.Errand;
import jiaoying.duty.monitor.SignalColor;
import jiaoying.duty.room.Arrival;
import jiaoying.server.store.AnswerStore;
import org.junit.jupiter.api.Test;

/** What the Answer screen reads from a real database. */
class AnswerStoreTest {
    @Test
    void pages_increments_times_and_tries_tell_of_the_same_calls() {
        try (var house = new TestHouse().furnished()) {
            var answers = new AnswerStore(house.db, house.room);
            house.put(new Arrival.SignalReceived("o", "o", "rainstorm", "T0", SignalColor.RED, "", ""));
            house.turn();
            var order = house.heard.stream()
                    .filter(CallFact.CallOrderOpened.class::isInstance)
                    .map(fact -> ((CallFact.CallOrderOpened) fact).order())
                    .findFirst()
                    .orElseThrow();
            var page = answers.page(order, "", 100);
            var person = page.getFirst().person();
            assertThat(answers.page(order, person, 100)).hasSize(page.size() - 1);
            assertThat(answers.page(order, "", 1))
                    .extracting(row -> row.person())
                    .containsExactly(person);

            var seen = house.loop.row().lastFact();
            assertThat(answers.changed(order, seen, 100)).isEmpty();
            var key = errand(house.heard, person).key();
            house.put(new Arrival.CourierReports(
                    List.of(new CourierReport(key, CourierReport.Kind.SUBMITTED, "c", "", ""))));
            house.put(new Arrival.CarrierEvents(
                    List.of(new CarrierEvent("c", "1", key, CarrierEvent.Kind.CONFIRMED, ""))));
            house.turn();

            assertThat(answers.changed(order, seen, 100)).singleElement().satisfies(row -> {
                assertThat(row.person()).isEqualTo(person);
                assertThat(row.state()).isEqualTo("answered");
            });
            assertThat(answers.times(0))
                    .hasSize(page.size())
                    .filteredOn(row -> row.settledAt().isPresent())
                    .singleElement()
                    .satisfies(row -> {
                        assertThat(row.color()).isEqualTo("RED");
                        assertThat(row.channel()).isEqualTo("text");
                        assertThat(row.duty()).isNotEmpty();
                    });
            assertThat(answers.lastAnswers()).containsOnlyKeys(person);
            assertThat(answers.tried(0))
                    .filteredOn(row -> row.person().equals(person))
                    .singleElement()
                    .satisfies(row -> {
                        assertThat(row.state()).isEqualTo("confirmed");
                        assertThat(row.count()).isEqualTo(1);
                    });
        }
    }

    private static Errand errand(List<jiaoying.duty.ledger.Fact> facts, String person) {
        return facts.stream()
                .filter(CallFact.RoundStarted.class::isInstance)
                .flatMap(fact -> ((CallFact.RoundStarted) fact).errands().stream())
                .filter(errand -> errand.to().equals(person))
                .findFirst()
                .orElseThrow();
    }
}
