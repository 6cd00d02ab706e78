package jiaoying.sim.carrier;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * The simulated carriers as a small HTTP server that only this machine can reach. {@code POST /submit} takes a
 * {@link SubmissionForm} once per key; what happens afterwards is told to {@link Sink} when its time has come on the
 * given clock. What was taken is kept in a file: after a restart everything that follows from it happens again, which
 * harms nobody because receipts keep their ids and answers count once.
 */
public final class LoopbackCarriers implements AutoCloseable {
    /** How far back happenings are told again after a restart. */
    private static final Duration TOLD_AGAIN = Duration.ofMinutes(30);

    private static final int LARGEST_FORM = 64 * 1024;
    private static final long LOOK_EVERY_MS = 50;

    private final SimulatedCarrier carrier;
    private final InstantSource clock;
    private final TakenFile file;
    private final Sink sink;
    private final HttpServer server;
    private final Map<String, Taken> takenByKey = new LinkedHashMap<>();
    private final PriorityQueue<Due> coming = new PriorityQueue<>(
            Comparator.comparing((Due due) -> due.what().at()).thenComparing(Due::sequence));
    private final ScheduledExecutorService teller = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("simulated-phones").factory());
    private final Set<String> pickedUp = new HashSet<>();
    private long sequence;
    private int repeated;

    /** What hears the happenings; when it throws, they are told again a little later. */
    public interface Sink {
        /** @param happenings of the time up to now, in order */
        void tell(List<Told> happenings) throws IOException, InterruptedException;
    }

    /** A happening and the dispatch from which it follows. */
    public record Told(Dispatch dispatch, Happening happening) {}

    /** A text, call or mail that a person's phone has. @param ringing it is a call that can be picked up now */
    public record Received(Instant at, Dispatch dispatch, boolean ringing) {}

    private record Taken(Instant at, Dispatch dispatch) {}

    private record Due(long sequence, Dispatch dispatch, Happening what) {}

    /** @param port 0 for any free port */
    public static LoopbackCarriers start(
            int port, SimulatedCarrier carrier, InstantSource clock, TakenFile file, Sink sink) throws IOException {
        var carriers = new LoopbackCarriers(port, carrier, clock, file, sink);
        carriers.recall();
        carriers.server.start();
        var unused = carriers.teller.scheduleWithFixedDelay(
                carriers::tellWhatIsDue, LOOK_EVERY_MS, LOOK_EVERY_MS, TimeUnit.MILLISECONDS);
        return carriers;
    }

    private LoopbackCarriers(int port, SimulatedCarrier carrier, InstantSource clock, TakenFile file, Sink sink)
            throws IOException {
        this.carrier = carrier;
        this.clock = clock;
        this.file = file;
        this.sink = sink;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 64);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/submit", this::submit);
    }

    /** Where things are submitted. */
    public URI address() {
        return URI.create(
                "http://127.0.0.1:%d/submit".formatted(server.getAddress().getPort()));
    }

    /** What the person's phone has received up to now, newest first. */
    public synchronized List<Received> phone(String person) {
        var received = new ArrayList<Received>();
        for (var taken : takenByKey.values()) {
            if (taken.dispatch().person().equals(person)) {
                received.addFirst(new Received(taken.at(), taken.dispatch(), rings(taken)));
            }
        }
        return received;
    }

    /** A visitor picks up and presses a key; false when that call does not ring any more. */
    public synchronized boolean press(String key, char pressed) {
        var taken = takenByKey.get(key);
        if (taken == null || !rings(taken) || !pickedUp.add(key)) {
            return false;
        }
        coming.removeIf(due -> due.what().key().equals(key));
        for (var happening : carrier.picksUp(taken.dispatch(), pressed, clock.instant())) {
            coming.add(new Due(sequence++, taken.dispatch(), happening));
        }
        return true;
    }

    private boolean rings(Taken taken) {
        return !pickedUp.contains(taken.dispatch().key())
                && carrier.rings(taken.dispatch(), taken.at(), clock.instant());
    }

    /** How many different keys were submitted. */
    public synchronized int taken() {
        return takenByKey.size();
    }

    /** How many submissions came with a key that was there before. */
    public synchronized int repeated() {
        return repeated;
    }

    private void recall() throws IOException {
        var since = clock.instant().minus(TOLD_AGAIN);
        for (var line : file.lines()) {
            var taken = new Taken(line.at(), line.dispatch());
            if (takenByKey.putIfAbsent(line.dispatch().key(), taken) == null) {
                plan(taken, since);
            }
        }
    }

    private void plan(Taken taken, Instant since) {
        for (var happening : carrier.follow(taken.dispatch(), taken.at())) {
            if (!happening.at().isBefore(since)) {
                coming.add(new Due(sequence++, taken.dispatch(), happening));
            }
        }
    }

    private void submit(HttpExchange exchange) throws IOException {
        try (exchange) {
            if (!exchange.getRequestMethod().equals("POST")) {
                reply(exchange, 405, "POST is allowed");
                return;
            }
            var body = exchange.getRequestBody().readNBytes(LARGEST_FORM + 1);
            if (body.length > LARGEST_FORM) {
                reply(exchange, 413, "at most %d bytes are allowed".formatted(LARGEST_FORM));
                return;
            }
            try {
                var dispatch = SubmissionForm.read(new String(body, StandardCharsets.UTF_8));
                take(dispatch);
                reply(exchange, 200, carrier.ref(dispatch));
            } catch (IllegalArgumentException e) {
                reply(exchange, 422, String.valueOf(e.getMessage()));
            }
        }
    }

    private synchronized void take(Dispatch dispatch) throws IOException {
        var taken = new Taken(clock.instant(), dispatch);
        file.append(taken.at(), dispatch);
        if (takenByKey.containsKey(dispatch.key())) {
            repeated++;
            return;
        }
        takenByKey.put(dispatch.key(), taken);
        plan(taken, taken.at());
    }

    private static void reply(HttpExchange exchange, int status, String text) throws IOException {
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "text/plain; charset=utf-8");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    private void tellWhatIsDue() {
        var due = takeDue();
        if (due.isEmpty()) {
            return;
        }
        try {
            sink.tell(due.stream()
                    .map(one -> new Told(one.dispatch(), one.what()))
                    .toList());
        } catch (IOException | UncheckedIOException e) {
            putBack(due);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized List<Due> takeDue() {
        var now = clock.instant();
        var due = new ArrayList<Due>();
        while (due.size() < 500
                && !coming.isEmpty()
                && !coming.peek().what().at().isAfter(now)) {
            due.add(coming.remove());
        }
        return due;
    }

    private synchronized void putBack(List<Due> due) {
        coming.addAll(due);
    }

    @Override
    public void close() {
        server.stop(0);
        teller.shutdownNow();
    }
}
