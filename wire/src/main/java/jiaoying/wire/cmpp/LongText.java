package jiaoying.wire.cmpp;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Texts cut to what one message holds (长短信): 140 bytes, or 134 and a header of six in each of several parts. */
public final class LongText {
    /** Letters of a text in one message of UCS-2. */
    public static final int ALONE = 70;

    /** Letters of each of several parts of UCS-2. */
    public static final int IN_PARTS = 67;

    private static final int ASCII_ALONE = 140;
    private static final int PARTS_MOST = 255;
    private static final int REFERENCES = 256;

    private LongText() {}

    /**
     * A text of ASCII letters only that fits one message goes as ASCII, all others as UCS-2. A letter of two halves (outside of
     * the basic plane) is not cut.
     *
     * @param reference joins the parts on the phone; only its lowest byte counts
     * @throws IllegalArgumentException when the text is empty or needs more than 255 parts
     */
    public static List<Part> cut(String text, int reference) {
        if (text.isEmpty()) {
            throw new IllegalArgumentException("an empty text");
        }
        if (text.length() <= ASCII_ALONE && text.chars().allMatch(c -> c >= ' ' && c < 127 || c == '\n')) {
            return List.of(
                    new Part(0, 1, 1, MsgFmt.ASCII.code(), Content.of(text.getBytes(StandardCharsets.US_ASCII))));
        }
        var pieces = text.length() <= ALONE ? List.of(text) : pieces(text);
        if (pieces.size() > PARTS_MOST) {
            throw new IllegalArgumentException(
                    text.length() + " letters need " + pieces.size() + " parts; at most " + PARTS_MOST);
        }
        var parts = new ArrayList<Part>();
        for (var piece : pieces) {
            parts.add(part(piece, Math.floorMod(reference, REFERENCES), pieces.size(), parts.size() + 1));
        }
        return List.copyOf(parts);
    }

    private static List<String> pieces(String text) {
        var pieces = new ArrayList<String>();
        for (int from = 0, to; from < text.length(); from = to) {
            to = Math.min(from + IN_PARTS, text.length());
            if (to < text.length() && Character.isHighSurrogate(text.charAt(to - 1)) && to - 1 > from) {
                to--;
            }
            pieces.add(text.substring(from, to));
        }
        return pieces;
    }

    private static Part part(String piece, int reference, int total, int index) {
        var out = new ByteArrayOutputStream();
        if (total > 1) {
            out.writeBytes(new byte[] {5, 0, 3, (byte) reference, (byte) total, (byte) index});
        }
        out.writeBytes(piece.getBytes(StandardCharsets.UTF_16BE));
        return new Part(total > 1 ? reference : 0, total, index, MsgFmt.UCS2.code(), Content.of(out.toByteArray()));
    }
}
