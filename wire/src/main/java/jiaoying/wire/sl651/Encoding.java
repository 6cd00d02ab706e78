package jiaoying.wire.sl651;

/** The two ways to write one frame (编码结构); a station uses one of them and never mixes (§6.1.2). */
public enum Encoding {
    /** ASCII字符编码, §6.4: starts with SOH; every field is characters. */
    ASCII,
    /** HEX/BCD编码, §6.5: starts with 7E 7E. */
    HEX_BCD
}
