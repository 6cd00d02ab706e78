package jiaoying.server.reply;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Properties;
import java.util.Set;

/** The text catalogue (文案) of one language; zh-CN is the master, en is complete (tested). */
public final class Texts {
    public static final Texts ZH = load("zh-CN");
    public static final Texts EN = load("en");

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

    /** The line of this key, with {@code {0}}, {@code {1}} ... replaced. */
    public String say(String key, Object... values) {
        var line = lines.getProperty(key);
        if (line == null) {
            throw new IllegalArgumentException("Bug: no text \"" + key + "\" in " + lang);
        }
        for (int i = 0; i < values.length; i++) {
            line = line.replace("{" + i + "}", String.valueOf(values[i]));
        }
        return line;
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
