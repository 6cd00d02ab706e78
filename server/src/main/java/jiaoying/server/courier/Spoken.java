package jiaoying.server.courier;

import java.util.regex.Pattern;
import jiaoying.server.reply.Texts;

/** What a voice says of a message (语音文本): in place of the link, which no ear can keep, the key that answers. */
final class Spoken {
    private static final Pattern LINK = Pattern.compile("\\s*\\{link}");
    private static final Pattern CHINESE_END = Pattern.compile(".*\\p{IsHan}[\\p{P}\\s]*", Pattern.DOTALL);

    private Spoken() {}

    /** What a telephone says: which key answers. In the language of the words before the link. */
    static String of(String message) {
        return of(message, "voice.press", "voice.comma.press");
    }

    /** What a loudspeaker says, which everybody hears and nobody can answer by. */
    static String aloud(String message) {
        return of(message, "speaker.answer", "speaker.comma.answer");
    }

    private static String of(String message, String sentence, String clause) {
        var link = LINK.matcher(message);
        if (!link.find()) {
            return message;
        }
        var before = message.substring(0, link.start());
        var texts = CHINESE_END.matcher(before).matches() ? Texts.ZH : Texts.EN;
        boolean pause = before.isBlank() || before.matches("(?s).*\\p{P}");
        return before
                + texts.say(pause ? sentence : clause)
                + LINK.matcher(message.substring(link.end())).replaceAll("");
    }
}
