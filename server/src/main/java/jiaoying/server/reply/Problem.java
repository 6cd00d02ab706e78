package jiaoying.server.reply;

import java.util.function.Function;
import jiaoying.duty.measure.Sentence;
import jiaoying.duty.room.Outcome;

/** Why a request was not done, in four parts: what, which value, what is allowed, what to do. */
public final class Problem extends RuntimeException {
    private final int status;
    private final transient Function<Texts, Words> words;
    private final transient Sentence allowed;

    private Problem(int status, Function<Texts, Words> words) {
        this(status, words, Sentence.words(words.apply(Texts.EN).allowed()));
    }

    private Problem(int status, Function<Texts, Words> words, Sentence allowed) {
        super(words.apply(Texts.EN).what());
        this.status = status;
        this.words = words;
        this.allowed = allowed;
    }

    /** In English, for machines and their engineers. */
    public static Problem plain(int status, String what, String value, String allowed, String todo) {
        var words = new Words("", what, value, allowed, todo);
        return new Problem(status, reader -> words);
    }

    /** {@code key.what} and {@code key.todo} of the text catalogue, with what is allowed as a sentence of its own. */
    public static Problem allowing(int status, String key, String value, Sentence allowed) {
        return new Problem(
                status,
                reader -> new Words(
                        key, reader.say(key + ".what"), value, reader.say(allowed), reader.say(key + ".todo")),
                allowed);
    }

    /** {@code key.what}, {@code key.allowed} and {@code key.todo} of the text catalogue. */
    public static Problem said(int status, Texts texts, String key, String value) {
        var words = Words.said(texts, key, value);
        return new Problem(status, reader -> words);
    }

    /** In the language of whoever will read it. */
    public static Problem worded(int status, Function<Texts, Words> words) {
        return new Problem(status, words);
    }

    public int status() {
        return status;
    }

    /** What is allowed, for whoever records it. */
    public Sentence allowed() {
        return allowed;
    }

    public Body body(Texts reader) {
        return new Body(words.apply(reader));
    }

    /** @param code the same in every language, for machines; empty when there is none */
    public record Words(String code, String what, String value, String allowed, String todo) {
        public static Words said(Texts texts, String key, String value) {
            return new Words(
                    key, texts.say(key + ".what", value), value, texts.say(key + ".allowed"), texts.say(key + ".todo"));
        }

        /** What a room said no to. */
        public static Words refused(Texts texts, Outcome.Refused no) {
            var key = "refused." + no.why().code();
            return new Words(
                    no.why().code(),
                    texts.say(key + ".what", no.value(), no.allowed()),
                    no.value(),
                    texts.say(key + ".allowed", no.value(), no.allowed()),
                    texts.say(key + ".todo"));
        }
    }

    public record Body(Words error) {}
}
