package jiaoying.server.door;

import java.util.concurrent.RejectedExecutionException;

/** The disk has only its reserve left (磁盘保留量), which is for calls and answers: readings are not taken for now. */
public final class DiskReserve extends RejectedExecutionException {
    private static final long serialVersionUID = 1L;

    public DiskReserve() {
        super("The disk has only its reserve left; readings are refused");
    }
}
