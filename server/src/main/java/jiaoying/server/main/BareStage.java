package jiaoying.server.main;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import jiaoying.duty.ledger.Fact;
import jiaoying.duty.room.Arrival;
import jiaoying.duty.room.Settings;
import jiaoying.server.courier.Carrier;
import jiaoying.server.courier.MailCarrier;
import jiaoying.server.courier.MailServer;
import jiaoying.server.loop.LoopListener;
import jiaoying.server.loop.SteadyClock;
import jiaoying.server.page.RoomInfo;
import jiaoying.server.page.VisitorPhone;

/**
 * A stage on which nothing is played: the real world, or a city that nothing happens to.
 *
 * @param city     register of a new room, or empty
 * @param carriers by whom the room sends; empty when nothing can be sent
 * @param clock    by which the room lives
 */
record BareStage(Settings settings, List<Fact> city, Optional<Path> outlines, List<Carrier> carriers, SteadyClock clock)
        implements Stage {
    /** A threshold alert that nobody decides opens the call order after this; each room sets its own. */
    private static final Duration DECIDE_WITHIN = Duration.ofMinutes(5);

    BareStage(Settings settings, List<Fact> city, Optional<Path> outlines, List<Carrier> carriers) {
        this(settings, city, outlines, carriers, SteadyClock.ofMachine());
    }

    /** @param mail the mail server of the room, if it has one */
    static BareStage real(Optional<MailServer> mail) {
        return real(mail, List.of());
    }

    /** @param others carriers beside the mail server */
    static BareStage real(Optional<MailServer> mail, List<Carrier> others) {
        var carriers = Stream.concat(
                mail.<Carrier>map(server -> new MailCarrier(server, InstantSource.system())).stream(), others.stream());
        return new BareStage(settings("room", "叫应值守", false), List.of(), Optional.empty(), carriers.toList());
    }

    static Settings settings(String room, String name, boolean demo) {
        return new Settings(
                room,
                name,
                Settings.Issuer.HEADQUARTERS,
                demo,
                false,
                DECIDE_WITHIN,
                Optional.empty(),
                "Asia/Shanghai");
    }

    @Override
    public double speed() {
        return 1;
    }

    @Override
    public RoomInfo.Banner banner() {
        return RoomInfo.Banner.NONE;
    }

    @Override
    public void resume(Instant lastRecorded) {
        clock.resume(lastRecorded);
    }

    @Override
    public Duration ahead() {
        return clock.ahead();
    }

    @Override
    public Optional<Arrival.Readings> history() {
        return Optional.empty();
    }

    @Override
    public VisitorPhone phones() {
        return VisitorPhone.NONE;
    }

    @Override
    public LoopListener listener() {
        return LoopListener.NONE;
    }

    @Override
    public Optional<String> visitorPage() {
        return Optional.empty();
    }

    @Override
    public void begin(RoomAtWork room, String address) {}

    @Override
    public void close() {}
}
