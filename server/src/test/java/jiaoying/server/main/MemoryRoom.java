package jiaoying.server.main;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import jiaoying.duty.call.CallPlan;
import jiaoying.duty.call.Ladder;
import jiaoying.duty.errand.Channel;
import jiaoying.duty.errand.Errand;
import jiaoying.duty.ledger.Fact;
import jiaoying.duty.ledger.Personal;
import jiaoying.duty.measure.Quantity;
import jiaoying.duty.measure.Reading;
import jiaoying.duty.monitor.Quality;
import jiaoying.duty.monitor.RainCriteria;
import jiaoying.duty.monitor.SignalColor;
import jiaoying.duty.programme.Loop;
import jiaoying.duty.room.Arrival;
import jiaoying.duty.room.DutyRoom;
import jiaoying.duty.room.Outcome;
import jiaoying.duty.room.Rules;
import jiaoying.duty.room.Settings;
import jiaoying.duty.room.View;
import jiaoying.duty.room.ViewKey;
import jiaoying.duty.roster.RosterFact;
import jiaoying.duty.station.StationFact;
import jiaoying.server.cap.CapDesk;
import jiaoying.server.cap.CapSettings;
import jiaoying.server.door.DiskReserve;
import jiaoying.server.door.Doors;
import jiaoying.server.door.sensorthings.Journal;
import jiaoying.server.pack.PackException;
import jiaoying.server.pack.PackLibrary;
import jiaoying.server.page.AnswerReads;
import jiaoying.server.page.Changes;
import jiaoying.server.page.CityRegister;
import jiaoying.server.page.HealthController.Health;
import jiaoying.server.page.LinkTarget;
import jiaoying.server.page.Reads;
import jiaoying.server.page.Reads.RainStep;
import jiaoying.server.page.Reads.StationRain;
import jiaoying.server.page.TraceController;
import jiaoying.server.programme.CalendarFile;
import jiaoying.server.scratch.Scratch;
import jiaoying.server.store.RecordingStore;

/** The real decisions of a duty room without a database: two towns, a village in each, four people. */
final class MemoryRoom {
    static final String CITY = "330482";
    static final String ZHAPU = "330482101";
    static final String XINDAI = "330482102";
    static final String ZHAPU_VILLAGE = "330482101201";

    final Doors doors = new Doors();
    private final boolean rivers;
    private final Rules rules;
    private final DutyRoom room;
    private volatile List<jiaoying.duty.errand.Channel> out = List.of();
    volatile int lines;

    private final Map<ViewKey, TreeMap<Long, View>> rows = new LinkedHashMap<>();
    private final TreeMap<Instant, Long> factsAt = new TreeMap<>();
    private final Map<Long, Outcome> outcomes = new HashMap<>();
    private final Map<String, Errand> errands = new LinkedHashMap<>();
    private final List<Arrival> arrivals = new ArrayList<>();
    private final List<Fact> facts = new ArrayList<>();
    private final List<Reading> journal = new ArrayList<>();
    private final List<Instant> recordedAt = new ArrayList<>();
    private final MemoryEvidence evidence = new MemoryEvidence();
    final RecordingStore recordings = recordings();
    private final List<Fact> registered = new ArrayList<>();
    private final Changes changes = new Changes(Duration.ofMillis(200));
    private Instant now = Instant.parse("2026-07-01T10:00:00Z");
    private CapSettings cap = CapSettings.USUAL;
    private boolean full;
    private boolean reserve;
    private boolean slow;
    private boolean up = true;

    MemoryRoom() {
        this(Settings.Issuer.HEADQUARTERS, false);
    }

    /** @param rivers with a level station, a depth gauge and a station outside, criteria for them, and a plan of responses */
    MemoryRoom(Settings.Issuer issuer, boolean rivers) {
        this(issuer, rivers, List.of("hazards"));
    }

    /** @param programmes packs that the room carries */
    MemoryRoom(Settings.Issuer issuer, boolean rivers, List<String> programmes) {
        this.rivers = rivers;
        rules = (rivers ? MemoryRivers.rules(rules()) : rules()).with(loop(programmes));
        room = new DutyRoom(rules);
        bring(new Arrival.RoomSet(
                "test",
                new Settings(
                        "pinghu",
                        "平湖值守",
                        issuer,
                        true,
                        false,
                        Duration.ofMinutes(5),
                        Optional.empty(),
                        "Asia/Shanghai")));
        bring(new Arrival.RegisterChanged("test", register()));
    }

