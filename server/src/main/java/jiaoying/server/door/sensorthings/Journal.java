package jiaoying.server.door.sensorthings;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import jiaoying.duty.measure.Quantity;

/** The readings journal as this door reads it. */
public interface Journal {
    /** A reading with its place in the journal. @param row of its arrival, from 0 */
    record Row(
            long arrival,
            int row,
            String station,
            Quantity quantity,
            long milli,
            Instant observedAt,
            Instant recordedAt,
            boolean suspect) {
        /** Id of the Datastream. */
        String stream() {
            return station + ":" + quantity.word();
        }
    }

    /** Where to read on: behind this row in the order of observation, arrival and row. */
    record Mark(Instant observedAt, long arrival, int row) {}

    /**
     * What is wanted.
     *
     * @param streams ids of Datastreams
     * @param from observed then or later
     * @param to observed then or earlier
     */
    record Wanted(Set<String> streams, Instant from, Instant to, boolean ascending) {
        Wanted within(Instant begin, Instant end) {
            return new Wanted(streams, begin, end, ascending);
        }
    }

    /** Nothing was observed outside of it; it may be wider, by a day at most. */
    record Span(Instant first, Instant last) {}

    /** Empty when the journal is. */
    Optional<Span> span();

    List<Row> list(Wanted wanted, Optional<Mark> after, int most);

    long count(Wanted wanted);

    Optional<Row> find(long arrival, int row);

    /** Streams with a reading observed since then. */
    Set<String> heard(Instant since);
}
