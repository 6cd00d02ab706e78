package jiaoying.server.sim;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import jiaoying.duty.call.CallFact.Aim;
import jiaoying.duty.call.CallFact.CallOrderOpened;
import jiaoying.duty.call.CallFact.CalleeListed;
import jiaoying.duty.errand.CarrierEvent;
import jiaoying.duty.errand.Channel;
import jiaoying.duty.monitor.SignalColor;
import jiaoying.duty.room.Arrival;
import jiaoying.duty.room.Deed;
import jiaoying.duty.room.Rules;
import jiaoying.duty.warn.WarnFact.SignalIssued;
import jiaoying.server.loop.Rebuild;
import jiaoying.server.store.CacheRows;
import jiaoying.server.store.Database;
import jiaoying.server.store.DatabaseFailed;
import jiaoying.server.store.ErrandStore;
import jiaoying.server.store.Fenced;
import jiaoying.server.store.Keys;
import jiaoying.server.store.Rooms;
import jiaoying.sim.chance.Chance;
import jiaoying.sim.schedule.Scheduler;

/** Everything around the engines of one seed: virtual time, the database and its outages, carriers, people, office, officer. */
final class World {
    private static final Instant START = Instant.parse("2026-06-01T00:00:30Z");
    private static final Duration FURNISHING = Duration.ofSeconds(10);
    private static final Duration BROUGHT_AGAIN = Duration.ofSeconds(4);

    /** After the last storm nothing goes wrong any more, and everything must come to its end within this. */
    private static final Duration QUIET_WITHIN = Duration.ofMinutes(90);

    private final Script script;
    private final Database db;
    private final List<Rules> plans;
    private final String room;
    private final Keys keys;
    private final boolean forgetful;
    private final Scheduler scheduler = new Scheduler(START);
    private final Witness witness;
    private final List<Trunk> trunks;
    private final List<Engine> engines = new ArrayList<>();
    private final Strikes ofTheDead = new Strikes(() -> false, () -> {});
    private Instant awayUntil = Instant.MIN;
    private Duration awayFor = Duration.ZERO;
    private Instant troubledUntil = Instant.MIN;
    private Duration machineAhead = Duration.ZERO;
    private int plan;
    private int kills;
    private int coming;
    private boolean calm;
    private boolean planChanged;

    /** @param forgetful carriers that promise to keep keys do not: to show that the checks find it */
    World(Script script, Database db, List<Rules> plans, String room, boolean forgetful) {
        this.script = script;
        this.db = db;
        this.plans =
                plans.stream().map(usual -> PlanOfSeed.of(script, usual, START)).toList();
        this.room = room;
        this.forgetful = forgetful;
        keys = Keys.ofSeed(script.seed(), "sim");
        witness = new Witness(script);
        trunks = trunks(Chance.of(script.seed(), "trunks"));
    }

    private List<Trunk> trunks(Chance chance) {
        var list = new ArrayList<>(List.of(
                new Trunk(this, "text-one", Channel.TEXT, chance.falls(0.5), 1 + Script.below(chance, 3)),
                new Trunk(this, "voice", Channel.VOICE, chance.falls(0.3), 1 + Script.below(chance, 3)),
                new Trunk(this, "mail", Channel.MAIL, false, 2)));
        if (chance.falls(0.6)) {
            list.add(new Trunk(this, "text-two", Channel.TEXT, chance.falls(0.5), 1 + Script.below(chance, 3)));
        }
        if (script.has(Happening.Kind.PLAN_LOUD)) {
            list.add(new Trunk(this, "loud", Channel.SPEAKER, chance.falls(0.5), 2));
        }
        return List.copyOf(list);
    }

