package jiaoying.server.security;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Supplier;
import jiaoying.server.store.Credentials;

/** One-time sign-in links (一次性登录链接): 128 random bits, used once, then gone. */
public final class SignInLinks {
    public static final Duration USUAL = Duration.ofMinutes(15);
    /** Of the demo, whose visitor reads the terminal when he likes; still used once. */
    public static final Duration DEMO = Duration.ofHours(24);

    private final Supplier<Credentials> credentials;
    private final InstantSource clock;

    public SignInLinks(Supplier<Credentials> credentials, InstantSource clock) {
        this.credentials = credentials;
        this.clock = clock;
    }

    /** Path and fragment of a new link for an existing account; a fragment is never sent to a server or kept in its log. */
    public String make(String account, Duration validFor) {
        if (credentials.get().findAccount(account).isEmpty()) {
            throw new IllegalArgumentException("Account \"" + account + "\" does not exist; open it first");
        }
        var token = Secrets.random(128);
        credentials.get().addLink(Secrets.hash(token), account, clock.instant().plus(validFor));
        return "/signin#" + token;
    }

    Optional<Account> use(String token) {
        return credentials
                .get()
                .useLink(Secrets.hash(token), clock.instant())
                .flatMap(name -> credentials.get().findAccount(name))
                .filter(row -> !row.disabled())
                .map(Account::of);
    }
}
