package jiaoying.wire.sl651;

import java.math.BigDecimal;

/** What data mean: a number, nothing, bits, or nonsense that is kept. */
public sealed interface Value {
    /** In the element's unit, with as many decimals as were sent. */
    record Measured(BigDecimal number) implements Value {}

    /** No value (缺测, 非法数据), and how it was said. */
    record Missing(Fill fill) implements Value {}

    /** HEX data, not decimal (HEX编码, §6.6.3.3 c): hour arrays, the status word. */
    record Binary(Octets octets) implements Value {}

    /** A digit that is none, or no data at all; not zero. */
    record Invalid(Octets octets) implements Value {}

    /** How a station says that it has no value. */
    enum Fill {
        /** All F, §6.6.4.4 d). */
        FF,
        /** All A: not in the standard, some makers send it. */
        AA,
        /** The letter M, in ASCII. */
        M
    }

    /** Reads data by the kind that table C.1 gives the element. */
    static Value of(ElementId id, Data data) {
        return switch (data) {
            case Packed packed when id.isBinary() -> new Binary(packed.octets());
            case Packed packed -> of(packed);
            case Data.Characters(var text) when text.equals("M") -> new Missing(Fill.M);
            case Data.Characters(var text) when id.isBinary() -> binary(text);
            case Data.Characters(var text) -> number(text);
        };
    }

    /** Reads data by the kind that tables D.1 and D.4 give the parameter; those of others are binary. */
    static Value of(ParameterId id, Data data) {
        return switch (data) {
            case Packed packed when id.isDecimal() -> of(packed);
            case Packed packed -> new Binary(packed.octets());
            case Data.Characters(var text) when id.isDecimal() -> number(text);
            case Data.Characters(var text) -> binary(text);
        };
    }

    private static Value of(Packed packed) {
        if (packed.octets().isFilledWith(0xFF)) {
            return new Missing(Fill.FF);
        }
        if (packed.octets().isFilledWith(0xAA)) {
            return new Missing(Fill.AA);
        }
        return packed.number().<Value>map(Measured::new).orElseGet(() -> new Invalid(packed.octets()));
    }

    private static Value binary(String text) {
        return text.length() % 2 == 0 && Hex.isDigits(text)
                ? new Binary(Octets.ofHex(text))
                : new Invalid(Octets.ofText(text));
    }

    /** An integer or a decimal number, with a sign if it is negative; no exponent. */
    private static Value number(String text) {
        var digits = text.startsWith("-") ? text.substring(1) : text;
        var point = digits.indexOf('.');
        var plain = digits.chars().filter(it -> it != '.').allMatch(it -> it >= '0' && it <= '9');
        var isNumber = plain
                && point != 0
                && point != digits.length() - 1
                && digits.indexOf('.', point + 1) == (point < 0 ? point : -1)
                && !digits.isEmpty();
        return isNumber ? new Measured(new BigDecimal(text)) : new Invalid(Octets.ofText(text));
    }
}
