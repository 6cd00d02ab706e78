package jiaoying.server.reply;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.function.BinaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import jiaoying.duty.measure.Sentence;
import org.jspecify.annotations.Nullable;

/** The text catalogue (文案) of one language; zh-CN is the master, en is complete (tested). */
public final class Texts {
    public static final Texts ZH = load("zh-CN");
    public static final Texts EN = load("en");

    private static final Pattern VALUE = Pattern.compile("\\{(\\d)(?::([a-z]+))?}");

    /** A count in words that need a singular, as {@code {0|item|items}}. */
    private static final Pattern COUNTED = Pattern.compile("\\{(\\d)\\|([^|{}]*)\\|([^|{}]*)}");

    private final String lang;
    private final Properties lines;

    private Texts(String lang, Properties lines) {
        this.lang = lang;
        this.lines = lines;
    }

    /** @param wish a language tag or an Accept-Language header; anything that does not begin with en reads Chinese */
    public static Texts of(String wish) {
        return wish.startsWith("en") ? EN : ZH;
    }

    public String lang() {
        return lang;
    }

    public boolean chinese() {
        return this == ZH;
    }

    public Set<String> keys() {
        return lines.stringPropertyNames();
    }

    /** The line of this key, with {@code {0}}, {@code {1}} ... replaced, and {@code {0|item|items}} by the first word where {0} is 1. */
    public String say(String key, Object... values) {
        var line = lines.getProperty(key);
        if (line == null) {
            throw new IllegalArgumentException("Bug: no text \"" + key + "\" in " + lang);
        }
        line = counted(line, Arrays.stream(values).map(String::valueOf).toList());
        for (int i = 0; i < values.length; i++) {
            line = line.replace("{" + i + "}", String.valueOf(values[i]));
        }
        return line;
    }

    /** A sentence in the words of this language; one that an other program wrote is shown as its code and values. */
    public String say(Sentence sentence) {
        return say(sentence, (_, value) -> value);
    }

    /**
     * The line {@code said.<code>}. Where it has {@code {0:kind}}, the value is said in words: those of {@code kind.<value>} here,
     * or what {@code names} makes of it.
     *
     * @param names given the kind (area, time) and the value
     */
    public String say(Sentence sentence, BinaryOperator<String> names) {
        var line = lines.getProperty("said." + sentence.code());
        return line == null
                ? sentence.toString()
                : VALUE.matcher(counted(line, sentence.values()))
                        .replaceAll(found -> Matcher.quoteReplacement(
                                value(sentence.values(), Integer.parseInt(found.group(1)), found.group(2), names)));
    }

    private static String counted(String line, List<String> values) {
        return line.indexOf('|') < 0
                ? line
                : COUNTED.matcher(line)
                        .replaceAll(found -> Matcher.quoteReplacement(
                                found.group(one(values, Integer.parseInt(found.group(1))) ? 2 : 3)));
    }

    private static boolean one(List<String> values, int place) {
        return place < values.size() && values.get(place).equals("1");
    }

    private String value(List<String> values, int place, @Nullable String kind, BinaryOperator<String> names) {
        var value = place < values.size() ? values.get(place) : "";
        return kind == null ? value : lines.getProperty(kind + "." + value, names.apply(kind, value));
    }

    private static Texts load(String lang) {
        var lines = new Properties();
        try (var in = Texts.class.getResourceAsStream("/jiaoying/text/" + lang + ".properties")) {
            if (in == null) {
                throw new IllegalStateException("Bug: the text catalogue " + lang + " is not in the program");
            }
            lines.load(new InputStreamReader(in, StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Texts(lang, lines);
    }
}
