package jiaoying.server.main;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.PropertyResourceBundle;
import java.util.ResourceBundle;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import jiaoying.server.reply.Texts;

/** The texts of the command line in one language (命令行文案): zh-CN when the user's language is Chinese, else English. */
final class Words {
    static final Words ZH = load("zh-CN");
    static final Words EN = load("en");

    private static final Pattern VALUE = Pattern.compile("\\{(\\d)}");

    private final String tag;
    private final ResourceBundle bundle;

    private Words(String tag, ResourceBundle bundle) {
        this.tag = tag;
        this.bundle = bundle;
    }

    /**
     * {@code --lang} first, then what the locale of the terminal says; that stands in {@code JIAOYING_LANGUAGE} when
     * {@code ./jiaoying} had to replace a locale that is not installed.
     */
    static Words of(String[] args, Map<String, String> environment) {
        for (var i = 0; i < args.length; i++) {
            if (args[i].startsWith("--lang=")) {
                return of(args[i].substring("--lang=".length()));
            }
            if (args[i].equals("--lang") && i + 1 < args.length) {
                return of(args[i + 1]);
            }
        }
        return of(Stream.of("JIAOYING_LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG")
                .map(name -> environment.getOrDefault(name, ""))
                .filter(value -> !value.isEmpty())
                .findFirst()
                .orElse(""));
    }

    /** The language of {@code --lang} when it is none that the program speaks. */
    static Optional<String> unknown(String[] args) {
        for (var i = 0; i < args.length; i++) {
            var asked = args[i].startsWith("--lang=")
                    ? args[i].substring("--lang=".length())
                    : args[i].equals("--lang") && i + 1 < args.length ? args[i + 1] : "zh";
            if (!asked.matches("(zh|en)([-_.].*)?")) {
                return Optional.of(asked);
            }
        }
        return Optional.empty();
    }

    private static Words of(String language) {
        return language.startsWith("zh") ? ZH : EN;
    }

    private static Words load(String tag) {
        try {
            return new Words(tag, new PropertyResourceBundle(new StringReader(read(tag + ".properties"))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(String name) {
        try (var stream = Words.class.getResourceAsStream("/jiaoying/help/" + name)) {
            if (stream == null) {
                throw new IllegalStateException("Bug: the texts " + name + " are not in the program");
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The language, as a tag: {@code zh-CN} or {@code en}. */
    String tag() {
        return tag;
    }

    /** The catalogue of pages and doors in the same language. */
    Texts texts() {
        return Texts.of(tag);
    }

    /** The help of the whole program, which {@code ./jiaoying --help} shows without starting a JVM. */
    String page() {
        return read(tag + ".txt");
    }

    ResourceBundle bundle() {
        return bundle;
    }

    /** A text with its {@code {0}}, {@code {1}} filled in. */
    String say(String key, Object... values) {
        return VALUE.matcher(bundle.getString(key))
                .replaceAll(
                        found -> Matcher.quoteReplacement(String.valueOf(values[Integer.parseInt(found.group(1))])));
    }
}
