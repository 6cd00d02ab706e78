package jiaoying.server.ledger;

import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import jiaoying.duty.measure.Sentence;

/**
 * What the auditor got from elsewhere, not from the file: without it a file forged as a whole cannot be told apart.
 *
 * @param key   public key of the room, 64 hex digits
 * @param head  hash of the chain as printed on a brief or sent to an outside recipient, 64 hex digits
 * @param count number of entries at that head, when known; else the head may stand anywhere in the file
 */
public record Anchor(Optional<String> key, Optional<String> head, OptionalLong count) {
    public static final Anchor NONE = new Anchor(Optional.empty(), Optional.empty(), OptionalLong.empty());

    /** What was given is no key or no head. */
    public static final class NotAllowed extends IllegalArgumentException {
        private static final long serialVersionUID = 1L;

        private final transient Sentence what;

        NotAllowed(Sentence what) {
            super(what.toString());
            this.what = what;
        }

        public Sentence what() {
            return what;
        }
    }

    private static final Pattern HEX = Pattern.compile("[0-9a-fA-F]{64}");
    private static final Pattern HEAD = Pattern.compile("(?:(\\d{1,18}):)?([0-9a-fA-F]{64})");

    /** This anchor with the outside key as well. @throws NotAllowed when it is not 64 hex digits */
    public Anchor withKey(String hex) {
        if (!HEX.matcher(hex).matches()) {
            throw new NotAllowed(Sentence.of("anchor-key", hex));
        }
        return new Anchor(Optional.of(hex.toLowerCase(Locale.ROOT)), head, count);
    }

    /** This anchor with the outside head as well. @param text {@code hash} or {@code count:hash} */
    public Anchor withHead(String text) {
        var match = HEAD.matcher(text);
        if (!match.matches()) {
            throw new NotAllowed(Sentence.of("anchor-head", text));
        }
        var number = match.group(1) == null ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(match.group(1)));
        return new Anchor(key, Optional.of(match.group(2).toLowerCase(Locale.ROOT)), number);
    }

    boolean headMatches(long number, String hash) {
        return head.isPresent() && head.get().equals(hash) && (count.isEmpty() || count.getAsLong() == number);
    }

    boolean contradicts(long number, String hash) {
        return head.isPresent()
                && count.isPresent()
                && count.getAsLong() == number
                && !head.get().equals(hash);
    }
}
