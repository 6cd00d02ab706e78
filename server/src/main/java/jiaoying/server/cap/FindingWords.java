package jiaoying.server.cap;

import java.util.Locale;
import jiaoying.duty.measure.Sentence;
import jiaoying.duty.monitor.SignalColor;
import jiaoying.duty.warn.Bulletin.Remark;
import jiaoying.server.reply.Texts;
import jiaoying.wire.cap.Finding;

/** What is said about messages (预警消息的问题与说明), in the reader's language. */
public final class FindingWords {
    private FindingWords() {}

    /** What is wrong, without the value that is. */
    public static String what(Finding finding, Texts texts) {
        return texts.say("cap.rule." + word(finding.rule()));
    }

    /** What may stand there. */
    public static Sentence allowed(Finding finding) {
        return switch (finding.rule()) {
            case XML -> Sentence.of("cap-xml", finding.allowed());
            case WRAPPED -> Sentence.of("cap-wrapped", finding.allowed());
            case NO_ALERT -> Sentence.of("cap-no-alert", finding.allowed());
            case SEVERAL_ALERTS -> Sentence.of("cap-several-alerts", finding.allowed());
            case VERSION -> Sentence.of("cap-version", finding.allowed());
            case MISSING -> Sentence.of("cap-missing", finding.allowed());
            case EMPTY -> Sentence.of("cap-empty", finding.allowed());
            case ORDER -> Sentence.of("cap-order", finding.allowed());
            case REPEATED -> Sentence.of("cap-repeated", finding.allowed());
            case UNKNOWN_ELEMENT -> Sentence.of("cap-unknown-element", finding.allowed());
            case WORD -> Sentence.of("cap-word", finding.allowed());
            case SPACE -> Sentence.of("cap-space", finding.allowed());
            case CHARACTER -> Sentence.of("cap-character", finding.allowed());
            case TIME -> Sentence.of("cap-time", finding.allowed());
            case REFERENCES -> Sentence.of("cap-references", finding.allowed());
            case SCOPE -> Sentence.of("cap-scope", finding.allowed());
            case LANGUAGE -> Sentence.of("cap-language", finding.allowed());
            case POLYGON -> Sentence.of("cap-polygon", finding.allowed());
            case CIRCLE -> Sentence.of("cap-circle", finding.allowed());
            case ALTITUDE -> Sentence.of("cap-altitude", finding.allowed());
            case EXPIRES -> Sentence.of("cap-expires", finding.allowed());
            case URI -> Sentence.of("cap-uri", finding.allowed());
            case SIZE -> Sentence.of("cap-size", finding.allowed());
            case DIGEST -> Sentence.of("cap-digest", finding.allowed());
            case BASE64 -> Sentence.of("cap-base64", finding.allowed());
            case PAIR -> Sentence.of("cap-pair", finding.allowed());
        };
    }

    /** The word of a rule on the wire. */
    public static String word(Finding.Rule rule) {
        return rule.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public static String say(Remark remark, Texts texts) {
        return texts.say(
                "cap.remark." + remark.kind(),
                remark.values().stream()
                        .map(value -> value(remark, value, texts))
                        .toArray());
    }

    private static String value(Remark remark, String value, Texts texts) {
        var rule = "cap.rule." + value;
        return remark.kind().equals("standard") && texts.keys().contains(rule)
                ? texts.say(rule)
                : SignalColor.find(value)
                        .map(color -> texts.say("color." + color.word()))
                        .orElse(value);
    }
}
