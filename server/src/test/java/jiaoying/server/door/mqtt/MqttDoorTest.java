package jiaoying.server.door.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.hivemq.client.mqtt.MqttClient;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import jiaoying.duty.measure.Quantity;
import jiaoying.duty.measure.Reading;
import jiaoying.duty.room.Arrival;
import jiaoying.server.FreePort;
import jiaoying.server.door.mqtt.BrokerSettings.Payload;
import jiaoying.server.door.mqtt.BrokerSettings.Topic;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Against mosquitto, a broker of others; skipped where it is not installed. */
class MqttDoorTest {
    private static final Instant AT = Instant.parse("2026-07-01T02:15:00Z");
    private static final Reading RAIN = new Reading("P0101", Quantity.RAIN, 12_500, AT, false);
    private static final String JSON = "{\"readings\":[{\"station\":\"P0101\",\"quantity\":\"rain\",\"value\":\"12.5\","
            + "\"unit\":\"mm\",\"observed_at\":\"2026-07-01T02:15:00Z\"}]}";

    @TempDir
    Path folder;

    private record Put(Arrival.Readings arrival, CompletableFuture<Long> durable) {}

    private final BlockingQueue<Put> inbox = new LinkedBlockingQueue<>();
    private Optional<Process> broker = Optional.empty();
    private int port;

    @AfterEach
    void stop() {
        broker.ifPresent(Process::destroy);
    }

    private static Optional<Path> mosquitto() {
        return Stream.of(
                        "/usr/sbin/mosquitto",
                        "/usr/bin/mosquitto",
                        "/usr/local/sbin/mosquitto",
                        "/opt/homebrew/sbin/mosquitto")
                .map(Path::of)
                .filter(Files::isExecutable)
                .findFirst();
    }

    private void broker() throws IOException {
        assumeTrue(mosquitto().isPresent(), "SKIPPED: no mosquitto (apt-get install mosquitto)");
        if (port == 0) {
            port = FreePort.find();
        }
        var settings = folder.resolve("mosquitto.conf");
        Files.writeString(settings, "listener " + port + " 127.0.0.1\nallow_anonymous true\npersistence false\n");
        broker = Optional.of(new ProcessBuilder(mosquitto().orElseThrow().toString(), "-c", settings.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("mosquitto.log").toFile())
                .start());
        var end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (!listens() && System.nanoTime() < end) {
            Thread.onSpinWait();
        }
    }

    private boolean listens() {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    private CompletableFuture<Long> put(Arrival arrival) {
        var durable = new CompletableFuture<Long>();
        inbox.add(new Put((Arrival.Readings) arrival, durable));
        return durable;
    }

    private Put next() throws InterruptedException {
        return Optional.ofNullable(inbox.poll(30, TimeUnit.SECONDS)).orElseThrow();
    }

    private MqttDoor door(int version, Topic... topics) {
        return MqttDoor.open(
                new BrokerSettings(
                        "bureau",
                        "127.0.0.1",
                        port,
                        false,
                        List.of(),
                        version,
                        "jiaoying-test",
                        Optional.empty(),
                        Optional.empty(),
                        List.of(topics)),
                this::put,
                () -> AT);
    }

    /** Retained, so that it does not matter who comes first. */
    private void publish(String topic, String payload) {
        var client = MqttClient.builder()
                .serverHost("127.0.0.1")
                .serverPort(port)
                .useMqttVersion3()
                .buildBlocking();
        client.connect();
        client.publishWith()
                .topic(topic)
                .qos(MqttQos.AT_LEAST_ONCE)
                .retain(true)
                .payload(payload.getBytes(StandardCharsets.UTF_8))
                .send();
        client.disconnect();
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 5})
    void readings_come_in_as_json_csv_and_observations(int version) throws Exception {
        broker();
        publish("gauges/a/json", JSON);
        publish("gauges/a/csv", "station,quantity,value,unit,observed_at\nP0101,rain,12.5,mm,2026-07-01T02:15:00Z\n");
        publish("v1.1/Datastreams(3)/Observations", "{\"phenomenonTime\":\"2026-07-01T02:15:00Z\",\"result\":12.5}");
        try (var door = door(
                version,
                new Topic("gauges/+/json", Payload.JSON, Map.of()),
                new Topic("gauges/+/csv", Payload.CSV, Map.of()),
                new Topic("v1.1/Datastreams(3)/Observations", Payload.SENSORTHINGS, Map.of("3", "P0101:rain")))) {
            for (var i = 0; i < 3; i++) {
                var put = next();
                assertThat(put.arrival()).isEqualTo(new Arrival.Readings("bureau", List.of(RAIN), List.of()));
                put.durable().complete(1L);
            }
            assertThat(door.health().open()).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 5})
    void message_that_was_not_durable_comes_again(int version) throws Exception {
        broker();
        publish("gauges/a/json", JSON);
        try (var door = door(version, new Topic("gauges/+/json", Payload.JSON, Map.of()))) {
            next().durable().completeExceptionally(new RejectedExecutionException("full"));
            var again = next();
            assertThat(again.arrival().readings()).containsExactly(RAIN);
            again.durable().complete(1L);
            assertThat(door.health().faults()).containsKey("not-durable");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 5})
    void message_without_acknowledgement_is_sent_again_by_the_broker(int version) throws Exception {
        broker();
        publish("gauges/a/json", JSON);
        try (var _ = door(version, new Topic("gauges/+/json", Payload.JSON, Map.of()))) {
            assertThat(next().arrival().readings()).containsExactly(RAIN); // never becomes durable: we die
        }
        try (var _ = door(version, new Topic("gauges/+/json", Payload.JSON, Map.of()))) {
            var again = next();
            assertThat(again.arrival().readings()).containsExactly(RAIN);
            again.durable().complete(1L);
        }
    }

