package jiaoying.server.main;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import jiaoying.duty.errand.CourierReport;
import jiaoying.duty.forecast.ForecastFact.ForecastAsked;
import jiaoying.duty.forecast.ForecastPlan;
import jiaoying.duty.forecast.ForecastResult;
import jiaoying.duty.forecast.ForecastResult.SiteDepths;
import jiaoying.duty.forecast.WhatIf;
import jiaoying.duty.measure.Quantity;
import jiaoying.duty.measure.Reading;
import jiaoying.duty.room.Arrival;
import jiaoying.duty.room.Deed;
import jiaoying.duty.station.StationFact.SiteRegistered;
import jiaoying.server.security.Role;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/** What Foresee and the line of time show of forecasts, to the whole room and to an account that is confined to a town. */
@TestInstance(Lifecycle.PER_CLASS)
class ForesightTest {
    private static final ForecastPlan PLAN = new ForecastPlan(
            "试验圩区",
            true,
            Duration.ofMinutes(10),
            Duration.ofMinutes(30),
            Duration.ofMinutes(5),
            Duration.ofMinutes(9),
            Duration.ofMinutes(60),
            150);

    private final MemoryRoom room = new MemoryRoom();
    private final House house = House.over(room);

    @BeforeAll
    void a_case_is_tried_and_another_fails() {
        room.bring(new Arrival.RegisterChanged(
                "test",
                List.of(
                        new SiteRegistered(
                                "U1", "乍浦下穿", "Zhapu underpass", "underpass", MemoryRoom.ZHAPU, 121.09, 30.6, ""),
                        new SiteRegistered(
                                "U2", "新埭下穿", "Xindai underpass", "underpass", MemoryRoom.XINDAI, 121.01, 30.8, ""))));
        room.bring(new Arrival.ForecastsWanted("test", Optional.of(PLAN)));
        room.bring(new Arrival.Readings(
                "gauges", List.of(new Reading("Z1", Quantity.RAIN, 2_000, room.now(), false)), List.of()));
        for (var percent : List.of(120, 200)) {
            room.bring(new Arrival.Act("wang", new Deed.TryForecast(new WhatIf(percent, false, 0, false))));
        }
        var asked = room.facts().stream()
                .filter(ForecastAsked.class::isInstance)
                .map(ForecastAsked.class::cast)
                .toList();
        var wet = List.of(0, 50, 200, 300, 300, 200, 100);
        room.bring(new Arrival.ForecastCame(
                asked.get(0).run(),
                new ForecastResult(
                        "dry",
                        asked.get(0).start(),
                        4_000,
                        900,
                        List.of(new SiteDepths("U1", wet), new SiteDepths("U2", wet)))));
        room.bring(new Arrival.CourierReports(List.of(new CourierReport(
                asked.get(1).errand().key(), CourierReport.Kind.FAILED, "internal", "", "process 137"))));
    }

    @AfterAll
    void close() {
        house.close();
    }

    private static String sites(Visitor visitor) {
        var run = visitor.get("/api/forecasts")
                .json()
                .path("runs")
                .valueStream()
                .filter(row -> row.path("state").asString().equals("made"))
                .findFirst()
                .orElseThrow();
        return run.path("flooded").asInt() + " "
                + visitor.get("/api/forecasts/" + run.path("run").asString())
                        .json()
                        .path("sites")
                        .valueStream()
                        .map(site -> site.path("id").asString())
                        .collect(Collectors.joining(" "));
    }

    @Test
    void the_whole_room_sees_every_site_and_a_town_its_own() {
        house.open("all", EnumSet.of(Role.DUTY_OFFICER), List.of());
        house.open("town", EnumSet.of(Role.TOWN), List.of(MemoryRoom.XINDAI));
        var officer = house.signIn("all");
        var town = house.signIn("town");
        assertThat(sites(officer)).isEqualTo("2 U1 U2");
        assertThat(sites(town)).isEqualTo("1 U2");
        assertThat(officer.get("/api/forecasts").json().path("maps").asBoolean())
                .isTrue();
        assertThat(town.get("/api/forecasts").json().path("maps").asBoolean()).isFalse();
        var run = town.get("/api/forecasts")
                .json()
                .path("runs")
                .get(1)
                .path("run")
                .asString();
        assertThat(town.get("/api/forecasts/" + run + "/frames").status()).isEqualTo(403);
        assertThat(officer.get("/api/forecasts/" + run + "/frames").status())
                .as("nobody kept any here")
                .isEqualTo(404);
        assertThat(town.post("/api/acts/try-forecast", "{\"rain_percent\":120}").status())
                .isEqualTo(403);
    }

    @Test
    void the_line_of_time_says_what_was_tried_and_what_failed() {
        house.open("officer2", EnumSet.of(Role.DUTY_OFFICER), List.of());
        house.open("town2", EnumSet.of(Role.TOWN), List.of(MemoryRoom.XINDAI));
        assertThat(house.signIn("officer2").get("/api/watch/timeline").body())
                .contains("\"kind\":\"forecast\"", "wang 推演了一种情景：2 处积水", "wang 推演的情景没有算成：演算进程异常结束（137）");
        assertThat(house.signIn("officer2").get("/api/watch/timeline?lang=en").body())
                .contains("wang tried a case: 2 sites flood");
        assertThat(house.signIn("town2").get("/api/watch/timeline").body()).contains("wang 推演了一种情景：1 处积水");
    }
}