    /** Plays the script to its end. */
    void play() {
        new Rooms(db).open(room, true, keys, START);
        start(Optional.empty());
        furnish();
        for (var happening : script.happenings()) {
            later(FURNISHING.plus(happening.at()), () -> happen(happening));
        }
        var storms = START.plus(FURNISHING).plus(Script.STORM.multipliedBy(script.storms()));
        do {
            if (!advance()) {
                return;
            }
        } while (coming > 0 && now().isBefore(storms));
        calmDown();
        var latest = now().plus(QUIET_WITHIN);
        for (var look = now().plusSeconds(45); ; look = look.plusSeconds(45)) {
            while (scheduler.next().filter(next -> next.isBefore(latest)).isPresent() && now().isBefore(look)) {
                if (!advance()) {
                    return;
                }
            }
            var open = CacheRows.open(db, room);
            var row = new Rooms(db).get(room);
            if (open.isEmpty() && coming == 0 && row.lastTaken() == row.lastNumber()) {
                return;
            }
            if (!look.isBefore(latest)) {
                witness.wrong("I1", "not over after " + QUIET_WITHIN + ": " + open + ", coming " + coming);
                return;
            }
        }
    }

    private boolean advance() {
        return witness.found().isEmpty() && scheduler.advance();
    }

    private void furnish() {
        knock(City.settings(room, script.exercise()), true);
        knock(City.register(script), true);
        City.more(script, START).ifPresent(more -> knock(more, true));
    }

    private void calmDown() {
        calm = true;
        troubledUntil = now().plusSeconds(60);
        awayUntil = Instant.MIN;
        engines.forEach(engine -> engine.strikes().calm());
        trunks.forEach(trunk -> trunk.mood(Happening.Kind.LIFT, Instant.MIN));
        if (current().isEmpty()) {
            start(Optional.empty());
        }
    }

    // ---- what happens ----

    private void happen(Happening one) {
        switch (one.kind()) {
            case RED -> signal(one.nth(), SignalColor.RED);
            case ORANGE -> signal(one.nth(), SignalColor.ORANGE);
            case LIFT -> signal(one.nth(), SignalColor.NONE);
            case CORRECT -> signalInForce(s -> new Deed.CorrectSignal(s.signal(), "改一字", "误"));
            case RETRACT -> signalInForce(s -> new Deed.RetractSignal(s.signal(), "误发"));
            case DESK -> callee(one.nth(), (order, person) -> new Deed.ReachedByDesk(order, person, "知道了"));
            case AGAIN -> callee(one.nth(), Deed.CallAgain::new);
            case ESCALATE -> callee(one.nth(), Deed.Escalate::new);
            case NEW_DEPUTY -> knock(City.otherDeputies(script, one.nth()), false);
            case WRONG_KEY -> knock(wrongKey(one.nth()), false);
            case CARRIER_DOWN, CARRIER_MUTE, CARRIER_BREAKS, CARRIER_TURNS, CARRIER_BUSY ->
                trunks.get(one.nth() % trunks.size()).mood(one.kind(), now().plus(one.span()));
            case DRILL -> knock(new Arrival.Act("officer", drill(one.nth())), false);
            case ANSWER_TEST -> knock(new Arrival.Act("officer", new Deed.TestAnswers("C")), false);
            case END_DRILL -> endDrill();
            case IN_PLACE -> callee(one.nth(), (order, person) -> new Deed.ReportedInPlace(order, person, "到了"));
            case TAKE_OVER -> callee(one.nth(), (order, person) -> new Deed.TakeOver(order, person, "我来"));
            case PLAN_REPORT, PLAN_RULE, PLAN_QUIET, PLAN_SPACING, PLAN_LOUD, PARTICIPANTS -> {}
            case CLOCK_BACK -> setMachine(one.span().negated());
            case CLOCK_AHEAD -> setMachine(one.span());
            default -> strike(one);
        }
    }

    /** Servers see the machine's clock, the world goes by its own time. */
    private void setMachine(Duration by) {
        if (!calm) {
            machineAhead = machineAhead.plus(by);
            troubledUntil = now().plusSeconds(60);
        }
    }

