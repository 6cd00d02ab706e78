package jiaoying.server.pack;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** What is wrong with a programme, in Chinese; a phrase that the list does not have stays as it is. */
final class PackWords {
    private static final List<Phrase> PHRASES = read();

    private PackWords() {}

    private record Phrase(Pattern english, String chinese) {}

    private static List<Phrase> read() {
        var phrases = new ArrayList<Phrase>();
        try (var stream = PackWords.class.getResourceAsStream("/jiaoying/pack/zh-CN.txt")) {
            if (stream == null) {
                throw new IllegalStateException("Bug: the phrases of pack check are not in the program");
            }
            var lines = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8));
            for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                var tab = line.indexOf('\t');
                if (tab > 0 && !line.startsWith("#")) {
                    phrases.add(new Phrase(Pattern.compile(line.substring(0, tab)), line.substring(tab + 1)));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return List.copyOf(phrases);
    }

    static String chinese(String english) {
        for (var phrase : PHRASES) {
            var found = phrase.english().matcher(english);
            if (found.matches()) {
                return found.replaceFirst(phrase.chinese());
            }
        }
        return english;
    }
}
