package jiaoying.server.security;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Supplier;
import jiaoying.server.store.Credentials;
import jiaoying.server.store.Credentials.SessionRow;

/**
 * Who is signed in. Sessions live in the database, so that a killed server does not sign anybody out. A session ends when
 * it was idle for too long: an open Watch reads all the time and counts as somebody watching; its event stream does not.
 */
public final class Sessions {
    private static final Duration TOUCH = Duration.ofMinutes(1);

    private final Supplier<Credentials> credentials;
    private final InstantSource clock;
    private final Duration idle;
    private final Duration longest;

    public Sessions(Supplier<Credentials> credentials, InstantSource clock, Duration idle, Duration longest) {
        this.credentials = credentials;
        this.clock = clock;
        this.idle = idle;
        this.longest = longest;
    }

    String begin(Account account) {
        var token = Secrets.random(256);
        var now = clock.instant();
        credentials.get().dropSessions(now.minus(idle));
        credentials.get().addSession(Secrets.hash(token), account.name(), now);
        return token;
    }

    /** The account of a live session. */
    public Optional<Account> find(String token) {
        return live(token)
                .flatMap(row -> credentials.get().findAccount(row.account()))
                .filter(row -> !row.disabled())
                .map(Account::of);
    }

    public boolean alive(String token) {
        return live(token).isPresent();
    }

    /** Somebody did or read something: the idle time begins anew. */
    void touch(String token) {
        var now = clock.instant();
        live(token)
                .filter(row -> Duration.between(row.seenAt(), now).compareTo(TOUCH) >= 0)
                .ifPresent(row -> credentials.get().touchSession(Secrets.hash(token), now));
    }

    void end(String token) {
        credentials.get().endSession(Secrets.hash(token));
    }

    private Optional<SessionRow> live(String token) {
        var now = clock.instant();
        return credentials.get().findSession(Secrets.hash(token)).filter(row -> lives(row, now));
    }

    private boolean lives(SessionRow row, Instant now) {
        return Duration.between(row.seenAt(), now).compareTo(idle) < 0
                && Duration.between(row.begunAt(), now).compareTo(longest) < 0;
    }
}
