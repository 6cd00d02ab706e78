package jiaoying.server.courier;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import jiaoying.duty.errand.Channel;
import jiaoying.duty.room.Arrival;

/**
 * Tells the room when a carrier can hand over no longer, and when it can again: not at the first stumble, for a line that blinks is
 * no matter for the ledger. For the thread of the courier's turn.
 */
final class CarrierReports {
    static final Duration OUT_FOR = Duration.ofSeconds(10);
    static final Duration BACK_FOR = Duration.ofSeconds(3);

    private final Supplier<Set<String>> outInLedger;
    private final Function<Arrival, CompletableFuture<Long>> inbox;
    private final Map<String, Boolean> told = new HashMap<>();
    private final Map<String, Instant> changedAt = new HashMap<>();
    private Optional<Telling> telling = Optional.empty();
    private boolean read;

    private record Telling(String carrier, boolean well, CompletableFuture<Long> put) {}

    /** @param outInLedger the carriers that are out by the room's own record, read once */
    CarrierReports(Supplier<Set<String>> outInLedger, Function<Arrival, CompletableFuture<Long>> inbox) {
        this.outInLedger = outInLedger;
        this.inbox = inbox;
    }

    /** @param troubles names of carriers that cannot hand over now, with the reason; out: channels by which nothing goes out */
    void look(Instant now, List<Carrier> carriers, Map<String, String> troubles, Supplier<List<Channel>> out) {
        if (!read) {
            outInLedger.get().forEach(carrier -> told.put(carrier, false));
            read = true;
        }
        settle();
        for (var carrier : carriers) {
            var why = Optional.ofNullable(troubles.get(carrier.name()));
            if (isRipe(now, carrier.name(), why.isEmpty()) && telling.isEmpty()) {
                tell(carrier, why, out.get());
            }
        }
        if (telling.isEmpty()) {
            removed(carriers).ifPresent(name -> put(removal(name, out.get())));
        }
    }

    /** A carrier that the room holds to be out and that is used no longer. */
    private Optional<String> removed(List<Carrier> carriers) {
        var names = carriers.stream().map(Carrier::name).collect(Collectors.toSet());
        return told.entrySet().stream()
                .filter(one -> !one.getValue() && !names.contains(one.getKey()))
                .map(Map.Entry::getKey)
                .findFirst();
    }

    private static Arrival.CarrierChanged removal(String carrier, List<Channel> out) {
        return new Arrival.CarrierChanged(carrier, List.of(), true, Arrival.CarrierChanged.REMOVED, out);
    }

    private boolean isRipe(Instant now, String carrier, boolean well) {
        if (well == told.getOrDefault(carrier, true)) {
            changedAt.remove(carrier);
            return false;
        }
        var since = changedAt.computeIfAbsent(carrier, _ -> now);
        return !now.isBefore(since.plus(well ? BACK_FOR : OUT_FOR));
    }

    private void tell(Carrier carrier, Optional<String> why, List<Channel> out) {
        var channels = carrier.channels().stream().sorted().toList();
        put(new Arrival.CarrierChanged(carrier.name(), channels, why.isEmpty(), why.orElse(""), out));
    }

    private void put(Arrival.CarrierChanged change) {
        telling = Optional.of(new Telling(change.carrier(), change.well(), inbox.apply(change)));
    }

    /** What could not be put down is told once more. */
    private void settle() {
        telling.filter(one -> one.put.isDone()).ifPresent(one -> {
            if (!one.put.isCompletedExceptionally()) {
                told.put(one.carrier, one.well);
                changedAt.remove(one.carrier);
            }
            telling = Optional.empty();
        });
    }
}
