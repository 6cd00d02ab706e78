package jiaoying.server.pack;

import java.util.Optional;
import jiaoying.duty.measure.Sentence;
import jiaoying.server.reply.Texts;

/**
 * Something in a pack that must be put right before it is used.
 *
 * @param file     path inside the pack's parent folder, for example {@code call-and-answer/plan.yaml}
 * @param line     counted from 1; 0 when the whole file is meant
 * @param column   counted from 1; 0 when the whole file is meant
 * @param found    what stands there
 * @param expected what is allowed there
 * @param nearest  the known word that was probably meant
 */
public record PackProblem(
        String file, int line, int column, Sentence found, Sentence expected, Optional<String> nearest) {
    /** As it reads in one language. */
    public record Words(String file, int line, int column, String found, String expected, Optional<String> nearest) {}

    private static String said(Sentence sentence, Texts texts) {
        return texts.chinese() && sentence.code().equals("words")
                ? PackWords.chinese(sentence.values().getFirst())
                : texts.say(sentence);
    }

    public Words in(Texts texts) {
        return new Words(file, line, column, said(found, texts), said(expected, texts), nearest);
    }

    /** One line: {@code file:line:column: found ..., expected ...}. */
    public String text(Texts texts) {
        var place = line == 0 ? file : file + ":" + line + ":" + column;
        var hint = nearest.map(word -> texts.say("pack.nearest", word)).orElse("");
        return texts.say("pack.problem", place, said(found, texts), said(expected, texts)) + hint;
    }
}
