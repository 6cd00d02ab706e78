package jiaoying.server.door.sensorthings;

import java.util.Arrays;
import jiaoying.duty.measure.Sentence;
import jiaoying.server.reply.Texts;

/** A request that cannot be done, with its HTTP status; worded for its reader by the text catalogue, {@code sta.KEY}. */
final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final int status;
    private final String key;
    private final transient Object[] values;

    /** @param values of the line's places; a sentence is said in the reader's language */
    Refused(int status, String key, Object... values) {
        super(Texts.EN.say("sta." + key, said(values, Texts.EN)));
        this.status = status;
        this.key = key;
        this.values = values;
    }

    int status() {
        return status;
    }

    String message(Texts reader) {
        return reader.say("sta." + key, said(values, reader));
    }

    private static Object[] said(Object[] values, Texts reader) {
        return Arrays.stream(values)
                .map(value -> value instanceof Sentence sentence ? reader.say(sentence) : value)
                .toArray();
    }
}
