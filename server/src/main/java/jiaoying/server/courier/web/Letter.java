package jiaoying.server.courier.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import jiaoying.server.reply.Texts;

/** What goes together in one message of a robot (群消息): one part for each person. */
record Letter(List<Part> parts) {
    static final String BETWEEN = "\n\n";

    private static final Pattern LINK = Pattern.compile("https?://[^\\s]+/a/[A-Za-z0-9_-]+");
    private static final Pattern HAN = Pattern.compile("\\p{IsHan}");

    Letter {
        parts = List.copyOf(parts);
    }

    /**
     * A person's words.
     *
     * @param text with the link in it, if there is one
     * @param name before which stands, or empty
     * @param id   by which the person is mentioned, or empty
     */
    record Part(String text, String name, String id) {
        /** Where the person answers by POST; empty when there is nothing to answer. */
        String link() {
            var found = LINK.matcher(text);
            return found.find() ? found.group() : "";
        }

        /** The words for a card, which has a button in place of the link. */
        String words() {
            return LINK.matcher(text).replaceFirst(texts().say("chat.press"));
        }

        /** @param named when several have a button each */
        String button(boolean named) {
            var word = texts().say("chat.button");
            return named && !name.isEmpty() ? name + "：" + word : word;
        }

        private Texts texts() {
            return HAN.matcher(text).find() ? Texts.ZH : Texts.EN;
        }

        int bytes() {
            return text.getBytes(UTF_8).length;
        }
    }

    /** Whether each part has something to answer and they are few enough for buttons. */
    boolean answers(int most) {
        return parts.size() <= most
                && parts.stream().noneMatch(part -> part.link().isEmpty());
    }

    boolean several() {
        return parts.size() > 1;
    }

    String text() {
        return parts.stream().map(Part::text).collect(Collectors.joining(BETWEEN));
    }

    String words() {
        return parts.stream().map(Part::words).collect(Collectors.joining(BETWEEN));
    }

    List<String> mentions() {
        return parts.stream()
                .map(Part::id)
                .filter(id -> !id.isEmpty())
                .distinct()
                .toList();
    }

    /** For the list of chats: the first words. */
    String title(int most) {
        var first = parts.getFirst().words().strip().lines().findFirst().orElse("");
        return first.codePointCount(0, first.length()) <= most
                ? first
                : first.substring(0, first.offsetByCodePoints(0, most));
    }
}
