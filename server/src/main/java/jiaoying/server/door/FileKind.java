package jiaoying.server.door;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/** What a file of evidence may be, known by its first bytes and not by its name or by what its sender says. */
enum FileKind {
    JPEG("image/jpeg"),
    PNG("image/png"),
    WEBP("image/webp"),
    HEIC("image/heic"),
    PDF("application/pdf");

    private static final int BRAND = 8;
    private static final int HEAD = 12;

    private final String type;

    FileKind(String type) {
        this.type = type;
    }

    String type() {
        return type;
    }

    static Optional<FileKind> of(byte[] content) {
        if (content.length < HEAD) {
            return Optional.empty();
        }
        var head = new String(content, 0, HEAD, StandardCharsets.ISO_8859_1);
        if (head.startsWith("\u00ff\u00d8\u00ff")) {
            return Optional.of(JPEG);
        }
        if (head.startsWith("\u0089PNG\r\n\u001a\n")) {
            return Optional.of(PNG);
        }
        if (head.startsWith("RIFF") && head.startsWith("WEBP", BRAND)) {
            return Optional.of(WEBP);
        }
        if (head.startsWith("ftyphei", 4) || head.startsWith("ftypmif1", 4)) {
            return Optional.of(HEIC);
        }
        return head.startsWith("%PDF-") ? Optional.of(PDF) : Optional.empty();
    }

    static String types() {
        return Arrays.stream(values()).map(FileKind::type).collect(Collectors.joining(", "));
    }
}
