package jiaoying.wire.cap;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** A word of one of the standard's lists. */
public interface Word {
    /** As CAP writes it. */
    String word();

    static <W extends Enum<W> & Word> Optional<W> find(Class<W> list, String word) {
        return Arrays.stream(list.getEnumConstants())
                .filter(it -> it.word().equals(word))
                .findFirst();
    }

    static <W extends Enum<W> & Word> String all(Class<W> list) {
        return Arrays.stream(list.getEnumConstants()).map(Word::word).collect(Collectors.joining(", "));
    }

    /** {@code ALL_CLEAR} is AllClear. */
    static String of(Enum<?> constant) {
        return Arrays.stream(constant.name().split("_", -1))
                .map(it -> it.charAt(0) + it.substring(1).toLowerCase(Locale.ROOT))
                .collect(Collectors.joining());
    }
}
