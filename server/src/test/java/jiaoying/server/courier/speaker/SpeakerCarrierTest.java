package jiaoying.server.courier.speaker;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.hivemq.client.mqtt.MqttClient;
import com.hivemq.client.mqtt.MqttGlobalPublishFilter;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt3.Mqtt3BlockingClient;
import io.moquette.broker.Server;
import io.moquette.broker.config.MemoryConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import jiaoying.duty.errand.Channel;
import jiaoying.duty.errand.Purpose;
import jiaoying.duty.monitor.SignalColor;
import jiaoying.server.FreePort;
import jiaoying.server.courier.Parcel;
import jiaoying.server.courier.Post;
import jiaoying.server.courier.Submission;
import jiaoying.server.loop.Tables;
import jiaoying.server.loop.TestCity;
import jiaoying.server.loop.TestHouse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Over a broker of others, in this process; a device is a client of its own. */
class SpeakerCarrierTest {
    private static final long PATIENCE_S = 30;

    @TempDir
    Path folder;

    private final BlockingQueue<String> told = new LinkedBlockingQueue<>();
    private Server broker = new Server();

    @AfterEach
    void stop() {
        broker.stopServer();
    }

    private int start(int port) throws Exception {
        broker = new Server();
        var settings = new Properties();
        settings.putAll(Map.of(
                "host", "127.0.0.1",
                "port", Integer.toString(port),
                "allow_anonymous", "true",
                "persistence_enabled", "false",
                "data_path", folder.toString(),
                "telemetry_enabled", "false"));
        broker.startServer(new MemoryConfig(settings));
        return port;
    }

    private static void await(BooleanSupplier becomes) {
        var end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_S);
        while (!becomes.getAsBoolean() && System.nanoTime() < end) {
            Thread.onSpinWait();
        }
        assertThat(becomes.getAsBoolean()).isTrue();
    }

    private static SpeakerCarrier carrier(int port) {
        return new SpeakerCarrier(new Broker(
                "horns", "127.0.0.1", port, false, Optional.empty(), "", "duty", "told", Duration.ofSeconds(20)));
    }

    private Post post(TestHouse house) {
        return new Post(
                house.db,
                house.room,
                house.inbox,
                house.keys::mark,
                house.clock,
                (name, errand, arrived) -> told.add(errand + ' ' + arrived));
    }

    private static Parcel parcel(String key, String address) {
        return new Parcel(key, Channel.SPEAKER, Purpose.CALL, "P0", address, "红色预警，请立即转移");
    }

    private static Mqtt3BlockingClient device(int port) {
        var device = MqttClient.builder()
                .identifier("horn-1")
                .serverHost("127.0.0.1")
                .serverPort(port)
                .useMqttVersion3()
                .buildBlocking();
        device.connect();
        return device;
    }

    private static void say(Mqtt3BlockingClient device, String words) {
        device.publishWith()
                .topic("told")
                .qos(MqttQos.AT_LEAST_ONCE)
                .payload(words.getBytes(UTF_8))
                .send();
    }

    /** What the horn of the first village hears when this is handed over. */
    private static JsonNode heard(int port, SpeakerCarrier carrier, Parcel parcel) throws Exception {
        var device = device(port);
        try (var words = device.publishes(MqttGlobalPublishFilter.ALL)) {
            device.subscribeWith()
                    .topicFilter("village/1")
                    .qos(MqttQos.AT_LEAST_ONCE)
                    .send();
            assertThat(carrier.submit(parcel)).isEqualTo(new Submission.Taken(""));
            return JsonMapper.shared()
                    .readTree(words.receive(PATIENCE_S, TimeUnit.SECONDS)
                            .orElseThrow()
                            .getPayloadAsBytes());
        } finally {
            device.disconnect();
        }
    }

    @Test
    void a_loudspeaker_gets_words_and_key_and_says_that_it_has_spoken() throws Exception {
        var port = start(FreePort.find());
        try (var house = TestHouse.real().furnished()) {
            house.put(TestCity.signal("T0", SignalColor.RED));
            house.turn();
            house.inbox.start();
            var key = Tables.rows(house, "SELECT key FROM errand WHERE room = :room")
                    .getFirst();
            var carrier = carrier(port);
            carrier.start(post(house));
            await(() -> carrier.trouble().isEmpty());

            var words = heard(port, carrier, parcel(key, "horns:village/1"));
            assertThat(words.path("message").asString()).isEqualTo("红色预警，请立即转移");
            assertThat(words.path("key").asString()).isEqualTo(key);

            var device = device(port);
            say(device, "no json");
            say(device, "{\"key\":\"nobody's\",\"state\":\"spoken\"}");
            say(device, "{\"key\":\"" + key + "\",\"state\":\"failed\",\"detail\":\"no power\"}");
            assertThat(told.poll(PATIENCE_S, TimeUnit.SECONDS)).isEqualTo(key + " false");
            say(device, "{\"key\":\"" + key + "\",\"state\":\"spoken\"}");
            assertThat(told.poll(PATIENCE_S, TimeUnit.SECONDS)).isEqualTo(key + " true");
            device.disconnect();
            carrier.stop();
        }
    }

    @Test
    void what_is_no_device_of_the_broker_is_turned_away() throws Exception {
        var carrier = carrier(start(FreePort.find()));
        assertThat(carrier.serves("horns:village/1")).isTrue();
        assertThat(carrier.serves("others:village/1")).isFalse();
        assertThat(carrier.submit(parcel("k", "others:village/1"))).isInstanceOf(Submission.Turned.class);
        assertThat(carrier.submit(parcel("k", "horns:village/#")))
                .as("one message is for one device, not for all")
                .isInstanceOf(Submission.Turned.class);
    }

    @Test
    void a_broker_that_is_away_takes_nothing_and_is_used_again_when_it_is_back() throws Exception {
        var port = start(FreePort.find());
        try (var house = TestHouse.real().furnished()) {
            var carrier = carrier(port);
            carrier.start(post(house));
            await(() -> carrier.trouble().isEmpty());
            broker.stopServer();
            await(() -> carrier.trouble().isPresent());
            assertThat(carrier.submit(parcel("k", "horns:village/1"))).isInstanceOf(Submission.NotNow.class);

            start(port);
            await(() -> carrier.trouble().isEmpty());
            assertThat(heard(port, carrier, parcel("k", "horns:village/1"))
                            .path("key")
                            .asString())
                    .isEqualTo("k");
            carrier.stop();
        }
    }
}
