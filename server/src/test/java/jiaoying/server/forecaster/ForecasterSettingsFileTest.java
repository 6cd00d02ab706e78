package jiaoying.server.forecaster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import jiaoying.server.reply.Texts;
import jiaoying.server.reply.WrongSetting;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Spans that do not fit each other are named with what is allowed, in the reader's language. */
class ForecasterSettingsFileTest {
    private static final String GROUND = "made_up: {side_m: 1000, cell_m: 20, seed: 1}\norigin: [121.0, 30.7]\n";

    @TempDir
    private Path folder;

    @Test
    void a_step_that_does_not_divide_the_horizon() throws IOException {
        assertThat(wrong("horizon_min: 120\nstep_min: 7\n"))
                .contains("step_min")
                .contains(Texts.ZH.say("said.forecast-step", 120))
                .doesNotContain("horizon");
    }

    @Test
    void a_deadline_that_outlives_the_run() throws IOException {
        assertThat(wrong("every_min: 10\ndeadline_min: 10\n"))
                .contains("deadline_min")
                .contains(Texts.ZH.say("said.forecast-deadline", 10));
    }

    private String wrong(String settings) throws IOException {
        Files.writeString(folder.resolve(ForecasterSettingsFile.NAME), GROUND + settings);
        return catchThrowableOfType(WrongSetting.class, () -> ForecasterSettingsFile.read(folder))
                .in(Texts.ZH);
    }
}
