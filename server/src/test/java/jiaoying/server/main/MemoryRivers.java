package jiaoying.server.main;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import jiaoying.duty.ledger.Fact;
import jiaoying.duty.ledger.Personal;
import jiaoying.duty.measure.Quantity;
import jiaoying.duty.monitor.Criteria;
import jiaoying.duty.monitor.Quality;
import jiaoying.duty.monitor.SignalColor;
import jiaoying.duty.monitor.WaterCriteria;
import jiaoying.duty.respond.ResponsePlan;
import jiaoying.duty.room.Rules;
import jiaoying.duty.roster.RosterFact;
import jiaoying.duty.station.StationFact;

/** What a {@link MemoryRoom} has when it watches water too: stations, criteria, checks, and a plan of responses. */
final class MemoryRivers {
    private MemoryRivers() {}

    static List<Fact> rows() {
        return List.of(
                new RosterFact.BodyRegistered("B-WATER", "市水利局", "Water Bureau", "department", MemoryRoom.CITY),
                new RosterFact.BodyRegistered("B-EDU", "市教育局", "Education Bureau", "department", MemoryRoom.CITY),
                new RosterFact.PersonRegistered("P-WATER", new Personal("P-WATER", "水示一"), "B-WATER", "值班", "on duty"),
                new StationFact.StationRegistered("L1", "乍浦水位站", "level", 121.08, 30.61, MemoryRoom.ZHAPU, 5),
                new StationFact.ThresholdsSet("L1", 3_300, 3_700, "吴淞", -1_870, "市水利局 2026"),
                new StationFact.StationRegistered("D1", "新埭下穿", "depth", 121.02, 30.8, MemoryRoom.XINDAI, 5),
                new StationFact.StationRegistered("O1", "外站", "rain", 121.4, 30.9, "", 5));
    }

    static Rules rules(Rules rain) {
        var criteria = new ArrayList<Criteria>(rain.criteria());
        criteria.add(new WaterCriteria(
                "water-level",
                "1",
                "water-level",
                Quantity.LEVEL,
                List.of(
                        new WaterCriteria.Rule(SignalColor.YELLOW, WaterCriteria.Base.WARNING, 0),
                        new WaterCriteria.Rule(SignalColor.ORANGE, WaterCriteria.Base.GUARANTEED, -100)),
                List.of(new WaterCriteria.Rise(SignalColor.BLUE, 150, 60, WaterCriteria.Base.WARNING, -400)),
                0,
                30,
                Duration.ofMinutes(30),
                "市水利局"));
        criteria.add(new WaterCriteria(
                "waterlogging",
                "1",
                "waterlogging",
                Quantity.DEPTH,
                List.of(new WaterCriteria.Rule(SignalColor.BLUE, WaterCriteria.Base.GROUND, 150_000)),
                List.of(),
                50_000,
                20_000,
                Duration.ofMinutes(15),
                "GB 51222"));
        return new Rules(criteria, quality(rain.quality()), rain.plan()).with(plan());
    }

    /** Water that changes by more than half a metre in a minute is doubted. */
    private static Quality quality(Quality rain) {
        var water = new Quality.Water(
                Quality.Gross.ANY,
                500,
                300,
                Duration.ofMinutes(20),
                Duration.ofHours(24),
                Duration.ofHours(6),
                1_000_000_000);
        return new Quality(
                rain.name(),
                rain.version(),
                rain.gross(),
                rain.silentAfter(),
                rain.lateAfter(),
                rain.lagAfter(),
                rain.dumpMilli(),
                rain.wrapsMilli(),
                rain.rainStuck(),
                rain.neighbours(),
                rain.dry(),
                rain.outlier(),
                water,
                water,
                rain.source());
    }

    private static ResponsePlan plan() {
        return new ResponsePlan(
                "plan",
                "1",
                List.of(new ResponsePlan.Trigger("rainstorm", SignalColor.RED, 1)),
                List.of(new ResponsePlan.Clock(1, Duration.ofMinutes(10))),
                List.of(
                        new ResponsePlan.Action(
                                "patrol",
                                4,
                                new ResponsePlan.Department("B-WATER", "", "水利局", "Water Bureau"),
                                "巡查",
                                "Patrol",
                                Duration.ofHours(1)),
                        new ResponsePlan.Action(
                                "schools",
                                4,
                                new ResponsePlan.Department("B-EDU", "", "教育局", "Education Bureau"),
                                "停课",
                                "Close schools",
                                Duration.ofHours(1))),
                "防汛责任人",
                "{area}{level}级未决定",
                ResponsePlan.Late.NOBODY,
                "test");
    }
}
