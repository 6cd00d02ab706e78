package jiaoying.duty.room;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Transcripts of a duty room in {@code src/test/resources/scenarios}; {@code -Dgolden=true} rewrites what followed. */
class RoomScenario {
    static Stream<Path> transcripts() throws IOException {
        try (var files = Files.list(Path.of("src/test/resources/scenarios"))) {
            return files.sorted().toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("transcripts")
    void what_follows_is_what_stands_in_the_transcript(Path transcript) throws IOException {
        var expected = Files.readString(transcript);
        var played = RoomScript.play(expected);
        if (Boolean.getBoolean("golden")) {
            Files.writeString(transcript, played);
        }
        assertThat(played).isEqualTo(expected);
    }
}
