package jiaoying.duty.errand;

import java.util.List;

/** A fact that sets timers; setting an id again moves it. */
public interface SetsTimer {
    List<Timer> timers();
}
