package jiaoying.server.door.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.hivemq.client.mqtt.MqttClient;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import io.moquette.broker.Server;
import io.moquette.broker.config.MemoryConfig;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Base64;
import java.util.ConcurrentModificationException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;
import jiaoying.duty.measure.Quantity;
import jiaoying.duty.measure.Reading;
import jiaoying.duty.room.Arrival;
import jiaoying.server.door.mqtt.BrokerSettings.Payload;
import jiaoying.server.door.mqtt.BrokerSettings.Topic;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against a second broker of others, in this process: plain and over TLS with a certificate of its own. */
class EmbeddedBrokerTest {
    private static final Instant AT = Instant.parse("2026-07-01T02:15:00Z");
    private static final Reading RAIN = new Reading("P0101", Quantity.RAIN, 12_500, AT, false);
    private static final String JSON = "{\"readings\":[{\"station\":\"P0101\",\"quantity\":\"rain\",\"value\":\"12.5\","
            + "\"unit\":\"mm\",\"observed_at\":\"2026-07-01T02:15:00Z\"}]}";
    private static final Topic TOPIC = new Topic("gauges/+/json", Payload.JSON, Map.of());
    private static final String PASSWORD = "broker-test";

    @TempDir
    Path folder;

    private record Put(Arrival.Readings arrival, CompletableFuture<Long> durable) {}

    private final BlockingQueue<Put> inbox = new LinkedBlockingQueue<>();
    private final Server broker = new Server();

    @AfterEach
    void stop() {
        broker.stopServer();
    }

    private void start(Map<String, String> more) throws Exception {
        var settings = new Properties();
        settings.putAll(Map.of(
                "host", "127.0.0.1",
                "port", "0",
                "allow_anonymous", "true",
                "persistence_enabled", "false",
                "data_path", folder.toString(),
                "telemetry_enabled", "false"));
        settings.putAll(more);
        broker.startServer(new MemoryConfig(settings));
    }

    /** The broker says which port it has got a little after it has got it. */
    private static int awaited(IntSupplier port) {
        var end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (said(port) == 0 && System.nanoTime() < end) {
            Thread.onSpinWait();
        }
        return said(port);
    }

    /** The broker looks through a map of its ports that its own threads are still filling: then it has none yet. */
    private static int said(IntSupplier port) {
        try {
            return port.getAsInt();
        } catch (ConcurrentModificationException filling) {
            return 0;
        }
    }

    private int port() {
        return awaited(broker::getPort);
    }

    private MqttDoor door(int port, boolean tls, List<X509Certificate> trusted) {
        return MqttDoor.open(
                new BrokerSettings(
                        "bureau",
                        tls ? "localhost" : "127.0.0.1",
                        port,
                        tls,
                        trusted,
                        3,
                        "jiaoying-embedded",
                        Optional.empty(),
                        Optional.empty(),
                        List.of(TOPIC)),
                arrival -> {
                    var durable = new CompletableFuture<Long>();
                    inbox.add(new Put((Arrival.Readings) arrival, durable));
                    return durable;
                },
                () -> AT);
    }

    private Put next() throws InterruptedException {
        return Optional.ofNullable(inbox.poll(30, TimeUnit.SECONDS)).orElseThrow();
    }

    /** Retained, so that it does not matter who comes first. */
    private void publish() {
        var client = MqttClient.builder()
                .identifier("gauge")
                .serverHost("127.0.0.1")
                .serverPort(port())
                .useMqttVersion3()
                .buildBlocking();
        client.connect();
        client.publishWith()
                .topic("gauges/a/json")
                .qos(MqttQos.AT_LEAST_ONCE)
                .retain(true)
                .payload(JSON.getBytes(StandardCharsets.UTF_8))
                .send();
        client.disconnect();
    }

    @Test
    void a_message_comes_in_and_again_until_it_is_durable() throws Exception {
        start(Map.of());
        publish();
        try (var door = door(port(), false, List.of())) {
            next().durable().completeExceptionally(new RejectedExecutionException("full"));
            var again = next();
            assertThat(again.arrival()).isEqualTo(new Arrival.Readings("bureau", List.of(RAIN), List.of()));
            again.durable().complete(1L);
            assertThat(door.health().open()).isTrue();
        }
    }

    @Test
    void over_tls_the_certificate_of_the_settings_is_trusted_and_no_other() throws Exception {
        var own = certificate("own");
        var other = certificate("other");
        start(Map.of(
                "ssl_port",
                "0",
                "jks_path",
                folder.resolve("own.p12").toString(),
                "key_store_type",
                "pkcs12",
                "key_store_password",
                PASSWORD,
                "key_manager_password",
                PASSWORD));
        publish();
        var tls = awaited(broker::getSslPort);
        try (var stranger = door(tls, true, List.of(other))) {
            awaitFault(stranger);
            assertThat(stranger.health().open()).isFalse();
            assertThat(inbox).isEmpty();
        }
        try (var door = door(tls, true, List.of(own))) {
            next().durable().complete(1L);
            assertThat(door.health().open()).isTrue();
        }
    }

    private static void awaitFault(MqttDoor door) {
        var end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (!door.health().faults().containsKey("disconnected") && System.nanoTime() < end) {
            Thread.onSpinWait();
        }
        assertThat(door.health().faults()).containsKey("disconnected");
    }

    @Test
    void the_certificate_is_read_from_a_file_beside_the_settings() throws Exception {
        var own = certificate("own");
        Files.writeString(
                folder.resolve("ca.pem"),
                "-----BEGIN CERTIFICATE-----\n"
                        + Base64.getMimeEncoder().encodeToString(own.getEncoded())
                        + "\n-----END CERTIFICATE-----\n");
        var yaml =
                "brokers:\n  - name: a\n    url: mqtts://broker.example\n    ca_file: ca.pem\n    topics:\n      - topic: x\n";
        Files.writeString(folder.resolve("mqtt.yaml"), yaml);
        assertThat(BrokerSettingsFile.read(folder).getFirst().trusted()).containsExactly(own);
        Files.writeString(folder.resolve("mqtt.yaml"), yaml.replace("mqtts:", "mqtt:"));
        assertThatThrownBy(() -> BrokerSettingsFile.read(folder)).hasMessageContaining("mqtts://");
        Files.writeString(folder.resolve("ca.pem"), "no certificate");
        Files.writeString(folder.resolve("mqtt.yaml"), yaml);
        assertThatThrownBy(() -> BrokerSettingsFile.read(folder)).hasMessageContaining("PEM");
    }

    /** A key and its self-signed certificate for localhost, in NAME.p12. */
    private X509Certificate certificate(String name) throws Exception {
        var file = folder.resolve(name + ".p12");
        var made = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        name,
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=localhost",
                        "-ext",
                        "san=dns:localhost,ip:127.0.0.1",
                        "-keystore",
                        file.toString(),
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        PASSWORD)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("keytool.log").toFile())
                .start()
                .waitFor();
        assertThat(made).isZero();
        var store = KeyStore.getInstance("PKCS12");
        try (var in = Files.newInputStream(file)) {
            store.load(in, PASSWORD.toCharArray());
        }
        return (X509Certificate) store.getCertificate(name);
    }
}
