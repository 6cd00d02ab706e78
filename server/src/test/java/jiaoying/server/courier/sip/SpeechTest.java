package jiaoying.server.courier.sip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import jiaoying.wire.voice.G711;
import org.junit.jupiter.api.Test;

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
    void a_command_that_gives_no_sound_or_is_not_there_is_said() {
        assertThatThrownBy(() -> new Speech(List.of("cat")).of("words"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("gave no sound")
                .hasMessageNotContaining("words");
        assertThatThrownBy(() -> new Speech(List.of("no-such-command")).of("words"))
                .isInstanceOf(IOException.class);
    }
}
