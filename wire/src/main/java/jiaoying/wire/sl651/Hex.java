package jiaoying.wire.sl651;

/** Numbers as hexadecimal characters (HEX转换为ASCII字符), §6.4.2. */
final class Hex {
    static final int NONE = -1;

    private static final String DIGITS = "0123456789ABCDEF";

    private Hex() {}

    /** The lowest {@code count} digits of a number, upper case. */
    static String digits(long number, int count) {
        var text = new char[count];
        for (var i = 0; i < count; i++) {
            text[i] = DIGITS.charAt((int) (number >>> 4 * (count - 1 - i) & 0xF));
        }
        return new String(text);
    }

    /** The value of one character, or NONE. */
    static int digit(int character) {
        if (character >= '0' && character <= '9') {
            return character - '0';
        }
        if (character >= 'A' && character <= 'F') {
            return character - 'A' + 10;
        }
        return character >= 'a' && character <= 'f' ? character - 'a' + 10 : NONE;
    }

    static boolean isDigits(String text) {
        return text.chars().allMatch(it -> digit(it) != NONE);
    }

    /** The number in {@code count} characters (up to 15), or NONE if one of them is no digit. */
    static long number(byte[] bytes, int from, int count) {
        var number = 0L;
        for (var i = from; i < from + count; i++) {
            var digit = digit(bytes[i]);
            if (digit == NONE) {
                return NONE;
            }
            number = number << 4 | digit;
        }
        return number;
    }
}
