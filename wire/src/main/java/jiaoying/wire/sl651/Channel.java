package jiaoying.wire.sl651;

import java.util.Optional;

/**
 * How a station reaches a centre (信道类型及地址), parameters 04 to 0B, table D.1.
 *
 * @param address an IPv4 address and port as {@code 218.94.153.172:9708}, or the digits of a number; empty if there is none
 */
public record Channel(Kind kind, String address) {
    /** What carries the frames, in the order of its code from 0. */
    public enum Kind {
        /** 禁用. */
        OFF,
        /** 短信. */
        SMS,
        IPV4,
        /** 北斗. */
        BEIDOU,
        /** 海事卫星. */
        INMARSAT,
        PSTN,
        /** 超短波. */
        VHF
    }

    private static final int IP_DIGITS = 12;
    private static final int PORT_DIGITS = 6;

    /** Reads the data of a parameter; empty if they are not of this form. */
    public static Optional<Channel> of(Data data) {
        var digits = switch (data) {
            case Packed(var _, var octets) -> octets.hex();
            case Data.Characters(var text) -> text;
        };
        var code = digits.length() >= 2 && digits.charAt(0) == '0' ? Hex.digit(digits.charAt(1)) : Hex.NONE;
        if (code == Hex.NONE || code >= Kind.values().length) {
            return Optional.empty();
        }
        var kind = Kind.values()[code];
        return address(kind, digits.substring(2)).map(it -> new Channel(kind, it));
    }

    private static Optional<String> address(Kind kind, String digits) {
        if (kind == Kind.IPV4) {
            return isDecimal(digits) && digits.length() == IP_DIGITS + PORT_DIGITS
                    ? Optional.of(ip(digits))
                    : Optional.empty();
        }
        // An A fills up an odd number of digits (§6.6.3.3 b).
        var number = digits.startsWith("A") ? digits.substring(1) : digits;
        return isDecimal(number) ? Optional.of(number) : Optional.empty();
    }

    private static boolean isDecimal(String digits) {
        return digits.chars().allMatch(it -> it >= '0' && it <= '9');
    }

    private static String ip(String digits) {
        return number(digits, 0, 3) + "." + number(digits, 3, 6) + "." + number(digits, 6, 9) + "."
                + number(digits, 9, IP_DIGITS) + ":" + number(digits, IP_DIGITS, IP_DIGITS + PORT_DIGITS);
    }

    private static int number(String digits, int from, int to) {
        return Integer.parseInt(digits.substring(from, to));
    }
}
