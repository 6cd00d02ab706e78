package jiaoying.server.register;

import java.nio.file.Path;
import java.util.Optional;
import jiaoying.duty.room.Arrival;

/** Opens the register of a room for the command line. */
@FunctionalInterface
public interface RegisterDesk {
    /**
     * @param data the data directory, or empty for the usual one
     * @param room id of the room, or empty when there is only one
     * @throws IllegalArgumentException says to the user what is wrong and what to do
     */
    Open open(Optional<Path> data, Optional<String> room);

    /** @param said one line for the user */
    record Answer(boolean done, String said) {}

    /** An opened register. */
    interface Open extends AutoCloseable {
        Register present();

        /** The boundaries of a real room, whether it has some or not; empty for a demonstration. */
        Optional<RegisterImport.Ground> ground();

        /**
         * Puts the change into the room's inbox and waits for its outcome; the boundaries are taken over with it or not at all.
         *
         * @param boundaries text of an {@code areas.geojson}
         */
        Answer change(Arrival.RegisterChanged change, Optional<String> boundaries);

        @Override
        void close();
    }
}
