package jiaoying.wire.cap;

/** Forms that the standard takes from others: languages, URIs, base64, digests. */
final class Forms {
    private static final int SHA1_DIGITS = 40;

    private Forms() {}

    /** RFC 3066: parts of up to eight letters or digits with hyphens between, the first of letters. */
    static boolean isLanguage(String text) {
        var parts = text.split("-", -1);
        for (var i = 0; i < parts.length; i++) {
            var first = i == 0;
            var right = !parts[i].isEmpty()
                    && parts[i].length() <= 8
                    && parts[i].chars().allMatch(it -> isLetter(it) || !first && isDigit(it));
            if (!right) {
                return false;
            }
        }
        return true;
    }

    /** RFC 3986: a scheme and something behind it, no spaces. */
    static boolean isAbsoluteUri(String text) {
        var colon = text.indexOf(':');
        return colon > 0
                && colon < text.length() - 1
                && isLetter(text.charAt(0))
                && text.substring(0, colon)
                        .chars()
                        .allMatch(it -> isLetter(it) || isDigit(it) || it == '+' || it == '-' || it == '.')
                && isUri(text);
    }

    private static boolean isUri(String text) {
        return !text.isEmpty() && text.chars().noneMatch(it -> it <= ' ' || it == '<' || it == '>' || it == '"');
    }

    static boolean isBase64(String text) {
        return text.chars()
                .allMatch(it -> isLetter(it) || isDigit(it) || it == '+' || it == '/' || it == '=' || it <= ' ');
    }

    static boolean isSha1(String text) {
        return text.length() == SHA1_DIGITS
                && text.chars().allMatch(it -> isDigit(it) || it >= 'a' && it <= 'f' || it >= 'A' && it <= 'F');
    }

    private static boolean isLetter(int it) {
        return it >= 'a' && it <= 'z' || it >= 'A' && it <= 'Z';
    }

    private static boolean isDigit(int it) {
        return it >= '0' && it <= '9';
    }
}