    @Test
    void broker_that_comes_later_or_back_is_found() throws Exception {
        assumeTrue(mosquitto().isPresent(), "SKIPPED: no mosquitto (apt-get install mosquitto)");
        port = FreePort.find();
        try (var door = door(5, new Topic("gauges/+/json", Payload.JSON, Map.of()))) {
            broker();
            publish("gauges/a/json", JSON);
            next().durable().complete(1L);
            broker.orElseThrow().destroy();
            broker.orElseThrow().waitFor();
            broker();
            publish("gauges/b/json", JSON);
            next().durable().complete(1L);
            assertThat(door.health().faults()).containsKey("disconnected");
        }
    }

    @Test
    void what_cannot_be_read_becomes_a_finding_with_its_words() {
        var topic = new Topic("x", Payload.JSON, Map.of());
        var arrival = Payloads.read("bureau", topic, "x", "no json".getBytes(StandardCharsets.UTF_8), () -> AT);
        assertThat(arrival.readings()).isEmpty();
        assertThat(arrival.malformed()).singleElement().satisfies(it -> {
            assertThat(it.field()).isEqualTo("topic x");
            assertThat(it.value()).isEqualTo("no json");
        });
        var observation = new Topic("x", Payload.SENSORTHINGS, Map.of());
        var link = "{\"result\":1.5,\"Datastream@iot.navigationLink\":\"http://h/v1.1/Datastreams('P0101:rain')\"}";
        assertThat(Payloads.read("bureau", observation, "x", link.getBytes(StandardCharsets.UTF_8), () -> AT)
                        .readings())
                .containsExactly(new Reading("P0101", Quantity.RAIN, 1_500, AT, false));
        assertThat(Payloads.read("bureau", observation, "x", new byte[] {'[', ']'}, () -> AT)
                        .malformed())
                .isNotEmpty();
    }

    @Test
    void settings_are_read_and_what_is_wrong_is_named() throws IOException {
        assertThat(BrokerSettingsFile.read(folder)).isEmpty();
        Files.writeString(folder.resolve("mqtt.password"), "s3cret\n");
        Files.writeString(folder.resolve("mqtt.yaml"), """
                brokers:
                  - name: bureau
                    url: mqtts://broker.example
                    version: 3
                    user: city
                    password_file: mqtt.password
                    topics:
                      - topic: gauges/+/readings
                      - topic: v1.1/Datastreams(3)/Observations
                        payload: sensorthings
                        datastreams:
                          "3": P0101:rain
                """);
        var settings = BrokerSettingsFile.read(folder).getFirst();
        assertThat(settings.port()).isEqualTo(8883);
        assertThat(settings.password()).contains("s3cret");
        assertThat(settings.toString()).doesNotContain("s3cret");
        assertThat(settings.topics().get(1).datastreams()).containsEntry("3", "P0101:rain");
        Files.writeString(folder.resolve("mqtt.yaml"), "brokers:\n  - name: a\n    url: http://x\n");
        assertThatThrownBy(() -> BrokerSettingsFile.read(folder))
                .hasMessageContaining("http://x")
                .hasMessageContaining("mqtt://HOST:PORT");
    }
}
