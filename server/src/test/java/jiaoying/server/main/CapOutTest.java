package jiaoying.server.main;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import jiaoying.duty.room.Arrival;
import jiaoying.duty.room.Settings;
import jiaoying.server.reply.Texts;
import jiaoying.wire.cap.Alert;
import jiaoying.wire.cap.Cap;
import jiaoying.wire.cap.CapCheck;
import jiaoying.wire.cap.CapRead;
import jiaoying.wire.feed.Feed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Our own signals from the room to those who read the feed: the whole server over a real database. */
class CapOutTest {
    @TempDir
    Path folder;

    /** A webhook that keeps what it was sent. */
    private record Hook(HttpServer server, BlockingQueue<String> signatures) implements AutoCloseable {
        static Hook open() throws java.io.IOException {
            var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            var hook = new Hook(server, new LinkedBlockingQueue<>());
            server.createContext("/", exchange -> {
                var body = new ByteArrayOutputStream();
                exchange.getRequestBody().transferTo(body);
                hook.signatures.add(exchange.getRequestHeaders().getFirst("X-Jiaoying-Signature"));
                exchange.sendResponseHeaders(204, -1);
                exchange.close();
            });
            server.start();
            return hook;
        }

        @Override
        public void close() {
            server.stop(0);
        }
    }

    @Test
    void an_office_publishes_signed_messages_that_its_own_poller_reads_and_its_check_finds_valid() throws Exception {
        try (var hook = Hook.open()) {
            var data = DataDirectory.openOrCreate(folder.resolve("office"), DataDirectory.Kind.REAL);
            var secret = data.path().resolve("hook.secret");
            Files.writeString(secret, "tide\n");
            Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rw-------"));
            Files.writeString(data.path().resolve("cap.yaml"), """
                    out:
                      office: "33048241600000"
                      name_zh: 平湖市气象台
                      name_en: Pinghu Weather Office
                      public: yes
                      webhooks:
                        - {name: aggregator, url: "http://127.0.0.1:%d/", secret_file: hook.secret}
                    """.formatted(
                            hook.server().getAddress().getPort()));
            var options = new RunOptions(data, Optional.empty(), 0, false, Optional.empty(), 1, "en");
            var settings = new Settings(
                    "room",
                    "平湖市气象台",
                    Settings.Issuer.WEATHER_OFFICE,
                    false,
                    false,
                    java.time.Duration.ofMinutes(5),
                    Optional.empty(),
                    "Asia/Shanghai");
            var stage = new BareStage(
                    settings,
                    jiaoying.server.replay.SampleCity.read(Path.of("../samples/pinghu"))
                            .rows(),
                    Optional.empty(),
                    List.of());
            var wiring = new Wiring(options, stage);
            wiring.start();
            try {
                var visitor = new Visitor(wiring.address());
                var leader = signIn(visitor, wiring);
                assertThat(leader).isEqualTo(200);
                assertThat(visitor.get("/feeds/cap.atom").status()).isEqualTo(200);
                var office = visitor;
                signal(office, wiring, "red", "3小时内降雨量将达100毫米以上");
                signal(office, wiring, "orange", "");
                signal(office, wiring, "none", "");

                var signatures = new ArrayList<String>();
                for (var i = 0; i < 3; i++) {
                    signatures.add(hook.signatures().poll(20, TimeUnit.SECONDS));
                }
                assertThat(signatures).allMatch(text -> text != null && text.matches("sha256=[0-9a-f]{64}"));

                var feed = Feed.read(
                        new Visitor(wiring.address()).get("/feeds/cap.atom").bytes());
                assertThat(feed).isInstanceOf(Feed.class);
                var alerts = new ArrayList<Alert>();
                for (var entry : ((Feed) feed).entries()) {
                    var link = entry.findMessage().orElseThrow();
                    var bytes = new Visitor("").get(link).bytes();
                    assertThat(CapCheck.of(bytes).verdict())
                            .as(() -> CapCheck.of(bytes).problems().toString())
                            .isEqualTo(CapCheck.Verdict.VALID);
                    alerts.add(((CapRead.Understood) Cap.read(bytes)).alert());
                }
                Collections.reverse(alerts);
                assertThat(alerts)
                        .extracting(Alert::msgType)
                        .containsExactly(Alert.MsgType.ALERT, Alert.MsgType.UPDATE, Alert.MsgType.CANCEL);
                assertThat(alerts)
                        .allMatch(alert -> alert.status() == Alert.Status.ACTUAL
                                && alert.infos().size() == 2
                                && alert.id().identifier().matches("33048241600000_\\d{14}_\\d"));
                assertThat(alerts.get(1).references())
                        .containsExactly(alerts.get(0).id());
                assertThat(alerts.get(2).references())
                        .containsExactly(alerts.get(0).id(), alerts.get(1).id());
                read(wiring.address(), data.path());
            } finally {
                wiring.close();
            }
        }
    }

