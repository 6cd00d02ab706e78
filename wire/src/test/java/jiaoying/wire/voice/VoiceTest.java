package jiaoying.wire.voice;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HexFormat;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class VoiceTest {
    /** Values of the tables 1a and 2a of G.711: the ends of the scale and silence. */
    @Test
    void the_ends_of_the_scale_are_those_of_the_standard() {
        assertThat(G711.PCMU.encode((short) 0)).isEqualTo((byte) 0xFF);
        assertThat(G711.PCMU.encode((short) 32_767)).isEqualTo((byte) 0x80);
        assertThat(G711.PCMU.encode((short) -32_768)).isEqualTo((byte) 0x00);
        assertThat(G711.PCMA.encode((short) 0)).isEqualTo((byte) 0xD5);
        assertThat(G711.PCMA.encode((short) 32_767)).isEqualTo((byte) 0xAA);
        assertThat(G711.PCMA.encode((short) -32_768)).isEqualTo((byte) 0x2A);
    }

    @ParameterizedTest
    @EnumSource
    void every_octet_is_itself_and_every_sample_is_near(G711 law) {
        for (var octet = 0; octet < 256; octet++) {
            var sample = law.decode((byte) octet);
            var again = law.decode(law.encode(sample));
            assertThat(again).as("octet %x", octet).isEqualTo(sample);
        }
        for (int sample = Short.MIN_VALUE; sample <= Short.MAX_VALUE; sample += 7) {
            int error = Math.abs(law.decode(law.encode((short) sample)) - sample);
            assertThat(error).as("sample %d", sample).isLessThanOrEqualTo(Math.max(16, Math.abs(sample) / 15));
        }
    }

    @Test
    void a_packet_is_itself_and_what_hangs_on_it_is_taken_off() {
        var bytes = Rtp.write(8, true, 65_535, 4_294_967_295L, 7, new byte[] {1, 2, 3});
        assertThat(bytes).hasSize(15);
        var heard = Rtp.read(bytes, bytes.length).orElseThrow();
        assertThat(heard.payloadType()).isEqualTo(8);
        assertThat(heard.sequence()).isEqualTo(65_535);
        assertThat(heard.timestamp()).isEqualTo(4_294_967_295L);
        assertThat(heard.payload()).containsExactly(1, 2, 3);
        var extended = HexFormat.of()
                .parseHex(
                        "b1650001" + "00000001" + "00000007" + "00000009" + "bede0001" + "00000000" + "0a0b" + "0002");
        assertThat(Rtp.read(extended, extended.length).orElseThrow().payload()).containsExactly(10, 11);
    }

    @Property(tries = 2000)
    void any_bytes_have_an_outcome(@ForAll long seed) {
        var random = new Random(seed);
        var bytes = new byte[random.nextInt(80)];
        random.nextBytes(bytes);
        if (bytes.length > 0 && random.nextBoolean()) {
            bytes[0] = (byte) (0x80 | bytes[0] & 0x3F);
        }
        Rtp.read(bytes, bytes.length).ifPresent(heard -> new Keys().press(heard.timestamp(), heard.payload()));
        var text = new String(bytes, java.nio.charset.StandardCharsets.ISO_8859_1);
        assertThat(Sdp.find("c=IN IP4 1.2.3.4\nm=audio " + text)).isNotNull();
        assertThat(Keys.ofInfo("application/dtmf-relay", text)).isNotNull();
        assertThat(Digest.answer("Digest " + text, "u", "p", "INVITE", "sip:a", "1"))
                .isNotNull();
        var wav = ByteBuffer.allocate(12 + bytes.length).order(ByteOrder.LITTLE_ENDIAN);
        wav.putInt(0x46464952).putInt(random.nextInt()).putInt(0x45564157).put(bytes);
        assertThat(Wav.samples(wav.array())).isNotNull();
    }

    @Test
    void one_press_is_many_packets_and_counts_once() {
        var keys = new Keys();
        assertThat(keys.press(100, Keys.event('1', false, 160))).contains('1');
        assertThat(keys.press(100, Keys.event('1', false, 320))).isEmpty();
        assertThat(keys.press(100, Keys.event('1', true, 480))).isEmpty();
        assertThat(keys.press(900, Keys.event('1', false, 160))).contains('1');
        assertThat(keys.press(1_700, new byte[] {16, 0, 0, 0})).isEmpty();
        assertThat(keys.press(1_700, new byte[] {1})).isEmpty();
    }

    @Test
    void keys_in_an_info_are_read_in_both_forms() {
        assertThat(Keys.ofInfo("application/dtmf-relay", "Signal=1\r\nDuration=160\r\n"))
                .contains('1');
        assertThat(Keys.ofInfo("application/dtmf-relay", "Signal= *\r\n")).contains('*');
        assertThat(Keys.ofInfo("application/dtmf-relay", "Signal=11\n")).contains('#');
        assertThat(Keys.ofInfo("application/dtmf", "9")).contains('9');
        assertThat(Keys.ofInfo("text/plain", "9")).isEmpty();
        assertThat(Keys.ofInfo("application/dtmf-relay", "Duration=160")).isEmpty();
    }

    @Test
    void an_offer_is_read_and_an_answer_of_others_too() {
        assertThat(Sdp.find(Sdp.offer("10.1.2.3", 4000, 1, 101)))
                .contains(new Sdp("10.1.2.3", 4000, G711.PCMA, 101, true));
        assertThat(Sdp.find("""
                v=0
                o=user1 53655765 2353687637 IN IP4 127.0.0.1
                s=-
                c=IN IP4 127.0.0.1
                t=0 0
                m=audio 6000 RTP/AVP 0 96
                c=IN IP4 10.9.9.9
                a=rtpmap:0 PCMU/8000
                a=rtpmap:96 telephone-event/8000
                a=recvonly
                """)).contains(new Sdp("10.9.9.9", 6000, G711.PCMU, 96, false));
        assertThat(Sdp.find("c=IN IP4 1.2.3.4\nm=audio 0 RTP/AVP 8\n")).isEmpty();
        assertThat(Sdp.find("c=IN IP4 1.2.3.4\nm=audio 4000 RTP/AVP 18\n")).isEmpty();
        assertThat(Sdp.find("c=IN IP4 host.example\nm=audio 4000 RTP/AVP 8\n")).isEmpty();
    }

    /** The example of RFC 2617 §3.5, with GET and its address. */
    @Test
    void a_challenge_is_answered_as_the_rfc_says() {
        var challenge = "Digest realm=\"testrealm@host.com\", qop=\"auth,auth-int\","
                + " nonce=\"dcd98b7102dd2f0e8b11d0f600bfb0c093\", opaque=\"5ccc069c403ebaf9f0171e9517f40e41\"";
        assertThat(Digest.answer(challenge, "Mufasa", "Circle Of Life", "GET", "/dir/index.html", "0a4f113b"))
                .hasValueSatisfying(answer -> assertThat(answer)
                        .contains("response=\"6629fae49393a05397450978507c4ef1\"", "opaque=\"5ccc", "qop=auth")
                        .doesNotContain("Circle"));
        assertThat(Digest.answer("Basic realm=\"x\"", "u", "p", "GET", "/", "1"))
                .isEmpty();
    }

    @Test
    void a_sound_of_any_rate_becomes_one_of_eight_thousand_a_second() {
        var wav = ByteBuffer.allocate(44 + 2 * 2 * 22_050).order(ByteOrder.LITTLE_ENDIAN);
        wav.putInt(0x46464952).putInt(-1).putInt(0x45564157);
        wav.putInt(0x20746d66)
                .putInt(16)
                .putShort((short) 1)
                .putShort((short) 2)
                .putInt(22_050)
                .putInt(88_200);
        wav.putShort((short) 4).putShort((short) 16);
        wav.putInt(0x61746164).putInt(-1);
        for (var i = 0; i < 22_050; i++) {
            wav.putShort((short) 1_000).putShort((short) 3_000);
        }
        assertThat(Wav.samples(wav.array())).hasValueSatisfying(samples -> {
            assertThat(samples).hasSize(8_000);
            assertThat(samples).containsOnly((short) 2_000);
        });
        assertThat(Wav.samples(new byte[] {1, 2, 3})).isEmpty();
    }
}
