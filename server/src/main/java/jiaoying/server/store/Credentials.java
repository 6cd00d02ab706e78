package jiaoying.server.store;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Accounts, sessions, one-time links and door tokens of one room: hashes only, never facts. */
public interface Credentials {
    /**
     * @param hash  of the password, empty when the account signs in by one-time links only
     * @param areas    area codes the account is confined to, empty for the whole room
     * @param disabled it may not sign in
     * @param person   of the register, for whom it acts on items; empty for nobody
     */
    record AccountRow(
            String name,
            String hash,
            List<String> roles,
            List<String> areas,
            int failures,
            Optional<Instant> lockedUntil,
            boolean disabled,
            String person) {
        /** One that is nobody's of the register. */
        public AccountRow(
                String name,
                String hash,
                List<String> roles,
                List<String> areas,
                int failures,
                Optional<Instant> lockedUntil,
                boolean disabled) {
            this(name, hash, roles, areas, failures, lockedUntil, disabled, "");
        }
    }

    record SessionRow(String account, Instant begunAt, Instant seenAt) {}

    record DoorRow(String source, String permission, Instant madeAt) {}

    Optional<AccountRow> findAccount(String name);

    /** False when the name is taken; the account of that name is left as it is. */
    boolean addAccount(String name, String hash, List<String> roles, List<String> areas);

    /** All accounts by name. */
    List<AccountRow> listAccounts();

    void changeAccount(String name, List<String> roles, List<String> areas);

    void disableAccount(String name, boolean disabled);

    /** @param person of the register, or empty */
    void tieAccount(String name, String person);

    void setPassword(String name, String hash);

    /** Ends all sessions of an account and makes its unused links void. */
    void signOutEverywhere(String account);

    /** One failure more; the {@code limit}th locks until then and the count begins anew. */
    void countFailure(String name, int limit, Instant lockedUntil);

    void clearFailures(String name);

    void addLink(String hash, String account, Instant expiresAt);

    /** The account of a link that has not expired; afterwards there is no such link. */
    Optional<String> useLink(String hash, Instant now);

    void addSession(String hash, String account, Instant at);

    Optional<SessionRow> findSession(String hash);

    void touchSession(String hash, Instant at);

    void endSession(String hash);

    void dropSessions(Instant seenBefore);

    void addDoor(String source, String permission, String hash, Instant at);

    Optional<DoorRow> findDoor(String hash);

    List<DoorRow> listDoors();

    /** Makes all tokens of a source for this permission void; returns how many there were. */
    int removeDoors(String source, String permission);
}
