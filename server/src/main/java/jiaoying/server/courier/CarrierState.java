package jiaoying.server.courier;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import jiaoying.duty.errand.Channel;

/**
 * How a carrier does now (承运方现况).
 *
 * @param weight    its part beside the others of a channel when all are well, 1 to 100
 * @param share     what it gets of its weight now: 0 drained, less than 1 while it comes back or few receipts say that something arrived
 * @param inHand    errands being handed over
 * @param window    most errands that may be
 * @param untold    errands handed over of which it has told nothing yet
 * @param receipts  of the last errands of which it told, at most 50; empty before the first, and where it never tells
 * @param canary    empty where none is set
 * @param trouble   empty while it can hand over
 */
public record CarrierState(
        String name,
        List<Channel> channels,
        int weight,
        double share,
        int inHand,
        int window,
        int untold,
        Optional<Receipts> receipts,
        Optional<Canary> canary,
        Optional<Trouble> trouble) {
    /** @param arrived of so many told of: it reached the person */
    public record Receipts(int arrived, int of) {}

    /** A phone of our own that is tried. @param triedAt last, empty before the first time; toldAt: when the carrier told that it arrived */
    public record Canary(Optional<Instant> triedAt, Optional<Instant> toldAt) {}

    /** @param why for {@link Kind#OWN} its own words, else empty; since: when it was noticed first, by this run of the program */
    public record Trouble(Kind kind, String why, Instant since) {
        /** OWN: the carrier says so itself; SILENT: it tells nothing of what it took; FAILING: it takes nothing. */
        public enum Kind {
            OWN,
            SILENT,
            FAILING
        }
    }
}
