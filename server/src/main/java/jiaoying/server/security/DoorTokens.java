package jiaoying.server.security;

import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import jiaoying.server.store.Credentials;
import jiaoying.server.store.Credentials.DoorRow;

/** Bearer tokens of machines that bring something in, one per source; shown once when made. */
public final class DoorTokens {
    private final Supplier<Credentials> credentials;
    private final InstantSource clock;

    public DoorTokens(Supplier<Credentials> credentials, InstantSource clock) {
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
        credentials.get().addDoor(source, permission, Secrets.hash(token), clock.instant());
        return token;
    }

    public List<DoorRow> list() {
        return credentials.get().listDoors();
    }

    /** Makes all tokens of a source for a permission void, at once and for a running program too; returns how many. */
    public int remove(String source, String permission) {
        return credentials.get().removeDoors(source, permission);
    }

    /** Whether this token still opens that door. */
    public boolean opens(String token, String source, String permission) {
        return find(token)
                .filter(door ->
                        door.source().equals(source) && door.permission().equals(permission))
                .isPresent();
    }

    Optional<DoorRow> find(String token) {
        return credentials.get().findDoor(Secrets.hash(token));
    }
}
