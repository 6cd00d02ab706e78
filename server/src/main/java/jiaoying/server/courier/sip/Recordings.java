package jiaoying.server.courier.sip;

import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import jiaoying.server.store.RecordingStore;
import jiaoying.server.store.RecordingStore.Draft;
import jiaoying.server.store.RecordingStore.Kept;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * That a trunk keeps what called people say (录音约定). Nothing that goes wrong here ends a call.
 *
 * @param allowedBy the rule that allows it, which goes into the ledger with each
 * @param days      how long one is kept
 * @param space     whether the disk has room beside its reserve
 */
public record Recordings(RecordingStore store, String allowedBy, int days, BooleanSupplier space, InstantSource clock) {
    private static final Logger LOG = LoggerFactory.getLogger(Recordings.class);

    /** Of one call. */
    private static final int SECONDS_MOST = 300;

    Optional<Draft> begin(String trunk, String key) {
        if (!space.getAsBoolean()) {
            LOG.warn("trunk {}: a call is not recorded, the reserve of the disk is reached", trunk);
            return Optional.empty();
        }
        try {
            return Optional.of(
                    store.begin(trunk, key, clock.instant().plus(Duration.ofDays(days)), SECONDS_MOST, space));
        } catch (IOException e) {
            LOG.warn("trunk {}: a call is not recorded: {}", trunk, e.getMessage());
            return Optional.empty();
        }
    }

    /** What the ledger says of one. */
    String words(Kept kept) {
        return "recording sha256=" + kept.sha256() + " seconds=" + kept.seconds() + " allowed by: " + allowedBy;
    }

    List<Kept> resume(String trunk) {
        try {
            return store.resume(trunk);
        } catch (IOException e) {
            LOG.warn("trunk {}: recordings cannot be read: {}", trunk, e.getMessage());
            return List.of();
        }
    }

    void told(Kept kept) {
        try {
            store.told(kept);
        } catch (IOException e) {
            LOG.warn("a recording is told again at the next start: {}", e.getMessage());
        }
    }

    void tidy() {
        try {
            store.tidy(clock.instant());
        } catch (IOException e) {
            LOG.warn("recordings whose time is over could not be deleted: {}", e.getMessage());
        }
    }
}
