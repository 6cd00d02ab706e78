package jiaoying.server.courier;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;

/** A mail server on loopback that says at each step what it was told to say. */
final class ScriptedSmtp implements AutoCloseable {
    static final String HANGS_UP = "hangs up";

    private final ServerSocket socket;
    private final AtomicInteger connections = new AtomicInteger();
    private final String toMail;
    private final String toRecipient;
    private final String toData;
    private final String toText;
    private final String greeting;

    ScriptedSmtp(String toMail, String toRecipient, String toData, String toText, String greeting) throws IOException {
        this.toMail = toMail;
        this.toRecipient = toRecipient;
        this.toData = toData;
        this.toText = toText;
        this.greeting = greeting;
        socket = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::accept);
    }

    int port() {
        return socket.getLocalPort();
    }

    int connections() {
        return connections.get();
    }

    private void accept() {
        while (!socket.isClosed()) {
            try {
                var line = socket.accept();
                connections.incrementAndGet();
                Thread.ofVirtual().start(() -> talk(line));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void talk(Socket line) {
        try (line) {
            var in = new BufferedReader(new InputStreamReader(line.getInputStream(), StandardCharsets.US_ASCII));
            say(line, greeting);
            for (var asked = in.readLine(); asked != null; asked = in.readLine()) {
                var answer = answer(asked);
                if (!say(line, answer)) {
                    return;
                }
                if (answer.startsWith("354") && !(readText(in) && say(line, toText))) {
                    return;
                }
            }
        } catch (IOException gone) {
            // the other side ended it
        }
    }

    private String answer(String asked) {
        return switch (asked.split("[ :]")[0].toUpperCase(Locale.ROOT)) {
            case "MAIL" -> toMail;
            case "RCPT" -> toRecipient;
            case "DATA" -> toData;
            default -> "250 ok";
        };
    }

    private static boolean readText(BufferedReader in) throws IOException {
        for (var text = in.readLine(); text != null; text = in.readLine()) {
            if (text.equals(".")) {
                return true;
            }
        }
        return false;
    }

    private static boolean say(Socket line, String what) throws IOException {
        if (what.equals(HANGS_UP)) {
            return false;
        }
        line.getOutputStream().write((what + "\r\n").getBytes(StandardCharsets.US_ASCII));
        return true;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
