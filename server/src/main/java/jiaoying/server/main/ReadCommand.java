package jiaoying.server.main;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import jiaoying.duty.document.Amount;
import jiaoying.duty.document.Demand;
import jiaoying.duty.document.DocumentReader;
import jiaoying.server.programme.DocumentText;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

/** What a notice or minutes demand (识别任务): draft tasks with their place in the text, for a person to take, change or drop. */
@Command(name = "read")
final class ReadCommand implements Callable<Integer> {
    private static final JsonMapper JSON = new JsonMapper();
    private static final long BYTES_MOST = 16L * 1024 * 1024;

    private final Words words;

    @Spec
    @SuppressWarnings("NullAway.Init")
    CommandSpec spec;

    @Parameters(paramLabel = "FILE")
    @SuppressWarnings("NullAway.Init")
    Path file;

    @Option(names = "--json")
    boolean json;

    ReadCommand(Words words) {
        this.words = words;
    }

    @Override
    public Integer call() throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new Refusal("file.missing", file);
        }
        if (Files.size(file) > BYTES_MOST) {
            throw new Refusal("read.size", file, BYTES_MOST);
        }
        var bytes = Files.readAllBytes(file);
        var text = text(bytes);
        var read = DocumentReader.read(text);
        spec.commandLine().getOut().println(json ? JSON.writeValueAsString(document(bytes, text, read)) : lines(read));
        return Jiaoying.GOOD;
    }

    private String text(byte[] bytes) {
        try {
            return DocumentText.of(bytes);
        } catch (DocumentText.Unreadable no) {
            throw new Refusal("read." + no.fault().name().toLowerCase(Locale.ROOT), file);
        }
    }

    private Map<String, Object> document(byte[] bytes, String text, DocumentReader.Read read) {
        var document = new LinkedHashMap<String, Object>();
        document.put("file", String.valueOf(file.getFileName()));
        document.put("sha256", sha256(bytes));
        document.put("characters", text.length());
        document.put("tasks", read.demands().stream().map(ReadCommand::task).toList());
        document.put("figures", read.figures().stream().map(ReadCommand::figure).toList());
        return document;
    }

    private static Map<String, Object> task(Demand demand) {
        var task = new LinkedHashMap<String, Object>();
        task.put("text", demand.text());
        task.put("from", demand.span().from());
        task.put("to", demand.span().to());
        task.put("words", demand.words());
        task.put(
                "bodies",
                demand.bodies().stream()
                        .map(body -> Map.of(
                                "name",
                                body.body(),
                                "role",
                                body.role(),
                                "from",
                                body.span().from(),
                                "to",
                                body.span().to()))
                        .toList());
        demand.deadline().ifPresent(when -> {
            var deadline = new LinkedHashMap<String, Object>();
            deadline.put("text", when.text());
            deadline.put("from", when.span().from());
            deadline.put("to", when.span().to());
            when.day().ifPresent(day -> deadline.put("date", day.toString()));
            task.put("deadline", deadline);
        });
        return task;
    }

    private static Map<String, Object> figure(Amount amount) {
        var figure = new LinkedHashMap<String, Object>();
        figure.put("text", amount.text());
        figure.put("value", amount.value().toPlainString());
        figure.put("unit", amount.unit());
        figure.put("from", amount.span().from());
        figure.put("to", amount.span().to());
        return figure;
    }

    private String lines(DocumentReader.Read read) {
        var lines = new StringBuilder();
        for (var demand : read.demands()) {
            lines.append(words.say(
                            "read.task",
                            demand.span().from(),
                            demand.span().to(),
                            demand.text(),
                            demand.bodies().isEmpty()
                                    ? words.say("read.nobody")
                                    : String.join("、", names(demand.bodies())),
                            demand.deadline().map(Demand.When::text).orElse(words.say("read.notime"))))
                    .append('\n');
        }
        return lines.append(words.say(
                        "read.sum", read.demands().size(), read.figures().size()))
                .toString();
    }

    private static List<String> names(List<Demand.Named> bodies) {
        return bodies.stream().map(Demand.Named::body).toList();
    }

    static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Bug: every Java has SHA-256", e);
        }
    }
}
