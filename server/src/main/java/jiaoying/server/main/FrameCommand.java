package jiaoying.server.main;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import jiaoying.server.door.sl651.FrameLaidOpen;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

/** Lays a frame of SL 651-2014 open (报文解析). A bad one is shown as far as it can be read. */
@Command(name = "frame")
final class FrameCommand implements Callable<Integer> {
    private static final String STANDARD_INPUT = "-";
    /** As a reader of ISO 8859-1 sees UTF-8's. */
    private static final String BYTE_ORDER_MARK = "\u00EF\u00BB\u00BF";

    private static final JsonMapper JSON = new JsonMapper();

    private final Words words;

    @Spec
    @SuppressWarnings("NullAway.Init")
    CommandSpec spec;

    @Option(names = "--json")
    boolean json;

    @Parameters(paramLabel = "HEX", arity = "1..*")
    @SuppressWarnings("NullAway.Init")
    String[] hex;

    FrameCommand(Words words) {
        this.words = words;
    }

    @Override
    public Integer call() throws IOException {
        return hex.length == 1 && hex[0].equals(STANDARD_INPUT) ? lines(System.in) : one();
    }

    private int one() {
        var open = FrameLaidOpen.of(String.join("", hex));
        print(open, spec.commandLine().getOut());
        return open.good() ? Jiaoying.GOOD : Jiaoying.FOUND_WRONG;
    }

    /** One frame a line, one answer a line, in order; a bad or empty one does not stop the others. */
    int lines(InputStream in) throws IOException {
        var out = spec.commandLine().getOut();
        var reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.ISO_8859_1));
        var first = true;
        for (var line = reader.readLine(); line != null; line = reader.readLine()) {
            print(FrameLaidOpen.of(first && line.startsWith(BYTE_ORDER_MARK) ? line.substring(3) : line), out);
            first = false;
        }
        return Jiaoying.GOOD;
    }

    private void print(FrameLaidOpen open, PrintWriter out) {
        if (json) {
            out.println(JSON.writeValueAsString(open.tree(words.texts()::say)));
            return;
        }
        new FrameSheet(words).print(open, out);
    }
}
