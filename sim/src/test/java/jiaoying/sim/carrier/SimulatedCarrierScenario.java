package jiaoying.sim.carrier;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import jiaoying.sim.carrier.Happening.LinkPosted;
import jiaoying.sim.carrier.Happening.Receipt;
import jiaoying.sim.people.SimulatedPeople;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** What follows when something is handed to a simulated carrier, as transcripts: seconds after it was taken. */
class SimulatedCarrierScenario {
    private static final Instant TAKEN = Instant.parse("2017-08-27T06:05:00Z");

    @Example
    void texts_are_delivered_and_answered_by_reply_or_link_or_not_at_all() {
        assertThat(transcript(Line.TEXT, true)).isEqualTo("""
                person1: 4 DELIVERED
                person2: 5 DELIVERED, 95 CONFIRMED 收到
                person3: 6 DELIVERED
                person4: 7 DELIVERED, 127 LINK
                person5: 8 DELIVERED, 98 LINK
                person6: 2 DELIVERED, 179 LINK
                person7: 7 DELIVERED
                person8: 3 DELIVERED, 161 CONFIRMED 收到
                person9: 3 DELIVERED
                """);
    }

    @Example
    void telephones_are_picked_up_by_those_who_answer() {
        assertThat(transcript(Line.VOICE, true)).isEqualTo("""
                person1: 10 CONNECTED, 24 CONFIRMED 1
                person2: 12 CONNECTED, 33 CONFIRMED 1
                person3: 16 CONNECTED, 24 CONFIRMED 1
                person4: 16 CONNECTED, 40 CONFIRMED 1
                person5: 20 CONNECTED, 29 CONFIRMED 1
                person6: 6 CONNECTED, 29 CONFIRMED 1
                person7: 8 BUSY
                person8: 9 CONNECTED, 29 CONFIRMED 1
                person9: 10 CONNECTED, 27 CONFIRMED 1
                """);
    }

    @Example
    void nobody_answers_a_notice() {
        assertThat(transcript(Line.TEXT, false)).isEqualTo("""
                person1: 4 DELIVERED
                person2: 5 DELIVERED
                person3: 6 DELIVERED
                person4: 7 DELIVERED
                person5: 8 DELIVERED
                person6: 2 DELIVERED
                person7: 7 DELIVERED
                person8: 3 DELIVERED
                person9: 3 DELIVERED
                """);
    }

    @Property
    void the_same_seed_and_key_give_the_same_course_in_order_of_time(
            @ForAll long seed, @ForAll String key, @ForAll Line line) {
        var dispatch = new Dispatch(key, "o", line, true, "p", "", "");
        var course = carrier(seed, 0.8).follow(dispatch, TAKEN);
        assertThat(carrier(seed, 0.8).follow(dispatch, TAKEN)).isEqualTo(course);
        assertThat(course).isSortedAccordingTo(java.util.Comparator.comparing(Happening::at));
        assertThat(course).allSatisfy(happening -> {
            assertThat(happening.at()).isAfter(TAKEN);
            assertThat(happening.key()).isEqualTo(key);
        });
    }

    @Property
    void the_silent_never_answer(@ForAll long seed, @ForAll String key, @ForAll Line line) {
        assertThat(carrier(seed, 0).follow(new Dispatch(key, "o", line, true, "p", "", ""), TAKEN))
                .noneMatch(SimulatedCarrierScenario::answers);
    }

    @Property
    void whoever_answers_at_all_answers_the_telephone(@ForAll long seed, @ForAll String key) {
        assertThat(carrier(seed, 1).follow(new Dispatch(key, "o", Line.VOICE, true, "p", "", ""), TAKEN))
                .anyMatch(SimulatedCarrierScenario::answers);
    }

    @Example
    void receipts_are_repeated_with_the_same_id_or_late_now_and_then() {
        var carrier = carrier(1, 0.8);
        int repeated = 0;
        int late = 0;
        for (int i = 0; i < 1000; i++) {
            var receipts = carrier.follow(new Dispatch("k" + i, "o", Line.TEXT, true, "p" + i, "", ""), TAKEN).stream()
                    .filter(Receipt.class::isInstance)
                    .map(Receipt.class::cast)
                    .toList();
            repeated += receipts.size()
                    - (int) receipts.stream().map(Receipt::event).distinct().count();
            late += receipts.stream()
                            .anyMatch(one -> one.kind() == Happening.Kind.DELIVERED
                                    && Duration.between(TAKEN, one.at()).toSeconds() > 100)
                    ? 1
                    : 0;
        }
        assertThat(repeated).isBetween(40, 120);
        assertThat(late).isBetween(15, 60);
    }

    private static boolean answers(Happening happening) {
        return happening instanceof LinkPosted
                || happening instanceof Receipt receipt && receipt.kind() == Happening.Kind.CONFIRMED;
    }

    private static SimulatedCarrier carrier(long seed, double rate) {
        return new SimulatedCarrier(seed, new SimulatedPeople(seed, rate));
    }

    private static String transcript(Line line, boolean asks) {
        var carrier = carrier(1, 0.8);
        return IntStream.rangeClosed(1, 9)
                .mapToObj(i -> new Dispatch("key" + i, "order", line, asks, "person" + i, "", ""))
                .map(dispatch -> dispatch.person() + ": "
                        + carrier.follow(dispatch, TAKEN).stream()
                                .map(SimulatedCarrierScenario::word)
                                .collect(Collectors.joining(", ")))
                .collect(Collectors.joining("\n", "", "\n"));
    }

    private static String word(Happening happening) {
        long second = Duration.between(TAKEN, happening.at()).toSeconds();
        return switch (happening) {
            case Receipt receipt ->
                "%d %s".formatted(second, receipt.kind()) + (receipt.detail().isEmpty() ? "" : " " + receipt.detail());
            case LinkPosted _ -> "%d LINK".formatted(second);
        };
    }
}
