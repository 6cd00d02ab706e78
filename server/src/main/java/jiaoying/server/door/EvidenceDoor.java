package jiaoying.server.door;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.function.Supplier;
import jiaoying.duty.measure.Sentence;
import jiaoying.server.reply.Problem;
import jiaoying.server.security.Caller;
import jiaoying.server.store.Evidence;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Files of evidence (证据文件) come in here before the deed that names their hash: 201 means that the file is on disk. The body
 * is the file itself.
 */
@RestController
public final class EvidenceDoor {
    /** A photo of a telephone, with room to spare. */
    public static final int MOST_BYTES = 12 * 1024 * 1024;

    private static final int MIB = 1024 * 1024;

    private final Supplier<Evidence> evidence;
    private final Supplier<ZoneId> zone;
    private final InstantSource clock;

    /** @param zone of cameras that do not say in which they stood */
    public EvidenceDoor(Supplier<Evidence> evidence, Supplier<ZoneId> zone, InstantSource clock) {
        this.evidence = evidence;
        this.zone = zone;
        this.clock = clock;
    }

    /** @param takenAt and place: what the camera says, null or empty when it says nothing */
    public record Stored(
            String sha256, long size, String type, @Nullable Instant takenAt, String place) {}

    @PostMapping("/api/evidence")
    ResponseEntity<Stored> keep(HttpServletRequest request) throws IOException {
        var content = request.getInputStream().readNBytes(MOST_BYTES + 1);
        return ResponseEntity.status(201)
                .body(keep(content, Caller.person().account().actor()));
    }

    /** @param by who brings it */
    public Stored keep(byte[] content, String by) {
        if (content.length > MOST_BYTES) {
            throw Problem.allowing(
                    413,
                    "evidence.long",
                    "> " + MOST_BYTES / MIB + " MB",
                    Sentence.of("megabytes-most", MOST_BYTES / MIB));
        }
        var kind = FileKind.of(content)
                .orElseThrow(() -> Problem.allowing(
                        415, "evidence.kind", content.length + " B", Sentence.of("file-kinds", FileKind.types())));
        var kept = evidence.get().keep(content, kind.type(), by, clock.instant());
        var exif = kind == FileKind.JPEG ? Exif.of(content, zone.get()) : Exif.NONE;
        return new Stored(
                kept.sha256(),
                kept.size(),
                kept.type(),
                exif.takenAt().filter(at -> !at.isAfter(clock.instant())).orElse(null),
                exif.place().orElse(""));
    }
}
