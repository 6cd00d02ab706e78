package jiaoying.duty.warn;

/**
 * The words of a warning signal (预警信号内容) in Chinese and English. They are kept as one text, an empty line between the two
 * parts; a text of one part serves both.
 */
public record SignalText(String zh, String en) {
    private static final String BETWEEN = "\n\n";

    public static SignalText of(String text) {
        var cut = text.indexOf(BETWEEN);
        return cut < 0
                ? new SignalText(text.strip(), text.strip())
                : new SignalText(
                        text.substring(0, cut).strip(), text.substring(cut).strip());
    }

    public String joined() {
        return zh.equals(en) || en.isEmpty() ? zh : zh + BETWEEN + en;
    }
}
