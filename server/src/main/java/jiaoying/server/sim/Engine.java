package jiaoying.server.sim;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import jiaoying.duty.room.Arrival;
import jiaoying.duty.room.Rules;
import jiaoying.server.courier.CourierPump;
import jiaoying.server.loop.RoomLoop;
import jiaoying.server.loop.SteadyClock;
import jiaoying.server.store.Database;
import jiaoying.server.store.DatabaseFailed;
import jiaoying.server.store.Fenced;
import jiaoying.server.store.Inbox;
import jiaoying.server.store.Rooms;
import jiaoying.sim.chance.Chance;

/** One server of the simulated world: inbox, loop and couriers as in life, moved in passes by the world's scheduler. */
final class Engine {
    private static final int INBOX = 1_000;
    private static final Duration PASS_EVERY = Duration.ofSeconds(1);
    /** While something went wrong a moment ago, and else: looking costs time and finds nothing. */
    private static final Duration LOOK_EVERY = Duration.ofSeconds(5);

    private static final Duration LOOK_SELDOM = Duration.ofSeconds(60);

    /** A courier's turn looks into every lane; between two of them so much may gather. */
    private static final Duration CARRY_EVERY = Duration.ofMillis(400);

    private final World world;
    private final int number;
    private final Strikes strikes;
    private final Chance chance;
    private final Chance commits;
    private final List<Knock> pending = new ArrayList<>();
    private Optional<Parts> parts = Optional.empty();
    private Instant passAt = Instant.MAX;
    private Instant lookAt = Instant.MIN;
    private Instant wakeAt = Instant.MIN;
    private Instant carryAt = Instant.MIN;
    private Instant handedOverAt = Instant.MIN;
    private boolean dead;
    private boolean fenced;

    private record Parts(SteadyClock clock, Inbox inbox, RoomLoop loop, CourierPump pump) {}

    /** Something put into the inbox that is not acknowledged yet. */
    private record Knock(Arrival arrival, boolean again, CompletableFuture<Long> number) {}

    Engine(World world, int number, Strikes strikes) {
        this.world = world;
        this.number = number;
        this.strikes = strikes;
        chance = Chance.of(world.seed(), "engine", Integer.toString(number));
        commits = Chance.of(world.seed(), "commits", Integer.toString(number));
    }

    int number() {
        return number;
    }

    Strikes strikes() {
        return strikes;
    }

    boolean up() {
        return !dead && !fenced && parts.isPresent();
    }

    boolean dead() {
        return dead;
    }

    /** @throws DatabaseFailed when the database is away; @throws Killed when it was killed on the way */
    void open(Database plain, Rules rules) {
        var db = plain.watched(strikes);
        var clock = new SteadyClock(world::machine, world::count);
        clock.resume(new Rooms(db).get(world.room()).recordedAt());
        var inbox = new Inbox(db, clock, INBOX);
        inbox.know(world.room(), world.keys());
        var loop = RoomLoop.open(
                db, world.room(), rules, world.keys(), inbox, clock, (fact, at, facts, errands, touched) -> {
                    world.witness().committed(number, facts);
                    if (errands) {
                        parts.ifPresent(p -> p.pump.wake());
                    }
                });
        var carriers = world.trunks().stream().map(trunk -> trunk.seenBy(this)).toList();
        var pump = new CourierPump(db, world.room(), carriers, inbox, world.keys(), clock, "http://127.0.0.1");
        pump.handOverBy(this::handOver);
        loop.commitBy(this::commit);
        parts = Optional.of(new Parts(clock, inbox, loop, pump));
        nudge();
    }

    /** On a thread of its own: at any moment between the passes, and the loop decides on meanwhile. */
    private void commit(Runnable work) {
        world.later(
                Duration.ofMillis(Script.below(commits, 40)),
                () -> world.guarded(this, () -> {
                    work.run();
                    nudge();
                }));
    }

    private void handOver(Runnable work) {
        var delay = delay();
        var at = world.recording().plus(delay);
        world.later(
                delay,
                () -> world.guarded(this, () -> {
                    handedOverAt = at;
                    work.run();
                    nudge();
                }));
    }

    /** When what is being handed over is, on the clock of the record: a jump of that clock on the way does not count. */
    Instant handedOverAt() {
        return handedOverAt;
    }

