package jiaoying.wire.sl651;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class FrameSplitterTest {
    private static final byte[] FRAME = Sample.named("s025").bytes();

    @Test
    void joined_frames_come_out_one_by_one() {
        assertThat(cut(joined(FRAME, Sample.named("s016").bytes(), FRAME), 1000))
                .containsExactly(
                        Sample.named("s025").frame(),
                        Sample.named("s016").frame(),
                        Sample.named("s025").frame());
    }

    @Test
    void noise_between_frames_comes_out_in_one_piece_and_is_placed() {
        var noise = new byte[] {0x55, 0x7E, 0x00, 0x01, 0x30, 0x55};
        var out = cut(joined(FRAME, noise, FRAME), 1);
        assertThat(out).hasSize(3);
        assertThat(out.get(1)).isInstanceOfSatisfying(Broken.class, it -> {
            assertThat(it.reason()).isEqualTo(Broken.Reason.NO_START);
            assertThat(it.at()).isEqualTo(FRAME.length);
            assertThat(it.resync()).isEqualTo(FRAME.length + noise.length);
        });
    }

    @Test
    void a_start_inside_of_noise_does_not_hide_the_frame_behind_it() {
        var start = new byte[] {0x7E, 0x7E, 1, 2, 3, 4, 5, 6, 7, 8, 0x32, 0x00, 0x08, 0x02};
        var out = cut(joined(start, FRAME, FRAME), 7);
        assertThat(out).contains(Sample.named("s025").frame());
        assertThat(out.stream().filter(Frame.class::isInstance)).hasSize(2);
    }

    @Test
    void a_wrong_check_code_costs_one_frame_only() {
        var wrong = FRAME.clone();
        wrong[20] ^= 0x10;
        var out = cut(joined(wrong, FRAME), 11);
        assertThat(((Broken) out.getFirst()).reason()).isEqualTo(Broken.Reason.CRC);
        assertThat(((Broken) out.getFirst()).seen()).isEqualTo(Octets.of(wrong));
        assertThat(out.getLast()).isEqualTo(Sample.named("s025").frame());
    }

    @Test
    void two_7e_inside_of_a_body_do_not_begin_a_frame() {
        var picture = new Group.Picture(Octets.ofHex("FFD87E7E7E7E0102"));
        var message = Message.of(1, LocalDateTime.of(2026, 7, 20, 8, 0), List.of(picture));
        var header = new Header(Encoding.HEX_BCD, 1, StationAddress.of("0010100001"), 0);
        var frame = Frame.of(header, Direction.UP, FunctionCode.PICTURE, message, Control.ETX);
        assertThat(cut(joined(Frames.encode(frame), FRAME), 3))
                .containsExactly(frame, Sample.named("s025").frame());
    }

    @Test
    void a_silent_line_gives_up_what_is_unfinished_and_finds_the_frame_inside() {
        var liar = new byte[] {0x7E, 0x7E, 1, 2, 3, 4, 5, 6, 7, 8, 0x32, 0x0F, (byte) 0xFF, 0x02};
        var splitter = new FrameSplitter();
        var out = new ArrayList<Decoded>();
        splitter.feed(joined(liar, FRAME), out::add);
        assertThat(out).isEmpty();
        splitter.end(out::add);
        assertThat(((Broken) out.getFirst()).reason()).isEqualTo(Broken.Reason.CUT_SHORT);
        assertThat(out.getLast()).isEqualTo(Sample.named("s025").frame());
        splitter.feed(FRAME, out::add);
        assertThat(out.getLast()).isEqualTo(Sample.named("s025").frame());
    }

    @Test
    void endless_noise_comes_out_in_pieces_and_is_not_held() {
        var out = cut(new byte[3 * FrameSplitter.NOISE_MAX + 10], 500);
        assertThat(out).hasSize(4);
        assertThat(((Broken) out.get(1)).at()).isEqualTo(FrameSplitter.NOISE_MAX);
        assertThat(((Broken) out.get(1)).seen().size()).isEqualTo(Broken.KEPT);
    }

    @Test
    void every_cut_of_a_stream_gives_the_same() {
        var stream = joined(new byte[] {1, 2, 0x7E}, FRAME, new byte[] {0x7E, 0x7E, 0x7E}, FRAME, new byte[] {0x7E});
        var whole = cut(stream, stream.length);
        for (var chunk = 1; chunk <= stream.length; chunk++) {
            assertThat(cut(stream, chunk)).as("chunks of %s", chunk).isEqualTo(whole);
        }
        assertThat(whole.stream().filter(Frame.class::isInstance)).hasSize(2);
    }

    /** Frames, wrong frames, starts and noise in any order, cut anywhere. */
    @Property(tries = 400)
    void chunks_do_not_matter(@ForAll long seed) {
        var random = new Random(seed);
        var stream = new ByteArrayOutputStream();
        for (var i = 0; i < 12; i++) {
            stream.writeBytes(piece(random));
        }
        var bytes = stream.toByteArray();
        var out = new ArrayList<Decoded>();
        var splitter = new FrameSplitter();
        for (var at = 0; at < bytes.length; ) {
            var count = Math.min(bytes.length - at, 1 + random.nextInt(random.nextBoolean() ? 3 : 300));
            splitter.feed(bytes, at, at + count, out::add);
            at += count;
        }
        splitter.end(out::add);
        assertThat(out).isEqualTo(cut(bytes, bytes.length));
        assertThat(covered(out)).as("every byte is in one outcome").isEqualTo(bytes.length);
    }

    private static byte[] piece(Random random) {
        return switch (random.nextInt(5)) {
            case 0 -> mutated(random);
            case 1 -> new byte[] {0x7E, 0x7E, 0x01};
            case 2 -> noise(random);
            case 3 -> "\u0001010010100001A000320012\u0002".getBytes(StandardCharsets.ISO_8859_1);
            default -> sample(random);
        };
    }

    private static byte[] sample(Random random) {
        var all = Sample.all();
        return all.get(random.nextInt(all.size())).bytes();
    }

    private static byte[] mutated(Random random) {
        var bytes = sample(random).clone();
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
        return bytes;
    }

    private static byte[] noise(Random random) {
        var bytes = new byte[random.nextInt(40)];
        random.nextBytes(bytes);
        return bytes;
    }

    private static long covered(List<Decoded> out) {
        var covered = 0L;
        for (var it : out) {
            covered += switch (it) {
                case Frame frame -> Frames.size(frame);
                case Broken broken -> broken.resync() - broken.at();
                case Incomplete _ -> throw new AssertionError("a splitter gives nothing incomplete");
            };
        }
        return covered;
    }

    private static List<Decoded> cut(byte[] stream, int chunk) {
        var out = new ArrayList<Decoded>();
        var splitter = new FrameSplitter();
        for (var at = 0; at < stream.length; at += chunk) {
            splitter.feed(stream, at, Math.min(at + chunk, stream.length), out::add);
        }
        splitter.end(out::add);
        return out;
    }

    private static byte[] joined(byte[]... pieces) {
        var out = new ByteArrayOutputStream();
        for (var piece : pieces) {
            out.writeBytes(piece);
        }
        return out.toByteArray();
    }
}
