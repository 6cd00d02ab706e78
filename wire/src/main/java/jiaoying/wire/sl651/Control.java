package jiaoying.wire.sl651;

import java.util.Optional;

/** Control characters that end a frame (报文结束符), §6.2.2, table 10. */
public enum Control {
    /** Up: the end, nothing follows. */
    ETX(0x03),
    /** Up: more frames follow, stay on the line. */
    ETB(0x17),
    /** Down: the end of a query or a command. */
    ENQ(0x05),
    /** Down: received, go on sending. */
    ACK(0x06),
    /** Down: send the numbered packet again. */
    NAK(0x15),
    /** Down: received, the station may leave the line. */
    EOT(0x04),
    /** Down: received, stay on the line; without a command for 10 minutes the station falls back. */
    ESC(0x1B);

    static final int SOH = 0x01;
    static final int STX = 0x02;
    static final int SYN = 0x16;
    static final int HEX_START = 0x7E;

    private static final Control[] VALUES = values();

    private final int code;

    Control(int code) {
        this.code = code;
    }

    public int code() {
        return code;
    }

    public static Optional<Control> find(int code) {
        for (var control : VALUES) {
            if (control.code == code) {
                return Optional.of(control);
            }
        }
        return Optional.empty();
    }
}
