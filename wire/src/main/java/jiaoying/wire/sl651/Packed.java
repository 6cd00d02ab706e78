package jiaoying.wire.sl651;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.Optional;

/**
 * Data in HEX/BCD with their definition byte (数据定义), §6.6.3.3 and table 26.
 *
 * @param decimals places after the point, 0..7
 * @param octets 0..31 bytes; up to 255 for parameter 0E
 */
public record Packed(int decimals, Octets octets) implements Data {
    static final int BYTES_MAX = 31;
    static final int DECIMALS_MAX = 7;

    private static final int NEGATIVE = 0xFF;
    /** 18 decimal digits fit into a long. */
    private static final int LONG_BYTES = 9;

    public Packed {
        if (decimals < 0 || decimals > DECIMALS_MAX) {
            throw new IllegalArgumentException("A definition byte can say 0..7 decimals, not " + decimals);
        }
    }

    /**
     * A decimal number, point left out; a negative one begins with FF, which counts as a byte.
     *
     * @throws IllegalArgumentException if it does not fit exactly
     */
    public static Packed of(BigDecimal number, int bytes, int decimals) {
        var places = bytes * 2 - (number.signum() < 0 ? 2 : 0);
        var text = unscaled(number, decimals).abs().toString();
        if (bytes > BYTES_MAX || text.length() > places) {
            throw new IllegalArgumentException(
                    number.toPlainString() + " does not fit into " + bytes + " bytes with " + decimals + " decimals");
        }
        var digits = "0".repeat(places - text.length()) + text;
        return new Packed(decimals, Octets.ofHex(number.signum() < 0 ? "FF" + digits : digits));
    }

    private static BigInteger unscaled(BigDecimal number, int decimals) {
        try {
            return number.setScale(decimals, RoundingMode.UNNECESSARY).unscaledValue();
        } catch (ArithmeticException e) {
            throw new IllegalArgumentException(number.toPlainString() + " has more than " + decimals + " decimals", e);
        }
    }

    /** The definition byte: bytes in the high five bits, decimals in the low three. */
    public int definition() {
        if (octets.size() > BYTES_MAX) {
            throw new IllegalArgumentException("A definition byte can say 31 bytes, not " + octets.size());
        }
        return octets.size() << 3 | decimals;
    }

    static int bytes(int definition) {
        return definition >>> 3;
    }

    static int decimals(int definition) {
        return definition & DECIMALS_MAX;
    }

    /** The number, or empty if a digit is none; §6.6.3.3 a). */
    public Optional<BigDecimal> number() {
        if (octets.isEmpty()) {
            return Optional.empty();
        }
        var negative = octets.at(0) == NEGATIVE;
        var digits = octets.slice(negative ? 1 : 0, octets.size());
        if (digits.isEmpty() || !isDecimal(digits)) {
            return Optional.empty();
        }
        var number = digits.size() <= LONG_BYTES
                ? BigDecimal.valueOf(small(digits), decimals)
                : new BigDecimal(new BigInteger(digits.hex()), decimals);
        return Optional.of(negative ? number.negate() : number);
    }

    private static long small(Octets digits) {
        var number = 0L;
        for (var i = 0; i < digits.size(); i++) {
            number = number * 100 + (digits.at(i) >>> 4) * 10 + (digits.at(i) & 0xF);
        }
        return number;
    }

    static boolean isDecimal(Octets octets) {
        for (var i = 0; i < octets.size(); i++) {
            if (octets.at(i) >>> 4 > 9 || (octets.at(i) & 0xF) > 9) {
                return false;
            }
        }
        return true;
    }
}