    /** Another room polls the feed and demands the office's signature. */
    private void read(String address, Path office) throws Exception {
        var data = DataDirectory.openOrCreate(folder.resolve("town"), DataDirectory.Kind.DEMO);
        Files.copy(office.resolve("keys/room.cap.pub"), data.path().resolve("office.pem"));
        Files.writeString(data.path().resolve("cap.yaml"), """
                in:
                  demand_signature: yes
                  issuers: [{name: office, sender: "33048241600000", key: office.pem}]
                  feeds: [{name: office, url: "%s/feeds/cap.atom"}]
                """.formatted(address));
        var heard = new ArrayList<Arrival.BulletinReceived>();
        var areas = jiaoying.server.replay.SampleCity.read(Path.of("../samples/pinghu")).rows().stream()
                .filter(jiaoying.duty.roster.RosterFact.AreaRegistered.class::isInstance)
                .map(jiaoying.duty.roster.RosterFact.AreaRegistered.class::cast)
                .collect(java.util.stream.Collectors.toMap(area -> area.area(), area -> area));
        var desk = new jiaoying.server.cap.CapDesk(Home.cap(data.path()), () -> areas, () -> "{}", true);
        var all = new java.util.concurrent.CountDownLatch(3);
        try (var feeds = desk.poll(
                arrival -> {
                    heard.add((Arrival.BulletinReceived) arrival);
                    all.countDown();
                    return java.util.concurrent.CompletableFuture.completedFuture(1L);
                },
                java.time.InstantSource.system())) {
            assertThat(all.await(20, TimeUnit.SECONDS))
                    .as(feeds.states(Texts.EN)::toString)
                    .isTrue();
        }
        assertThat(heard)
                .allMatch(one -> one.bulletin().trusted()
                        && one.bulletin().signature() == jiaoying.duty.warn.Bulletin.Signature.GOOD);
        assertThat(heard.stream()
                        .map(one -> one.bulletin().meanings().getFirst())
                        .map(meaning -> meaning.hazard() + " " + meaning.color().word() + " " + meaning.areas()))
                .containsExactlyInAnyOrder(
                        "rainstorm red [330482101]", "rainstorm orange [330482101]", "rainstorm none [330482101]");
    }

    private static int signIn(Visitor visitor, Wiring wiring) {
        var link = wiring.signInLink();
        return visitor.post("/api/session/link", "{\"token\":\"" + link.substring(link.indexOf('#') + 1) + "\"}")
                .status();
    }

    /** By the door, as in a room whose second person is elsewhere. */
    private static void signal(Visitor office, Wiring wiring, String color, String text) {
        var token = wiring.doorToken("desk", "signals");
        var reply = new Visitor(wiring.address())
                .send(
                        "POST",
                        "/api/signals",
                        "{\"source\":\"平湖市气象台\",\"hazard\":\"rainstorm\",\"area\":\"330482101\",\"color\":\"" + color
                                + "\",\"text\":\"" + text + "\"}",
                        "Authorization",
                        "Bearer " + token,
                        "Content-Type",
                        "application/json");
        assertThat(reply.status()).as(reply.body()).isEqualTo(200);
    }
}
