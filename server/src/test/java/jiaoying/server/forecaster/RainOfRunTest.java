package jiaoying.server.forecaster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Executors;
import jiaoying.duty.forecast.ForecastFact.ForecastFailed;
import jiaoying.duty.forecast.ForecastFact.ForecastMade;
import jiaoying.duty.forecast.WhatIf;
import jiaoying.duty.measure.Check;
import jiaoying.duty.measure.Quantity;
import jiaoying.duty.measure.Reading;
import jiaoying.duty.room.Arrival;
import jiaoying.duty.room.Deed;
import jiaoying.duty.room.View.ForecastView;
import jiaoying.duty.room.ViewKey;
import jiaoying.duty.station.StationFact.SiteRegistered;
import jiaoying.server.courier.CourierPump;
import jiaoying.server.forecaster.ForecasterSettings.LonLat;
import jiaoying.server.loop.TestCity;
import jiaoying.server.loop.TestHouse;
import jiaoying.server.store.JournalStore;
import jiaoying.server.store.RegisterStore;
import jiaoying.server.store.ViewStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a run takes for rain, and what cases change, over flat ground with a hollow and open water in the east. */
class RainOfRunTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path data;

    private TestHouse house;
    private Forecaster forecaster;

    @BeforeEach
    void open() throws IOException {
        Files.writeString(data.resolve("scenario.yaml"), """
                ground: ground.asc
                roughness: 0.05
                boundaries: {east: {level: [[0, 0.1]]}}
                duration_s: 7200
                """);
        var ground = new StringBuilder("ncols 20\nnrows 20\nxllcorner 0\nyllcorner 0\ncellsize 20\n");
        for (var row = 0; row < 20; row++) {
            for (var column = 0; column < 20; column++) {
                ground.append(row > 7 && row < 12 && column > 7 && column < 12 ? "0.2 " : "0.5 ");
            }
            ground.append('\n');
        }
        Files.writeString(data.resolve("ground.asc"), ground);
        house = new TestHouse().furnished();
        house.put(new Arrival.RegisterChanged(
                "test", List.of(new SiteRegistered("U", "下穿", "Underpass", "underpass", "T0", 121.0, 30.6995, ""))));
        forecaster = new Forecaster(house.db, house.room, settings(), data, new ModelHere(), house::put);
        forecaster.begin();
        house.put(new Arrival.ForecastsWanted("test", Optional.of(settings().plan())));
        house.turn();
    }

    @AfterEach
    void close() {
        forecaster.close();
        house.close();
    }

    private ForecasterSettings settings() {
        return new ForecasterSettings(
                ForecasterSettings.plan("test", false),
                data.resolve("scenario.yaml"),
                Optional.of(new LonLat(120.9979, 30.6977)),
                Optional.empty(),
                1,
                9);
    }

    private static Instant at(int minute) {
        return TestHouse.START.plusSeconds(60L * minute);
    }

    private void hears(String station, int minute, long milli) {
        house.put(new Arrival.Readings(
                "gauges", List.of(new Reading(station, Quantity.RAIN, milli, at(minute), false)), List.of()));
        house.turn();
    }

    /** All nine gauges tell every five minutes that nothing fell. */
    private void dryUntil(int minute) {
        for (var told = 5; told <= minute; told += 5) {
            house.until(at(told));
            house.put(TestCity.rain(9, at(told), 0));
            house.turn();
        }
    }

    /** mm/h, mean of the gauges that tell of the five minutes that end then, as a run asked for now takes it. */
    private double rate(int minute) throws Exception {
        house.put(new Arrival.Act("wang", new Deed.TryForecast(WhatIf.NONE)));
        house.turn();
        var views = new ViewStore(house.db);
        var run = views.listNow(house.room, "forecast", ForecastView.class).stream()
                .max((one, other) -> one.askedAt().compareTo(other.askedAt()))
                .orElseThrow();
        assertThat(views.find(house.room, new ViewKey("forecast", run.run()), Long.MAX_VALUE))
                .contains(run);
        var rain = new RainOfRun(
                house.room,
                new RegisterStore(house.db),
                new JournalStore(house.db),
                views,
                settings().plan(),
                run);
        return 12
                * rain.from(at(0)).stream()
                        .map(gauge -> gauge.mm().get(minute / 5 - 1))
                        .filter(Objects::nonNull)
                        .mapToDouble(mm -> mm)
                        .average()
                        .orElse(0);
    }

    @Test
    void rain_that_was_suspect_counts_once_an_officer_has_accepted_it() throws Exception {
        dryUntil(10);
        house.until(at(12));
        hears("S1", 5, 70_000);
        assertThat(rate(5)).isZero();
        house.put(new Arrival.Act("officer", new Deed.AcceptReading("S1", at(5), "电话核实")));
        house.turn();
        house.until(at(13));
        assertThat(rate(5)).as("70 mm at one of nine gauges in one place").isCloseTo(70.0 * 12 / 9, within(1e-6));
    }

    @Test
    void rain_of_a_gauge_in_doubt_counts_only_once_the_doubt_is_overruled() throws Exception {
        dryUntil(10);
        house.until(at(12));
        hears("S2", 5, 9_000);
        assertThat(rate(5)).isCloseTo(12, within(1e-6));
        house.until(at(25));
        hears("S2", 60, 1_000); // its clock is far ahead, and nothing else has come of it lately
        house.until(at(26));
        assertThat(rate(5)).isZero();
        house.put(new Arrival.Act("officer", new Deed.OverruleDoubt("S2", Check.CLOCK.word(), "已与站点核对")));
        house.turn();
        house.until(at(27));
        assertThat(rate(5)).isCloseTo(12, within(1e-6));
    }

    private List<ForecastMade> carried() throws Exception {
        var pump =
                new CourierPump(house.db, house.room, List.of(), house.inbox, house.keys, house.clock, "http://here");
        pump.insideBy(forecaster);
        try (var hands = Executors.newVirtualThreadPerTaskExecutor()) {
            pump.handOverBy(Runnable::run);
            var turning = hands.submit(() -> pump.turn(house.clock.instant()));
            while (!turning.isDone()) {
                house.turn();
                Thread.onSpinWait();
            }
            turning.get();
            house.turn();
        }
        assertThat(house.heard).noneMatch(ForecastFailed.class::isInstance);
        return house.heard.stream()
                .filter(ForecastMade.class::isInstance)
                .map(ForecastMade.class::cast)
                .toList();
    }

    private static int deepest(ForecastMade made) {
        return made.sites().getFirst().peakMm();
    }

    @Test
    void the_last_similar_storm_rains_again_as_it_did_then() throws Exception {
        var now = at(10);
        for (var back = Duration.ofHours(7); !back.isZero(); back = back.minusMinutes(5)) {
            var hours = back.toMinutes() / 60.0;
            var milli = hours > 6 || hours <= 1 ? 3_000 : hours > 4 ? 9_000 : 0;
            house.put(TestCity.rain(9, now.minus(back).plusSeconds(300), milli));
        }
        house.until(now);
        var live = carried();
        assertThat(live).hasSize(1);
        house.put(new Arrival.Act("wang", new Deed.TryForecast(new WhatIf(100, false, 0, true))));
        house.turn();
        var both = carried();
        assertThat(both).hasSize(2);
        assertThat(deepest(both.get(1)))
                .as("108 mm/h for two hours, where persistence dies away from 36 mm/h")
                .isGreaterThan(deepest(both.getFirst()) + 20);
    }

    @Test
    void a_higher_tide_comes_in_where_the_ground_has_open_water() throws Exception {
        dryUntil(5);
        house.until(at(10));
        assertThat(carried())
                .singleElement()
                .satisfies(made -> assertThat(deepest(made)).isZero());
        house.put(new Arrival.Act("wang", new Deed.TryForecast(new WhatIf(100, false, 600, false))));
        house.turn();
        assertThat(deepest(carried().getLast()))
                .as("0.7 m outside over a hollow at 0.2 m")
                .isBetween(400, 510);
    }
}
