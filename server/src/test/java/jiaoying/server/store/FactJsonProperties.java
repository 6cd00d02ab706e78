package jiaoying.server.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import jiaoying.duty.call.CallFact;
import jiaoying.duty.casework.CaseFact;
import jiaoying.duty.errand.CarrierEvent;
import jiaoying.duty.errand.CourierReport;
import jiaoying.duty.errand.Errand;
import jiaoying.duty.ledger.Fact;
import jiaoying.duty.monitor.MonitorFact;
import jiaoying.duty.room.Arrival;
import jiaoying.duty.room.Deed;
import jiaoying.duty.room.Outcome;
import jiaoying.duty.room.RoomFact;
import jiaoying.duty.room.Settings;
import jiaoying.duty.room.View;
import jiaoying.duty.roster.RosterFact;
import jiaoying.duty.station.StationFact;
import jiaoying.duty.warn.WarnFact;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;

class FactJsonProperties {
    private static final List<Class<?>> FACTS = new ArrayList<>();

    static {
        List.of(
                        RosterFact.class,
                        StationFact.class,
                        MonitorFact.class,
                        WarnFact.class,
                        CallFact.class,
                        CaseFact.class,
                        RoomFact.class)
                .forEach(family -> FACTS.addAll(Shapes.leaves(family)));
    }

    private final FactJson json = new FactJson(MemoryPersonKeys.ofSeed(1));

    @Property(tries = 40)
    void every_kind_of_fact_comes_back_as_it_was_written(@ForAll long seed, @ForAll @LongRange(min = 1) long number) {
        var any = new AnyValue(seed, FACTS);
        for (var kind : FACTS) {
            var entry = new Entry(number, 7, (Instant) any.of(Instant.class), (Fact) any.of(kind));
            var bytes = json.writeEntry(entry);
            assertThat(json.readEntry(bytes)).isEqualTo(entry);
            assertThat(json.writeEntry(json.readEntry(bytes))).isEqualTo(bytes);
        }
    }

    @Property(tries = 40)
    void every_arrival_outcome_view_and_errand_comes_back_as_it_was_written(@ForAll long seed) {
        var any = new AnyValue(seed, FACTS);
        for (var family : List.of(Arrival.class, Deed.class, Outcome.class, View.class)) {
            Shapes.leaves(family).forEach(kind -> comesBack(family, any.of(kind)));
        }
        for (var type : List.of(Errand.class, Settings.class, CourierReport.class, CarrierEvent.class, Fact.class)) {
            comesBack(type, any.of(type));
        }
    }

    private <T> void comesBack(Class<T> type, Object value) {
        var bytes = json.write(type, type.cast(value));
        var back = json.read(type, bytes);
        assertThat(back).isEqualTo(value);
        assertThat(json.write(type, back)).isEqualTo(bytes);
    }
}
