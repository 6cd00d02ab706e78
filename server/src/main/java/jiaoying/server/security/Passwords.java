package jiaoying.server.security;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.IntPredicate;
import java.util.stream.Stream;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;

/** Which passwords are good enough, and how they are kept (BCrypt). */
public final class Passwords {
    /** BCrypt reads no more bytes than this. */
    private static final int MOST_BYTES = 72;

    private static final int FEWEST_CHARACTERS = 10;
    private static final int KINDS = 3;
    /** Checks at the same time: a flood of sign-ins must not take the processors from the loop. */
    private static final Semaphore TURNS = new Semaphore(2);

    private final BCryptPasswordEncoder encoder;
    private volatile String nobody = "";

    /** @param cost BCrypt work factor, 10 and up in a real room */
    public Passwords(int cost) {
        encoder = new BCryptPasswordEncoder(cost);
    }

    /** The key of the text that says what is wrong with it, or empty when it is good. */
    public static Optional<String> fault(String account, String password) {
        if (password.codePointCount(0, password.length()) < FEWEST_CHARACTERS) {
            return Optional.of("password.short");
        }
        if (password.getBytes(StandardCharsets.UTF_8).length > MOST_BYTES) {
            return Optional.of("password.long");
        }
        if (password.toLowerCase(Locale.ROOT).contains(account.toLowerCase(Locale.ROOT))) {
            return Optional.of("password.name");
        }
        return kinds(password) < KINDS ? Optional.of("password.kinds") : Optional.empty();
    }

    String hash(String password) {
        return inTurn(() -> String.valueOf(encoder.encode(password)));
    }

    boolean fits(String password, String hash) {
        var readable = password.getBytes(StandardCharsets.UTF_8).length <= MOST_BYTES && !password.isEmpty();
        return readable && inTurn(() -> encoder.matches(password, hash));
    }

    /** Takes as long as a check, so that the time does not tell which names exist. */
    void checkNobody(String password) {
        if (nobody.isEmpty()) {
            nobody = hash(Secrets.random(128));
        }
        fits(password, nobody);
    }

    private static long kinds(String password) {
        IntPredicate lower = c -> c >= 'a' && c <= 'z';
        IntPredicate upper = c -> c >= 'A' && c <= 'Z';
        IntPredicate digit = c -> c >= '0' && c <= '9';
        return Stream.of(lower, upper, digit, lower.or(upper).or(digit).negate())
                .filter(kind -> password.codePoints().anyMatch(kind))
                .count();
    }

    private interface Check<T> {
        T run();
    }

    private static <T> T inTurn(Check<T> check) {
        TURNS.acquireUninterruptibly();
        try {
            return check.run();
        } finally {
            TURNS.release();
        }
    }
}
