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

    /** An opened register. */
    interface Open extends AutoCloseable {
        Register present();

        /** Puts the change into the room's inbox and waits for its outcome. @return one line for the user */
        String change(Arrival.RegisterChanged change);

        @Override
        void close();
    }
}
