package jiaoying.server.courier;

import java.util.Optional;
import java.util.regex.Pattern;

/** A person's number or address as it may stand in what carriers say (联系方式), however they write it. */
final class ContactValue {
    private static final String HIDDEN = "…";

    private ContactValue() {}

    /** The text with a mark in place of the contact: in any case, and for a number with any spaces, dots or hyphens. */
    static String hide(String contact, String text) {
        var value = contact.strip();
        return value.isEmpty() ? text : pattern(value).matcher(text).replaceAll(HIDDEN);
    }

    static String hide(Optional<String> contact, String text) {
        return contact.map(value -> hide(value, text)).orElse(text);
    }

    /** For the log: class, hidden message and stack of an exception, without its causes. */
    static Throwable hide(Optional<String> contact, Throwable loss) {
        var shown = new Throwable(hide(contact, String.valueOf(loss)));
        shown.setStackTrace(loss.getStackTrace());
        return shown;
    }

    private static Pattern pattern(String value) {
        var digits = value.replaceAll("[\\s().-]", "").replaceFirst("^\\+", "");
        var expression =
                digits.matches("\\d{3,}") ? "\\+?" + String.join("[\\s().-]*", digits.split("")) : Pattern.quote(value);
        return Pattern.compile(expression, Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
    }
}
