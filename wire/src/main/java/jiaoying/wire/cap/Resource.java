package jiaoying.wire.cap;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * A file that goes with an info (3.2.3).
 *
 * @param size bytes, about
 * @param uri where it is; absolute, or a name for {@code derefUri}
 * @param derefUri the file itself, in base64
 * @param digest SHA-1, 40 hexadecimal digits
 */
public record Resource(
        String resourceDesc,
        String mimeType,
        OptionalLong size,
        Optional<String> uri,
        Optional<String> derefUri,
        Optional<String> digest) {}
