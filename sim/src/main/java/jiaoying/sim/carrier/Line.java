package jiaoying.sim.carrier;

import java.util.Locale;

/** What a carrier carries. */
public enum Line {
    TEXT,
    VOICE,
    MAIL;

    /** Name of the simulated carrier of this line. */
    public String carrier() {
        return "sim-" + name().toLowerCase(Locale.ROOT);
    }
}
