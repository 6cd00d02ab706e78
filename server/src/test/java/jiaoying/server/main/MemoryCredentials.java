package jiaoying.server.main;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jiaoying.server.store.Credentials;

/** Credentials in memory, with the same promises as those in the database. */
final class MemoryCredentials implements Credentials {
    private final Map<String, AccountRow> accounts = new HashMap<>();
    private final Map<String, SessionRow> sessions = new HashMap<>();
    private final Map<String, DoorRow> doors = new HashMap<>();
    private final Map<String, Link> links = new HashMap<>();

    private record Link(String account, Instant expiresAt) {}

    @Override
    public synchronized Optional<AccountRow> findAccount(String name) {
        return Optional.ofNullable(accounts.get(name));
    }

    @Override
    public synchronized boolean addAccount(String name, String hash, List<String> roles, List<String> areas) {
        return accounts.putIfAbsent(name, new AccountRow(name, hash, roles, areas, 0, Optional.empty(), false)) == null;
    }

    @Override
    public synchronized void setPassword(String name, String hash) {
        accounts.computeIfPresent(
                name,
                (_, a) -> new AccountRow(
                        name, hash, a.roles(), a.areas(), a.failures(), a.lockedUntil(), a.disabled(), a.person()));
    }

    @Override
    public synchronized List<AccountRow> listAccounts() {
        return accounts.values().stream()
                .sorted(Comparator.comparing(AccountRow::name))
                .toList();
    }

    @Override
    public synchronized void changeAccount(String name, List<String> roles, List<String> areas) {
        accounts.computeIfPresent(
                name,
                (_, a) -> new AccountRow(
                        name, a.hash(), roles, areas, a.failures(), a.lockedUntil(), a.disabled(), a.person()));
    }

    @Override
    public synchronized void disableAccount(String name, boolean disabled) {
        accounts.computeIfPresent(
                name,
                (_, a) -> new AccountRow(
                        name, a.hash(), a.roles(), a.areas(), a.failures(), a.lockedUntil(), disabled, a.person()));
    }

    @Override
    public synchronized void tieAccount(String name, String person) {
        accounts.computeIfPresent(
                name,
                (_, a) -> new AccountRow(
                        name, a.hash(), a.roles(), a.areas(), a.failures(), a.lockedUntil(), a.disabled(), person));
    }

    @Override
    public synchronized void signOutEverywhere(String account) {
        sessions.values().removeIf(session -> session.account().equals(account));
        links.values().removeIf(link -> link.account().equals(account));
    }

    @Override
    public synchronized void countFailure(String name, int limit, Instant lockedUntil) {
        accounts.computeIfPresent(name, (_, a) -> {
            var locks = a.failures() + 1 >= limit;
            return new AccountRow(
                    name,
                    a.hash(),
                    a.roles(),
                    a.areas(),
                    locks ? 0 : a.failures() + 1,
                    locks ? Optional.of(lockedUntil) : a.lockedUntil(),
                    a.disabled(),
                    a.person());
        });
    }

    @Override
    public synchronized void clearFailures(String name) {
        accounts.computeIfPresent(
                name,
                (_, a) -> new AccountRow(
                        name, a.hash(), a.roles(), a.areas(), 0, Optional.empty(), a.disabled(), a.person()));
    }

    @Override
    public synchronized void addLink(String hash, String account, Instant expiresAt) {
        links.put(hash, new Link(account, expiresAt));
    }

    @Override
    public synchronized Optional<String> useLink(String hash, Instant now) {
        return Optional.ofNullable(links.remove(hash))
                .filter(link -> now.isBefore(link.expiresAt()))
                .map(Link::account);
    }

    @Override
    public synchronized void addSession(String hash, String account, Instant at) {
        sessions.put(hash, new SessionRow(account, at, at));
    }

    @Override
    public synchronized Optional<SessionRow> findSession(String hash) {
        return Optional.ofNullable(sessions.get(hash));
    }

    @Override
    public synchronized void touchSession(String hash, Instant at) {
        sessions.computeIfPresent(hash, (_, s) -> new SessionRow(s.account(), s.begunAt(), at));
    }

    @Override
    public synchronized void endSession(String hash) {
        sessions.remove(hash);
    }

    @Override
    public synchronized void dropSessions(Instant seenBefore) {
        sessions.values().removeIf(session -> session.seenAt().isBefore(seenBefore));
    }

    @Override
    public synchronized void addDoor(String source, String permission, String hash, Instant at) {
        doors.put(hash, new DoorRow(source, permission, at));
    }

    @Override
    public synchronized Optional<DoorRow> findDoor(String hash) {
        return Optional.ofNullable(doors.get(hash));
    }

    @Override
    public synchronized List<DoorRow> listDoors() {
        return new ArrayList<>(doors.values());
    }

    @Override
    public synchronized int removeDoors(String source, String permission) {
        int before = doors.size();
        doors.values()
                .removeIf(door ->
                        door.source().equals(source) && door.permission().equals(permission));
        return before - doors.size();
    }

    /** Everything kept, to look whether a secret is among it. */
    synchronized String everything() {
        return accounts + " " + sessions + " " + doors + " " + links;
    }
}
