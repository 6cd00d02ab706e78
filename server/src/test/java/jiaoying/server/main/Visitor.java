package jiaoying.server.main;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A browser reduced to cookies, the CSRF header and what it is told to send. */
final class Visitor {
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final JsonMapper JSON = new JsonMapper();

    private final String address;
    private final Map<String, String> cookies = new LinkedHashMap<>();

    Visitor(String address) {
        this.address = address;
    }

    record Reply(int status, String body, byte[] bytes, HttpHeaders headers) {
        JsonNode json() {
            return JSON.readTree(body);
        }

        String header(String name) {
            return headers.firstValue(name).orElse("");
        }
    }

    Reply get(String path, String... headers) {
        return send("GET", path, "", headers);
    }

    /** JSON with the CSRF token, as the screens do. */
    Reply post(String path, String json) {
        return write("POST", path, json);
    }

    /** As {@link #post}, by somebody who reads English. */
    Reply postInEnglish(String path, String json) {
        return write("POST", path, json, "en");
    }

    Reply write(String method, String path, String json) {
        return write(method, path, json, "zh-CN");
    }

    private Reply write(String method, String path, String json, String language) {
        if (!cookies.containsKey("XSRF-TOKEN")) {
            get("/api/me");
        }
        return send(
                method,
                path,
                json,
                "Content-Type",
                "application/json",
                "X-XSRF-TOKEN",
                cookies.getOrDefault("XSRF-TOKEN", ""),
                "Accept-Language",
                language);
    }

    /** A file as it is, as the screens send evidence. */
    Reply upload(String path, byte[] content) {
        if (!cookies.containsKey("XSRF-TOKEN")) {
            get("/api/me");
        }
        return send(request(
                "POST",
                path,
                BodyPublishers.ofByteArray(content),
                "Content-Type",
                "application/octet-stream",
                "X-XSRF-TOKEN",
                cookies.getOrDefault("XSRF-TOKEN", "")));
    }

    /** A form with files, as the web view of a telephone sends it. */
    Reply multipart(String path, Map<String, String> words, Map<String, byte[]> files) {
        return multipart(path, words, files, "照片.jpg");
    }

    /** What the script of a person's page sends: a form with its key, entered so many seconds ago. */
    Reply entry(String path, String key, long age_s, Map<String, String> words, Map<String, byte[]> files) {
        return send(request(
                "POST",
                path,
                BodyPublishers.ofByteArray(parts(words, files, "照片.jpg")),
                "Content-Type",
                "multipart/form-data; boundary=edge",
                "Entry-Key",
                key,
                "Entry-Age",
                Long.toString(age_s)));
    }

    /** The same by a screen: with the CSRF token of whoever signed in. */
    Reply multipart(String path, Map<String, String> words, Map<String, byte[]> files, String name) {
        if (!cookies.isEmpty() && !cookies.containsKey("XSRF-TOKEN")) {
            get("/api/me");
        }
        return send(request(
                "POST",
                path,
                BodyPublishers.ofByteArray(parts(words, files, name)),
                "Content-Type",
                "multipart/form-data; boundary=edge",
                "X-XSRF-TOKEN",
                cookies.getOrDefault("XSRF-TOKEN", "none")));
    }

    private static byte[] parts(Map<String, String> words, Map<String, byte[]> files, String name) {
        var body = new ByteArrayOutputStream();
        words.forEach((part, value) -> body.writeBytes(
                ("--edge\r\nContent-Disposition: form-data; name=\"" + part + "\"\r\n\r\n" + value + "\r\n")
                        .getBytes(UTF_8)));
        files.forEach((part, content) -> {
            body.writeBytes(("--edge\r\nContent-Disposition: form-data; name=\"" + part + "\"; filename=\"" + name
                            + "\"\r\nContent-Type: image/jpeg\r\n\r\n")
                    .getBytes(UTF_8));
            body.writeBytes(content);
            body.writeBytes("\r\n".getBytes(UTF_8));
        });
        body.writeBytes("--edge--\r\n".getBytes(UTF_8));
        return body.toByteArray();
    }

    /** A form, without any token. */
    Reply form(String path, String fields, String... headers) {
        var all = new String[headers.length + 2];
        all[0] = "Content-Type";
        all[1] = "application/x-www-form-urlencoded";
        System.arraycopy(headers, 0, all, 2, headers.length);
        return send("POST", path, fields, all);
    }

    Reply send(String method, String path, String body, String... headers) {
        return send(request(method, path, publisher(body), headers));
    }

    private Reply send(HttpRequest request) {
        try {
            var response = HTTP.send(request, BodyHandlers.ofByteArray());
            keepCookies(response.headers());
            var bytes = response.body();
            return new Reply(response.statusCode(), new String(bytes, UTF_8), bytes, response.headers());
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(request.toString(), e);
        }
    }

    HttpResponse<InputStream> stream(String path, String... headers) throws IOException, InterruptedException {
        return HTTP.send(request("GET", path, publisher(""), headers), BodyHandlers.ofInputStream());
    }

    /** Begins to read a stream and goes away. */
    Reply begin(String path) {
        try {
            var response = stream(path);
            try (var in = response.body()) {
                var bytes = response.statusCode() == 200 ? new byte[0] : in.readAllBytes();
                var body = new String(bytes, UTF_8);
                return new Reply(response.statusCode(), body, bytes, response.headers());
            }
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(path, e);
        }
    }

    String cookie(String name) {
        return cookies.getOrDefault(name, "");
    }

    private static BodyPublisher publisher(String body) {
        return body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body);
    }

    private HttpRequest request(String method, String path, BodyPublisher body, String... headers) {
        var request = HttpRequest.newBuilder(URI.create(address + path))
                .timeout(Duration.ofSeconds(20))
                .method(method, body);
        if (headers.length > 0) {
            request.headers(headers);
        }
        if (!cookies.isEmpty()) {
            request.header(
                    "Cookie",
                    cookies.entrySet().stream()
                            .map(cookie -> cookie.getKey() + "=" + cookie.getValue())
                            .collect(Collectors.joining("; ")));
        }
        return request.build();
    }

    private void keepCookies(HttpHeaders headers) {
        for (var line : headers.allValues("Set-Cookie")) {
            var cut = line.indexOf('=');
            var value = line.substring(cut + 1).replaceFirst(";.*", "");
            if (value.isEmpty()) {
                cookies.remove(line.substring(0, cut));
            } else {
                cookies.put(line.substring(0, cut), value);
            }
        }
    }
}
