package jiaoying.server.courier;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import jiaoying.duty.errand.Caps;
import jiaoying.duty.errand.CarrierHealth;
import jiaoying.duty.errand.Channel;
import jiaoying.duty.errand.Split;
import jiaoying.server.courier.CarrierState.Canary;
import jiaoying.server.courier.CarrierState.Receipts;
import jiaoying.server.courier.CarrierState.Trouble;
import jiaoying.server.courier.CarrierState.Trouble.Kind;

/** A carrier with its window, and how well it does. May be used from any thread. */
final class Lane {
    /** A receipt of a text may take a while; a phone rings at once. New calls are elsewhere within 120 s and 30 s. */
    private static final Duration SILENCE_WRITTEN = Duration.ofSeconds(100);

    private static final Duration SILENCE_SPOKEN = Duration.ofSeconds(20);
    private static final int SWALLOWED_MOST = 10_000;
    private static final Duration IN_USE = Duration.ofMinutes(5);

    /** So many in a row that could not be handed over, over so long, are no accident; when nothing is tried, nothing is known. */
    private static final int FAILURES_LEAST = 3;

    private static final Duration FAILING_LEAST = Duration.ofSeconds(10);
    private static final Duration FAILING_KNOWN = Duration.ofMinutes(3);

    final String name;
    final List<Channel> channels;
    final boolean keepsKey;
    final Work work;
    final Optional<Carrier> carrier;
    private final int window;
    private final double weight;
    private final boolean tells;
    private final CarrierHealth health;
    private final LinkedHashSet<String> swallowed = new LinkedHashSet<>();
    private final boolean capped;
    private final Caps caps;
    private final Map<String, String> numbers = new HashMap<>();
    private volatile String trouble = "";
    private int busy;
    private Instant usedAt = Instant.MIN;
    private Instant canaryAt = Instant.MIN;
    private Optional<Instant> canaryTold = Optional.empty();
    private boolean canaryFailed;
    private Optional<Instant> troubledSince = Optional.empty();
    private int failures;
    private Instant failingSince = Instant.MAX;
    private Instant failedAt = Instant.MIN;

    /** What happens to errands of a lane. */
    interface Work {
        CourierPump.Fate does(CourierPump.Ready ready);
    }

    /** Of no carrier. */
    Lane(String name, Set<Channel> channels, int window, Work work) {
        this(name, channels, true, window, work, Optional.empty());
    }

    Lane(Carrier carrier, Work work) {
        this(carrier.name(), carrier.channels(), carrier.keepsKey(), carrier.window(), work, Optional.of(carrier));
    }

    private Lane(
            String name, Set<Channel> channels, boolean keepsKey, int window, Work work, Optional<Carrier> carrier) {
        this.name = name;
        this.channels = channels.stream().sorted(Comparator.naturalOrder()).toList();
        this.keepsKey = keepsKey;
        this.window = window;
        this.work = work;
        this.carrier = carrier;
        var terms = carrier.map(Carrier::terms).orElse(Terms.USUAL);
        weight = terms.weight();
        capped = !terms.caps().isEmpty();
        caps = new Caps(terms.caps());
        tells = carrier.filter(Carrier::tellsReceipts).isPresent();
        health = new CarrierHealth(channels.contains(Channel.VOICE) ? SILENCE_SPOKEN : SILENCE_WRITTEN);
    }

    synchronized int free() {
        return Math.max(0, window() - busy);
    }

    boolean capped() {
        return capped;
    }

    /** Takes a place for an errand. @param number to which it goes, or empty */
    synchronized void fill(String key, String number, Instant now) {
        busy++;
        usedAt = now;
        if (capped) {
            numbers.put(key, number);
            caps.begin(number);
        }
    }

    synchronized void empty(String key) {
        busy--;
        var number = numbers.remove(key);
        if (number != null) {
            caps.end(number);
        }
    }

    boolean serves(String address) {
        return carrier.filter(one -> !one.serves(address)).isEmpty();
    }

    synchronized boolean hasRoomFor(String number) {
        return busy < window() && caps.allows(number);
    }

    /** A carrier whose calls last has less room while they do. */
    private int window() {
        return carrier.map(Carrier::window).orElse(window);
    }

    synchronized double share(Instant now) {
        return carrier.flatMap(Carrier::trouble).isPresent() ? 0 : weight * health.share(now);
    }

    Split.Candidate candidate(Instant now) {
        return new Split.Candidate(name, share(now), weight);
    }

