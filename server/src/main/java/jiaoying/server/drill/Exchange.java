package jiaoying.server.drill;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import jiaoying.sim.carrier.Dispatch;
import jiaoying.sim.carrier.Line;
import jiaoying.sim.carrier.SubmissionForm;
import jiaoying.sim.chance.Chance;

/**
 * The carriers and the people of a drill, in a process that nobody kills (交换机): takes parcels over a loopback wire, counts
 * by key what it brought, and lets people answer through the room's own doors, again and again until they are acknowledged.
 */
public final class Exchange implements AutoCloseable {
    private static final int LARGEST_FORM = 64 * 1024;
    private static final int TELLERS = 8;
    private static final Duration AGAIN = Duration.ofMillis(300);

    private final long seed;
    private final double answering;
    private final Doors doors;
    private final HttpServer server;
    private final ScheduledExecutorService people = Executors.newScheduledThreadPool(
            TELLERS, Thread.ofPlatform().daemon().name("people-", 0).factory());
    private final List<Taken> taken = new ArrayList<>();
    private final Map<String, Integer> brought = new HashMap<>();
    private final List<Told> acknowledged = new ArrayList<>();
    private int waiting;

    /**
     * Something that was handed over.
     *
     * @param rings whether somebody was reached by it: not when the carrier keeps keys and has had this one
     */
    public record Taken(Instant at, Dispatch dispatch, boolean rings) {}

    /** What the room acknowledged of what a carrier told. */
    public record Told(Instant at, String carrier, String event, String key, String kind) {}

    /** @param answering share of people who answer */
    public Exchange(long seed, double answering, Doors doors) throws IOException {
        this.seed = seed;
        this.answering = answering;
        this.doors = doors;
        server = HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 256);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/submit", this::submit);
        server.start();
    }

    public URI address() {
        return URI.create(
                "http://127.0.0.1:%d/submit".formatted(server.getAddress().getPort()));
    }

    private void submit(HttpExchange exchange) throws IOException {
        try (exchange) {
            var body = exchange.getRequestBody().readNBytes(LARGEST_FORM);
            var dispatch = SubmissionForm.read(new String(body, StandardCharsets.UTF_8));
            var time = take(dispatch);
            if (time > 0) {
                follow(dispatch, time);
            }
            var ref = ("ref-" + dispatch.key()).getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, ref.length);
            exchange.getResponseBody().write(ref);
        } catch (IllegalArgumentException e) {
            exchange.sendResponseHeaders(422, -1);
        }
    }

    /** @return how often the person has been reached under this key, or 0 when he is not this time */
    private synchronized int take(Dispatch dispatch) {
        boolean rings = !brought.containsKey(dispatch.key()) || !DrillCarrier.KEEP_KEYS.contains(dispatch.line());
        taken.add(new Taken(Instant.now(), dispatch, rings));
        return rings ? brought.merge(dispatch.key(), 1, Integer::sum) : 0;
    }

    private void follow(Dispatch dispatch, int time) {
        var chance = Chance.of(seed, "exchange", dispatch.key(), Integer.toString(time));
        boolean spoken = dispatch.line() == Line.VOICE;
        var first = Duration.ofMillis((long) (200 + 1_500 * chance.share()));
        tell(dispatch, time, spoken ? "CONNECTED" : "DELIVERED", first, chance);
        boolean answers =
                dispatch.asks() && Chance.of(seed, "answers", dispatch.person()).falls(answering);
        if (answers) {
            var later = first.plusMillis((long) (200 + 4_000 * chance.share()));
            tell(dispatch, time, chance.falls(0.03) ? "NOT_ME" : "CONFIRMED", later, chance);
        }
    }

    private void tell(Dispatch dispatch, int time, String kind, Duration after, Chance chance) {
        var event = dispatch.key() + '/' + time + '/' + kind;
        later(new Told(Instant.EPOCH, dispatch.line().carrier(), event, dispatch.key(), kind), after);
        if (chance.falls(0.1)) {
            later(
                    new Told(Instant.EPOCH, dispatch.line().carrier(), event, dispatch.key(), kind),
                    after.plusMillis((long) (3_000 * chance.share())));
        }
    }

    private synchronized void later(Told told, Duration after) {
        waiting++;
        var unused = people.schedule(() -> say(told), after.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void say(Told told) {
        boolean heard = doors.event(told.carrier(), told.event(), told.key(), told.kind());
        synchronized (this) {
            waiting--;
            if (heard) {
                acknowledged.add(new Told(Instant.now(), told.carrier(), told.event(), told.key(), told.kind()));
                return;
            }
        }
        later(told, AGAIN);
    }

    /** How much is on its way to the room. */
    public synchronized int waiting() {
        return waiting;
    }

    public synchronized List<Taken> taken() {
        return List.copyOf(taken);
    }

    /** How often somebody was reached under each key. */
    public synchronized Map<String, Integer> brought() {
        return Map.copyOf(brought);
    }

    public synchronized List<Told> acknowledged() {
        return List.copyOf(acknowledged);
    }

    @Override
    public void close() {
        people.shutdownNow();
        server.stop(0);
    }
}
