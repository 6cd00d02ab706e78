package jiaoying.server.page;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;
import jiaoying.duty.errand.Channel;

/**
 * What pages say about the room and this run of the server.
 *
 * @param criteria  by which threshold alerts are raised
 * @param banner    shown across every screen, for example that a storm of elsewhere is played
 * @param speed     seconds of the room's clock in one second, now
 * @param findings  what the room lacks, for somebody to act on
 * @param restarted after a crash: when, how long it took and how many acknowledged arrivals were lost
 */
public record RoomInfo(
        String id,
        Criteria criteria,
        Supplier<Banner> banner,
        DoubleSupplier speed,
        Supplier<Optional<Restart>> restarted,
        Supplier<List<Finding>> findings) {
    /** That neither texts nor calls go out: the offline ladder. */
    public static final String OUT = "carriers-out";

    /** The channels that call people; when none of them goes out, the offline ladder begins. */
    public static final List<Channel> CALLING = List.of(Channel.TEXT, Channel.VOICE);

    /** A line in the languages of the screens; both empty when there is none. */
    public record Banner(String zh, String en) {
        public static final Banner NONE = new Banner("", "");
    }

    /** A pack of criteria (预警标准). @param draft 草案: not to be decided by before somebody has checked it */
    public record Criteria(String name, String version, String titleZh, String titleEn, boolean draft) {}

    /** @param at on the room's clock */
    public record Restart(Instant at, double seconds, long lost) {}

    /**
     * @param kind no-boundaries, no-carrier (about a channel), carrier-trouble (about a carrier), carriers-out, disk-low or disk-reserve
     *             (about megabytes free; with the second readings are refused), clock-jumped and clock-ahead (about seconds), copy-behind (about
     *             seconds) or copy-same-disk
     */
    public record Finding(String kind, String about) {}
}
