package jiaoying.server.door;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiPredicate;
import java.util.function.Supplier;

/** The doors that are open now, for whoever looks after them. May be used from any thread. */
public final class Doors {
    private final List<Supplier<DoorHealth>> healths = new CopyOnWriteArrayList<>();
    private final List<BiPredicate<String, String>> clocks = new CopyOnWriteArrayList<>();

    private volatile Optional<Pictures> pictures = Optional.empty();

    /** Where pictures of stations are kept. */
    public void keep(Pictures kept) {
        pictures = Optional.of(kept);
    }

    public Optional<Pictures> pictures() {
        return pictures;
    }

    public void add(Supplier<DoorHealth> health) {
        healths.add(health);
    }

    /** @param clock sets the clock of a station at its next contact, told station and who asks; false when it cannot */
    public void addClock(BiPredicate<String, String> clock) {
        clocks.add(clock);
    }

    public List<DoorHealth> healths() {
        var all = new ArrayList<DoorHealth>();
        healths.forEach(health -> all.add(health.get()));
        return all;
    }

    /** @return whether some door knows the station and will set its clock */
    boolean askClock(String station, String by) {
        var asked = false;
        for (var clock : clocks) {
            asked |= clock.test(station, by);
        }
        return asked;
    }
}
