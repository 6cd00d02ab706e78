package jiaoying.server.door;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * When and where a camera says that it took a JPEG: DateTimeOriginal (tag 9003H) with OffsetTimeOriginal (9011H), and the GPS
 * position, by Exif 2.32 (CIPA DC-008-2019) §4.6. What is missing or not readable is left out; no bytes make it throw.
 */
record Exif(Optional<Instant> takenAt, Optional<String> place) {
    static final Exif NONE = new Exif(Optional.empty(), Optional.empty());

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu:MM:dd HH:mm:ss", Locale.ROOT);
    private static final int EXIF_IFD = 0x8769;
    private static final int GPS_IFD = 0x8825;
    private static final int TAKEN = 0x9003;
    private static final int TAKEN_OFFSET = 0x9011;
    private static final int LAT_REF = 1;
    private static final int LAT = 2;
    private static final int LON_REF = 3;
    private static final int LON = 4;
    private static final int TAGS_MOST = 256;
    private static final int APP1 = 0xE1;
    private static final int HEADER = 6;
    private static final int ENTRY = 12;

    /** @param zone of a camera that does not say in which it stood */
    static Exif of(byte[] jpeg, ZoneId zone) {
        try {
            return tiff(jpeg).map(tiff -> read(tiff, zone)).orElse(NONE);
        } catch (IndexOutOfBoundsException | IllegalArgumentException | java.nio.BufferUnderflowException broken) {
            return NONE;
        }
    }

    /** The TIFF block of the first APP1 segment that is Exif. */
    private static Optional<ByteBuffer> tiff(byte[] jpeg) {
        var at = 2;
        while (at + 4 <= jpeg.length && (jpeg[at] & 0xFF) == 0xFF) {
            var length = (jpeg[at + 2] & 0xFF) << 8 | jpeg[at + 3] & 0xFF;
            var exif = (jpeg[at + 1] & 0xFF) == APP1
                    && new String(jpeg, at + 4, HEADER, StandardCharsets.ISO_8859_1).equals("Exif\0\0");
            if (exif) {
                return Optional.of(ByteBuffer.wrap(jpeg, at + 4 + HEADER, length - 2 - HEADER)
                        .slice());
            }
            if ((jpeg[at + 1] & 0xFF) == 0xDA || length < 2) {
                return Optional.empty();
            }
            at += 2 + length;
        }
        return Optional.empty();
    }

    private static Exif read(ByteBuffer tiff, ZoneId zone) {
        tiff.order(tiff.get(0) == 'M' ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
        var first = tags(tiff, tiff.getInt(4));
        var exif = first.containsKey(EXIF_IFD) ? tags(tiff, offset(tiff, first, EXIF_IFD)) : Map.<Integer, Integer>of();
        var gps = first.containsKey(GPS_IFD) ? tags(tiff, offset(tiff, first, GPS_IFD)) : Map.<Integer, Integer>of();
        return new Exif(takenAt(tiff, exif, zone), place(tiff, gps));
    }

    /** Where the entry of each tag stands. */
    private static Map<Integer, Integer> tags(ByteBuffer tiff, int at) {
        var count = Math.min(TAGS_MOST, tiff.getShort(at) & 0xFFFF);
        var tags = new HashMap<Integer, Integer>();
        for (var i = 0; i < count; i++) {
            var entry = at + 2 + i * ENTRY;
            tags.put(tiff.getShort(entry) & 0xFFFF, entry);
        }
        return tags;
    }

    private static int offset(ByteBuffer tiff, Map<Integer, Integer> tags, int tag) {
        return tiff.getInt(tags.getOrDefault(tag, 0) + 8);
    }

    private static Optional<Instant> takenAt(ByteBuffer tiff, Map<Integer, Integer> tags, ZoneId zone) {
        try {
            return text(tiff, tags, TAKEN)
                    .map(text -> LocalDateTime.parse(text, TIME))
                    .map(local -> text(tiff, tags, TAKEN_OFFSET)
                            .<Instant>map(offset -> local.toInstant(ZoneOffset.of(offset)))
                            .orElseGet(() -> local.atZone(zone).toInstant()));
        } catch (DateTimeException unreadable) {
            return Optional.empty();
        }
    }

    private static Optional<String> text(ByteBuffer tiff, Map<Integer, Integer> tags, int tag) {
        return Optional.ofNullable(tags.get(tag)).map(entry -> {
            var length = tiff.getInt(entry + 4);
            var from = length <= 4 ? entry + 8 : tiff.getInt(entry + 8);
            var bytes = new byte[Math.clamp(length, 0, 64)];
            tiff.get(from, bytes);
            return new String(bytes, StandardCharsets.US_ASCII)
                    .replace("\0", "")
                    .strip();
        });
    }

    /** Longitude and latitude in degrees, as the items of programmes have them. */
    private static Optional<String> place(ByteBuffer tiff, Map<Integer, Integer> tags) {
        if (!tags.containsKey(LAT) || !tags.containsKey(LON)) {
            return Optional.empty();
        }
        var lat = degrees(tiff, offset(tiff, tags, LAT)) * sign(tiff, tags, LAT_REF, "S");
        var lon = degrees(tiff, offset(tiff, tags, LON)) * sign(tiff, tags, LON_REF, "W");
        return Math.abs(lat) <= 90 && Math.abs(lon) <= 180
                ? Optional.of(String.format(Locale.ROOT, "%.6f,%.6f", lon, lat))
                : Optional.empty();
    }

    private static int sign(ByteBuffer tiff, Map<Integer, Integer> tags, int tag, String negative) {
        return text(tiff, tags, tag).filter(negative::equals).isPresent() ? -1 : 1;
    }

    /** Three rational numbers: degrees, minutes, seconds. A broken one makes NaN, which no bound lets pass. */
    private static double degrees(ByteBuffer tiff, int at) {
        return rational(tiff, at) + rational(tiff, at + 8) / 60 + rational(tiff, at + 16) / 3600;
    }

    private static double rational(ByteBuffer tiff, int at) {
        return (double) (tiff.getInt(at) & 0xFFFFFFFFL) / (tiff.getInt(at + 4) & 0xFFFFFFFFL);
    }
}