    private static RecordingStore recordings() {
        try {
            return new RecordingStore(Scratch.make("recordings").path());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    WebBeans.Room beans(MemoryCredentials credentials) {
        var reads = new Reads(
                this::now,
                this::factAt,
                this::list,
                this::find,
                this::sums,
                this::steps,
                this::readings,
                this::cityRegister,
                () -> List.of(new Reads.Waiting("text", "li", "【演示】 请应答 {link}", now())));
        return new WebBeans.Room(
                reads,
                this::put,
                (number, _) -> outcome(number),
                this::target,
                () -> OUTLINES,
                () -> new Health(
                        true, up, true, "pinghu", room.held(), List.of(), java.util.Map.of(), "none", Optional.empty()),
                changes,
                () -> credentials,
                doors,
                List::of,
                new MemoryJournal(),
                new CapDesk(cap, () -> cityRegister().areas(), () -> OUTLINES, true),
                Optional::empty,
                new WebBeans.WarnSide(
                        () -> register().stream()
                                .filter(RosterFact.DutyAssigned.class::isInstance)
                                .map(RosterFact.DutyAssigned.class::cast)
                                .toList(),
                        () -> java.util.Set.of(SignalColor.ORANGE, SignalColor.RED),
                        rules::criteria,
                        _ -> List.of()),
                answers(),
                rules.loop()::programmes,
                jiaoying.server.page.ForecastReads.NONE,
                () -> evidence,
                recordings,
                new TraceController.Ledger() {
                    @Override
                    public String head() {
                        return facts().size() + ":" + "0".repeat(64);
                    }

                    @Override
                    public void trace(String about, jiaoying.server.store.Mentions of, java.io.OutputStream to)
                            throws java.io.IOException {
                        to.write((about + of).getBytes(java.nio.charset.StandardCharsets.UTF_8));
                    }
                });
    }

    private AnswerReads answers() {
        return new AnswerReads(
                (order, after, most) -> callees(order).stream()
                        .filter(row -> row.person().compareTo(after) > 0)
                        .limit(most)
                        .toList(),
                (order, since, most) -> changedAfter(order, since),
                _ -> List.of(),
                java.util.Map::of,
                _ -> List.of(),
                () -> registered(RosterFact.DutyAssigned.class),
                () -> registered(jiaoying.duty.station.StationFact.SiteRegistered.class),
                () -> registered(RosterFact.ContactRegistered.class),
                java.util.Set::of,
                (channel, people) -> java.util.Map.of(),
                () -> out,
                rules::plan,
                () -> lines);
    }

    private List<View.CalleeView> callees(String order) {
        return list("callee", order + "/", 0, Long.MAX_VALUE).stream()
                .map(View.CalleeView.class::cast)
                .toList();
    }

    private synchronized List<View.CalleeView> changedAfter(String order, long since) {
        return rows.entrySet().stream()
                .filter(row -> row.getKey().kind().equals("callee")
                        && row.getKey().id().startsWith(order + "/")
                        && row.getValue().lastKey() > since)
                .map(row -> (View.CalleeView) row.getValue().lastEntry().getValue())
                .toList();
    }

    private <F> List<F> registered(Class<F> type) {
        return register().stream().filter(type::isInstance).map(type::cast).toList();
    }

    MemoryRoom with(CapSettings settings) {
        cap = settings;
        return this;
    }

    synchronized Instant now() {
        return now;
    }

    synchronized void pass(Duration time) {
        now = now.plus(time);
    }

    /** Channels that nobody carries from now on. */
    void out(List<jiaoying.duty.errand.Channel> channels) {
        out = channels;
    }

    synchronized void up(boolean works) {
        up = works;
    }

    /** No more fits into the inbox. */
    synchronized void full(boolean nothingFits) {
        full = nothingFits;
    }

    /** The disk has only its reserve left. */
    synchronized void reserve(boolean touched) {
        reserve = touched;
    }

    /** The room does not come to what arrives. */
    synchronized void slow(boolean comesLate) {
        slow = comesLate;
    }

    synchronized void wake() {
        slow = false;
    }

    synchronized List<Arrival> arrivals() {
        return List.copyOf(arrivals);
    }

    synchronized List<Fact> facts() {
        return List.copyOf(facts);
    }

    synchronized List<Reading> journal() {
        return List.copyOf(journal);
    }

    /** The latest errand to somebody. */
    synchronized Errand errandTo(String person) {
        return errands.values().stream()
                .filter(errand -> errand.to().equals(person))
                .reduce((_, later) -> later)
                .orElseThrow();
    }

    synchronized <V extends View> List<V> views(Class<V> type) {
        return rows.values().stream()
                .map(versions -> versions.lastEntry().getValue())
                .filter(type::isInstance)
                .map(type::cast)
                .toList();
    }

    synchronized Outcome bring(Arrival arrival) {
        if (arrival instanceof Arrival.RegisterChanged changed) {
            registered.addAll(changed.rows());
        }
        return take(arrival);
    }

    private synchronized CompletableFuture<Long> put(Arrival arrival) {
        if (reserve && arrival instanceof Arrival.Readings) {
            return CompletableFuture.failedFuture(new DiskReserve());
        }
        if (full) {
            return CompletableFuture.failedFuture(new RejectedExecutionException("full"));
        }
        if (!slow) {
            take(arrival);
        } else {
            arrivals.add(arrival);
        }
        return CompletableFuture.completedFuture((long) arrivals.size());
    }

    private Outcome take(Arrival arrival) {
        arrivals.add(arrival);
        now = now.plusMillis(1);
        var step = room.take(arrivals.size(), now, arrival);
        room.apply(now, step.journal());
        journal.addAll(step.journal());
        step.journal().forEach(_ -> recordedAt.add(now));
        step.errands().forEach(errand -> errands.put(errand.key(), errand));
        for (var fact : step.facts()) {
            room.apply(now, fact);
            facts.add(fact);
            room.touched(fact)
                    .forEach(key ->
                            rows.computeIfAbsent(key, _ -> new TreeMap<>()).put((long) facts.size(), room.view(key)));
        }
        factsAt.put(now, (long) facts.size());
        outcomes.put((long) arrivals.size(), step.outcome());
        changes.committed(facts.size(), now);
        return step.outcome();
    }

    private synchronized Optional<Outcome> outcome(long number) {
        return Optional.ofNullable(outcomes.get(number));
    }

    private synchronized long factAt(Instant at) {
        return Optional.ofNullable(factsAt.floorEntry(at))
                .map(Map.Entry::getValue)
                .orElse(0L);
    }

    private synchronized List<View> list(String kind, String prefix, long changedAfter, long fact) {
        var all = new ArrayList<View>();
        rows.forEach((key, versions) -> {
            if (key.kind().equals(kind) && key.id().startsWith(prefix)) {
                Optional.ofNullable(versions.floorEntry(fact))
                        .map(Map.Entry::getValue)
                        .ifPresent(all::add);
            }
        });
        return all;
    }

    /** The journal in the order of observation; every reading is its own arrival here. */
    private final class MemoryJournal implements Journal {
        private List<Row> rows() {
            synchronized (MemoryRoom.this) {
                var all = new ArrayList<Row>();
                for (var i = 0; i < journal.size(); i++) {
                    var it = journal.get(i);
                    all.add(new Row(
                            i + 1L, 0, it.station(), it.quantity(), it.milli(), it.observedAt(), now, it.suspect()));
                }
                return all;
            }
        }

        private static final Comparator<Row> ORDER = Comparator.comparing(Row::observedAt)
                .thenComparing(Row::arrival)
                .thenComparing(Row::row);

        @Override
        public Optional<Span> span() {
            var rows = rows().stream().sorted(ORDER).toList();
            return rows.isEmpty()
                    ? Optional.empty()
                    : Optional.of(new Span(
                            rows.getFirst().observedAt(), rows.getLast().observedAt()));
        }

        @Override
        public List<Row> list(Wanted wanted, Optional<Mark> after, int most) {
            var order = wanted.ascending() ? ORDER : ORDER.reversed();
            return rows().stream()
                    .filter(row -> isWanted(wanted, row))
                    .sorted(order)
                    .filter(row -> after.filter(mark -> order.compare(row, at(mark)) <= 0)
                            .isEmpty())
                    .limit(most)
                    .toList();
        }

        private static Row at(Mark mark) {
            return new Row(
                    mark.arrival(), mark.row(), "", Quantity.RAIN, 0, mark.observedAt(), mark.observedAt(), false);
        }

        private static boolean isWanted(Wanted wanted, Row row) {
            return wanted.streams()
                            .contains(row.station() + ":" + row.quantity().word())
                    && !row.observedAt().isBefore(wanted.from())
                    && !row.observedAt().isAfter(wanted.to());
        }

        @Override
        public long count(Wanted wanted) {
            return rows().stream().filter(row -> isWanted(wanted, row)).count();
        }

        @Override
        public Optional<Row> find(long arrival, int row) {
            return rows().stream()
                    .filter(it -> it.arrival() == arrival && it.row() == row)
                    .findFirst();
        }

        @Override
        public java.util.Set<String> heard(Instant since) {
            return java.util.Set.of();
        }
    }

    private static boolean over(View row) {
        return switch (row) {
            case View.SignalView signal -> signal.endedAt().isPresent();
            case View.AlertView alert -> alert.decidedAt().isPresent();
            case View.OrderView order -> order.closedAt().isPresent();
            case View.NoteView _ -> true;
            case View.FindingView _ -> true;
            default -> false;
        };
    }

    private synchronized Optional<View> find(ViewKey key, long fact) {
        return Optional.ofNullable(rows.get(key))
                .flatMap(versions -> Optional.ofNullable(versions.floorEntry(fact)))
                .map(Map.Entry::getValue);
    }

    private synchronized List<StationRain> sums(Instant at) {
        return journal.stream()
                .map(Reading::station)
                .distinct()
                .map(id -> sums(id, at))
                .toList();
    }

    private StationRain sums(String station, Instant at) {
        return new StationRain(
                station,
                sum(station, at, 1),
                sum(station, at, 3),
                sum(station, at, 6),
                sum(station, at, 12),
                sum(station, at, 24),
                journal.stream()
                        .filter(row -> row.station().equals(station))
                        .map(Reading::observedAt)
                        .max(Instant::compareTo));
    }

    private long sum(String station, Instant at, int hours) {
        return journal.stream()
                .filter(row -> row.station().equals(station) && !row.suspect())
                .filter(row -> row.observedAt().isAfter(at.minus(Duration.ofHours(hours)))
                        && !row.observedAt().isAfter(at))
                .mapToLong(Reading::milli)
                .sum();
    }

    private synchronized List<Reads.JournalLine> readings(
            String station, Quantity quantity, Instant from, Instant to, Instant at, int most) {
        var lines = new ArrayList<Reads.JournalLine>();
        for (var i = journal.size() - 1; i >= 0; i--) {
            var row = journal.get(i);
            var recorded = recordedAt.get(i);
            if (row.station().equals(station)
                    && row.quantity() == quantity
                    && row.observedAt().isAfter(from)
                    && !row.observedAt().isAfter(to)
                    && !recorded.isAfter(at)) {
                lines.add(new Reads.JournalLine(row.milli(), row.observedAt(), recorded, row.suspect()));
            }
        }
        return lines.stream()
                .sorted(Comparator.comparing(Reads.JournalLine::observedAt).reversed())
                .limit(most)
                .toList();
    }

    private List<RainStep> steps(Instant from, Instant to, Duration step, Optional<java.util.Set<String>> stations) {
        return List.of(
                new RainStep(to, stations.isPresent() ? 1_000L * stations.get().size() : 9_500, 500));
    }

    /** In these tests a link's token names its errand. */
    private synchronized Optional<LinkTarget> target(String token) {
        return Optional.ofNullable(token.startsWith("t-") ? errands.get(token.substring(2)) : null)
                .map(errand ->
                        new LinkTarget(errand.key(), errand.order(), errand.callee(), errand.to(), errand.message()));
    }

    private CityRegister cityRegister() {
        var areas = new LinkedHashMap<String, RosterFact.AreaRegistered>();
        var bodies = new LinkedHashMap<String, RosterFact.BodyRegistered>();
        var persons = new LinkedHashMap<String, RosterFact.PersonRegistered>();
        var stations = new LinkedHashMap<String, StationFact.StationRegistered>();
        var thresholds = new LinkedHashMap<String, StationFact.ThresholdsSet>();
        var duties = new ArrayList<RosterFact.DutyAssigned>();
        for (var row : registered) {
            switch (row) {
                case RosterFact.DutyAssigned duty -> duties.add(duty);
                case RosterFact.AreaRegistered area -> areas.put(area.area(), area);
                case RosterFact.BodyRegistered body -> bodies.put(body.body(), body);
                case RosterFact.PersonRegistered person -> persons.put(person.person(), person);
                case StationFact.StationRegistered station -> stations.put(station.station(), station);
                case StationFact.ThresholdsSet set -> thresholds.put(set.station(), set);
                default -> {}
            }
        }
        return new CityRegister(areas, bodies, persons, stations, thresholds, java.util.Map.of(), duties);
    }

    private List<Fact> register() {
        var rows = new ArrayList<Fact>();
        rows.add(new RosterFact.AreaRegistered(CITY, "平湖市", "Pinghu", "city", "", true));
        rows.add(new RosterFact.AreaRegistered(ZHAPU, "乍浦镇", "Zhapu", "town", CITY, true));
        rows.add(new RosterFact.AreaRegistered(XINDAI, "新埭镇", "Xindai", "town", CITY, true));
        rows.add(new RosterFact.AreaRegistered(ZHAPU_VILLAGE, "外山村", "Waishan", "village", ZHAPU, true));
        rows.add(new RosterFact.BodyRegistered("B1", "乍浦镇政府", "Zhapu Town", "town", ZHAPU));
        person(rows, "wang", "王一", "镇长", "mayor");
        person(rows, "li", "李二", "村书记", "secretary");
        person(rows, "zhao", "赵三", "副镇长", "deputy mayor");
        person(rows, "qian", "钱四", "镇长", "mayor");
        rows.add(new RosterFact.DutyAssigned("d1", "wang", "防汛责任人", ZHAPU, List.of("zhao"), "qian"));
        rows.add(new RosterFact.DutyAssigned("d2", "li", "村责任人", ZHAPU_VILLAGE, List.of(), "wang"));
        rows.add(new RosterFact.DutyAssigned("d3", "qian", "防汛责任人", XINDAI, List.of(), ""));
        rows.add(new StationFact.StationRegistered("Z1", "乍浦站", "rain", 121.09, 30.6, ZHAPU, 5));
        rows.add(new StationFact.StationRegistered("X1", "新埭站", "rain", 121.01, 30.8, XINDAI, 5));
        if (rivers) {
            rows.addAll(MemoryRivers.rows());
        }
        return rows;
    }

    private static void person(List<Fact> rows, String id, String name, String post, String postEn) {
        rows.add(new RosterFact.PersonRegistered(id, new Personal(id, name), "B1", post, postEn));
        for (var channel : List.of("text", "voice")) {
            rows.add(new RosterFact.ContactRegistered(id, channel, new Personal(id, "000")));
        }
    }

    private static Loop loop(List<String> names) {
        try {
            var programmes = new ArrayList<jiaoying.duty.programme.Programme>();
            for (var name : names) {
                programmes.add(PackLibrary.of(Path.of("../packs")).programme(name));
            }
            return new Loop(programmes, CalendarFile.shipped());
        } catch (PackException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Rules rules() {
        var criteria = new RainCriteria(
                "test",
                "1",
                "rainstorm",
                List.of(
                        new RainCriteria.Rule(SignalColor.ORANGE, 3, 50_000),
                        new RainCriteria.Rule(SignalColor.RED, 3, 100_000)),
                1000,
                Duration.ofMinutes(30),
                80,
                Duration.ofMinutes(60),
                "test");
        var quality = Quality.only(List.of(new Quality.GrossLimit(5, 63_000)), Duration.ofMinutes(30));
        var ladder = new Ladder(
                List.of(
                        new Ladder.Rung(Duration.ZERO, "self", List.of(Channel.TEXT, Channel.VOICE)),
                        new Ladder.Rung(Duration.ofMinutes(5), "deputy", List.of(Channel.TEXT))),
                Duration.ofMinutes(10),
                "test");
        var ladders = new EnumMap<SignalColor, Ladder>(SignalColor.class);
        ladders.put(SignalColor.ORANGE, ladder);
        ladders.put(SignalColor.RED, ladder);
        var words = Map.of(
                "call", "【叫应】{area}{color}，您负责：{items}。请应答 {link}",
                "call-by-alert", "{area}实况{color} {link}",
                "deputy-ask", "请代应答：{items} {link}",
                "superior-ask", "请派人：{items} {link}",
                "lifted", "{area}解除",
                "downgraded", "{area}降级",
                "downgraded-still-called", "{area}降级，继续",
                "retracted", "{area}撤回",
                "corrected", "{area}更正：{text}");
        return new Rules(List.of(criteria), quality, new CallPlan("test", "1", ladders, words, "test"));
    }

    private static final String OUTLINES = """
            {"type":"FeatureCollection","features":[
             {"type":"Feature","properties":{"code":"330482","kind":"outline"},"geometry":{"type":"Point","coordinates":[121,30.7]}},
             {"type":"Feature","properties":{"code":"330482101"},"geometry":{"type":"Polygon","coordinates":[
               [[121.0,30.5],[121.2,30.5],[121.2,30.7],[121.0,30.7],[121.0,30.5]]]}},
             {"type":"Feature","properties":{"code":"330482102"},"geometry":{"type":"Polygon","coordinates":[
               [[120.9,30.7],[121.1,30.7],[121.1,30.9],[120.9,30.9],[120.9,30.7]]]}}]}""";
}
