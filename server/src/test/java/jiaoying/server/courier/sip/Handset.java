package jiaoying.server.courier.sip;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import jiaoying.server.FreePort;

/** A telephone of others on loopback, played by baresip: it picks up by itself, hears, and its keys can be pressed. */
final class Handset implements AutoCloseable {
    private static final long PATIENCE_S = 30;

    final int port;
    private final int keys;
    private final Process process;
    private final Path said;

    private Handset(Process process, int port, int keys, Path said) {
        this.process = process;
        this.port = port;
        this.keys = keys;
        this.said = said;
    }

    /** @param sound what it says into the line: a WAV file of 8 kHz */
    static Handset of(Path folder, String number, Path sound) throws IOException, InterruptedException {
        var baresip = Stream.of("/usr/bin/baresip", "/usr/local/bin/baresip", "/opt/homebrew/bin/baresip")
                .map(Path::of)
                .filter(Files::isExecutable)
                .findFirst();
        assumeTrue(baresip.isPresent(), "SKIPPED: no baresip (apt-get install baresip-core)");
        var port = FreePort.find(); // baresip also takes it by TCP, and the one above for TLS
        var keys = FreePort.find();
        Files.writeString(folder.resolve("config"), """
                sip_listen 127.0.0.1:%d
                net_interface 127.0.0.1
                audio_source aufile,%s
                rtp_ports 20000-29998
                module_path /usr/lib/baresip/modules
                module g711.so
                module aufile.so
                module cons.so
                module_app menu.so
                module_app account.so
                cons_listen 127.0.0.1:%d
                """.formatted(port, sound, keys));
        Files.writeString(
                folder.resolve("accounts"),
                "<sip:%s@127.0.0.1:%d;transport=udp>;regint=0;answermode=auto%n".formatted(number, port));
        Files.writeString(folder.resolve("contacts"), "");
        var said = folder.resolve("baresip.log");
        var process = new ProcessBuilder(baresip.get().toString(), "-f", folder.toString())
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();
        var handset = new Handset(process, port, keys, said);
        handset.await("baresip is ready");
        return handset;
    }

    /** Waits until it says so. */
    void await(String words) throws IOException, InterruptedException {
        var end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_S);
        while (!said().contains(words)) {
            if (System.nanoTime() > end || !process.isAlive()) {
                throw new AssertionError("no \"" + words + "\" in: " + said());
            }
            process.waitFor(50, TimeUnit.MILLISECONDS);
        }
    }

    private String said() throws IOException {
        return Files.readString(said, StandardCharsets.ISO_8859_1);
    }

    void press(char key) throws IOException {
        try (var socket = new DatagramSocket()) {
            var bytes = new byte[] {(byte) key};
            socket.send(new DatagramPacket(bytes, 1, InetAddress.getLoopbackAddress(), keys));
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
