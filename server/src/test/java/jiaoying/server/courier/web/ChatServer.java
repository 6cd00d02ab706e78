package jiaoying.server.courier.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** A server on loopback that takes POSTs and answers as it is told. */
final class ChatServer implements AutoCloseable {
    record Taken(URI address, com.sun.net.httpserver.Headers headers, String body) {}

    record Answer(int status, String body) {}

    final BlockingQueue<Taken> taken = new LinkedBlockingQueue<>();
    private final HttpServer server;

    ChatServer(Function<Taken, Answer> answers) throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 10);
        server.createContext("/", exchange -> {
            try (exchange) {
                var one = new Taken(
                        exchange.getRequestURI(),
                        exchange.getRequestHeaders(),
                        new String(exchange.getRequestBody().readAllBytes(), UTF_8));
                var answer = answers.apply(one);
                taken.add(one);
                if (answer.status() > 0) {
                    var bytes = answer.body().getBytes(UTF_8);
                    exchange.sendResponseHeaders(answer.status(), bytes.length);
                    exchange.getResponseBody().write(bytes);
                }
            }
        });
        server.start();
    }

    URI base() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    Taken next() throws InterruptedException {
        var next = taken.poll(20, TimeUnit.SECONDS);
        if (next == null) {
            throw new AssertionError("nothing came");
        }
        return next;
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
