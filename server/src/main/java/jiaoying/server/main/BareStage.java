package jiaoying.server.main;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import jiaoying.duty.room.Arrival;
import jiaoying.duty.room.Settings;
import jiaoying.server.courier.Carrier;
import jiaoying.server.loop.LoopListener;
import jiaoying.server.page.VisitorPhone;

/** The stage of a real room (实战): nothing is played. */
record BareStage(Settings settings) implements Stage {
    /** A threshold alert that nobody decides opens the call order after this; each room sets its own. */
    private static final Duration DECIDE_WITHIN = Duration.ofMinutes(5);

    static BareStage real() {
        return new BareStage(settings("room", "叫应值守", false));
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
    public void set(Optional<Instant> lastRecorded) {}

    @Override
    public InstantSource clock() {
        return InstantSource.system();
    }

    @Override
    public double speed() {
        return 1;
    }

    @Override
    public String banner() {
        return "";
    }

    @Override
    public List<Arrival> firstDay() {
        return List.of();
    }

    @Override
    public Optional<Path> outlines() {
        return Optional.empty();
    }

    @Override
    public List<Carrier> carriers() {
        return List.of();
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
    public void begin(RoomAtWork room, URI server) {}

    @Override
    public void close() {}
}
