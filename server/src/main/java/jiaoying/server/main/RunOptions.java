package jiaoying.server.main;

import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import jiaoying.server.postgres.Server;

/**
 * What {@code ./jiaoying run} was asked for, checked.
 *
 * @param database an external PostgreSQL; empty = the embedded one in the data directory
 * @param lan listen on all addresses and not on loopback only
 * @param storm folder of the storm to play; empty in a real room
 * @param speed how many minutes of the storm pass in one of ours
 * @param sl651Port TCP and UDP port for telemetry stations; empty for none
 * @param copyTo  where the database is copied continuously; empty for nowhere
 * @param standby waits for the server that works on the external database to be gone
 * @param lang {@code zh-CN} or {@code en}: the language of the lines on the terminal
 */
record RunOptions(
        DataDirectory data,
        Optional<Server> database,
        int port,
        boolean lan,
        Optional<Path> storm,
        double speed,
        String lang,
        OptionalInt sl651Port,
        boolean standby,
        Optional<Path> copyTo) {
    /** Not standing by for another. */
    RunOptions(
            DataDirectory data,
            Optional<Server> database,
            int port,
            boolean lan,
            Optional<Path> storm,
            double speed,
            String lang,
            OptionalInt sl651Port) {
        this(data, database, port, lan, storm, speed, lang, sl651Port, false, Optional.empty());
    }

    /** Without a door for telemetry stations. */
    RunOptions(
            DataDirectory data,
            Optional<Server> database,
            int port,
            boolean lan,
            Optional<Path> storm,
            double speed,
            String lang) {
        this(data, database, port, lan, storm, speed, lang, OptionalInt.empty());
    }
}
