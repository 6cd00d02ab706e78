package jiaoying.server.door;

import java.time.Instant;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Optional;

/** Pictures that telemetry stations sent (图片), kept by their SHA-256. May be used from any thread. */
public interface Pictures {
    /** @param observedAt station's clock */
    record Row(String station, String sha256, Optional<LocalDateTime> observedAt, Instant receivedAt, int bytes) {}

    /** Newest first. */
    List<Row> list(String station);

    Optional<byte[]> find(String sha256);
}
