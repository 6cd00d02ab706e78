package jiaoying.server.main;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import jiaoying.duty.call.CallPlan;
import jiaoying.duty.call.Ladder;
import jiaoying.duty.ledger.Fact;
import jiaoying.duty.ledger.Personal;
import jiaoying.duty.monitor.SignalColor;
import jiaoying.duty.room.Arrival;
import jiaoying.duty.room.Rules;
import jiaoying.duty.room.Settings;
import jiaoying.duty.roster.RosterFact;
import jiaoying.server.courier.Carrier;
import jiaoying.server.drill.DrillCarrier;
import jiaoying.server.loop.LoopListener;
import jiaoying.server.loop.SteadyClock;
import jiaoying.server.page.RoomInfo;
import jiaoying.server.page.VisitorPhone;
import jiaoying.server.security.DoorTokens;
import jiaoying.sim.carrier.Line;

/**
 * The stage of a crash drill: an invented city of so many people, carriers in another process, the usual ladders so many
 * times faster. All else is as in life: real time, real database, real doors.
 */
final class DrillStage implements Stage {
    static final String ROOM = "drill";
    static final String OFFICE = "office";

    /** Ladders climb so much faster than in the usual plan, so that a drill takes minutes. */
    private static final int FASTER = 40;

    private static final int PEOPLE_A_TOWN = 25;

    private final SteadyClock clock = SteadyClock.ofMachine();
    private final Path data;
    private final URI exchange;
    private final int people;

    DrillStage(Path data, URI exchange, int people) {
        this.data = data;
        this.exchange = exchange;
        this.people = people;
    }

    /** The areas that are warned. */
    static List<String> towns(int people) {
        return Stream.iterate(0, town -> town * PEOPLE_A_TOWN < people, town -> town + 1)
                .map(town -> "T" + town)
                .toList();
    }

    /** The file with the token of a source. */
    static Path token(Path data, String source) {
        return doors(data).resolve((source.equals(OFFICE) ? "signals" : "carrier") + "-" + source);
    }

    private static Path doors(Path data) {
        return data.resolve("keys").resolve("drill-doors");
    }

    @Override
    public InstantSource clock() {
        return clock;
    }

    @Override
    public double speed() {
        return 1;
    }

    @Override
    public RoomInfo.Banner banner() {
        return RoomInfo.Banner.NONE;
    }

    @Override
    public Settings settings() {
        return BareStage.settings(ROOM, "崩溃演练", true);
    }

    @Override
    public Rules rules(Rules usual) {
        var ladders = new EnumMap<SignalColor, Ladder>(SignalColor.class);
        usual.plan().ladders().forEach((color, ladder) -> ladders.put(color, faster(ladder)));
        var plan = usual.plan();
        return new Rules(
                usual.criteria(),
                usual.quality(),
                new CallPlan(plan.name(), plan.version(), ladders, plan.messages(), plan.source()),
                usual.response());
    }

    private static Ladder faster(Ladder ladder) {
        return new Ladder(
                ladder.rounds().stream()
                        .map(rung -> new Ladder.Rung(faster(rung.after()), rung.to(), rung.channels()))
                        .toList(),
                faster(ladder.giveUp()),
                ladder.source());
    }

    private static Duration faster(Duration span) {
        return span.dividedBy(FASTER);
    }

    @Override
    public void resume(Instant lastRecorded) {
        clock.resume(lastRecorded);
    }

    @Override
    public List<Fact> city() {
        var rows = new ArrayList<Fact>();
        rows.add(new RosterFact.AreaRegistered("C", "演练市", "Drill City", "city", "", true));
        rows.add(new RosterFact.BodyRegistered("B", "演练局", "Drill Bureau", "bureau", "C"));
        person(rows, "S");
        for (var town : towns(people)) {
            rows.add(new RosterFact.AreaRegistered(town, "演练镇" + town, "Drill Town " + town, "town", "C", true));
            person(rows, "D" + town);
        }
        for (int i = 0; i < people; i++) {
            var town = "T" + i / PEOPLE_A_TOWN;
            person(rows, "P" + i);
            rows.add(new RosterFact.DutyAssigned("duty" + i, "P" + i, "防汛责任人", town, List.of("D" + town), "S"));
        }
        return rows;
    }

    private static void person(List<Fact> rows, String id) {
        rows.add(new RosterFact.PersonRegistered(id, new Personal(id, "演练" + id), "B", "责任人", "officer"));
        rows.add(new RosterFact.ContactRegistered(id, "text", new Personal(id, "text:" + id)));
        rows.add(new RosterFact.ContactRegistered(id, "voice", new Personal(id, "voice:" + id)));
    }

    @Override
    public Optional<Path> outlines() {
        return Optional.empty();
    }

    @Override
    public Optional<Arrival.Readings> history() {
        return Optional.empty();
    }

    @Override
    public List<Carrier> carriers() {
        return Arrays.stream(Line.values())
                .map(line -> (Carrier) new DrillCarrier(line, exchange))
                .toList();
    }

    @Override
    public VisitorPhone phones() {
        return VisitorPhone.NONE;
    }

    @Override
    public LoopListener listener() {
        return LoopListener.NONE;
    }

    @Override
    public Optional<String> visitorPage() {
        return Optional.empty();
    }

    @Override
    public void begin(RoomAtWork room, String address) {
        var doors = new DemoDoors(doors(data), new DoorTokens(room::accounts, clock()));
        doors.token(OFFICE, "signals");
        Arrays.stream(Line.values()).forEach(line -> doors.token(line.carrier(), "carrier"));
    }

    @Override
    public void close() {}
}
