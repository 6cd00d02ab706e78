package jiaoying.server.pack;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import jiaoying.duty.measure.Sentence;

/** Reads {@code texts/*.yaml}: the words that are sent, in one language. */
final class TextsReader {
    /** Every pack has its texts in this language. */
    static final String MASTER = "zh-CN";

    static final List<String> LANGUAGES = List.of(MASTER, "en");

    /** Messages by name; {@code word.red} and the like are the words put into placeholders. */
    private static final List<String> MESSAGES = List.of(
            "call",
            "call-by-alert",
            "call-by-forecast",
            "deputy-ask",
            "deputy-ask-by-alert",
            "deputy-ask-by-forecast",
            "superior-ask",
            "superior-ask-by-alert",
            "superior-ask-by-forecast",
            "downgraded",
            "downgraded-still-called",
            "lifted",
            "corrected",
            "retracted",
            "answer-test",
            "drill-ended");

    private static final Set<String> ASKS = Set.of(
            "call",
            "call-by-alert",
            "call-by-forecast",
            "deputy-ask",
            "deputy-ask-by-alert",
            "deputy-ask-by-forecast",
            "superior-ask",
            "superior-ask-by-alert",
            "superior-ask-by-forecast",
            "answer-test");
    private static final List<String> WORDS =
            List.of("exercise", "demo", "blue", "yellow", "orange", "red", "rainstorm", "water-level", "waterlogging");
    /** Phrases put together from parts: each has to have its parts. */
    private static final List<String> PHRASES = List.of("sent-again", "and-more");

    private static final List<String> PLACEHOLDERS =
            List.of("exercise", "area", "color", "hazard", "source", "time", "items", "text", "link");
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{([^{}]*)}");

    private TextsReader() {}

    static Map<String, String> read(PackNode root) {
        var fields = root.fields(List.of("messages", "words", "phrases"));
        var texts = new HashMap<String, String>();
        var messages = fields.need("messages").fields(MESSAGES);
        MESSAGES.forEach(name -> texts.put(name, message(name, messages.need(name))));
        var words = fields.need("words").fields(WORDS);
        WORDS.forEach(word -> texts.put("word." + word, words.need(word).text()));
        var phrases = fields.need("phrases").fields(PHRASES);
        texts.put("phrase.sent-again", phrase(phrases.need("sent-again"), "{message}"));
        texts.put("phrase.and-more", phrase(phrases.need("and-more"), "{items}", "{count}"));
        return Map.copyOf(texts);
    }

    private static String phrase(PackNode node, String... parts) {
        var text = node.text();
        for (var part : parts) {
            if (!text.contains(part)) {
                node.refuse(Sentence.of("phrase-with", part));
            }
        }
        return text;
    }

    private static String message(String name, PackNode node) {
        var text = node.text();
        if (text.isEmpty()) {
            return text;
        }
        PLACEHOLDER.matcher(text).results().map(found -> found.group(1)).forEach(placeholder -> {
            if (!PLACEHOLDERS.contains(placeholder)) {
                node.unknown("placeholder", placeholder, PLACEHOLDERS);
            }
        });
        if (PLACEHOLDER.matcher(text).replaceAll("").matches(".*[{}].*")) {
            node.refuse(Sentence.of("brackets"));
        }
        if (!text.contains("{exercise}")) {
            node.refuse(Sentence.of("with-exercise"));
        }
        if (ASKS.contains(name) != text.contains("{link}")) {
            node.refuse(ASKS.contains(name) ? Sentence.of("with-link") : Sentence.of("without-link"));
        }
        return text;
    }
}
