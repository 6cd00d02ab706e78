package jiaoying.wire.cmpp;

import java.util.Optional;

/** The protocol's version, as CONNECT names it in one byte. It decides how wide some fields are. */
public enum Version {
    V2_0(0x20, 21, 1),
    V3_0(0x30, 32, 4);

    private final int code;
    private final int terminalId;
    private final int result;

    Version(int code, int terminalId, int result) {
        this.code = code;
        this.terminalId = terminalId;
        this.result = result;
    }

    public int code() {
        return code;
    }

    /** Bytes of a terminal's number. */
    int terminalId() {
        return terminalId;
    }

    /** Bytes of a status or result. */
    int result() {
        return result;
    }

    boolean isThree() {
        return this == V3_0;
    }

    static Optional<Version> find(int code) {
        return code == V2_0.code ? Optional.of(V2_0) : code == V3_0.code ? Optional.of(V3_0) : Optional.empty();
    }
}
