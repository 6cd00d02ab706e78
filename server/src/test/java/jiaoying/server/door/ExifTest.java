package jiaoying.server.door;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a camera wrote into its picture, by Exif 2.32; and files known by their content. */
class ExifTest {
    private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");

    @ParameterizedTest
    @ValueSource(strings = {"II", "MM"})
    void time_and_place_in_both_byte_orders(String order) {
        var exif = Exif.of(picture(order, "2026:07:01 09:30:00", "", "N", "E"), ZONE);
        assertThat(exif.takenAt()).contains(Instant.parse("2026-07-01T01:30:00Z"));
        assertThat(exif.place()).contains("121.015000,30.678500");
    }

    @Test
    void an_offset_of_the_camera_goes_before_the_zone_of_the_room_and_south_and_west_are_negative() {
        var exif = Exif.of(picture("MM", "2026:07:01 09:30:00", "+00:00", "S", "W"), ZONE);
        assertThat(exif.takenAt()).contains(Instant.parse("2026-07-01T09:30:00Z"));
        assertThat(exif.place()).contains("-121.015000,-30.678500");
    }

    @Test
    void a_picture_that_says_nothing_says_nothing() {
        assertThat(Exif.of(new byte[] {(byte) 0xFF, (byte) 0xD8, (byte) 0xFF, (byte) 0xD9}, ZONE))
                .isEqualTo(Exif.NONE);
        assertThat(Exif.of(picture("MM", "0000:00:00 00:00:00", "", "N", "E"), ZONE)
                        .takenAt())
                .isEmpty();
    }

    @Test
    void no_bytes_make_it_throw() {
        var seed = new Random().nextLong();
        var dice = new Random(seed);
        var whole = picture("II", "2026:07:01 09:30:00", "+08:00", "N", "E");
        for (var round = 0; round < 20_000; round++) {
            var bytes = java.util.Arrays.copyOf(whole, 4 + dice.nextInt(whole.length - 3));
            for (var change = dice.nextInt(4); change > 0; change--) {
                bytes[2 + dice.nextInt(bytes.length - 2)] = (byte) dice.nextInt(256);
            }
            assertThat(Exif.of(bytes, ZONE)).as("seed " + seed).isNotNull();
        }
    }

    @Test
    void a_file_is_what_its_first_bytes_say() {
        assertThat(FileKind.of("%PDF-1.7 and more".getBytes(ISO_8859_1))).contains(FileKind.PDF);
        assertThat(FileKind.of("RIFF....WEBPVP8 ".getBytes(ISO_8859_1))).contains(FileKind.WEBP);
        assertThat(FileKind.of("....ftypheic....".getBytes(ISO_8859_1))).contains(FileKind.HEIC);
        assertThat(FileKind.of("\u0089PNG\r\n\u001a\n\0\0\0\r".getBytes(ISO_8859_1)))
                .contains(FileKind.PNG);
        for (var other : List.of("", "short", "<html><script>", "MZ..............", "%!PS-Adobe-3.0 ..")) {
            assertThat(FileKind.of(other.getBytes(ISO_8859_1))).as(other).isEmpty();
        }
    }

    /** A JPEG of nothing but an Exif segment: 121° 0' 54" and 30° 40' 42.6". */
    private static byte[] picture(String order, String taken, String offset, String latRef, String lonRef) {
        var tiff = ByteBuffer.allocate(320).order(order.equals("II") ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
        tiff.put(order.getBytes(ISO_8859_1)).putShort((short) 42).putInt(8);
        ifd(tiff, 8, List.of(new int[] {0x8769, 4, 1, 40}, new int[] {0x8825, 4, 1, 80}));
        var exif = new java.util.ArrayList<>(List.of(new int[] {0x9003, 2, taken.length() + 1, 140}));
        if (!offset.isEmpty()) {
            exif.add(new int[] {0x9011, 2, offset.length() + 1, 170});
        }
        ifd(tiff, 40, exif);
        ifd(tiff, 80, List.of(new int[] {2, 5, 3, 200}, new int[] {4, 5, 3, 230}));
        var refs = 80 + 2 + 2 * 12;
        tiff.putShort(80, (short) 4);
        ref(tiff, refs, 1, latRef);
        ref(tiff, refs + 12, 3, lonRef);
        tiff.put(140, (taken + "\0").getBytes(ISO_8859_1));
        tiff.put(170, (offset + "\0").getBytes(ISO_8859_1));
        degrees(tiff, 200, 30, 40, 426);
        degrees(tiff, 230, 121, 0, 540);
        var out = new ByteArrayOutputStream();
        out.writeBytes(new byte[] {(byte) 0xFF, (byte) 0xD8, (byte) 0xFF, (byte) 0xE1});
        var length = 2 + 6 + tiff.capacity();
        out.writeBytes(new byte[] {(byte) (length >> 8), (byte) length});
        out.writeBytes("Exif\0\0".getBytes(ISO_8859_1));
        out.writeBytes(tiff.array());
        return out.toByteArray();
    }

    private static void ifd(ByteBuffer tiff, int at, List<int[]> entries) {
        tiff.putShort(at, (short) entries.size());
        for (var i = 0; i < entries.size(); i++) {
            var entry = at + 2 + i * 12;
            tiff.putShort(entry, (short) entries.get(i)[0]);
            tiff.putShort(entry + 2, (short) entries.get(i)[1]);
            tiff.putInt(entry + 4, entries.get(i)[2]);
            tiff.putInt(entry + 8, entries.get(i)[3]);
        }
    }

    private static void ref(ByteBuffer tiff, int entry, int tag, String letter) {
        tiff.putShort(entry, (short) tag);
        tiff.putShort(entry + 2, (short) 2);
        tiff.putInt(entry + 4, 2);
        tiff.put(entry + 8, (byte) letter.charAt(0));
    }

    private static void degrees(ByteBuffer tiff, int at, int degrees, int minutes, int tenths) {
        tiff.putInt(at, degrees).putInt(at + 4, 1);
        tiff.putInt(at + 8, minutes).putInt(at + 12, 1);
        tiff.putInt(at + 16, tenths).putInt(at + 20, 10);
    }
}
