package jiaoying.server.courier;

import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import jiaoying.duty.errand.Channel;

/** Somebody who brings texts, calls or mails to people (承运方). May be called from many threads. */
public interface Carrier {
    String name();

    Set<Channel> channels();

    /** True when a parcel handed over twice with the same key is brought once. */
    boolean keepsKey();

    /** Most parcels being handed over at the same time, which may change from moment to moment; it bounds how many nobody knows about after a crash. */
    int window();

    /** Telephone lines it has, whether calls are on them or not; 0 where that is not known. */
    default int lines() {
        return 0;
    }

    /** True when nothing leaves this machine: the only carriers that a demo room may have. */
    boolean loopback();

    /** Why nothing can be handed over at present; empty when all is well. */
    default Optional<String> trouble() {
        return Optional.empty();
    }

    /** True when it tells of each parcel afterwards whether it arrived; then its silence is a sign that something is wrong. */
    default boolean tellsReceipts() {
        return false;
    }

    /** Whether it can reach this address at all. */
    default boolean serves(String address) {
        return true;
    }

    /** Its part among the carriers of a channel. */
    default Terms terms() {
        return Terms.USUAL;
    }

    /**
     * Sends something to the phone of our own that {@link #terms} names.
     *
     * @return whether it tells that it arrived; may never complete
     * @throws IOException when it cannot be handed over
     */
    default CompletableFuture<Boolean> canary() throws IOException, InterruptedException {
        throw new IOException("carrier " + name() + " has no canary");
    }

    /** From now on parcels may come. @param post where to bring what is heard afterwards */
    default void start(Post post) {}

    /** Ends what {@link #start} began. */
    default void stop() {}

    /** @throws IOException nobody knows whether the carrier took it */
    Submission submit(Parcel parcel) throws IOException, InterruptedException;
}
