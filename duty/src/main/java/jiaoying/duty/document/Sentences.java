package jiaoying.duty.document;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A text cut into sentences. Lines that a column or a page broke are joined, unless the next begins a heading or a numbered
 * point; each sentence keeps its place in the text as it came.
 */
final class Sentences {
    private static final String ENDS = "。！？；!?;";
    private static final Pattern POINT = Pattern.compile(
            "^[\\s　]*(?:[一二三四五六七八九十]{1,3}[、.．]|[（(][一二三四五六七八九十\\d]{1,3}[）)]|\\d{1,2}[.．、](?!\\d)|#+\\s|[-*•]\\s).*",
            Pattern.DOTALL);

    /** Characters; a shorter line may be a headline. */
    private static final int FULL_LINE = 12;

    private static final int PARAGRAPH_MOST = 8;
    /** What begins a by-line or an article. */
    private static final List<String> BEGINS = List.of("■", "本报讯", "附件");

    private Sentences() {}

    record Sentence(Demand.Span span, String text, int[] places) {
        /** The place in the document of a stretch of the joined text. */
        Demand.Span place(int from, int to) {
            return new Demand.Span(places[from], places[to - 1] + 1);
        }
    }

    static List<Sentence> of(String text) {
        var sentences = new ArrayList<Sentence>();
        var from = 0;
        for (var at = 0; at < text.length(); at++) {
            if (ENDS.indexOf(text.charAt(at)) >= 0 || breaks(text, at)) {
                add(sentences, text, from, at + 1);
                from = at + 1;
            }
        }
        add(sentences, text, from, text.length());
        return List.copyOf(sentences);
    }

    /** A line ends a sentence before an empty line, and before a heading or a numbered point. */
    private static boolean breaks(String text, int at) {
        if (text.charAt(at) != '\n') {
            return false;
        }
        var end = text.indexOf('\n', at + 1);
        var next = text.substring(at + 1, end < 0 ? text.length() : end);
        return next.isBlank() ? !columnBroke(text, at) : POINT.matcher(next).matches();
    }

    /**
     * Whether an empty line only stands where a column ended within a sentence: the line before it is as full as the lines above it
     * and ends with no mark, and what follows begins nothing new.
     */
    private static boolean columnBroke(String text, int at) {
        var lines = paragraph(text, at);
        if (lines.isEmpty()) {
            return true;
        }
        var last = lines.getLast();
        var width = lines.stream().mapToInt(String::length).max().orElse(0);
        var next = text.substring(at).stripLeading();
        var line = next.substring(0, next.indexOf('\n') < 0 ? next.length() : next.indexOf('\n'));
        return lines.size() > 1
                && last.length() >= FULL_LINE
                && last.length() * 5 >= width * 4
                && ENDS.indexOf(last.charAt(last.length() - 1)) < 0
                && BEGINS.stream().noneMatch(line::startsWith)
                && !POINT.matcher(line).matches();
    }

    /** The lines before this break, up to an empty one; none when the break ends an empty line itself. */
    private static List<String> paragraph(String text, int at) {
        var lines = new ArrayList<String>();
        for (var end = at; end > 0 && lines.size() < PARAGRAPH_MOST; ) {
            var begin = text.lastIndexOf('\n', end - 1) + 1;
            var line = text.substring(begin, end).strip();
            if (line.isEmpty()) {
                break;
            }
            lines.addFirst(line);
            end = begin - 1;
        }
        return lines;
    }

    private static void add(List<Sentence> sentences, String text, int from, int to) {
        var joined = new StringBuilder();
        var places = new int[to - from];
        for (var at = from; at < to; at++) {
            if (kept(text, at, from, to)) {
                places[joined.length()] = at;
                joined.append(text.charAt(at) == '\n' ? ' ' : text.charAt(at));
            }
        }
        if (!joined.toString().isBlank()) {
            var length = joined.length();
            sentences.add(new Sentence(
                    new Demand.Span(places[0], places[length - 1] + 1),
                    joined.toString(),
                    java.util.Arrays.copyOf(places, length)));
        }
    }

    /** White space stays only between two letters of a western word. */
    private static boolean kept(String text, int at, int from, int to) {
        if (!white(text.charAt(at))) {
            return true;
        }
        var before = at - 1;
        while (before >= from && white(text.charAt(before))) {
            before--;
        }
        var after = at + 1;
        while (after < to && white(text.charAt(after))) {
            after++;
        }
        return before == at - 1
                && before >= from
                && after < to
                && letter(text.charAt(before))
                && letter(text.charAt(after));
    }

    private static boolean white(char c) {
        return Character.isWhitespace(c) || c == '\u3000' || c == '\u00a0';
    }

    private static boolean letter(char c) {
        return c < 0x250 && Character.isLetter(c);
    }
}
