package jiaoying.server.door.mqtt;

import com.hivemq.client.mqtt.MqttClient;
import com.hivemq.client.mqtt.MqttClientBuilder;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt3.Mqtt3AsyncClient;
import com.hivemq.client.mqtt.mqtt5.Mqtt5AsyncClient;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.function.Supplier;
import javax.net.ssl.TrustManagerFactory;
import jiaoying.duty.room.Arrival;
import jiaoying.server.door.DoorCount;
import jiaoying.server.door.DoorHealth;

/**
 * A subscriber at one broker. Connects again with growing pauses for ever; a message of QoS 1 is acknowledged only when its
 * arrival is durable, and tried again until it is. The session is kept by the broker, so that what comes while we are away
 * comes afterwards.
 */
public final class MqttDoor implements AutoCloseable {
    private static final int UNDER_WAY = 500;
    private static final int BYTES_MOST = 8 * 1024 * 1024;
    private static final Duration DURABLE_WITHIN = Duration.ofSeconds(10);
    private static final Duration PAUSE_FIRST = Duration.ofSeconds(1);
    private static final Duration PAUSE_MOST = Duration.ofSeconds(60);

    private final BrokerSettings settings;
    private final Function<Arrival, CompletableFuture<Long>> inbox;
    private final InstantSource clock;
    private final DoorCount count;
    private final Semaphore places = new Semaphore(UNDER_WAY);
    /** One thread hands messages over, so that a full inbox holds the broker back. */
    private final ExecutorService order = Executors.newSingleThreadExecutor(
            work -> Thread.ofPlatform().daemon().name("mqtt").unstarted(work));

    private volatile boolean open = true;
    private volatile boolean connected;
    private volatile Supplier<CompletableFuture<?>> end = () -> CompletableFuture.completedFuture(true);

    private MqttDoor(BrokerSettings settings, Function<Arrival, CompletableFuture<Long>> inbox, InstantSource clock) {
        this.settings = settings;
        this.inbox = inbox;
        this.clock = clock;
        this.count = new DoorCount("mqtt", settings.host() + ":" + settings.port(), clock);
    }

    /** Begins to connect; does not wait for it. */
    public static MqttDoor open(
            BrokerSettings settings, Function<Arrival, CompletableFuture<Long>> inbox, InstantSource clock) {
        var door = new MqttDoor(settings, inbox, clock);
        if (settings.version() == 3) {
            door.openThree();
        } else {
            door.openFive();
        }
        return door;
    }

    public DoorHealth health() {
        return count.health(connected, connected ? 1 : 0);
    }

    private MqttClientBuilder builder() {
        var builder = MqttClient.builder()
                .identifier(settings.clientId())
                .serverHost(settings.host())
                .serverPort(settings.port())
                .automaticReconnect()
                .initialDelay(PAUSE_FIRST.toMillis(), TimeUnit.MILLISECONDS)
                .maxDelay(PAUSE_MOST.toMillis(), TimeUnit.MILLISECONDS)
                .applyAutomaticReconnect()
                .addConnectedListener(_ -> connected = true)
                .addDisconnectedListener(_ -> {
                    connected = false;
                    count.fault("disconnected");
                });
        if (settings.tls() && !settings.trusted().isEmpty()) {
            return builder.sslConfig().trustManagerFactory(trust()).applySslConfig();
        }
        return settings.tls() ? builder.sslWithDefaultConfig() : builder;
    }

    /** Only the certificates of the settings; the host's name is checked as always. */
    private TrustManagerFactory trust() {
        try {
            var store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            for (var i = 0; i < settings.trusted().size(); i++) {
                store.setCertificateEntry("trusted-" + i, settings.trusted().get(i));
            }
            var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init(store);
            return factory;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalArgumentException("These certificates cannot be used: " + e.getMessage(), e);
        }
    }

    private byte[] password() {
        return settings.password().orElse("").getBytes(StandardCharsets.UTF_8);
    }

    private void openFive() {
        Mqtt5AsyncClient client = builder().useMqttVersion5().buildAsync();
        end = client::disconnect;
        for (var topic : settings.topics()) {
            client.subscribeWith()
                    .topicFilter(topic.filter())
                    .qos(MqttQos.AT_LEAST_ONCE)
                    .callback(message -> take(
                            topic, message.getTopic().toString(), message.getPayloadAsBytes(), message::acknowledge))
                    .executor(order)
                    .manualAcknowledgement(true)
                    .send()
                    .whenComplete((_, wrong) -> subscribed(wrong == null));
        }
        var connect = client.connectWith()
                .cleanStart(false)
                .sessionExpiryInterval(Duration.ofDays(1).toSeconds())
                .restrictions()
                .receiveMaximum(UNDER_WAY)
                .applyRestrictions();
        if (settings.user().isPresent()) {
            connect = connect.simpleAuth()
                    .username(settings.user().get())
                    .password(password())
                    .applySimpleAuth();
        }
        connect.send();
    }

    private void openThree() {
        Mqtt3AsyncClient client = builder().useMqttVersion3().buildAsync();
        end = client::disconnect;
        for (var topic : settings.topics()) {
            client.subscribeWith()
                    .topicFilter(topic.filter())
                    .qos(MqttQos.AT_LEAST_ONCE)
                    .callback(message -> take(
                            topic, message.getTopic().toString(), message.getPayloadAsBytes(), message::acknowledge))
                    .executor(order)
                    .manualAcknowledgement(true)
                    .send()
                    .whenComplete((_, wrong) -> subscribed(wrong == null));
        }
        var connect = client.connectWith().cleanSession(false);
        if (settings.user().isPresent()) {
            connect = connect.simpleAuth()
                    .username(settings.user().get())
                    .password(password())
                    .applySimpleAuth();
        }
        connect.send();
    }

    private void subscribed(boolean good) {
        if (!good) {
            count.fault("subscription");
        }
    }

    /** On the one thread; waits for a place while too many are under way. */
    private void take(BrokerSettings.Topic topic, String name, byte[] payload, Runnable acknowledge) {
        try {
            places.acquire();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return;
        }
        Thread.ofVirtual().name("mqtt-message").start(() -> {
            try {
                keep(topic, name, payload);
                if (open) {
                    acknowledge.run();
                }
            } catch (RuntimeException e) {
                count.fault("bug");
                org.slf4j.LoggerFactory.getLogger(MqttDoor.class).error("A message was not taken", e);
            } finally {
                places.release();
            }
        });
    }

    /** Until it is durable, or the door closes. */
    private void keep(BrokerSettings.Topic topic, String name, byte[] payload) {
        if (payload.length > BYTES_MOST) {
            count.fault("too-long");
            return;
        }
        var arrival = Payloads.read(settings.name(), topic, name, payload, clock);
        if (arrival.readings().isEmpty() && !arrival.malformed().isEmpty()) {
            count.fault("payload");
        }
        for (var pause = PAUSE_FIRST; open; pause = longer(pause)) {
            if (durable(arrival)) {
                count.good(arrival);
                return;
            }
            count.fault("not-durable");
            LockSupport.parkNanos(pause.toNanos());
        }
    }

    private static Duration longer(Duration pause) {
        var twice = pause.multipliedBy(2);
        return twice.compareTo(PAUSE_MOST) > 0 ? PAUSE_MOST : twice;
    }

    private boolean durable(Arrival arrival) {
        try {
            inbox.apply(arrival).get(DURABLE_WITHIN.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (ExecutionException | TimeoutException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @Override
    public void close() {
        open = false;
        end.get().whenComplete((_, _) -> order.shutdown());
    }
}
