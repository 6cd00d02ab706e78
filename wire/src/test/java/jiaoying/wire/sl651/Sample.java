package jiaoying.wire.sl651;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;

/** The frames of {@code sl651/frames.txt}. */
record Sample(String name, boolean checked, String source, String what, byte[] bytes) {

    static List<Sample> all() {
        try (var file = Sample.class.getResourceAsStream("/sl651/frames.txt")) {
            var text = new String(Objects.requireNonNull(file).readAllBytes(), StandardCharsets.UTF_8);
            return text.lines()
                    .filter(it -> !it.startsWith("#"))
                    .map(Sample::of)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Sample of(String line) {
        var cells = line.split(" \\| ", -1);
        return new Sample(
                cells[0],
                cells[1].equals("good"),
                cells[2],
                cells[3],
                HexFormat.of().parseHex(cells[4]));
    }

    static List<Sample> good() {
        return all().stream().filter(Sample::checked).toList();
    }

    static Sample named(String name) {
        return all().stream().filter(it -> it.name.equals(name)).findFirst().orElseThrow();
    }

    Frame frame() {
        return (Frame) Frames.decode(bytes);
    }

    Message message() {
        return (Message) frame().content();
    }
}