    private void strike(Happening one) {
        if (calm) {
            return;
        }
        troubledUntil = now().plus(one.span()).plusSeconds(60);
        var strikes = current().map(Engine::strikes).orElse(ofTheDead);
        switch (one.kind()) {
            case KILL, KILL_TWICE -> {
                strikes.killAfter(one.nth());
                later(Duration.ofSeconds(3), () -> revive(one));
            }
            case AWAY -> {
                awayFor = one.span();
                strikes.awayAfter(one.nth());
            }
            case ANSWER_LOST -> strikes.loseAnswerAfter(one.nth() % 5);
            case RIVAL -> start(Optional.empty());
            case RESTART -> again(() -> {});
            case REBUILD -> again(this::rebuild);
            case OTHER_PLAN ->
                again(() -> {
                    planChanged = true;
                    plan = 1 - plan;
                });
            default -> throw new IllegalStateException("Bug: " + one);
        }
    }

    /** What was to be killed is; if it had too little to do for that, at once. */
    private void revive(Happening one) {
        current().ifPresent(engine -> kill(engine));
        var struck = one.kind() == Happening.Kind.KILL_TWICE ? Optional.of(one.nth()) : Optional.<Integer>empty();
        later(one.span(), () -> startWhenNone(struck));
    }

    private void again(Runnable between) {
        current().ifPresent(engine -> guarded(engine, engine::stop));
        if (current().isEmpty()) {
            between.run();
            startWhenNone(Optional.empty());
        }
    }

    private void rebuild() {
        try {
            if (!away()) {
                new Rooms(db).takeOver(room);
                Rebuild.run(db, room, plans.get(plan), keys);
            }
        } catch (RuntimeException e) {
            witness.wrong("throws", "rebuild: " + e);
        }
    }

    private void startWhenNone(Optional<Integer> struck) {
        if (current().isEmpty()) {
            start(struck);
        }
    }

    private void start(Optional<Integer> struck) {
        if (away()) {
            later(Duration.ofSeconds(2), () -> startWhenNone(struck));
            return;
        }
        var engine = new Engine(this, engines.size() + 1, new Strikes(this::away, () -> goAway()));
        engines.add(engine);
        struck.ifPresent(engine.strikes()::killAfter);
        guarded(engine, () -> {
            try {
                engine.open(db, plans.get(plan));
            } catch (DatabaseFailed | Fenced e) {
                engine.die();
            }
        });
        engine.strikes().calm();
        if (engine.dead()) {
            later(Duration.ofSeconds(2), () -> startWhenNone(Optional.empty()));
        }
    }

    /** An engine has stopped because another took the room; if that one is gone too, somebody starts one. */
    void replaced() {
        later(Duration.ofSeconds(25), () -> startWhenNone(Optional.empty()));
    }

    private void goAway() {
        if (!calm) {
            awayUntil = now().plus(awayFor);
        }
    }

    private boolean away() {
        return now().isBefore(awayUntil);
    }

    /** Runs a part of an engine, which may be killed in it; nothing else may be thrown. */
    void guarded(Engine engine, Runnable part) {
        if (engine.dead()) {
            return;
        }
        try {
            part.run();
        } catch (Killed e) {
            kill(engine);
        } catch (RuntimeException | AssertionError e) {
            witness.wrong(
                    "throws",
                    e + " at " + List.of(e.getStackTrace()).stream().limit(4).toList());
        }
    }

    private void kill(Engine engine) {
        kills++;
        engine.die();
        later(Duration.ofSeconds(50), () -> startWhenNone(Optional.empty()));
    }

    /** The engine that would answer at the door: the youngest that is up. */
    private Optional<Engine> current() {
        return engines.reversed().stream().filter(Engine::up).findFirst();
    }

    // ---- who comes to the door ----

    private void signal(int nth, SignalColor color) {
        knock(
                new Arrival.SignalReceived(
                        "气象台", "office", "rainstorm", City.town(nth % script.towns()), color, "注意", ""),
                true);
    }

    private void signalInForce(Function<SignalIssued, Deed> deed) {
        witness.last(SignalIssued.class)
                .ifPresent(issued -> knock(new Arrival.Act("officer", deed.apply(issued)), false));
    }

