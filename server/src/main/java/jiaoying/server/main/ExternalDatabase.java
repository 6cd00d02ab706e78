package jiaoying.server.main;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.stream.Stream;
import jiaoying.server.postgres.Server;
import jiaoying.server.store.DatabaseFailed;
import jiaoying.server.store.ServerLock;

/** Reads the address of an external PostgreSQL: {@code jdbc:postgresql://host:5432/jiaoying?user=..&password=..}. */
final class ExternalDatabase {
    private ExternalDatabase() {}

    static Server of(String url) {
        if (!url.startsWith("jdbc:postgresql:")) {
            throw new Refusal("run.database-url");
        }
        return new Server(url, value(url, "user"), value(url, "password"));
    }

    /** Before anything is made for a start that cannot be. */
    static void refuseAway(Server server) {
        try {
            ServerLock.reach(server.jdbcUrl(), server.user(), server.password());
        } catch (DatabaseFailed e) {
            throw new Refusal(
                    "run.database-away",
                    String.valueOf(Optional.ofNullable(e.getCause()).orElse(e).getMessage()));
        }
    }

    private static String value(String url, String name) {
        return Stream.of(url.substring(url.indexOf('?') + 1).split("&"))
                .filter(pair -> pair.startsWith(name + "="))
                .map(pair -> URLDecoder.decode(pair.substring(name.length() + 1), StandardCharsets.UTF_8))
                .findFirst()
                .orElse("");
    }
}
