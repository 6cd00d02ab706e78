package jiaoying.server.replay;

import jiaoying.duty.measure.Sentence;
import jiaoying.server.reply.Texts;
import jiaoying.sim.storm.Told;

/** What is to be said about a storm folder, in the reader's words. */
public final class StormWords {
    private StormWords() {}

    public static String say(Told told, Texts texts) {
        return texts.say(sentence(told, texts));
    }

    private static Sentence sentence(Told told, Texts texts) {
        return new Sentence(
                told.code(),
                told.values().stream()
                        .map(value -> value instanceof Told inner ? say(inner, texts) : String.valueOf(value))
                        .toList());
    }
}
