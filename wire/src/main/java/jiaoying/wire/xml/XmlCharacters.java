package jiaoying.wire.xml;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Bytes of a document to characters: by the byte order mark, else by the encoding that the declaration names, else UTF-8 (XML
 * 1.0, appendix F); two-byte characters are known by the declaration's first two also without a mark. Strict: one byte that is no character refuses all; the parser of the JDK would write such faults to the
 * error stream.
 */
public final class XmlCharacters {
    private static final int DECLARATION_MAX = 200;

    private XmlCharacters() {}

    /** Empty if the encoding is unknown or the bytes are not in it. */
    public static Optional<String> decode(byte[] bytes) {
        if (startsWith(bytes, 0xEF, 0xBB, 0xBF)) {
            return decode(bytes, 3, StandardCharsets.UTF_8);
        }
        if (startsWith(bytes, 0xFE, 0xFF)) {
            return decode(bytes, 2, StandardCharsets.UTF_16BE);
        }
        if (startsWith(bytes, 0xFF, 0xFE)) {
            return decode(bytes, 2, StandardCharsets.UTF_16LE);
        }
        if (startsWith(bytes, 0, '<', 0, '?')) {
            return decode(bytes, 0, StandardCharsets.UTF_16BE);
        }
        if (startsWith(bytes, '<', 0, '?', 0)) {
            return decode(bytes, 0, StandardCharsets.UTF_16LE);
        }
        return charset(bytes).flatMap(it -> decode(bytes, 0, it));
    }

    private static boolean startsWith(byte[] bytes, int... mark) {
        for (var i = 0; i < mark.length; i++) {
            if (i >= bytes.length || (bytes[i] & 0xFF) != mark[i]) {
                return false;
            }
        }
        return true;
    }

    private static Optional<Charset> charset(byte[] bytes) {
        var head = new String(bytes, 0, Math.min(bytes.length, DECLARATION_MAX), StandardCharsets.ISO_8859_1);
        var end = head.indexOf("?>");
        var name = head.startsWith("<?xml") && end > 0 ? encoding(head.substring(0, end)) : "UTF-8";
        try {
            return Optional.of(Charset.forName(name)).filter(XmlCharacters::keepsAscii);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** The declaration was read as ASCII, so that the encoding that it names must keep ASCII. */
    private static boolean keepsAscii(Charset charset) {
        return new String("<?xml".getBytes(StandardCharsets.US_ASCII), charset).equals("<?xml");
    }

    private static String encoding(String declaration) {
        var at = declaration.indexOf("encoding");
        var open = Math.max(0, at) + "encoding".length();
        while (open < declaration.length() && declaration.charAt(open) != '"' && declaration.charAt(open) != '\'') {
            open++;
        }
        if (at < 0 || open >= declaration.length()) {
            return "UTF-8";
        }
        var close = declaration.indexOf(declaration.charAt(open), open + 1);
        return close < 0 ? "UTF-8" : declaration.substring(open + 1, close);
    }

    private static Optional<String> decode(byte[] bytes, int from, Charset charset) {
        try {
            return Optional.of(charset.newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(bytes, from, bytes.length - from))
                    .toString());
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }
}
