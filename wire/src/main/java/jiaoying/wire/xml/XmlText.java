package jiaoying.wire.xml;

import java.nio.charset.StandardCharsets;

/** XML being written: elements on lines of their own, two spaces a level, UTF-8. */
public final class XmlText {
    private final StringBuilder out = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    private int level;

    /** Opens an element; {@code attributes} as name, value, name, value. */
    public XmlText open(String name, String... attributes) {
        indent().append(tag(name, attributes)).append(">\n");
        level++;
        return this;
    }

    public XmlText close(String name) {
        level--;
        indent().append("</").append(name).append(">\n");
        return this;
    }

    /** An element with nothing but text. */
    public XmlText text(String name, String text, String... attributes) {
        indent().append(tag(name, attributes)).append('>');
        escape(text);
        out.append("</").append(name).append(">\n");
        return this;
    }

    public XmlText empty(String name, String... attributes) {
        indent().append(tag(name, attributes)).append("/>\n");
        return this;
    }

    private StringBuilder indent() {
        return out.append("  ".repeat(level));
    }

    private static String tag(String name, String... attributes) {
        var tag = new StringBuilder("<").append(name);
        for (var i = 0; i < attributes.length; i += 2) {
            var value = new XmlText();
            value.out.setLength(0);
            value.escape(attributes[i + 1]);
            tag.append(' ')
                    .append(attributes[i])
                    .append("=\"")
                    .append(value.out)
                    .append('"');
        }
        return tag.toString();
    }

    /** @throws IllegalArgumentException on a character that XML 1.0 does not allow */
    private void escape(String text) {
        text.codePoints().forEach(it -> {
            switch (it) {
                case '&' -> out.append("&amp;");
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '"' -> out.append("&quot;");
                case '\r' -> out.append("&#13;");
                default -> {
                    if (!isAllowed(it)) {
                        throw new IllegalArgumentException(
                                "XML cannot say the character U+" + Integer.toHexString(it) + "; leave it out");
                    }
                    out.appendCodePoint(it);
                }
            }
        });
    }

    /** Characters of XML 1.0, production 2. */
    public static boolean isAllowed(int codePoint) {
        return codePoint == '\t'
                || codePoint == '\n'
                || codePoint == '\r'
                || codePoint >= 0x20 && codePoint <= 0xD7FF
                || codePoint >= 0xE000 && codePoint <= 0xFFFD
                || codePoint >= 0x10000;
    }

    public byte[] toBytes() {
        return out.toString().getBytes(StandardCharsets.UTF_8);
    }
}
