package jiaoying.wire.sl651;

/** Data of a group as sent (数据), before anybody says what they mean. */
public sealed interface Data permits Packed, Data.Characters {
    /**
     * In ASCII: a number with its point, {@code M}, or binary data in hexadecimal digits (§6.6.2.2).
     *
     * @param text without spaces
     */
    record Characters(String text) implements Data {
        public Characters {
            if (text.indexOf(' ') >= 0 || text.chars().anyMatch(it -> it > 0xFF)) {
                throw new IllegalArgumentException("Data in ASCII have no spaces: \"" + text + "\"");
            }
        }
    }
}
