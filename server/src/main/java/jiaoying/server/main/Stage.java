package jiaoying.server.main;

import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import jiaoying.duty.room.Arrival;
import jiaoying.duty.room.Settings;
import jiaoying.server.courier.Carrier;
import jiaoying.server.loop.LoopListener;
import jiaoying.server.page.VisitorPhone;

/** The world around a room (舞台): in a real room the real one, in a demo one that is played. */
interface Stage extends AutoCloseable {
    /** How the room is set when it is opened for the first time. */
    Settings settings();

    /** Before the room is opened. @param lastRecorded time of the last thing in its ledger, if there is any */
    void set(Optional<Instant> lastRecorded);

    /** The clock by which the room lives, from {@link #set} on. */
    InstantSource clock();

    /** Seconds of that clock in one of ours. */
    double speed();

    /** Shown across every screen, or empty. */
    String banner();

    /** What a room without a register is given, in this order. */
    List<Arrival> firstDay();

    /** A sketch of the areas as GeoJSON, for a city that has not brought its own boundaries. */
    Optional<Path> outlines();

    List<Carrier> carriers();

    VisitorPhone phones();

    /** Hears of every commit, on the loop's thread. */
    LoopListener listener();

    /** The page where a visitor plays a person, below the server's address. */
    Optional<String> visitorPage();

    /** The room works: whatever is to be played may begin. */
    void begin(RoomAtWork room, URI server);

    /** Nothing more comes from the stage. */
    @Override
    void close();
}
