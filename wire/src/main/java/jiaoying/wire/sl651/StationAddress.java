package jiaoying.wire.sl651;

/**
 * Address of a telemetry station (遥测站地址), five bytes A5 to A1, §6.2.3.2.
 *
 * <p>Many makers ignore the rule for A2 and A1; the ten digits of {@link #hex()} are the safe key, {@link #code()} is what
 * the standard reads from them.
 *
 * @param value the five bytes as a number, 0..FFFFFFFFFF
 */
public record StationAddress(long value) {
    private static final long MAX = 0xFF_FFFF_FFFFL;
    private static final int RELAY_FIRST = 60_001;
    private static final int BROADCAST = 65_535;

    /** What an address stands for. */
    public enum Kind {
        /** A5 is 00; the rest is a station code after SL 502 (table 13). */
        HYDROLOGICAL,
        /** Area code and a number 1..60000 (table 14). */
        OTHER,
        /** 中继站: 60001..65534. */
        RELAY,
        /** 广播地址: 65535. */
        BROADCAST,
        /** 无效地址: 0. */
        INVALID
    }

    public StationAddress {
        if (value < 0 || value > MAX) {
            throw new IllegalArgumentException("A station's address has five bytes, not " + Long.toHexString(value));
        }
    }

    /** @param hex ten hexadecimal digits */
    public static StationAddress of(String hex) {
        if (hex.length() != 10) {
            throw new IllegalArgumentException("A station's address has ten hexadecimal digits, not \"" + hex + "\"");
        }
        return new StationAddress(Long.parseUnsignedLong(hex, 16));
    }

    public Kind kind() {
        if (value >>> 32 == 0) {
            return value == 0 ? Kind.INVALID : Kind.HYDROLOGICAL;
        }
        var number = number();
        if (number == 0) {
            return Kind.INVALID;
        }
        if (number == BROADCAST) {
            return Kind.BROADCAST;
        }
        return number >= RELAY_FIRST ? Kind.RELAY : Kind.OTHER;
    }

    private int number() {
        return (int) (value & 0xFFFF);
    }

    /** The code that people use: eight digits of SL 502, or six of the area and six of the number. */
    public String code() {
        return value >>> 32 == 0 ? hex().substring(2) : hex().substring(0, 6) + digits(number());
    }

    private static String digits(int number) {
        var text = Integer.toString(number);
        return "000000".substring(text.length()) + text;
    }

    /** The ten digits as sent. */
    public String hex() {
        return Hex.digits(value, 10);
    }

    @Override
    public String toString() {
        return hex();
    }
}
