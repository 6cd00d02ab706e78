package jiaoying.duty.errand;

import java.util.List;

/** A fact that clears timers, because they fired or are no longer needed. */
public interface ClearsTimer {
    List<String> clearedTimers();
}
