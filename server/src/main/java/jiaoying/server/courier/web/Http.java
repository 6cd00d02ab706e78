package jiaoying.server.courier.web;

import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;

/** Posts JSON and reads a short answer; follows no redirection. May be used from many threads. */
final class Http {
    private static final int ANSWER_MOST = 64 * 1024;

    private final Duration timeout;
    private final HttpClient client;

    Http(Duration timeout) {
        this.timeout = timeout;
        client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(timeout)
                .build();
    }

    record Answer(int status, String body) {}

    /** The other side was never reached, so certainly nothing was sent. Says where, without what is secret in the address. */
    static final class Unreached extends Exception {
        private static final long serialVersionUID = 1L;

        Unreached(URI place) {
            super(place.getHost() + (place.getPort() < 0 ? "" : ":" + place.getPort()) + " cannot be reached");
        }
    }

    /** @throws IOException when nobody knows whether it was taken; without the address */
    Answer post(URI place, Map<String, String> headers, String json)
            throws IOException, InterruptedException, Unreached {
        var request = HttpRequest.newBuilder(place)
                .timeout(timeout)
                .header("Content-Type", "application/json; charset=utf-8")
                .POST(HttpRequest.BodyPublishers.ofString(json));
        headers.forEach(request::header);
        try {
            var answer = client.send(request.build(), BodyHandlers.ofInputStream());
            try (var body = answer.body()) {
                return new Answer(answer.statusCode(), read(body));
            }
        } catch (ConnectException | HttpConnectTimeoutException e) {
            throw new Unreached(place);
        } catch (IOException e) {
            throw new IOException(
                    place.getHost() + " fell silent: " + e.getClass().getSimpleName());
        }
    }

    private static String read(InputStream body) throws IOException {
        return new String(body.readNBytes(ANSWER_MOST), StandardCharsets.UTF_8);
    }
}
