package jiaoying.wire.cmpp;

import java.util.Arrays;
import java.util.Optional;

/** Command_Id; a response has the highest bit set. */
enum Command {
    CONNECT(1),
    CONNECT_RESP(0x8000_0001L),
    TERMINATE(2),
    TERMINATE_RESP(0x8000_0002L),
    SUBMIT(4),
    SUBMIT_RESP(0x8000_0004L),
    DELIVER(5),
    DELIVER_RESP(0x8000_0005L),
    ACTIVE_TEST(8),
    ACTIVE_TEST_RESP(0x8000_0008L);

    private final long code;

    Command(long code) {
        this.code = code;
    }

    long code() {
        return code;
    }

    static Optional<Command> find(long code) {
        return Arrays.stream(values()).filter(command -> command.code == code).findFirst();
    }
}
