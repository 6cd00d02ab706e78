package jiaoying.server.courier.speaker;

import com.hivemq.client.mqtt.MqttClient;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt3.Mqtt3AsyncClient;
import com.hivemq.client.mqtt.mqtt3.message.publish.Mqtt3Publish;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import jiaoying.duty.errand.CarrierEvent;
import jiaoying.duty.errand.CarrierEvent.Kind;
import jiaoying.duty.errand.Channel;
import jiaoying.duty.room.Arrival;
import jiaoying.server.courier.Carrier;
import jiaoying.server.courier.Parcel;
import jiaoying.server.courier.Post;
import jiaoying.server.courier.Submission;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Hands words to loudspeakers and sirens over a broker (MQTT 3.1.1, QoS 1). Each message has the errand's key, so that a device
 * that gets it twice speaks once. Nobody answers by a loudspeaker; a device may say that it has spoken.
 */
public final class SpeakerCarrier implements Carrier {
    private static final Logger LOG = LoggerFactory.getLogger(SpeakerCarrier.class);
    private static final JsonMapper JSON = new JsonMapper();
    private static final int WINDOW = 50;
    private static final int REST_FIRST = 1;
    private static final int REST_MOST = 30;

    private final Broker broker;
    private final Mqtt3AsyncClient client;
    private volatile Optional<Post> post = Optional.empty();
    private volatile String trouble = "not connected yet";
    private volatile boolean open = true;

    public SpeakerCarrier(Broker broker) {
        this.broker = broker;
        var builder = MqttClient.builder()
                .identifier(broker.clientId())
                .serverHost(broker.host())
                .serverPort(broker.port())
                .automaticReconnect()
                .initialDelay(REST_FIRST, TimeUnit.SECONDS)
                .maxDelay(REST_MOST, TimeUnit.SECONDS)
                .applyAutomaticReconnect()
                .addConnectedListener(_ -> trouble = "")
                .addDisconnectedListener(
                        _ -> trouble = "broker " + broker.place() + " cannot be reached or does not let us in");
        client = (broker.tls() ? builder.sslWithDefaultConfig() : builder)
                .useMqttVersion3()
                .buildAsync();
    }

    @Override
    public String name() {
        return broker.name();
    }

    @Override
    public Set<Channel> channels() {
        return Set.of(Channel.SPEAKER);
    }

    /** The key stands in the message, and devices heed it. */
    @Override
    public boolean keepsKey() {
        return true;
    }

    @Override
    public int window() {
        return WINDOW;
    }

    @Override
    public boolean loopback() {
        return false;
    }

    @Override
    public boolean serves(String address) {
        return address.startsWith(broker.name() + ":");
    }

    @Override
    public Optional<String> trouble() {
        return trouble.isEmpty() ? Optional.empty() : Optional.of(trouble);
    }

    @Override
    public void start(Post room) {
        post = Optional.of(room);
        if (!broker.told().isEmpty()) {
            var unused = client.subscribeWith()
                    .topicFilter(broker.told())
                    .qos(MqttQos.AT_LEAST_ONCE)
                    .callback(this::hear)
                    .executor(Executors.newVirtualThreadPerTaskExecutor())
                    .manualAcknowledgement(true)
                    .send();
        }
        var connect = client.connectWith().cleanSession(false);
        if (broker.user().isPresent()) {
            connect = connect.simpleAuth()
                    .username(broker.user().get())
                    .password(broker.password().getBytes(StandardCharsets.UTF_8))
                    .applySimpleAuth();
        }
        var unused = connect.send();
    }

    @Override
    public Submission submit(Parcel parcel) throws IOException, InterruptedException {
        var topic = parcel.address().substring(parcel.address().indexOf(':') + 1);
        if (!serves(parcel.address()) || !topic.matches("[^\\s+#]{1,200}")) {
            return new Submission.Turned("no device of broker " + broker.name());
        }
        if (!client.getState().isConnected()) {
            return new Submission.NotNow("broker " + broker.place() + " is not connected");
        }
        try {
            client.publishWith()
                    .topic(topic)
                    .qos(MqttQos.AT_LEAST_ONCE)
                    .payload(JSON.writeValueAsBytes(body(parcel)))
                    .send()
                    .get(broker.answersWithin().toMillis(), TimeUnit.MILLISECONDS);
            return new Submission.Taken("");
        } catch (ExecutionException | TimeoutException e) {
            throw new IOException("broker " + broker.place() + " did not take it: "
                    + e.getClass().getSimpleName());
        }
    }

    private static LinkedHashMap<String, String> body(Parcel parcel) {
        var body = new LinkedHashMap<String, String>();
        body.put("key", parcel.key());
        body.put("purpose", parcel.purpose().name().toLowerCase(Locale.ROOT));
        body.put("message", parcel.message());
        return body;
    }

    /** Acknowledged once it is durable. What cannot be read is acknowledged too, for it will not become better. */
    private void hear(Mqtt3Publish told) {
        var event = event(new String(told.getPayloadAsBytes(), StandardCharsets.UTF_8));
        if (event.isEmpty()) {
            LOG.warn("broker {}: a device said what cannot be read", broker.name());
            told.acknowledge();
            return;
        }
        bring(told, new Arrival.CarrierEvents(List.of(event.get())));
    }

    /** Again and again until it is durable: a broker brings what was not acknowledged only after the line broke. */
    private void bring(Mqtt3Publish told, Arrival.CarrierEvents events) {
        var unused = post.orElseThrow().bring(events).whenComplete((number, loss) -> {
            if (loss == null) {
                told.acknowledge();
            } else if (open) {
                CompletableFuture.delayedExecutor(REST_FIRST, TimeUnit.SECONDS).execute(() -> bring(told, events));
            }
        });
    }

    /** {@code {"key": ..., "state": "spoken" | "failed", "detail": ...}}. */
    private Optional<CarrierEvent> event(String text) {
        try {
            var tree = JSON.readTree(text);
            var key = tree.path("key").asString("");
            var kind = switch (tree.path("state").asString("")) {
                case "spoken" -> Optional.of(Kind.HEARD_TO_END);
                case "failed" -> Optional.of(Kind.UNDELIVERED);
                default -> Optional.<Kind>empty();
            };
            return key.isEmpty() || !post.orElseThrow().knows(key)
                    ? Optional.empty()
                    : kind.map(known -> new CarrierEvent(
                            broker.name(),
                            key + "/" + known,
                            key,
                            known,
                            tree.path("detail").asString("")));
        } catch (JacksonException e) {
            return Optional.empty();
        }
    }

    @Override
    public void stop() {
        open = false;
        var unused = client.disconnect();
    }
}
