package jiaoying.server.main;

import java.util.Arrays;
import jiaoying.duty.programme.Text;
import jiaoying.server.programme.BadRow;

/** A row's fault in the user's language. */
final class RowWords {
    private RowWords() {}

    static String sentence(Words words, BadRow bad) {
        var filling = Arrays.stream(bad.filling())
                .map(value -> value instanceof Text text ? text.in(words.tag()) : value)
                .toArray();
        return words.texts().say("rows." + bad.kind(), filling);
    }

    static String line(Words words, BadRow bad) {
        return words.texts().say("rows.line", bad.line(), sentence(words, bad));
    }
}
