package jiaoying.server.loop;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jiaoying.duty.call.CallPlan;
import jiaoying.duty.call.Ladder;
import jiaoying.duty.errand.Channel;
import jiaoying.duty.ledger.Fact;
import jiaoying.duty.ledger.Personal;
import jiaoying.duty.measure.Quantity;
import jiaoying.duty.measure.Reading;
import jiaoying.duty.monitor.Quality;
import jiaoying.duty.monitor.RainCriteria;
import jiaoying.duty.monitor.SignalColor;
import jiaoying.duty.room.Arrival;
import jiaoying.duty.room.Rules;
import jiaoying.duty.room.Settings;
import jiaoying.duty.roster.RosterFact;
import jiaoying.duty.station.StationFact;

/** A small invented city: towns T0, T1 …, a responsible person P0, P1 … for each with deputy D0 …, stations S0, S1 … */
public final class TestCity {
    private TestCity() {}

    public static Rules rules() {
        var criteria = new RainCriteria(
                "test",
                "1",
                "rainstorm",
                List.of(
                        new RainCriteria.Rule(SignalColor.ORANGE, 3, 50_000),
                        new RainCriteria.Rule(SignalColor.RED, 3, 100_000)),
                1_000,
                Duration.ofMinutes(30),
                80,
                Duration.ofMinutes(60),
                "test");
        var quality = Quality.only(
                List.of(new Quality.GrossLimit(5, 63_000), new Quality.GrossLimit(60, 401_000)),
                Duration.ofMinutes(30));
        var ladder = new Ladder(
                List.of(
                        new Ladder.Rung(Duration.ZERO, "self", List.of(Channel.TEXT)),
                        new Ladder.Rung(Duration.ofMinutes(2), "self", List.of(Channel.VOICE)),
                        new Ladder.Rung(Duration.ofMinutes(5), "deputy", List.of(Channel.TEXT))),
                Duration.ofMinutes(10),
                "test");
        var messages = Map.of(
                "call", "{area}{color}，{items} {link}",
                "call-by-alert", "{area}实况{color} {link}",
                "deputy-ask", "请接手{items} {link}",
                "superior-ask", "请派人{items} {link}",
                "lifted", "{area}解除",
                "retracted", "{area}撤回",
                "corrected", "{area}更正：{text}");
        return new Rules(
                List.of(criteria),
                quality,
                new CallPlan(
                        "test", "1", Map.of(SignalColor.ORANGE, ladder, SignalColor.RED, ladder), messages, "test"));
    }

    public static Arrival settings(String room) {
        return settings(room, true);
    }

    static Arrival settings(String room, boolean demo) {
        return new Arrival.RoomSet(
                "test",
                new Settings(
                        room,
                        "平湖值守",
                        Settings.Issuer.HEADQUARTERS,
                        demo,
                        false,
                        Duration.ofMinutes(5),
                        Optional.empty(),
                        "Asia/Shanghai"));
    }

    public static Arrival register(int towns, int stations) {
        var rows = new ArrayList<Fact>();
        rows.add(new RosterFact.AreaRegistered("C", "平湖市", "Pinghu", "city", "", true));
        rows.add(new RosterFact.BodyRegistered("B", "水利局", "Water bureau", "bureau", "C"));
        for (int i = 0; i < towns; i++) {
            rows.add(new RosterFact.AreaRegistered("T" + i, "镇" + i, "Town " + i, "town", "C", true));
            person(rows, "P" + i);
            person(rows, "D" + i);
            rows.add(new RosterFact.DutyAssigned("duty" + i, "P" + i, "防汛责任人", "T" + i, List.of("D" + i), ""));
        }
        for (int i = 0; i < stations; i++) {
            rows.add(new StationFact.StationRegistered(
                    "S" + i, "站" + i, "rain", 121.0, 30.7, towns == 0 ? "" : "T" + i % towns, 5));
        }
        return new Arrival.RegisterChanged("test", rows);
    }

    private static void person(List<Fact> rows, String id) {
        rows.add(new RosterFact.PersonRegistered(id, new Personal(id, "姓名" + id), "B", "责任人", "officer"));
        rows.add(new RosterFact.ContactRegistered(id, "text", new Personal(id, "text:" + id)));
        rows.add(new RosterFact.ContactRegistered(id, "voice", new Personal(id, "voice:" + id)));
    }

    /** The weather office's signal for a town; NONE lifts. */
    public static Arrival signal(String town, SignalColor color) {
        return new Arrival.SignalReceived("气象台", "office", "rainstorm", town, color, "注意", "");
    }

    /** Rain of stations S0 to S(n-1) that ended at a moment. */
    public static Arrival rain(int stations, Instant at, long milli) {
        var readings = new ArrayList<Reading>(stations);
        for (int i = 0; i < stations; i++) {
            readings.add(new Reading("S" + i, Quantity.RAIN, milli, at, false));
        }
        return new Arrival.Readings("gauges", readings, List.of());
    }
}
