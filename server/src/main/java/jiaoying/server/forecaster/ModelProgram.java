package jiaoying.server.forecaster;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.json.JsonMapper;

/**
 * The process of {@link ModelProcess}: answers each order, a line on its standard input, with a line, and waits for the next
 * with a warm compiler and the ground read. It ends with its caller, and when nobody asked for a while.
 */
final class ModelProgram {
    static final JsonMapper JSON = new JsonMapper();

    /** Exit code when its caller is gone. */
    private static final int ORPHANED = 3;

    /** Exit code when nobody asked for {@link #IDLE_MIN} minutes. */
    static final int IDLE = 4;

    private static final int IDLE_MIN = 60;

    private ModelProgram() {}

    /** @throws IOException when an order cannot be read */
    public static void main(String[] args) throws IOException, InterruptedException {
        var orders = new LinkedBlockingQueue<String>();
        var in = new BufferedReader(new InputStreamReader(System.in, UTF_8));
        Thread.ofPlatform().daemon().name("caller").start(() -> hear(in, orders));
        var out = new PrintStream(System.out, true, UTF_8);
        var model = new ModelHere();
        for (var line = next(orders); line != null; line = next(orders)) {
            var outcome = model.run(JSON.readValue(line, ModelOrder.class), () -> false);
            out.println(JSON.writeValueAsString(outcome));
            System.gc(); // gives back what a run took: the collector shrinks its heap to the ground that is kept
        }
        System.exit(IDLE);
    }

    private static @org.jspecify.annotations.Nullable String next(BlockingQueue<String> orders)
            throws InterruptedException {
        return orders.poll(IDLE_MIN, TimeUnit.MINUTES);
    }

    /** When the caller's side closes, it is gone or wants no answer. */
    private static void hear(BufferedReader in, BlockingQueue<String> orders) {
        try {
            for (var line = in.readLine(); line != null; line = in.readLine()) {
                orders.add(line);
            }
        } catch (IOException gone) {
            // as good as closed
        }
        Runtime.getRuntime().halt(ORPHANED);
    }
}
