package jiaoying.server.security;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Supplier;
import jiaoying.server.store.Credentials;

/** Signing in with name and password, with a lock-out after failures (登录失败锁定). */
public final class SignIn {
    static final int FAILURES = 5;
    static final Duration LOCKED = Duration.ofMinutes(15);

    private final Supplier<Credentials> credentials;
    private final Passwords passwords;
    private final InstantSource clock;

    public SignIn(Supplier<Credentials> credentials, Passwords passwords, InstantSource clock) {
        this.credentials = credentials;
        this.passwords = passwords;
        this.clock = clock;
    }

    /** How an attempt ended. */
    sealed interface Ending {
        record Welcome(Account account) implements Ending {}

        record Wrong() implements Ending {}

        record Locked(Duration left) implements Ending {
            /** Full minutes left, rounded up, for whoever is told. */
            String minutes() {
                return String.valueOf(left.plusSeconds(59).toMinutes());
            }
        }

        /** The password is right and the account is disabled. */
        record Disabled() implements Ending {}
    }

    Ending attempt(String name, String password) {
        var now = clock.instant();
        var row = credentials
                .get()
                .findAccount(name)
                .filter(found -> !found.hash().isEmpty());
        if (row.isEmpty()) {
            passwords.checkNobody(password);
            return new Ending.Wrong();
        }
        var left = row.get()
                .lockedUntil()
                .map(until -> Duration.between(now, until))
                .orElse(Duration.ZERO);
        if (left.isPositive()) {
            return new Ending.Locked(left);
        }
        if (!passwords.fits(password, row.get().hash())) {
            credentials.get().countFailure(name, FAILURES, now.plus(LOCKED));
            return afterFailure(name, now);
        }
        credentials.get().clearFailures(name);
        if (row.get().disabled()) {
            return new Ending.Disabled();
        }
        return new Ending.Welcome(Account.of(row.get()));
    }

    private Ending afterFailure(String name, Instant now) {
        Optional<Instant> until = credentials
                .get()
                .findAccount(name)
                .flatMap(Credentials.AccountRow::lockedUntil)
                .filter(now::isBefore);
        return until.<Ending>map(at -> new Ending.Locked(Duration.between(now, at)))
                .orElseGet(Ending.Wrong::new);
    }
}
