package jiaoying.duty.monitor;

import java.util.Locale;
import java.util.Optional;

/** The four levels of a warning signal (预警信号), mildest first; {@link #NONE} is the level of an area without one. */
public enum SignalColor {
    NONE,
    BLUE,
    YELLOW,
    ORANGE,
    RED;

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<SignalColor> find(String word) {
        for (var color : values()) {
            if (color.word().equals(word)) {
                return Optional.of(color);
            }
        }
        return Optional.empty();
    }

    public boolean above(SignalColor other) {
        return compareTo(other) > 0;
    }
}
