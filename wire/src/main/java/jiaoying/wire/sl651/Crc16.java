package jiaoying.wire.sl651;

/** The check code (校验码), §6.2.3.1 and H.3.2: X16+X15+X2+1, reflected, from FFFF, high byte first on the wire. */
public final class Crc16 {
    private static final int START = 0xFFFF;
    private static final int POLYNOMIAL = 0xA001;
    private static final int[] TABLE = table();

    private Crc16() {}

    /** Of {@code bytes[from..to)}, 0..FFFF. */
    public static int of(byte[] bytes, int from, int to) {
        var crc = START;
        for (var i = from; i < to; i++) {
            crc = crc >>> 8 ^ TABLE[(crc ^ bytes[i]) & 0xFF];
        }
        return crc;
    }

    private static int[] table() {
        var table = new int[256];
        for (var octet = 0; octet < table.length; octet++) {
            var crc = octet;
            for (var bit = 0; bit < 8; bit++) {
                crc = (crc & 1) == 0 ? crc >>> 1 : crc >>> 1 ^ POLYNOMIAL;
            }
            table[octet] = crc;
        }
        return table;
    }
}
