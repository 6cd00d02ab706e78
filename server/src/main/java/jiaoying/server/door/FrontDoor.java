package jiaoying.server.door;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiFunction;
import java.util.function.Function;
import jiaoying.duty.measure.Sentence;
import jiaoying.duty.room.Arrival;
import jiaoying.duty.room.Deed;
import jiaoying.duty.room.Outcome;
import jiaoying.server.reply.Problem;
import jiaoying.server.reply.Texts;
import org.jspecify.annotations.Nullable;

/**
 * The front door over HTTP: everything that comes in is an arrival, acknowledged once it is durable, and its outcome is
 * waited for a little. Thread-safe; callers block.
 */
public final class FrontDoor {
    /** A put that takes longer than this has no known end. */
    private static final Duration DURABLE_WITHIN = Duration.ofSeconds(10);

    private static final int REMEMBERED = 10_000;

    private final Function<Arrival, CompletableFuture<Long>> inbox;
    private final BiFunction<Long, Duration, Optional<Outcome>> outcomes;
    private final Duration patience;
    private final Map<Long, Claim> brought = Collections.synchronizedMap(new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, Claim> eldest) {
            return size() > REMEMBERED;
        }
    });

    /**
     * @param inbox    completes with the arrival's number once it is durable; with RejectedExecutionException when full
     * @param outcomes of an arrival, waited for at most that long
     * @param patience how long a caller is kept waiting for the outcome
     */
    public FrontDoor(
            Function<Arrival, CompletableFuture<Long>> inbox,
            BiFunction<Long, Duration, Optional<Outcome>> outcomes,
            Duration patience) {
        this.inbox = inbox;
        this.outcomes = outcomes;
        this.patience = patience;
    }

    /** Who brought an arrival, and how its outcome reads to him. */
    private record Claim(String by, BiFunction<Outcome, Texts, Object> reading) {}

    /** A durable arrival. @param outcome empty when the room has not come to it yet */
    public record Brought(long number, Optional<Outcome> outcome) {
        String link() {
            return "/api/arrivals/" + number;
        }
    }

    public Brought bring(String by, Arrival arrival) {
        return bring(by, arrival, OutcomeBody::of);
    }

    /** @param reading how the outcome reads to whoever asks for it later */
    Brought bring(String by, Arrival arrival, BiFunction<Outcome, Texts, Object> reading) {
        long number = durable(inbox.apply(arrival));
        brought.put(number, new Claim(by, reading));
        return new Brought(number, outcomes.apply(number, patience));
    }

    /** Brings a deed in and does not wait for what the room makes of it. */
    public void note(String actor, Deed deed) {
        durable(inbox.apply(new Arrival.Act(actor, deed)));
    }

    Optional<Outcome> outcome(long number) {
        return outcomes.apply(number, Duration.ZERO);
    }

    boolean broughtBy(long number, String by) {
        return Optional.ofNullable(brought.get(number))
                .filter(claim -> claim.by().equals(by))
                .isPresent();
    }

    Object reading(long number, Outcome outcome, Texts texts) {
        return Optional.ofNullable(brought.get(number))
                .map(Claim::reading)
                .orElse(OutcomeBody::of)
                .apply(outcome, texts);
    }

    private static long durable(CompletableFuture<Long> put) {
        try {
            return put.get(DURABLE_WITHIN.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw refusal(e.getCause());
        } catch (TimeoutException e) {
            throw unknown();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unknown();
        }
    }

    private static Problem refusal(@Nullable Throwable cause) {
        return switch (cause) {
            case DiskReserve reserve -> Problem.allowing(503, "disk.reserve", "", Sentence.of("as-much"));
            case RejectedExecutionException rejected -> full();
            case null, default -> unknown();
        };
    }

    private static Problem full() {
        return Problem.allowing(503, "inbox.full", "", Sentence.of("as-much"));
    }

    private static Problem unknown() {
        return Problem.allowing(503, "inbox.unknown", "", Sentence.of("durable-within", DURABLE_WITHIN.toSeconds()));
    }
}
