package jiaoying.server.courier.sip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import jiaoying.wire.voice.G711;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpeechTest {
    @Test
    void words_become_sound_by_a_command_of_the_machine() throws Exception {
        assumeTrue(
                Files.isExecutable(Path.of("/usr/bin/espeak-ng")), "SKIPPED: no espeak-ng (apt-get install espeak-ng)");
        var speech = new Speech(List.of("espeak-ng", "-v", "cmn", "-s", "150", "--stdin", "--stdout"));
        var sound = speech.of("当湖街道暴雨红色预警，请按1键");
        assertThat(sound.length).as("seconds of sound").isBetween(G711.RATE, 20 * G711.RATE);
        assertThat(speech.of("当湖街道暴雨红色预警，请按1键")).as("said once").isSameAs(sound);
    }

    @Test
    void where_no_command_gives_sound_a_recording_is_played(@TempDir Path folder) throws Exception {
        var recording = folder.resolve("call.wav");
        Files.write(recording, wav(800));
        assertThat(new Speech(List.of("no-such-command"), Optional.of(recording)).of("words"))
                .hasSize(800);
        assertThat(new Speech(List.of("cat", recording.toString()), Optional.of(folder.resolve("gone.wav")))
                        .of("words"))
                .as("what is said is better than what was recorded")
                .hasSize(800);
        Files.writeString(recording, "no sound");
        assertThatThrownBy(() -> new Speech(List.of("no-such-command"), Optional.of(recording)).of("words"))
                .isInstanceOf(IOException.class);
    }

    private static byte[] wav(int samples) {
        var wav = ByteBuffer.allocate(44 + 2 * samples).order(ByteOrder.LITTLE_ENDIAN);
        wav.putInt(0x46464952).putInt(36 + 2 * samples).putInt(0x45564157);
        wav.putInt(0x20746d66)
                .putInt(16)
                .putShort((short) 1)
                .putShort((short) 1)
                .putInt(8_000)
                .putInt(16_000);
        wav.putShort((short) 2).putShort((short) 16).putInt(0x61746164).putInt(2 * samples);
        return wav.array();
    }

    @Test
    void a_command_that_gives_no_sound_or_is_not_there_is_said() {
        assertThatThrownBy(() -> new Speech(List.of("cat")).of("words"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("gave no sound")
                .hasMessageNotContaining("words");
        assertThatThrownBy(() -> new Speech(List.of("no-such-command")).of("words"))
                .isInstanceOf(IOException.class);
    }
}
