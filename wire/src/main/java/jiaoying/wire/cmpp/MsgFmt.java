package jiaoying.wire.cmpp;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/** How the bytes of a message are letters (Msg_Fmt). */
public enum MsgFmt {
    ASCII(0, StandardCharsets.US_ASCII),
    /** Writes to the card of the phone (写卡操作). */
    WRITE_CARD(3, StandardCharsets.US_ASCII),
    BINARY(4, StandardCharsets.ISO_8859_1),
    /** UTF-16, high byte first. */
    UCS2(8, StandardCharsets.UTF_16BE),
    /** GB characters (含GB汉字), read as GB18030, of which GBK and GB 2312 are parts. */
    GB(15, Charset.forName("GB18030"));

    private final int code;
    private final Charset charset;

    MsgFmt(int code, Charset charset) {
        this.code = code;
        this.charset = charset;
    }

    public int code() {
        return code;
    }

    Charset charset() {
        return charset;
    }

    static Optional<MsgFmt> find(int code) {
        return Arrays.stream(values()).filter(format -> format.code == code).findFirst();
    }

    /** The letters of these bytes; what is none becomes U+FFFD, and an unknown format is read byte by byte. */
    static String text(int format, byte[] bytes) {
        return new String(bytes, find(format).map(MsgFmt::charset).orElse(StandardCharsets.ISO_8859_1));
    }
}
