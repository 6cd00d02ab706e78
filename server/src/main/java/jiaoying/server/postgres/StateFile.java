package jiaoying.server.postgres;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** {@code <data>/postgres.state}, mode 0600: the password, and who runs the server on which port. Replaced atomically. */
record StateFile(Path path) {
    /** {@code port} is 0, owner and server are empty when nothing has run yet. */
    record State(String password, int port, Optional<ProcessStamp> owner, Optional<ProcessStamp> server) {
        static State ofPassword(String password) {
            return new State(password, 0, Optional.empty(), Optional.empty());
        }

        boolean live() {
            return port > 0
                    && owner.filter(ProcessStamp::alive).isPresent()
                    && server.filter(ProcessStamp::alive).isPresent();
        }

        @Override
        public String toString() {
            return "port " + port + ", owner " + owner + ", server " + server;
        }
    }

    private static final Pattern LINE = Pattern.compile("(\\w+)=(.*)");

    static StateFile of(Path dataDir) {
        return new StateFile(dataDir.resolve("postgres.state"));
    }

    /** Empty when there is none. */
    Optional<State> read() throws IOException {
        try (var lines = Files.lines(path)) {
            var values = lines.map(LINE::matcher)
                    .filter(Matcher::matches)
                    .collect(Collectors.toMap(line -> line.group(1), line -> line.group(2), (first, second) -> second));
            return Optional.of(new State(
                    values.getOrDefault("password", ""),
                    Integer.parseInt(values.getOrDefault("port", "0")),
                    ProcessStamp.parse(values.getOrDefault("owner", "")),
                    ProcessStamp.parse(values.getOrDefault("server", ""))));
        } catch (NoSuchFileException none) {
            return Optional.empty();
        } catch (NumberFormatException | UncheckedIOException broken) {
            throw new IOException("not readable as key=value lines", broken);
        }
    }

    void write(State state) throws IOException {
        var text = """
                password=%s
                port=%d
                owner=%s
                server=%s
                """.formatted(
                        state.password(),
                        state.port(),
                        state.owner().map(ProcessStamp::text).orElse(""),
                        state.server().map(ProcessStamp::text).orElse(""));
        var fresh = path.resolveSibling(path.getFileName() + ".new");
        Files.deleteIfExists(fresh);
        writePrivate(fresh, text);
        Files.move(fresh, path, StandardCopyOption.ATOMIC_MOVE);
    }

    /** A new file that only its owner may read, from its first byte on. */
    static void writePrivate(Path file, String text) throws IOException {
        var onlyOwner = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
        var options = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        try (var channel = FileChannel.open(file, options, onlyOwner)) {
            var bytes = ByteBuffer.wrap(text.getBytes(UTF_8));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
    }
}
