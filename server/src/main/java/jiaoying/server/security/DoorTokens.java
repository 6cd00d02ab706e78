package jiaoying.server.security;

import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import jiaoying.server.store.Credentials;
import jiaoying.server.store.Credentials.DoorRow;

/** Bearer tokens of machines that bring something in, one per source; shown once when made. */
public final class DoorTokens {
    private final Credentials credentials;
    private final InstantSource clock;

    public DoorTokens(Credentials credentials, InstantSource clock) {
        this.credentials = credentials;
        this.clock = clock;
    }

    /** @param permission readings, signals or carrier (then the source is the carrier's name) */
    public String make(String source, String permission) {
        if (!Permissions.DOORS.contains(permission)) {
            throw new IllegalArgumentException(
                    "Permission \"" + permission + "\" is not known; allowed: " + String.join(", ", Permissions.DOORS));
        }
        var token = Secrets.random(256);
        credentials.addDoor(source, permission, Secrets.hash(token), clock.instant());
        return token;
    }

    public List<DoorRow> list() {
        return credentials.listDoors();
    }

    Optional<DoorRow> find(String token) {
        return credentials.findDoor(Secrets.hash(token));
    }
}
