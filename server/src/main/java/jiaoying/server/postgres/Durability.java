package jiaoying.server.postgres;

import java.util.List;
import java.util.stream.Stream;

/** What the database promises about a commit. */
enum Durability {
    /** Acknowledged is on disk. */
    LASTING,
    /** For replays, training and tests: lives only as long as the program. */
    THROWAWAY;

    private static final List<String> ALWAYS = List.of(
            "max_connections=60",
            "shared_buffers=128MB",
            "wal_compression=on",
            "timezone=UTC",
            "log_timezone=UTC",
            // A failing statement is logged without its detail, which may hold a person's data.
            "log_error_verbosity=terse",
            "cluster_name=jiaoying");
    private static final List<String> ON_DISK = List.of(
            "fsync=on",
            "full_page_writes=on",
            "synchronous_commit=on",
            // A new file of the log is not filled with zeros first: in a storm every commit would stand still for it.
            "wal_init_zero=off",
            // What a continuous copy has not got yet is kept for it, but not until the disk is full.
            "max_slot_wal_keep_size=1GB");
    private static final List<String> IN_MEMORY = List.of(
            "fsync=off", "full_page_writes=off", "synchronous_commit=off", "wal_level=minimal", "max_wal_senders=0");

    List<String> settings() {
        return Stream.concat(ALWAYS.stream(), (this == LASTING ? ON_DISK : IN_MEMORY).stream())
                .toList();
    }

    List<String> initdb() {
        return this == LASTING ? List.of() : List.of("--no-sync");
    }

    /** INT closes the files in order; QUIT drops everything at once. */
    String stopSignal() {
        return this == LASTING ? "INT" : "QUIT";
    }
}
