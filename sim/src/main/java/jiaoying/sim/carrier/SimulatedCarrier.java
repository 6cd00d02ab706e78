package jiaoying.sim.carrier;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import jiaoying.sim.carrier.Happening.Kind;
import jiaoying.sim.carrier.Happening.LinkPosted;
import jiaoying.sim.carrier.Happening.Receipt;
import jiaoying.sim.chance.Chance;
import jiaoying.sim.people.SimulatedPeople;
import jiaoying.sim.people.SimulatedPeople.Habit;
import jiaoying.sim.people.SimulatedPeople.Way;

/**
 * Text, voice and mail carriers with the people at the other end, as one pure function from a dispatch and its time to
 * all that follows.
 *
 * <pre>
 * text   taken -> delivered (2-8 s) | undelivered (2 of 100) -> reply or link, if the person answers so
 * voice  taken -> connected (6-20 s) -> key 1 | heard to the end | hung up; no answer (35 s) | busy (8 s)
 * mail   taken -> delivered (2-8 s) -> link, if the person answers so
 * </pre>
 * A visitor's telephone rings for three minutes, and somebody else says when he picks up.
 * Now and then a receipt is repeated, or comes minutes late, even after the answer.
 */
public final class SimulatedCarrier {
    private static final double UNDELIVERED = 0.02;
    private static final double LATE = 0.03;
    private static final double REPEATED = 0.05;
    private static final double BUSY = 0.2;
    private static final double HANGS_UP = 0.1;

    /** A telephone held by a visitor rings long enough to be picked up in a demonstration that runs faster than life. */
    static final Duration VISITOR_RINGS = Duration.ofMinutes(3);

    private final long seed;
    private final SimulatedPeople people;

    public SimulatedCarrier(long seed, SimulatedPeople people) {
        this.seed = seed;
        this.people = people;
    }

    /** The carrier's own number of what it took; the same for the same key. */
    public String ref(Dispatch dispatch) {
        var number = (long) (Chance.of(seed, "ref", dispatch.key()).share() * 1e12);
        return "%s-%012d".formatted(dispatch.line().carrier(), number);
    }

    /** True while the telephone rings for a visitor, who may press a key. */
    boolean rings(Dispatch dispatch, Instant taken, Instant now) {
        return dispatch.line() == Line.VOICE
                && people.visitors().contains(dispatch.person())
                && now.isBefore(taken.plus(VISITOR_RINGS));
    }

    /** What follows when a visitor picks up and presses 1 (received) or 9 (it is not me). */
    List<Happening> picksUp(Dispatch dispatch, char key, Instant at) {
        var kind = key == '9' ? Kind.NOT_ME : Kind.CONFIRMED;
        return List.of(receipt(dispatch, at, Kind.CONNECTED, ""), receipt(dispatch, at, kind, Character.toString(key)));
    }

    private static Receipt receipt(Dispatch dispatch, Instant at, Kind kind, String detail) {
        var event = "%s/%s".formatted(dispatch.key(), kind.name().toLowerCase(Locale.ROOT));
        return new Receipt(at, dispatch.key(), event, kind, detail);
    }

    /** All that follows, in order of time. @param taken when the carrier took it */
    public List<Happening> follow(Dispatch dispatch, Instant taken) {
        var course = new Course(dispatch, Chance.of(seed, "carrier", dispatch.key()));
        switch (dispatch.line()) {
            case TEXT, MAIL -> course.written(taken);
            case VOICE -> course.spoken(taken);
        }
        return course.inOrder();
    }

    /** The course of one dispatch, drawing its luck as it goes. */
    private final class Course {
        private final Dispatch dispatch;
        private final Chance chance;
        private final List<Happening> happenings = new ArrayList<>();

        Course(Dispatch dispatch, Chance chance) {
            this.dispatch = dispatch;
            this.chance = chance;
        }

        void written(Instant taken) {
            var arrived = taken.plus(chance.seconds(2, 8));
            if (chance.falls(UNDELIVERED)) {
                tell(arrived.plus(chance.seconds(20, 60)), Kind.UNDELIVERED, "phone is off");
                return;
            }
            tell(chance.falls(LATE) ? arrived.plus(chance.seconds(300, 1200)) : arrived, Kind.DELIVERED, "");
            habit().ifPresent(habit -> answerInWriting(habit, arrived.plus(habit.delay())));
        }

        private void answerInWriting(Habit habit, Instant answered) {
            if (habit.way() == Way.REPLY && dispatch.line() == Line.TEXT) {
                tell(answered, Kind.CONFIRMED, "收到");
            } else if (habit.way() == Way.LINK) {
                happenings.add(new LinkPosted(answered, dispatch.key()));
                if (chance.falls(REPEATED)) {
                    happenings.add(new LinkPosted(answered.plus(chance.seconds(1, 3)), dispatch.key()));
                }
            }
        }

        void spoken(Instant taken) {
            var pickedUp = taken.plus(chance.seconds(6, 20));
            if (people.visitors().contains(dispatch.person())) {
                tell(taken.plus(VISITOR_RINGS), Kind.NO_ANSWER, "");
            } else if (!dispatch.asks()) {
                listen(pickedUp);
            } else if (habit().isPresent()) {
                tell(pickedUp, Kind.CONNECTED, "");
                tell(pickedUp.plus(chance.seconds(6, 25)), Kind.CONFIRMED, "1");
            } else {
                stayAway(taken, pickedUp);
            }
        }

        private void stayAway(Instant taken, Instant pickedUp) {
            var luck = chance.share();
            if (luck < BUSY) {
                tell(taken.plusSeconds(8), Kind.BUSY, "");
            } else if (luck < BUSY + HANGS_UP) {
                tell(pickedUp, Kind.CONNECTED, "");
            } else {
                tell(taken.plusSeconds(35), Kind.NO_ANSWER, "");
            }
        }

        private void listen(Instant pickedUp) {
            tell(pickedUp, Kind.CONNECTED, "");
            tell(pickedUp.plus(chance.seconds(10, 20)), Kind.HEARD_TO_END, "");
        }

        private Optional<Habit> habit() {
            return dispatch.asks() ? people.habit(dispatch.order(), dispatch.person()) : Optional.empty();
        }

        private void tell(Instant at, Kind kind, String detail) {
            happenings.add(receipt(dispatch, at, kind, detail));
            if (chance.falls(REPEATED)) {
                happenings.add(receipt(dispatch, at.plus(chance.seconds(1, 31)), kind, detail));
            }
        }

        List<Happening> inOrder() {
            happenings.sort(Comparator.comparing(Happening::at));
            return List.copyOf(happenings);
        }
    }
}
