package jiaoying.server.reply;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import jiaoying.duty.measure.Sentence;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.exc.UnexpectedEndOfInputException;

/**
 * What is wrong with JSON or YAML (格式有误), in our own words: the parsers speak English only, and to programmers. What is not
 * known more closely is said by its place.
 */
public final class ParserWords {
    private static final Pattern CHARACTER = Pattern.compile("Unexpected character \\('(.)'");
    private static final Pattern TOKEN = Pattern.compile("Unrecognized token '([^']*)'");
    private static final Pattern TWICE =
            Pattern.compile("(?:Duplicate Object property \"|found duplicate key )([^\"\\s]+)");
    private static final int LONGEST = 40;

    private ParserWords() {}

    /** With line and column, counted from 1. */
    public static Sentence json(JacksonException failed) {
        return said(
                failed, placed(failed).map(place -> (long) place.getLineNr()).orElse(1L), column(failed));
    }

    /** Of JSON that stands in one line of something longer. @param before how many bytes of the line stand before it */
    public static Sentence json(JacksonException failed, long line, int before) {
        return said(failed, line, before + column(failed));
    }

    private static Optional<TokenStreamLocation> placed(JacksonException failed) {
        return Optional.ofNullable(failed.getLocation()).filter(place -> place.getLineNr() > 0);
    }

    private static int column(JacksonException failed) {
        return placed(failed).map(place -> Math.max(1, place.getColumnNr())).orElse(1);
    }

    private static Sentence said(JacksonException failed, long line, int column) {
        var words = String.valueOf(failed.getOriginalMessage());
        if (failed instanceof UnexpectedEndOfInputException || words.contains("end-of-input")) {
            return Sentence.of("json-cut", line, column);
        }
        if (failed instanceof StreamConstraintsException) {
            return Sentence.of("json-large");
        }
        if (words.contains("UTF-8")) {
            return Sentence.of("json-bytes", line, column);
        }
        return find(CHARACTER, words)
                .map(found -> Sentence.of("json-character", line, column, found))
                .or(() -> find(TOKEN, words).map(found -> Sentence.of("json-token", line, column, found)))
                .or(() -> find(TWICE, words).map(found -> Sentence.of("json-twice", line, column, found)))
                .orElseGet(() -> Sentence.of("json-wrong", line, column));
    }

    /** As {@code 3:5}, or empty where the parser knows no place. */
    public static String place(JacksonException failed) {
        return Optional.ofNullable(failed.getLocation())
                .filter(at -> at.getLineNr() > 0)
                .map(at -> at.getLineNr() + ":" + at.getColumnNr())
                .orElse("");
    }

    /** Without line and column; see {@link #place(YamlEngineException)}. */
    public static Sentence yaml(YamlEngineException failed) {
        var words = failed instanceof MarkedYamlEngineException marked
                ? String.valueOf(marked.getProblem())
                : String.valueOf(failed.getMessage());
        if (words.contains("mapping values are not allowed")) {
            return Sentence.of("yaml-colon");
        }
        if (words.contains("could not find expected ':'")) {
            return Sentence.of("yaml-no-colon");
        }
        if (words.contains("TAB") || words.contains("\\t")) {
            return Sentence.of("yaml-tab");
        }
        if (words.contains("unexpected end of stream") || words.contains("<stream end>")) {
            return Sentence.of("yaml-open");
        }
        if (words.contains("expected ',' or")) {
            return Sentence.of("yaml-list");
        }
        if (words.contains("<block end>") || words.contains("expected the node content")) {
            return Sentence.of("yaml-indent");
        }
        return find(TWICE, words)
                .map(found -> Sentence.of("yaml-twice", found))
                .orElseGet(() -> Sentence.of("yaml-wrong"));
    }

    /** As {@code :3:5}, to stand behind a file's name, or empty where the parser knows no place. */
    public static String place(YamlEngineException failed) {
        return mark(failed)
                .map(at -> ":" + (at.getLine() + 1) + ":" + (at.getColumn() + 1))
                .orElse("");
    }

    /** Where it is. */
    public static Optional<Mark> mark(YamlEngineException failed) {
        return failed instanceof MarkedYamlEngineException marked
                ? marked.getProblemMark().or(marked::getContextMark)
                : Optional.empty();
    }

    private static Optional<String> find(Pattern pattern, String words) {
        return Optional.of(pattern.matcher(words))
                .filter(Matcher::find)
                .map(found -> found.group(1))
                .map(text -> text.length() > LONGEST ? text.substring(0, LONGEST) + "…" : text);
    }
}
