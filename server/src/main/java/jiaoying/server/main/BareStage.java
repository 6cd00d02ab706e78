package jiaoying.server.main;

import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import jiaoying.duty.room.Settings;
import jiaoying.server.courier.Carrier;
import jiaoying.server.loop.LoopListener;
import jiaoying.server.page.VisitorPhone;

/**
 * A stage on which nothing is played: the real world, or a sample city without a storm.
 *
 * @param register of a sample city, or empty
 */
record BareStage(Settings settings, Optional<Path> register) implements Stage {
    /** A threshold alert that nobody decides opens the call order after this; each room sets its own. */
    private static final Duration DECIDE_WITHIN = Duration.ofMinutes(5);

    static BareStage real() {
        return new BareStage(settings("room", "叫应值守", false), Optional.empty());
    }

    /** @param register folder of the sample city */
    static BareStage sampleCity(Path register) {
        return new BareStage(settings("pinghu", "平湖（示例）", true), Optional.of(register));
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
    public void begin(RoomAtWork room, int port) {}

    @Override
    public void close() {}
}
