package jiaoying.server.page;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import jiaoying.duty.measure.Quantity;
import jiaoying.duty.room.View;
import jiaoying.duty.room.View.CalleeView;
import jiaoying.duty.room.View.OrderView;
import jiaoying.duty.room.ViewKey;

/**
 * What pages read, as functions: projections as of a fact, the readings journal as of an instant, the register as it is now.
 *
 * @param clock  the room's clock, which runs faster in a demo
 * @param factAt number of the last fact recorded at or before an instant
 * @param sums   rain of every station up to an instant, as it was known then
 * @param waiting what is ready to be sent to people and was not taken yet
 */
public record Reads(
        InstantSource clock,
        ToLongFunction<Instant> factAt,
        Rows rows,
        Find find,
        Function<Instant, List<StationRain>> sums,
        Steps steps,
        Readings readings,
        Supplier<CityRegister> register,
        Supplier<List<Waiting>> waiting) {

    /**
     * Rows of one kind of projection valid at that fact number, whose ids begin with a prefix; of those that are over only
     * the ones that changed after another fact.
     */
    @FunctionalInterface
    public interface Rows {
        List<? extends View> list(String kind, String prefix, long changedAfter, long fact);
    }

    /** One row of a projection valid at that fact number. */
    @FunctionalInterface
    public interface Find {
        Optional<? extends View> find(ViewKey key, long fact);
    }

    /** Rain over time. @param stations that count; empty: all */
    @FunctionalInterface
    public interface Steps {
        List<RainStep> list(Instant from, Instant to, Duration step, Optional<Set<String>> stations);
    }

    /** A message that waits to be sent. @param since when it was to be sent at the earliest */
    public record Waiting(String channel, String person, String message, Instant since) {}

    /** Readings of one station as they were known at an instant. */
    @FunctionalInterface
    public interface Readings {
        /**
         * The latest first.
         *
         * @param from of what was observed after it, and until {@code to}
         * @param at   of what was recorded until then
         */
        List<JournalLine> latest(String station, Quantity quantity, Instant from, Instant to, Instant at, int most);
    }

    /** A reading as the journal has it. @param milli thousandths of the quantity's unit */
    public record JournalLine(long milli, Instant observedAt, Instant recordedAt, boolean suspect) {}

    /** Sums over the hours before an instant, thousandths of mm. */
    public record StationRain(
            String station, long h1, long h3, long h6, long h12, long h24, Optional<Instant> lastObservedAt) {}

    /** Largest and mean rain over stations in one step, thousandths of mm. @param at end of the step */
    public record RainStep(Instant at, long maxMilli, long meanMilli) {}

    Optional<OrderView> order(String order, long fact) {
        return find.find(new ViewKey("order", order), fact).map(OrderView.class::cast);
    }

    Optional<CalleeView> callee(String order, String person, long fact) {
        return find.find(new ViewKey("callee", order + "/" + person), fact).map(CalleeView.class::cast);
    }

    List<CalleeView> calleesOf(String order, long fact) {
        return list(CalleeView.class, "callee", order + "/", 0, fact);
    }

    /** Rows that are not over, and those that changed after a moment. */
    <V extends View> List<V> recent(Class<V> type, String kind, Instant moment, long fact) {
        return list(type, kind, "", factAt.applyAsLong(moment), fact);
    }

    <V extends View> List<V> list(Class<V> type, String kind, long fact) {
        return list(type, kind, "", 0, fact);
    }

    /** Rows whose ids begin so. */
    <V extends View> List<V> under(Class<V> type, String kind, String prefix, long fact) {
        return list(type, kind, prefix, 0, fact);
    }

    private <V extends View> List<V> list(Class<V> type, String kind, String prefix, long changedAfter, long fact) {
        return rows.list(kind, prefix, changedAfter, fact).stream()
                .filter(type::isInstance)
                .map(type::cast)
                .toList();
    }
}
