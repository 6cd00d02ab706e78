package jiaoying.server.sim;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import jiaoying.duty.errand.CarrierEvent;
import jiaoying.duty.errand.CarrierEvent.Kind;
import jiaoying.duty.errand.Channel;
import jiaoying.duty.errand.Purpose;
import jiaoying.duty.room.Arrival;
import jiaoying.server.courier.Carrier;
import jiaoying.server.courier.Parcel;
import jiaoying.server.courier.Submission;
import jiaoying.sim.chance.Chance;

/** A carrier of the simulated world with the people behind it; it counts by key what it took. */
final class Trunk {
    private final World world;
    private final String name;
    private final Channel channel;
    private final boolean keepsKey;
    private final int window;
    private final Map<String, Integer> brought = new HashMap<>();
    private Optional<Happening.Kind> mood = Optional.empty();
    private Instant moodUntil = Instant.MIN;

    Trunk(World world, String name, Channel channel, boolean keepsKey, int window) {
        this.world = world;
        this.name = name;
        this.channel = channel;
        this.keepsKey = keepsKey;
        this.window = window;
    }

    String name() {
        return name;
    }

    void mood(Happening.Kind kind, Instant until) {
        mood = Optional.of(kind);
        moodUntil = until;
    }

    /** The trunk as one engine sees it. */
    Carrier seenBy(Engine engine) {
        return new Line(engine);
    }

    private Optional<Happening.Kind> moodNow() {
        return mood.filter(_ -> world.now().isBefore(moodUntil));
    }

    private final class Line implements Carrier {
        private final Engine engine;

        Line(Engine engine) {
            this.engine = engine;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public Set<Channel> channels() {
            return Set.of(channel);
        }

        @Override
        public boolean keepsKey() {
            return keepsKey;
        }

        @Override
        public int window() {
            return window;
        }

        @Override
        public boolean loopback() {
            return true;
        }

        @Override
        public Submission submit(Parcel parcel) throws IOException {
            engine.strikes().step();
            var feels = moodNow().orElse(Happening.Kind.LIFT);
            switch (feels) {
                case CARRIER_DOWN -> throw new IOException("simulated: no line");
                case CARRIER_TURNS -> {
                    return new Submission.Turned("simulated: number not in use");
                }
                case CARRIER_BUSY -> {
                    return new Submission.NotNow("simulated: not now");
                }
                default -> take(engine, parcel, feels == Happening.Kind.CARRIER_MUTE);
            }
            engine.strikes().step();
            if (feels == Happening.Kind.CARRIER_BREAKS) {
                throw new IOException("simulated: the line broke");
            }
            return new Submission.Taken(name + "-" + parcel.key());
        }
    }

    private void take(Engine engine, Parcel parcel, boolean mute) {
        var again = brought.containsKey(parcel.key());
        world.witness().submitted(engine.handedOverAt(), name, parcel);
        if (!again || !world.remembersKeys(keepsKey)) {
            world.witness().reached(parcel.key());
            int time = brought.merge(parcel.key(), 1, Integer::sum);
            if (!mute) {
                follow(parcel, time);
            }
        }
    }

    private void follow(Parcel parcel, int time) {
        var chance = Chance.of(world.seed(), "trunk", name, parcel.key(), Integer.toString(time));
        if (channel == Channel.SPEAKER) {
            if (chance.falls(0.8)) {
                tell(parcel, time, Kind.HEARD_TO_END, chance.seconds(2, 40), chance);
            }
        } else if (channel == Channel.VOICE) {
            spoken(parcel, time, chance);
        } else {
            written(parcel, time, chance);
        }
    }

    private void written(Parcel parcel, int time, Chance chance) {
        var arrives = chance.falls(0.1) ? chance.seconds(60, 300) : chance.seconds(1, 8);
        if (chance.falls(0.05)) {
            tell(parcel, time, Kind.UNDELIVERED, arrives, chance);
            return;
        }
        tell(parcel, time, Kind.DELIVERED, arrives, chance);
        if (asks(parcel) && world.answers(parcel.person())) {
            var when = arrives.plus(chance.seconds(2, 150));
            var kind = chance.falls(0.07) ? Kind.NOT_ME : Kind.CONFIRMED;
            if (kind == Kind.CONFIRMED) {
                report(parcel, time, when);
            }
            if (chance.falls(0.5)) {
                world.later(when, () -> world.knock(new Arrival.LinkAnswered(parcel.key(), kind == Kind.NOT_ME), true));
            } else {
                tell(parcel, time, kind, when, chance);
            }
        }
    }

    private void spoken(Parcel parcel, int time, Chance chance) {
        var pickedUp = chance.seconds(6, 20);
        if (asks(parcel) && !world.answers(parcel.person())) {
            boolean busy = chance.falls(0.3);
            tell(parcel, time, busy ? Kind.BUSY : Kind.NO_ANSWER, Duration.ofSeconds(busy ? 8 : 35), chance);
            return;
        }
        tell(parcel, time, Kind.CONNECTED, pickedUp, chance);
        var kind = asks(parcel) ? (chance.falls(0.07) ? Kind.NOT_ME : Kind.CONFIRMED) : Kind.HEARD_TO_END;
        var told = pickedUp.plus(chance.seconds(3, 25));
        tell(parcel, time, kind, told, chance);
        if (kind == Kind.CONFIRMED) {
            report(parcel, time, told);
        }
    }

    /** Who answered is at his place some time later, or never says so. */
    private void report(Parcel parcel, int time, Duration answered) {
        var chance = Chance.of(world.seed(), "in-place", parcel.key(), Integer.toString(time));
        if (world.asksForReports() && chance.falls(0.6)) {
            var when = answered.plus(chance.seconds(1, 300));
            if (chance.falls(0.5)) {
                world.later(when, () -> world.knock(new Arrival.LinkAnswered(parcel.key(), false, true), true));
            } else {
                tell(parcel, time, Kind.IN_PLACE, when, chance);
            }
        }
    }

    private static boolean asks(Parcel parcel) {
        return parcel.purpose() == Purpose.CALL;
    }

    private void tell(Parcel parcel, int time, Kind kind, Duration after, Chance chance) {
        var id = parcel.key() + '/' + time + '/' + kind;
        var event = new Arrival.CarrierEvents(List.of(new CarrierEvent(name, id, parcel.key(), kind, "")));
        world.later(after, () -> world.knock(event, true));
        if (chance.falls(0.2)) {
            world.later(after.plus(chance.seconds(0, 90)), () -> world.knock(event, true));
        }
    }
}
