package jiaoying.server.courier;

import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import jiaoying.duty.errand.CarrierEvent.Kind;

/**
 * Which words of a person answer a call (回复口令). The whole reply must be such a word: 没收到 contains 收到 and is none. What is
 * written in full width, in small letters or with punctuation behind it is the same word; after a mark of punctuation more
 * may follow, as in 收到，马上到.
 */
public final class ReplyWords {
    public static final List<String> CONFIRM_USUAL = List.of("收到", "已收到", "收到了", "1", "R");
    public static final List<String> IN_PLACE_USUAL = List.of("2", "到岗", "已到岗", "到岗了");
    public static final List<String> NOT_ME_USUAL = List.of("9", "不是本人", "非本人");
    public static final ReplyWords USUAL = new ReplyWords(CONFIRM_USUAL, IN_PLACE_USUAL, NOT_ME_USUAL);

    private static final Pattern END = Pattern.compile("(?s)^([\\p{L}\\p{N}]+)(?:[^\\p{L}\\p{N}].*)?$");

    private final Set<String> confirm;
    private final Set<String> inPlace;
    private final Set<String> notMe;

    /** @param inPlace replies that answer and are the second report (到岗) too, where one is owed */
    public ReplyWords(List<String> confirm, List<String> inPlace, List<String> notMe) {
        this.confirm = plain(confirm);
        this.inPlace = plain(inPlace);
        this.notMe = plain(notMe);
    }

    private static Set<String> plain(List<String> words) {
        return words.stream().map(ReplyWords::plain).collect(Collectors.toCollection(TreeSet::new));
    }

    private static String plain(String text) {
        return Normalizer.normalize(text, Normalizer.Form.NFKC).strip().toUpperCase(Locale.ROOT);
    }

    /** CONFIRMED, IN_PLACE, NOT_ME, or DELIVERED: who writes anything else has the text, and has not answered. */
    public Kind kind(String reply) {
        var word = END.matcher(plain(reply));
        if (!word.matches()) {
            return Kind.DELIVERED;
        }
        var first = word.group(1);
        if (confirm.contains(first)) {
            return Kind.CONFIRMED;
        }
        return inPlace.contains(first) ? Kind.IN_PLACE : notMe.contains(first) ? Kind.NOT_ME : Kind.DELIVERED;
    }
}
