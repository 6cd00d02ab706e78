package jiaoying.wire.cmpp;

/**
 * The gateway's number of a message (Msg_Id, 8 bytes): from the high bits on month 4, day 5, hour 5, minute 6, second 6,
 * gateway 22, serial 16. It may repeat among gateways.
 */
public record MsgId(long bits) {
    public static final MsgId NONE = new MsgId(0);

    /** @throws IllegalArgumentException when a part does not fit its bits */
    public static MsgId of(int month, int day, int hour, int minute, int second, int gateway, int serial) {
        return new MsgId(fit(month, 4) << 60
                | fit(day, 5) << 55
                | fit(hour, 5) << 50
                | fit(minute, 6) << 44
                | fit(second, 6) << 38
                | fit(gateway, 22) << 16
                | fit(serial, 16));
    }

    private static long fit(int value, int bits) {
        if (value < 0 || value >= 1 << bits) {
            throw new IllegalArgumentException("Msg_Id: " + value + " does not fit " + bits + " bits");
        }
        return value;
    }

    public int gateway() {
        return (int) (bits >>> 16 & 0x3F_FFFF);
    }

    public int serial() {
        return (int) (bits & 0xFFFF);
    }

    /** In 16 hexadecimal digits. */
    @Override
    public String toString() {
        return "%016x".formatted(bits);
    }
}
