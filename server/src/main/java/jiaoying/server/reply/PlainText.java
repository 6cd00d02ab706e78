package jiaoying.server.reply;

/** Text from outside, made fit to be kept and shown: the database takes no NUL, a screen no control characters. */
public final class PlainText {
    private PlainText() {}

    /** True when every character can be kept as it is; line breaks and tabs can. */
    public static boolean fit(String text) {
        return text.codePoints().allMatch(PlainText::keeps);
    }

    /** At most {@code longest} characters, with a mark for each that cannot be kept. */
    public static String clip(String text, int longest) {
        var clipped = new StringBuilder();
        text.codePoints().limit(longest + 1L).map(c -> keeps(c) ? c : 0xFFFD).forEach(clipped::appendCodePoint);
        return clipped.codePointCount(0, clipped.length()) <= longest
                ? clipped.toString()
                : clipped.substring(0, clipped.offsetByCodePoints(0, longest - 1)) + "…";
    }

    private static boolean keeps(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL -> c == '\n' || c == '\r' || c == '\t';
            case Character.SURROGATE, Character.UNASSIGNED -> false;
            default -> true;
        };
    }
}
