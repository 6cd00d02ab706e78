package jiaoying.wire.cap;

/**
 * References of RFC 3986 as XML schema's anyURI has them: what ought to be escaped and often is not (spaces, letters of all
 * languages) is let through, and a reference may be relative or empty.
 */
final class UriReference {
    private static final String NOT_ESCAPED = " <>\"{}|\\^`";
    private static final String MARKS = "-._~!$&'()*+,;=:@";

    private UriReference() {}

    /** Section 4.1. */
    static boolean isOne(String text) {
        var hash = text.indexOf('#');
        var query = (hash < 0 ? text : text.substring(0, hash)).indexOf('?');
        var fragment = hash < 0 ? "" : text.substring(hash + 1);
        var asked = query < 0 ? "" : text.substring(query + 1, hash < 0 ? text.length() : hash);
        var end = query >= 0 ? query : hash >= 0 ? hash : text.length();
        return isMadeOf("/?[]", fragment) && isMadeOf("/?", asked) && isHierarchy(text.substring(0, end));
    }

    /** Scheme, authority and path; a colon in the first part of a path makes that part a scheme (4.2). */
    private static boolean isHierarchy(String text) {
        var slash = text.indexOf('/');
        var colon = (slash < 0 ? text : text.substring(0, slash)).indexOf(':');
        if (colon >= 0 && !isScheme(text.substring(0, colon))) {
            return false;
        }
        var rest = text.substring(colon + 1);
        if (!rest.startsWith("//")) {
            return isMadeOf("/", rest);
        }
        var path = rest.indexOf('/', 2);
        var authority = path < 0 ? rest.substring(2) : rest.substring(2, path);
        return isAuthority(authority) && (path < 0 || isMadeOf("/", rest.substring(path)));
    }

    private static boolean isScheme(String text) {
        return !text.isEmpty()
                && isLetter(text.charAt(0))
                && text.chars().allMatch(it -> isLetter(it) || isDigit(it) || "+-.".indexOf(it) >= 0);
    }

    /** Section 3.2: userinfo@host:port, the host perhaps in brackets. */
    private static boolean isAuthority(String text) {
        var at = text.indexOf('@');
        var host = text.substring(at + 1);
        var close = host.startsWith("[") ? host.indexOf(']') : -1;
        if (host.startsWith("[") && close < 0) {
            return false;
        }
        var colon = host.indexOf(':', close + 1);
        var name = host.substring(close + 1, colon < 0 ? host.length() : colon);
        var port = colon < 0 ? "" : host.substring(colon + 1);
        return (at < 0 || isMadeOf("", text.substring(0, at)))
                && (close < 0 ? isMadeOf("", name) && name.indexOf('@') < 0 : name.isEmpty())
                && port.chars().allMatch(UriReference::isDigit);
    }

    /** Characters of a path (pchar, 3.3) and those named. */
    private static boolean isMadeOf(String besides, String text) {
        for (var i = 0; i < text.length(); i++) {
            var it = text.charAt(i);
            if (it == '%') {
                if (i + 2 >= text.length() || !isHex(text.charAt(i + 1)) || !isHex(text.charAt(i + 2))) {
                    return false;
                }
            } else if (!isLetter(it)
                    && !isDigit(it)
                    && MARKS.indexOf(it) < 0
                    && NOT_ESCAPED.indexOf(it) < 0
                    && it > ' '
                    && it < 0x7F
                    && besides.indexOf(it) < 0) {
                return false;
            }
        }
        return true;
    }

    private static boolean isLetter(int it) {
        return it >= 'a' && it <= 'z' || it >= 'A' && it <= 'Z';
    }

    private static boolean isDigit(int it) {
        return it >= '0' && it <= '9';
    }

    private static boolean isHex(int it) {
        return isDigit(it) || it >= 'a' && it <= 'f' || it >= 'A' && it <= 'F';
    }
}