    /** Its clock, once it has the room. */
    Optional<Instant> findClock() {
        return parts.map(open -> open.clock.instant());
    }

    /** Mostly at once; sometimes so long after the courier's last look. */
    private Duration delay() {
        return chance.falls(0.7) ? Duration.ZERO : Duration.ofMillis(Script.below(chance, 1_500));
    }

    /** There is something to do soon. */
    void nudge() {
        passAt(world.now().plusMillis(5 + Script.below(chance, 30)));
    }

    private void passAt(Instant at) {
        if (at.isBefore(passAt)) {
            passAt = at;
            world.at(at, () -> {
                if (!dead && at.equals(passAt)) {
                    passAt = Instant.MAX;
                    world.guarded(this, this::pass);
                    passAt(world.now().plus(PASS_EVERY));
                }
            });
        }
    }

    void knock(Arrival arrival, boolean again) {
        parts.orElseThrow().pump.heard(arrival);
        var put = parts.orElseThrow().inbox.put(world.room(), arrival);
        var knock = new Knock(arrival, again, put);
        pending.add(knock);
        var unused = put.whenComplete((given, loss) -> {
            pending.remove(knock);
            if (loss == null) {
                world.witness().acknowledged(given, arrival);
            } else if (again) {
                world.knockLater(arrival);
            }
        });
        nudge();
    }

    /** One round of what a server's threads do, in any order. */
    private void pass() {
        int first = Script.below(chance, 4);
        boolean busy = false;
        for (int i = 0; i < 4; i++) {
            busy |= part((first + i) % 4);
        }
        if (busy) {
            nudge();
        }
    }

    private boolean part(int which) {
        try {
            return switch (which) {
                case 0 -> parts.orElseThrow().inbox.flush() > 0;
                case 1 -> ring();
                case 2 -> turn();
                default -> carry();
            };
        } catch (Fenced e) {
            fence();
            return false;
        } catch (DatabaseFailed e) {
            return true;
        }
    }

    private boolean ring() {
        var loop = parts.orElseThrow().loop;
        var now = parts.orElseThrow().clock.instant();
        boolean due =
                !fenced && loop.nextRing().filter(next -> !next.isAfter(now)).isPresent();
        if (due) {
            loop.ring(now);
        }
        return due;
    }

    private boolean turn() {
        if (fenced) {
            return false;
        }
        if (!lookAt.isAfter(world.now())) {
            lookAt = world.now().plus(world.troubled() ? LOOK_EVERY : LOOK_SELDOM);
            parts.orElseThrow().inbox.waiting(world.room()).look();
        }
        return parts.orElseThrow().loop.turn() > 0;
    }

    private boolean carry() {
        var pump = parts.orElseThrow().pump;
        var worldNow = world.now();
        if (!wakeAt.isAfter(worldNow)) {
            wakeAt = worldNow.plus(world.troubled() ? LOOK_EVERY : LOOK_SELDOM);
            pump.wake();
        }
        var now = parts.orElseThrow().clock.instant();
        if (pump.nextTurn().isAfter(now) || worldNow.isBefore(carryAt)) {
            return false;
        }
        carryAt = worldNow.plus(CARRY_EVERY);
        if (world.twoColors()) {
            var before = world.errands();
            pump.turn(now);
            world.witness().carried(before, world.errands(), now);
        } else {
            pump.turn(now);
        }
        return true;
    }

    /** Another has the room: the loop has stopped; couriers go on until somebody ends the program. */
    private void fence() {
        if (!fenced) {
            fenced = true;
            world.later(Duration.ofSeconds(20), this::die);
            world.replaced();
        }
    }

    /** Ends as a power cut ends it. What was at the door and not acknowledged is brought again by whoever brought it. */
    void die() {
        if (!dead) {
            dead = true;
            strikes.calm();
            pending.stream().filter(Knock::again).forEach(knock -> world.knockLater(knock.arrival));
            pending.clear();
        }
    }

    /** Ends in order. */
    void stop() {
        var open = parts.orElseThrow();
        try {
            open.pump.close();
            open.loop.close();
            open.inbox.close();
        } catch (DatabaseFailed | Fenced e) {
            // the database is away while it stops: the same as a crash
        } finally {
            die();
        }
    }
}
