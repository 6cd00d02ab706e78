package jiaoying.server.reply;

/** Why a request was not done, in four parts: what, which value, what is allowed, what to do. */
public final class Problem extends RuntimeException {
    private final int status;
    private final transient Words words;

    public Problem(int status, Words words) {
        super(words.what());
        this.status = status;
        this.words = words;
    }

    /** In English, for machines and their engineers. */
    public static Problem plain(int status, String what, String value, String allowed, String todo) {
        return new Problem(status, new Words(what, value, allowed, todo));
    }

    /** In the reader's language: {@code key.what}, {@code key.allowed} and {@code key.todo} of the text catalogue. */
    public static Problem said(int status, Texts texts, String key, String value) {
        return new Problem(status, Words.said(texts, key, value));
    }

    public int status() {
        return status;
    }

    public Body body() {
        return new Body(words);
    }

    public record Words(String what, String value, String allowed, String todo) {
        public static Words said(Texts texts, String key, String value) {
            return new Words(
                    texts.say(key + ".what", value), value, texts.say(key + ".allowed"), texts.say(key + ".todo"));
        }
    }

    public record Body(Words error) {}
}
