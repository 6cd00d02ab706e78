package jiaoying.server.main;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.function.ToLongFunction;
import jiaoying.duty.ledger.Fact;
import jiaoying.duty.room.Arrival;
import jiaoying.duty.room.Rules;
import jiaoying.duty.room.Settings;
import jiaoying.server.courier.Carrier;
import jiaoying.server.forecaster.ForecasterSettings;
import jiaoying.server.forecaster.ForecasterSettingsFile;
import jiaoying.server.loop.LoopListener;
import jiaoying.server.page.RoomInfo;
import jiaoying.server.page.VisitorPhone;
import jiaoying.server.security.Role;

/** The world around a room (舞台): in a real room the real one, in a demo one that is played. */
interface Stage extends AutoCloseable {
    /** The clock by which the room lives. */
    InstantSource clock();

    /** How far that clock is ahead of the machine's because the machine's was set back. */
    default Duration ahead() {
        return Duration.ZERO;
    }

    /** Seconds of that clock in one of ours. */
    double speed();

    /** Shown across every screen. */
    RoomInfo.Banner banner();

    /** How the room is set when it is opened for the first time. */
    Settings settings();

    /** By what the room decides. @param usual the packs of its data directory */
    default Rules rules(Rules usual) {
        return usual;
    }

    /** The ground over which forecasts are made; empty: the room has none. @param data its data directory */
    default Optional<ForecasterSettings> forecaster(Path data) {
        return ForecasterSettingsFile.read(data);
    }

    /** The room was last heard of then; its clock never goes back behind that. */
    void resume(Instant lastRecorded);

    /** The register that is taken in when the room has none. */
    List<Fact> city();

    /** Sketch outlines of the city's areas, GeoJSON; empty when the room has to bring its own. */
    Optional<Path> outlines();

    /** What a new room has heard before it begins. */
    Optional<Arrival.Readings> history();

    /** Items of programmes that a new room begins with. @param bring takes an arrival and gives its number, once the room has taken it */
    default void items(ToLongFunction<Arrival> bring) {}

    /** Accounts of sample people that a demonstration begins with, besides its officer's; none in a real room. */
    default List<SampleAccount> accounts() {
        return List.of();
    }

    /** For whom the first account acts on items; empty for nobody. */
    default String firstPerson() {
        return "";
    }

    /**
     * An account of a sample person, signed in by a link that is said at the start.
     *
     * @param said   the key of that sentence
     * @param person of the register, for whom it acts
     */
    record SampleAccount(String said, String name, EnumSet<Role> roles, List<String> areas, String person) {}

    List<Carrier> carriers();

    VisitorPhone phones();

    /** Hears of every commit, one after the other. */
    LoopListener listener();

    /** Address of the page where a visitor plays a person, below the server's own; empty without one. */
    Optional<String> visitorPage();

    /** The room works: whatever is to be played may begin. @param address of the server's pages and doors */
    void begin(RoomAtWork room, String address);

    /** Nothing more comes from the stage. */
    @Override
    void close();
}
