package jiaoying.server.forecaster;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import jiaoying.duty.errand.Channel;
import jiaoying.duty.forecast.ForecastFact.ForecastAsked;
import jiaoying.duty.forecast.ForecastFact.ForecastFailed;
import jiaoying.duty.forecast.ForecastFact.ForecastMade;
import jiaoying.duty.forecast.WhatIf;
import jiaoying.duty.ledger.Fact;
import jiaoying.duty.room.Arrival;
import jiaoying.duty.room.Deed;
import jiaoying.duty.station.StationFact.SiteRegistered;
import jiaoying.server.courier.CourierPump;
import jiaoying.server.forecaster.ForecasterSettings.LonLat;
import jiaoying.server.forecaster.ForecasterSettings.MadeUp;
import jiaoying.server.loop.Rebuild;
import jiaoying.server.loop.Tables;
import jiaoying.server.loop.TestCity;
import jiaoying.server.loop.TestHouse;
import jiaoying.server.store.ErrandStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An errand for a forecast goes out to the flood model and comes back by the front door, on a real database. */
class ForecasterTest {
    @TempDir
    private Path data;

    private TestHouse house;
    private Forecaster forecaster;

    @BeforeEach
    void open() {
        house = new TestHouse().furnished();
        house.put(new Arrival.RegisterChanged(
                "test",
                List.of(
                        new SiteRegistered("U", "下穿", "Underpass", "underpass", "T0", 121.0, 30.6995, ""),
                        new SiteRegistered("FAR", "远", "Far", "underpass", "T1", 121.5, 30.6995, ""))));
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
                ForecasterSettings.plan("test", true),
                data.resolve("forecast/ground/scenario.yaml"),
                Optional.of(new LonLat(120.9948, 30.695)),
                Optional.of(new MadeUp(1000, 20, 3)),
                1,
                2);
    }

    private CourierPump pump(boolean able) {
        var pump =
                new CourierPump(house.db, house.room, List.of(), house.inbox, house.keys, house.clock, "http://here");
        if (able) {
            pump.insideBy(forecaster);
        }
        return pump;
    }

    /** Rain on every gauge, then the clock goes on to a moment. */
    private void rainUntil(int minute) {
        var now = house.clock.instant();
        for (var at = now; at.isBefore(at(minute)); at = at.plusSeconds(300)) {
            house.until(at);
            house.put(TestCity.rain(9, at, 5_000));
            house.turn();
        }
        house.until(at(minute));
    }

    private static Instant at(int minute) {
        return TestHouse.START.plusSeconds(60L * minute);
    }

    /** Hands over on another thread while this one is loop and inbox, until the errands are done. */
    private void carry(CourierPump pump) throws InterruptedException, ExecutionException {
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
    }

    private <F extends Fact> List<F> heard(Class<F> kind) {
        return house.heard.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    private List<String> errands() {
        return Tables.rows(house, "SELECT purpose, state FROM errand WHERE room = :room ORDER BY not_before, key");
    }

    private List<String> files(String folder) throws IOException {
        try (Stream<Path> files = Files.list(data.resolve("forecast").resolve(folder))) {
            return files.map(file -> String.valueOf(file.getFileName()))
                    .sorted()
                    .toList();
        }
    }

    @Test
    void a_run_goes_out_and_comes_back_with_the_depths_of_the_sites_on_the_ground() throws Exception {
        rainUntil(10);
        assertThat(heard(ForecastAsked.class)).singleElement().satisfies(asked -> {
            assertThat(asked.rain())
                    .hasSize(9)
                    .allSatisfy(gauge -> assertThat(gauge.milliPerHour()).isEqualTo(20_000));
        });
        carry(pump(true));
        assertThat(heard(ForecastFailed.class)).isEmpty();
        assertThat(heard(ForecastMade.class)).singleElement().satisfies(made -> {
            assertThat(made.from()).isEqualTo("dry");
            assertThat(made.cells()).isEqualTo(2500);
            assertThat(made.sites()).singleElement().satisfies(site -> {
                assertThat(site.site()).isEqualTo("U");
                assertThat(site.area()).isEqualTo("T0");
                assertThat(site.depthsMm()).hasSize(25);
                assertThat(site.peakMm()).isGreaterThan(site.depthsMm().getFirst());
            });
        });
        assertThat(errands()).containsExactly("FORECAST | SETTLED");
        assertThat(Tables.rows(house, "SELECT kind FROM fact WHERE room = :room AND kind = 'ErrandReported'"))
                .isEmpty();
    }

    @Test
    void a_later_run_goes_on_from_the_water_of_an_earlier_one_and_old_frames_go() throws Exception {
        for (var minute = 10; minute <= 40; minute += 10) {
            rainUntil(minute);
            carry(pump(true));
        }
        assertThat(heard(ForecastFailed.class)).isEmpty();
        assertThat(heard(ForecastMade.class))
                .extracting(ForecastMade::from)
                .containsExactly("dry", "state", "state", "state");
        assertThat(heard(ForecastMade.class)).extracting(ForecastMade::stateAt).endsWith(at(10), at(10), at(20));
        var runs = heard(ForecastAsked.class).stream().map(ForecastAsked::run).toList();
        assertThat(files("runs")).hasSize(2).contains(runs.getLast() + ".frames");
        var frames = forecaster.files().frames(runs.getLast()).orElseThrow();
        assertThat(new String(frames, 0, 4, US_ASCII)).isEqualTo("JYF1");
        assertThat(forecaster.files().frames("../states/x")).isEmpty();
    }

    @Test
    void what_if_runs_leave_no_water_behind_and_answer_for_their_case() throws Exception {
        rainUntil(10);
        carry(pump(true));
        var states = files("states");
        house.put(new Arrival.Act("wang", new Deed.TryForecast(new WhatIf(200, true, 500, false))));
        house.put(new Arrival.Act("wang", new Deed.TryForecast(new WhatIf(100, false, 0, true))));
        house.turn();
        carry(pump(true));
        assertThat(files("states")).isEqualTo(states);
        var made = heard(ForecastMade.class);
        assertThat(made).hasSize(2);
        assertThat(made.get(1).sites().getFirst().peakMm())
                .isGreaterThan(made.get(0).sites().getFirst().peakMm());
        assertThat(heard(ForecastFailed.class)).singleElement().satisfies(failed -> {
            assertThat(failed.why().code()).isEqualTo("forecast-similar-none");
            assertThat(failed.inARow()).isZero();
        });
    }

    @Test
    void a_courier_killed_in_a_run_leaves_an_errand_that_the_next_one_does() throws Exception {
        rainUntil(10);
        var dead = new ErrandStore(house.db, house.room);
        assertThat(dead.take(
                        Channel.INTERNAL,
                        "internal",
                        true,
                        "dead",
                        house.clock.instant(),
                        house.clock.instant().plusSeconds(30),
                        50))
                .hasSize(1);
        carry(pump(true));
        assertThat(heard(ForecastMade.class)).isEmpty();
        house.loop.close();
        house.loop = house.openLoop();
        house.turn();
        var pump = pump(true);
        carry(pump);
        carry(pump);
        assertThat(heard(ForecastMade.class)).hasSize(1);
        assertThat(errands()).containsExactly("FORECAST | SETTLED");
    }

    @Test
    void a_room_in_which_nobody_computes_says_that_the_run_failed() throws Exception {
        rainUntil(10);
        carry(pump(false));
        assertThat(heard(ForecastFailed.class)).singleElement().satisfies(failed -> {
            assertThat(failed.why().code()).isEqualTo("forecast-broke");
            assertThat(failed.inARow()).isEqualTo(1);
        });
        assertThat(errands()).containsExactly("FORECAST | WITHDRAWN");
    }

    @Test
    void projections_and_errands_that_are_dropped_and_made_again_are_the_same() throws Exception {
        rainUntil(20);
        carry(pump(true));
        rainUntil(21);
        var before = Tables.CACHES.stream().map(one -> Tables.rows(house, one)).toList();
        assertThat(before.getFirst()).anyMatch(row -> row.startsWith("forecast |"));
        house.loop.close();
        Rebuild.run(house.db, house.room, TestCity.rules(), house.keys);
        assertThat(Tables.CACHES.stream().map(one -> Tables.rows(house, one)).toList())
                .isEqualTo(before);
    }
}
