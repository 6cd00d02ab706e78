package jiaoying.duty.errand;

import java.util.List;

/** A fact by which errands are no longer open, because they were handed over, failed or withdrawn. */
public interface SettlesErrands {
    List<String> settledKeys();

    /** True when the errands must not be sent any more. */
    boolean withdrawn();
}
