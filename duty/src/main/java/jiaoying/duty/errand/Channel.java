package jiaoying.duty.errand;

import java.util.Locale;

/** The way by which an errand reaches a person. */
public enum Channel {
    TEXT,
    VOICE,
    MAIL,
    /** A group or a person in a work chat (工作群). */
    CHAT,
    /** A loudspeaker or siren (喇叭、警报器), which nobody answers by. */
    SPEAKER,
    /** Done inside the server, for example signing the daily head. */
    INTERNAL;

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Channel of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
