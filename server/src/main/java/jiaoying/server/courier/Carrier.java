package jiaoying.server.courier;

import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import jiaoying.duty.errand.Channel;

/** Somebody who brings texts, calls or mails to people (承运方). May be called from many threads. */
public interface Carrier {
    String name();

    Set<Channel> channels();

    /** True when a parcel handed over twice with the same key is brought once. */
    boolean keepsKey();

    /** Most parcels being handed over at the same time; it bounds how many nobody knows about after a crash. */
    int window();

    /** True when nothing leaves this machine: the only carriers that a demo room may have. */
    boolean loopback();

    /** Why nothing can be handed over at present; empty when all is well. */
    default Optional<String> trouble() {
        return Optional.empty();
    }

    /** @throws IOException nobody knows whether the carrier took it */
    Submission submit(Parcel parcel) throws IOException, InterruptedException;
}
