package jiaoying.server.main;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import jiaoying.server.postgres.EmbeddedPostgres;
import jiaoying.server.replay.SampleCity;
import jiaoying.server.store.AccountStore;
import jiaoying.server.store.Credentials.AccountRow;
import jiaoying.server.store.Database;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole server over a real database in a directory of its own. */
class WiringTest {
    @TempDir
    Path folder;

    @Test
    void a_new_demo_starts_signs_in_by_link_takes_a_signal_and_comes_back_after_a_crash() throws Exception {
        var data = folder.resolve("data");
        var wiring = started(data);
        var visitor = new Visitor(wiring.address());
        assertThat(visitor.get("/api/health").json().path("status").asString()).isEqualTo("UP");
        signIn(visitor, wiring);
        assertThat(visitor.get("/api/me").json().path("room").path("demo").asBoolean())
                .isTrue();
        var watch = visitor.get("/api/watch").json();
        assertThat(watch.path("areas").size()).isEqualTo(10);
        assertThat(watch.path("stations").size()).isGreaterThan(10);
        assertThat(watch.path("restarted").isNull()).isTrue();
        assertThat(visitor.get("/api/map").json().path("features").size()).isEqualTo(10);

        var entered = visitor.post("/api/acts/enter-signal", """
                {"hazard":"rainstorm","area":"330482101","color":"red","source":"电话","text":""}""");
        assertThat(entered.status()).isEqualTo(200);
        var red = visitor.get("/api/watch").json();
        assertThat(red.path("silent").size()).isGreaterThan(5);
        assertThat(visitor.get("/api/watch/text").body()).contains("未应答");
        assertThat(visitor.get("/api/watch/timeline").json().path("marks").size())
                .isGreaterThan(1);
        var first = red.path("silent").get(0);
        var callee = visitor.get("/api/callees/" + first.path("order").asString() + "/"
                + first.path("person").asString());
        assertThat(callee.json().path("attempts").size()).isPositive();
        assertThat(callee.header("Content-Type")).isEqualTo("application/json");
        wiring.close();
        assertThat(Files.exists(data.resolve("running"))).isFalse();

        Files.createFile(data.resolve("running"));
        var again = started(data);
        var back = new Visitor(again.address());
        assertThat(back.get("/api/me", "Cookie", "jiaoying-session=" + visitor.cookie("jiaoying-session"))
                        .status())
                .as("a session survives a restart")
                .isEqualTo(200);
        signIn(back, again);
        var restarted = back.get("/api/watch").json();
        assertThat(restarted.path("silent").size()).isEqualTo(red.path("silent").size());
        assertThat(restarted.path("restarted").path("lost").asInt(-1)).isZero();
        again.close();
    }

    @Test
    void a_port_in_use_is_one_message_and_leaves_nothing_running() throws IOException {
        try (var taken = new ServerSocket(0)) {
            var data = folder.resolve("data");
            var wiring = wiring(data, taken.getLocalPort());
            Assertions.assertThatThrownBy(wiring::start)
                    .isInstanceOfSatisfying(
                            Refusal.class,
                            refusal -> assertThat(refusal.said(Words.EN)).startsWith("Port "));
        }
    }

    @Test
    void the_database_keeps_credentials_as_promised() throws Exception {
        try (var postgres = EmbeddedPostgres.startThrowaway(folder.resolve("pg"));
                var db = Database.open(
                        postgres.server().jdbcUrl(),
                        postgres.server().user(),
                        postgres.server().password())) {
            credentialsOf(new AccountStore(db, "r"), new AccountStore(db, "other"));
        }
    }

    private static void credentialsOf(AccountStore store, AccountStore otherRoom) {
        var now = Instant.parse("2026-07-01T10:00:00Z");
        assertThat(store.addAccount("王", "h", List.of("town"), List.of("330482101")))
                .isTrue();
        assertThat(store.addAccount("王", "x", List.of(), List.of())).isFalse();
        assertThat(store.findAccount("王"))
                .contains(new AccountRow("王", "h", List.of("town"), List.of("330482101"), 0, Optional.empty()));
        assertThat(otherRoom.findAccount("王")).isEmpty();
        store.countFailure("王", 2, now);
        assertThat(store.findAccount("王").orElseThrow().failures()).isEqualTo(1);
        store.countFailure("王", 2, now);
        assertThat(store.findAccount("王").orElseThrow().lockedUntil()).contains(now);
        store.clearFailures("王");
        assertThat(store.findAccount("王").orElseThrow().lockedUntil()).isEmpty();
        store.setPassword("王", "h2");
        assertThat(store.findAccount("王").orElseThrow().hash()).isEqualTo("h2");

        store.addLink("l1", "王", now.plusSeconds(60));
        assertThat(otherRoom.useLink("l1", now)).isEmpty();
        assertThat(store.useLink("l1", now)).contains("王");
        assertThat(store.useLink("l1", now)).isEmpty();
        store.addLink("l2", "王", now);
        assertThat(store.useLink("l2", now)).isEmpty();

        store.addSession("s", "王", now);
        store.touchSession("s", now.plusSeconds(5));
        assertThat(store.findSession("s").orElseThrow().seenAt()).isEqualTo(now.plusSeconds(5));
        store.dropSessions(now.plusSeconds(5));
        assertThat(store.findSession("s")).isPresent();
        store.endSession("s");
        assertThat(store.findSession("s")).isEmpty();

        store.addDoor("gauges", "readings", "d", now);
        assertThat(store.findDoor("d").orElseThrow().source()).isEqualTo("gauges");
        assertThat(store.listDoors()).hasSize(1);
        assertThat(otherRoom.listDoors()).isEmpty();
    }

    private static void signIn(Visitor visitor, Wiring wiring) {
        var link = wiring.signInLink();
        var token = link.substring(link.indexOf('#') + 1);
        assertThat(visitor.post("/api/session/link", "{\"token\":\"" + token + "\"}")
                        .status())
                .isEqualTo(200);
    }

    private static Wiring started(Path data) {
        var wiring = wiring(data, 0);
        wiring.start();
        return wiring;
    }

    private static Wiring wiring(Path data, int port) {
        var options = new RunOptions(
                DataDirectory.openOrCreate(data, DataDirectory.Kind.DEMO),
                Optional.empty(),
                port,
                false,
                Optional.empty(),
                1,
                "en");
        return new Wiring(options, sampleCity(Path.of("../samples/pinghu")));
    }

    private static BareStage sampleCity(Path folder) {
        try {
            var city = SampleCity.read(folder);
            return new BareStage(
                    BareStage.settings("pinghu", "平湖（示例）", true),
                    city.rows(),
                    Optional.of(folder.resolve("areas.geojson")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
