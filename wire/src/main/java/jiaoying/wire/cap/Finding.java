package jiaoying.wire.cap;

/**
 * Something that breaks the standard: where, what stands there, what may stand there.
 *
 * @param path as {@code /alert/info[2]/area[1]/polygon[1]}, numbers from 1
 * @param value what stands there, its first {@value #VALUE_MAX} characters; empty if nothing does
 * @param allowed what may stand there, in the standard's words
 */
public record Finding(Grade grade, Rule rule, String path, String value, String allowed) {
    static final int VALUE_MAX = 200;

    public Finding {
        value = value.length() > VALUE_MAX ? value.substring(0, VALUE_MAX) : value;
    }

    /** What it does to the message. */
    public enum Grade {
        /** The letter is broken, the meaning is clear. */
        NOTE,
        /** The meaning is in doubt; the message is refused. */
        REFUSAL
    }

    /** What is broken. */
    public enum Rule {
        /** Not well formed, a DOCTYPE, or beyond a limit. */
        XML,
        /** The root is no alert, but one stands inside (a feed, an envelope). */
        WRAPPED,
        NO_ALERT,
        SEVERAL_ALERTS,
        /** CAP 1.0 or 1.1, or no namespace. */
        VERSION,
        /** An element that must be there is not. */
        MISSING,
        /** A name, a time, a number or a shape without content. */
        EMPTY,
        /** An element stands behind one that must come after it. */
        ORDER,
        /** An element stands twice that may stand once. */
        REPEATED,
        /** An element that the standard does not have. */
        UNKNOWN_ELEMENT,
        /** A word that is not in the standard's list. */
        WORD,
        /** Spaces around a word. */
        SPACE,
        /** A character that must not stand in identifier or sender. */
        CHARACTER,
        /** Not YYYY-MM-DDThh:mm:ss±hh:mm. */
        TIME,
        /** No reference, or one that is not sender,identifier,sent. */
        REFERENCES,
        /** Restricted without restriction, Private without addresses. */
        SCOPE,
        LANGUAGE,
        /** Fewer than four points, not closed, no numbers, or out of range. */
        POLYGON,
        CIRCLE,
        ALTITUDE,
        /** Expires before it is in force. */
        EXPIRES,
        /** No absolute URI. */
        URI,
        SIZE,
        DIGEST,
        /** Not base64. */
        BASE64,
        /** valueName without value, or the other way round. */
        PAIR
    }

    /** For logs; people read it through the text catalogue. */
    @Override
    public String toString() {
        return grade + " " + rule + " " + path + " \"" + value + "\": " + allowed;
    }
}
