package jiaoying.server.courier;

import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * What is wrong with a carrier by its own words (承运方自述), sorted so that it can be said in the reader's language: carriers and the
 * libraries below them speak English only, and to programmers. The first that fits counts; what none knows is OTHER.
 */
public enum OwnTrouble {
    /** No agreement on the ciphered connection. */
    CIPHER("pkix|certificat|handshake|\\bssl|\\btls"),
    /** Account, password or signature are not taken. */
    LOGIN("login refused|authenticat|credential|password|refuses the robot|answers (401|403|407)|\\b535\\b"),
    /** Nobody knows its name. */
    NAME("unknown ?host|unresolved|name or service|no address associated|nodename"),
    /** It takes no more for the moment. */
    BUSY("takes no more|too many|answers 429|throttl"),
    /** It lets no connection come about, or says nothing in one. */
    UNREACHED("refused|couldn't connect|could not connect|cannot be reached|unreachable|no route|timed? ?out"
            + "|says nothing|did not answer|not connected|connect failed|closed channel"),
    /** It was there, and is no longer. */
    ENDED("ended|hung up|\\breset\\b|broken pipe|closed|end of (file|stream)|\\beof"),
    /** It answers, but with a refusal. */
    ANSWERS("answers \\S"),
    OTHER("");

    private final Pattern words;

    OwnTrouble(String words) {
        this.words = Pattern.compile(words);
    }

    /** @param why its own words */
    public static OwnTrouble of(String why) {
        var said = why.toLowerCase(Locale.ROOT);
        return Arrays.stream(values())
                .filter(kind -> kind.words.matcher(said).find())
                .findFirst()
                .orElse(OTHER);
    }

    /** As the pages name it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
