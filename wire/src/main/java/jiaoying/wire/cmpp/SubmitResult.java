package jiaoying.wire.cmpp;

import java.util.Arrays;
import java.util.Optional;

/** What the result of a SUBMIT_RESP says; gateways have more of their own, from 9 on. */
public enum SubmitResult {
    OK(0),
    STRUCTURE(1),
    COMMAND(2),
    REPEATED_SEQUENCE(3),
    LENGTH(4),
    FEE_CODE(5),
    TOO_LONG(6),
    SERVICE_CODE(7),
    /** Too many in a short time: to be sent again more slowly. */
    FLOW_CONTROL(8),
    NOT_SERVED_HERE(9),
    SRC_ID(10),
    MSG_SRC(11),
    FEE_NUMBER(12),
    DESTINATION(13);

    private final long code;

    SubmitResult(long code) {
        this.code = code;
    }

    public long code() {
        return code;
    }

    public static Optional<SubmitResult> find(long code) {
        return Arrays.stream(values()).filter(result -> result.code == code).findFirst();
    }
}
