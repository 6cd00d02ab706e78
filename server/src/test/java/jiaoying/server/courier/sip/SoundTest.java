package jiaoying.server.courier.sip;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import jiaoying.server.store.RecordingStore;
import jiaoying.wire.voice.G711;
import jiaoying.wire.voice.Keys;
import jiaoying.wire.voice.Rtp;
import jiaoying.wire.voice.Sdp;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** RTP on loopback with a phone of our own. */
class SoundTest {
    @Test
    void words_go_in_packets_of_twenty_milliseconds_and_a_key_stops_them() throws Exception {
        try (var sound = new Sound("127.0.0.1");
                var phone = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            phone.setSoTimeout(20_000);
            sound.listen();
            sound.direct(new Sdp("127.0.0.1", phone.getLocalPort(), G711.PCMU, 96, true));
            var packets = new ArrayList<Rtp.Heard>();
            var hand = Thread.ofVirtual().start(() -> press(phone, sound.port(), packets));
            var keys = new ArrayList<Character>();
            var whole = sound.say(new short[60 * G711.RATE], key -> {
                keys.add(key);
                return key == '1';
            });
            hand.join();
            assertThat(whole).isFalse();
            assertThat(keys).containsExactly('5', '1');
            assertThat(packets).allSatisfy(packet -> {
                assertThat(packet.payloadType()).isZero();
                assertThat(packet.payload()).hasSize(160).containsOnly(G711.PCMU.encode((short) 0));
            });
            assertThat(packets.get(1).timestamp() - packets.get(0).timestamp()).isEqualTo(160);
            assertThat(packets.get(1).sequence() - packets.get(0).sequence()).isOne();
        }
    }

    /** Key 5 and then key 1, each in several packets of its timestamp, the last three times. */
    private static void press(DatagramSocket phone, int port, List<Rtp.Heard> packets) {
        try {
            for (var i = 0; i < 5; i++) {
                var packet = new DatagramPacket(new byte[2_048], 2_048);
                phone.receive(packet);
                packets.add(Rtp.read(packet.getData(), packet.getLength()).orElseThrow());
            }
            int sequence = 0;
            for (var key : new char[] {'5', '1'}) {
                for (var i = 1; i <= 6; i++) {
                    var bytes = Rtp.write(96, i == 1, sequence++, 1_000L * key, 7, Keys.event(key, i > 3, 160 * i));
                    phone.send(new DatagramPacket(bytes, bytes.length, new InetSocketAddress("127.0.0.1", port)));
                }
            }
        } catch (java.io.IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void all_of_it_was_said_when_nobody_stopped_it() throws Exception {
        try (var sound = new Sound("127.0.0.1")) {
            assertThat(sound.say(new short[800], key -> true)).isTrue();
            sound.close();
            assertThat(sound.say(new short[800], key -> true)).isFalse();
        }
    }

    @Test
    void what_the_other_side_says_is_kept_as_it_came_and_keys_are_not(@TempDir Path folder) throws Exception {
        var store = new RecordingStore(folder);
        var draft = store.begin("trunk", "k", Instant.parse("2026-07-31T00:00:00Z"), 60, () -> true);
        try (var sound = new Sound("127.0.0.1");
                var phone = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            sound.keep(draft);
            sound.listen();
            sound.direct(new Sdp("127.0.0.1", phone.getLocalPort(), G711.PCMA, 101, true));
            var said = new byte[320];
            for (var i = 0; i < said.length; i++) {
                said[i] = (byte) i;
            }
            var place = new InetSocketAddress("127.0.0.1", sound.port());
            var one = Rtp.write(8, true, 1, 4_000, 7, Arrays.copyOfRange(said, 0, 160));
            phone.send(new DatagramPacket(one, one.length, place));
            var two = Rtp.write(8, false, 2, 4_160, 7, Arrays.copyOfRange(said, 160, 320));
            phone.send(new DatagramPacket(two, two.length, place));
            var key = Rtp.write(101, true, 3, 4_320, 7, Keys.event('1', true, 160));
            phone.send(new DatagramPacket(key, key.length, place));
            assertThat(sound.pause(60_000, pressed -> pressed == '1'))
                    .as("until the key came")
                    .isFalse();
            var kept = draft.end().orElseThrow();
            var file = Files.readAllBytes(kept.file());
            assertThat(Arrays.copyOfRange(file, file.length - said.length, file.length))
                    .isEqualTo(said);
            assertThat(file).hasSize(58 + said.length);
        }
    }
}