    private void callee(int nth, BiFunction<String, String, Deed> deed) {
        var order = witness.last(CallOrderOpened.class).map(CallOrderOpened::order);
        var listed = witness.all(CalleeListed.class).stream()
                .filter(one -> order.filter(one.order()::equals).isPresent())
                .toList();
        if (!listed.isEmpty()) {
            var one = listed.get(nth % listed.size());
            knock(new Arrival.Act("officer", deed.apply(one.order(), one.person())), false);
        }
    }

    private Deed drill(int nth) {
        return new Deed.StartDrill(
                "rainstorm",
                nth % 3 == 0 ? "C" : City.town(nth % script.towns()),
                nth % 2 == 0 ? SignalColor.RED : SignalColor.ORANGE,
                "演习",
                City.named(script, nth));
    }

    private void endDrill() {
        witness.all(CallOrderOpened.class).reversed().stream()
                .filter(order -> order.aim() != Aim.WARNING)
                .findFirst()
                .ifPresent(order -> knock(new Arrival.Act("officer", new Deed.EndDrill(order.order())), false));
    }

    private Arrival wrongKey(int nth) {
        var event = new CarrierEvent(
                trunks.getFirst().name(), "wrong/" + nth, "no-such-key-" + nth, CarrierEvent.Kind.CONFIRMED, "");
        return new Arrival.CarrierEvents(List.of(event));
    }

    /** @param again whoever brings it comes again until it is acknowledged */
    void knock(Arrival arrival, boolean again) {
        var open = current();
        if (open.isPresent()) {
            guarded(open.get(), () -> open.get().knock(arrival, again));
        } else if (again) {
            knockLater(arrival);
        }
    }

    void knockLater(Arrival arrival) {
        later(BROUGHT_AGAIN, () -> knock(arrival, true));
    }

    boolean asksForReports() {
        return script.has(Happening.Kind.PLAN_REPORT);
    }

    boolean answers(String person) {
        return Chance.of(script.seed(), "answers", person).falls(script.answering());
    }

    // ---- what the parts of the world ask ----

    void later(Duration after, Runnable what) {
        coming++;
        scheduler.at(now().plus(after), () -> {
            coming--;
            what.run();
        });
    }

    void at(Instant when, Runnable what) {
        scheduler.at(when, what);
    }

    Instant now() {
        return scheduler.instant();
    }

    Scheduler scheduler() {
        return scheduler;
    }

    /** What the machine's clock shows, which is set back and forward. */
    Instant machine() {
        return now().plus(machineAhead);
    }

    /** The machine's own count of time, nanoseconds, which never jumps. */
    long count() {
        return Duration.between(START, now()).toNanos();
    }

    /** The time by which facts are recorded now: that of the youngest engine. */
    Instant recording() {
        return engines.reversed().stream()
                .flatMap(engine -> engine.findClock().stream())
                .findFirst()
                .orElseGet(this::now);
    }

    long seed() {
        return script.seed();
    }

    String room() {
        return room;
    }

    Keys keys() {
        return keys;
    }

    Witness witness() {
        return witness;
    }

    List<Trunk> trunks() {
        return trunks;
    }

    boolean remembersKeys(boolean promised) {
        return promised && !forgetful;
    }

    /** Something went wrong a moment ago, so that engines look more often. */
    boolean troubled() {
        return now().isBefore(troubledUntil);
    }

    /** More urgent calls may meet less urgent ones. */
    boolean twoColors() {
        return script.has(Happening.Kind.ORANGE)
                || script.has(Happening.Kind.DRILL)
                || script.has(Happening.Kind.ANSWER_TEST);
    }

    boolean planChanged() {
        return planChanged;
    }

    Rules rules() {
        return plans.getFirst();
    }

    List<ErrandStore.Row> errands() {
        return new ErrandStore(db, room).list();
    }

    int kills() {
        return kills;
    }

    long steps() {
        return engines.stream().mapToLong(engine -> engine.strikes().steps()).sum();
    }

    /** The engines end in order, so that the last facts are kept. */
    void end() {
        current().ifPresent(engine -> guarded(engine, engine::stop));
    }
}
