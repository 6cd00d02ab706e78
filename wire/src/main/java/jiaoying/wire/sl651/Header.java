package jiaoying.wire.sl651;

/**
 * Who talks to whom (报头), the same in all frames of a link, tables 11 and 12.
 *
 * @param centre the centre's address (中心站地址), 1..255 by rule; 0 is seen in the field
 * @param password two bytes (密码, §6.2.3.3), 0..FFFF
 */
public record Header(Encoding encoding, int centre, StationAddress station, int password) {
    public Header {
        if (centre < 0 || centre > 0xFF) {
            throw new IllegalArgumentException("A centre's address is 1..255, not " + centre);
        }
        if (password < 0 || password > 0xFFFF) {
            throw new IllegalArgumentException("A password is two bytes, not " + password);
        }
    }
}
