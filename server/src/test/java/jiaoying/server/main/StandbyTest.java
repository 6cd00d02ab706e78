package jiaoying.server.main;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import jiaoying.server.FreePort;
import jiaoying.server.postgres.EmbeddedPostgres;
import jiaoying.server.store.Database;
import jiaoying.server.store.Rooms;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** Two real servers on one external database: the one that works is killed, the other takes over (主备切换). */
@EnabledIfSystemProperty(named = "jiaoying.all", matches = "true")
class StandbyTest {
    @Test
    void the_standby_takes_over_by_lock_and_epoch_when_the_server_that_works_is_killed(@TempDir Path folder)
            throws Exception {
        try (var postgres = EmbeddedPostgres.start(folder.resolve("database"))) {
            var server = postgres.server();
            var url = server.jdbcUrl() + "&user=" + server.user() + "&password=" + server.password();
            var one = folder.resolve("one");
            var two = folder.resolve("two");
            try (var first = LiveProgram.start(one, FreePort.find(), "--empty", "--database-url=" + url)) {
                first.awaitUp();
                copyKeys(one, two);
                long epoch = epoch(server.jdbcUrl(), server.user(), server.password());
                var second = LiveProgram.start(two, FreePort.find(), "--empty", "--standby", "--database-url=" + url);
                try (second) {
                    while (!second.said().contains("Standing by")) {
                        LiveProgram.pause();
                    }
                    assertThat(health(second)).isNotEqualTo(200);
                    first.kill();
                    var killed = System.nanoTime();
                    second.awaitUp();
                    System.out.printf("The standby was up %.1f s after the kill%n", (System.nanoTime() - killed) / 1e9);
                    assertThat(health(second)).isEqualTo(200);
                    assertThat(epoch(server.jdbcUrl(), server.user(), server.password()))
                            .isGreaterThan(epoch);
                    second.stop();
                }
            }
        }
    }

    private static void copyKeys(Path from, Path to) throws Exception {
        Files.createDirectories(to.resolve("keys"));
        Files.copy(from.resolve("KIND"), to.resolve("KIND"));
        try (var keys = Files.list(from.resolve("keys"))) {
            for (var key : keys.filter(Files::isRegularFile).toList()) {
                Files.copy(
                        key,
                        to.resolve("keys").resolve(key.getFileName()),
                        java.nio.file.StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
    }

    private static long epoch(String url, String user, String password) {
        try (var db = Database.open(url, user, password)) {
            return new Rooms(db).list().getFirst().epoch();
        }
    }

    private static int health(LiveProgram program) throws Exception {
        try (var client = HttpClient.newHttpClient()) {
            return client.send(
                            HttpRequest.newBuilder(URI.create(program.address() + "/api/health"))
                                    .build(),
                            BodyHandlers.discarding())
                    .statusCode();
        } catch (java.io.IOException notListening) {
            return 0;
        }
    }
}