    synchronized void handed(String key, Instant now) {
        failures = 0;
        if (tells) {
            health.handed(key, now);
        }
    }

    synchronized void failed(Instant now) {
        failingSince = failures++ == 0 ? now : failingSince;
        failedAt = now;
        health.failed(now);
    }

    synchronized void canaryTold(String key, boolean arrived, Instant now) {
        canaryTold = arrived ? Optional.of(now) : canaryTold;
        told(key, arrived, now);
    }

    synchronized void told(String key, boolean arrived, Instant now) {
        health.told(key, arrived, now);
    }

    synchronized boolean silent(Instant now) {
        return health.silent(now);
    }

    synchronized List<String> overtaken(Instant now) {
        var keys = health.overtaken(now);
        swallowed.addAll(keys);
        while (swallowed.size() > SWALLOWED_MOST) {
            swallowed.removeFirst();
        }
        return keys;
    }

    /**
     * Whether to send this errand to a silent carrier, to see whether it is back; never one that it swallowed. Where there is a
     * canary that is for it to show, unless it could not be sent: nobody is drained for ever because of one number.
     */
    synchronized boolean probe(String key, Instant now) {
        return (canaryFailed
                        || carrier.filter(one -> one.terms().canary().isEmpty()).isPresent())
                && !swallowed.contains(key)
                && health.probe(now);
    }

    /**
     * Whether the canary is due: each minute while the carrier is in use or silent and has room for it. It then holds a place until
     * {@link #canaryHanded} or {@link #canaryFailed}.
     */
    synchronized boolean canaryDue(Instant now) {
        var due = tells
                && carrier.filter(one -> !one.terms().canary().isEmpty()).isPresent()
                && busy < window()
                && !now.isBefore(canaryAt.plus(CarrierHealth.PROBE_EVERY))
                && (now.isBefore(usedAt.plus(IN_USE)) || health.silent(now));
        if (due) {
            canaryAt = now;
            busy++;
        }
        return due;
    }

    synchronized void canaryHanded(String key, Instant now) {
        busy--;
        canaryFailed = false;
        handed(key, now);
    }

    synchronized void canaryFailed(Instant now) {
        busy--;
        canaryFailed = true;
        failed(now);
    }

    void trouble(String why) {
        trouble = why;
    }

    /** Why it cannot hand over at present, or empty. */
    String trouble(Instant now) {
        return findTrouble(now)
                .map(one -> switch (one.kind()) {
                    case OWN -> one.why();
                    case SILENT -> "it takes errands and tells of none what became of it";
                    case FAILING -> "errands cannot be handed over to it";
                })
                .orElse("");
    }

    private Optional<Trouble> findTrouble(Instant now) {
        var own = trouble.isEmpty() ? carrier.flatMap(Carrier::trouble) : Optional.of(trouble);
        return since(now, own, silent(now), failing(now));
    }

    private synchronized Optional<Trouble> since(Instant now, Optional<String> own, boolean silent, boolean failing) {
        if (own.isEmpty() && !silent && !failing) {
            troubledSince = Optional.empty();
            return Optional.empty();
        }
        var since = troubledSince.orElse(now);
        troubledSince = Optional.of(since);
        var kind = own.isPresent() ? Kind.OWN : silent ? Kind.SILENT : Kind.FAILING;
        return Optional.of(new Trouble(kind, own.orElse(""), since));
    }

    /** Of a lane with a carrier. */
    CarrierState state(Instant now) {
        var troubled = findTrouble(now);
        var share = share(now) / weight;
        return state(troubled, troubled.filter(one -> one.kind() == Kind.OWN).isPresent() ? 0 : share);
    }

    private synchronized CarrierState state(Optional<Trouble> troubled, double share) {
        return new CarrierState(
                name,
                channels,
                (int) weight,
                share,
                busy,
                window(),
                tells ? health.waiting() : 0,
                tells && health.told() > 0
                        ? Optional.of(new Receipts(health.arrived(), health.told()))
                        : Optional.empty(),
                carrier.filter(one -> !one.terms().canary().isEmpty())
                        .map(one -> new Canary(Optional.of(canaryAt).filter(Instant.MIN::isBefore), canaryTold)),
                troubled);
    }

    private synchronized boolean failing(Instant now) {
        return failures >= FAILURES_LEAST
                && !failingSince.plus(FAILING_LEAST).isAfter(now)
                && failedAt.plus(FAILING_KNOWN).isAfter(now);
    }

    synchronized int waiting() {
        return health.waiting();
    }
}
