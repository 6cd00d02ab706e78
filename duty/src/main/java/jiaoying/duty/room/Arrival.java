package jiaoying.duty.room;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import jiaoying.duty.casework.CaseDeed;
import jiaoying.duty.errand.CarrierEvent;
import jiaoying.duty.errand.Channel;
import jiaoying.duty.errand.CourierReport;
import jiaoying.duty.forecast.ForecastPlan;
import jiaoying.duty.forecast.ForecastResult;
import jiaoying.duty.ledger.Fact;
import jiaoying.duty.measure.Finding;
import jiaoying.duty.measure.Reading;
import jiaoying.duty.monitor.SignalColor;
import jiaoying.duty.warn.Bulletin;

/** Something that came in by the front door: everything that a duty room ever hears is one of these, in number order. */
public sealed interface Arrival {
    /** @param malformed rows that could not be read at all; they become findings beside those of the monitor */
    record Readings(String source, List<Reading> readings, List<Finding> malformed) implements Arrival {}

    /** A minute of the room's clock is over: levels are looked at again, silence is noticed, the journal is sealed. */
    record MinuteEnded() implements Arrival {}

    record TimerDue(String timer, Instant due) implements Arrival {}

    /** Up to 500 outcomes of couriers as one arrival. */
    record CourierReports(List<CourierReport> reports) implements Arrival {}

    /**
     * A carrier can hand over no longer, or again (承运方中断、恢复), and so for some seconds.
     *
     * @param channels by which it carries; none when it was out and is used no longer
     * @param why      in a few words without a contact; empty when all is well, {@link #REMOVED} when it is used no longer
     * @param out      channels by which nothing goes out now, by whomever
     */
    record CarrierChanged(String carrier, List<Channel> channels, boolean well, String why, List<Channel> out)
            implements Arrival {
        public static final String REMOVED = "removed";
    }

    record CarrierEvents(List<CarrierEvent> events) implements Arrival {}

    /**
     * The person's own link was posted.
     *
     * @param errand  key of the attempt whose link it was
     * @param inPlace the person says that he is at his place (到岗); it answers too
     */
    record LinkAnswered(String errand, boolean notMe, boolean inPlace) implements Arrival {
        public LinkAnswered(String errand, boolean notMe) {
            this(errand, notMe, false);
        }

        CarrierEvent.Kind said() {
            return notMe
                    ? CarrierEvent.Kind.NOT_ME
                    : inPlace ? CarrierEvent.Kind.IN_PLACE : CarrierEvent.Kind.CONFIRMED;
        }
    }

    /**
     * By the person's own link something was done with an item; whose link it is tells who did it.
     *
     * @param errand key of the attempt or card whose link it was
     */
    record LinkActed(String errand, CaseDeed deed) implements Arrival {}

    /**
     * The answer of a telephone that kept it while it had no network (离线暂存); however often it comes, it counts once.
     *
     * @param errand    key of the attempt whose link it was
     * @param enteredAt when the person pressed it, by our clock
     */
    record PhoneAnswered(String errand, CarrierEvent.Kind said, Instant enteredAt) implements Arrival {}

    /**
     * What a telephone kept while it had no network, done with an item.
     *
     * @param errand    key of the attempt or card whose link it was
     * @param key       made on the telephone when it was entered: with the same key it is the same deed
     * @param enteredAt by our clock
     */
    record PhoneActed(String errand, CaseDeed deed, String key, Instant enteredAt) implements Arrival {}

    /**
     * A signal came in from a weather office.
     *
     * @param color NONE lifts what is in force
     * @param alert the threshold alert it answers, or empty
     */
    record SignalReceived(
            String source, String by, String hazard, String area, SignalColor color, String text, String alert)
            implements Arrival {}

    /**
     * A message of another warning centre came in by a door or a feed.
     *
     * @param by  door or feed
     * @param raw the bytes as they came, base64; kept with the arrival, sealed
     */
    record BulletinReceived(String by, Bulletin bulletin, String raw) implements Arrival {}

    /** Somebody who is signed in did something. @param actor account name */
    record Act(String actor, Deed deed) implements Arrival {}

    /** Rows of the city register, all of them or none. @param rows roster and station facts only */
    record RegisterChanged(String by, List<Fact> rows) implements Arrival {}

    /** The room is opened with these settings, or its settings change. */
    record RoomSet(String by, Settings settings) implements Arrival {}

    /** The room has ground over which forecasts can be made, by this plan; empty: it has none (any more). */
    record ForecastsWanted(String by, Optional<ForecastPlan> plan) implements Arrival {}

    /** A run of the flood model came back. @param run that it was asked for */
    record ForecastCame(String run, ForecastResult result) implements Arrival {}

    /** The room was restored or copied: it is held until an officer releases it. */
    record Restored(String from) implements Arrival {}
}
