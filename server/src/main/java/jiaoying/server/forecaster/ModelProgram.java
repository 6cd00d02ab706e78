package jiaoying.server.forecaster;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.Writer;
import tools.jackson.databind.json.JsonMapper;

/** The process of {@link ModelProcess}: reads an order from its standard input, answers with one line, and ends with its caller. */
final class ModelProgram {
    static final JsonMapper JSON = new JsonMapper();

    private static final int ORPHANED = 3;

    private ModelProgram() {}

    /** @throws IOException when the order cannot be read */
    public static void main(String[] args) throws IOException, InterruptedException {
        var in = new BufferedReader(new InputStreamReader(System.in, UTF_8));
        var order = JSON.readValue(String.valueOf(in.readLine()), ModelOrder.class);
        Thread.ofPlatform().daemon().name("caller").start(() -> endWith(in));
        var outcome = new ModelHere().run(order, () -> false);
        new PrintStream(System.out, true, UTF_8).println(JSON.writeValueAsString(outcome));
        System.exit(0);
    }

    /** The caller says nothing more: when its side closes, it is gone or wants no answer. */
    private static void endWith(BufferedReader in) {
        try {
            in.transferTo(Writer.nullWriter());
        } catch (IOException gone) {
            // as good as closed
        }
        Runtime.getRuntime().halt(ORPHANED);
    }
}
