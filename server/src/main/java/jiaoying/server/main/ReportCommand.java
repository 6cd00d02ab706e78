package jiaoying.server.main;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import jiaoying.duty.programme.Period;
import jiaoying.duty.programme.Programme;
import jiaoying.duty.programme.Programme.Exchange;
import jiaoying.duty.programme.Report;
import jiaoying.duty.programme.Text;
import jiaoying.server.pack.PackException;
import jiaoying.server.pack.PackLibrary;
import jiaoying.server.programme.BadRow;
import jiaoying.server.programme.LedgerRows;
import jiaoying.server.programme.Sheet;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

/** The figures of a programme over the rows of a ledger file, with the rows behind each (台账通报). */
@Command(name = "report")
final class ReportCommand implements Callable<Integer> {
    private static final JsonMapper JSON = new JsonMapper();

    private final Words words;

    @Spec
    @SuppressWarnings("NullAway.Init")
    CommandSpec spec;

    @Parameters(paramLabel = "PACK")
    @SuppressWarnings("NullAway.Init")
    String pack;

    @Option(names = "--rows", paramLabel = "FILE.csv", required = true)
    @SuppressWarnings("NullAway.Init")
    Path rows;

    @Option(names = "--from", paramLabel = "DATE", required = true)
    @SuppressWarnings("NullAway.Init")
    LocalDate from;

    @Option(names = "--to", paramLabel = "DATE", required = true)
    @SuppressWarnings("NullAway.Init")
    LocalDate to;

    @Option(names = "--as-of", paramLabel = "DATE", required = true)
    @SuppressWarnings("NullAway.Init")
    LocalDate asOf;

    @Option(names = "--json")
    boolean json;

    ReportCommand(Words words) {
        this.words = words;
    }

    @Override
    public Integer call() throws IOException {
        if (from.isAfter(to)) {
            throw new Refusal("report.period", from, to);
        }
        if (!Files.isRegularFile(rows)) {
            throw new Refusal("file.missing", rows);
        }
        var programme = programme();
        var exchange = programme.exchange().orElseThrow(() -> new Refusal("report.exchange", pack));
        var taken = LedgerRows.take(programme, Sheet.read(rows, columns(exchange)));
        if (!taken.faults().isEmpty()) {
            refuse(taken.faults());
            return Jiaoying.FOUND_WRONG;
        }
        var report = new Report(programme, taken.rows(), new Period(from, to, asOf));
        say(json ? JSON.writeValueAsString(document(report)) : lines(report));
        return Jiaoying.GOOD;
    }

    private static List<String> columns(Exchange exchange) {
        return exchange.columns();
    }

    private Programme programme() throws IOException {
        var folder = Path.of(pack);
        try {
            return Files.isRegularFile(folder.resolve("pack.yaml"))
                    ? PackLibrary.programmeIn(folder)
                    : PackLibrary.inside().programme(pack);
        } catch (PackException e) {
            throw new Refusal("report.pack", pack, e);
        }
    }

    private void refuse(List<BadRow> faults) {
        if (json) {
            say(JSON.writeValueAsString(
                    Map.of("problems", faults.stream().map(this::document).toList())));
        }
        faults.forEach(fault -> spec.commandLine().getErr().println(RowWords.line(words, fault)));
    }

    private Map<String, Object> document(BadRow bad) {
        var document = new LinkedHashMap<String, Object>();
        document.put("line", bad.line());
        document.put("column", bad.column());
        document.put("value", bad.value());
        document.put("error", RowWords.sentence(words, bad));
        return document;
    }

    private Map<String, Object> document(Report report) {
        var indicators = new LinkedHashMap<String, Object>();
        report.figures().forEach(shown -> {
            var figure = new LinkedHashMap<String, Object>();
            figure.put("value", shown.value().orElse(null));
            figure.put("unit", shown.indicator().unit());
            figure.put("items", shown.items());
            if (shown.atLeast()) {
                figure.put("at_least", true);
            }
            indicators.put(shown.indicator().id(), figure);
        });
        var document = new LinkedHashMap<String, Object>();
        document.put("pack", pack);
        document.put("from", from.toString());
        document.put("to", to.toString());
        document.put("as_of", asOf.toString());
        document.put("indicators", indicators);
        document.put("text", report.texts());
        return document;
    }

    private String lines(Report report) {
        var lines = new StringBuilder();
        report.figures()
                .forEach(shown -> lines.append(words.say(
                                shown.atLeast() ? "report.at_least" : "report.figure",
                                name(shown.indicator().name()),
                                shown.value().orElse(words.say("report.undefined")),
                                shown.value().isEmpty()
                                        ? ""
                                        : words.say("unit." + shown.indicator().unit()),
                                String.join(" ", shown.items())))
                        .append('\n'));
        report.texts().forEach((language, text) -> {
            if (language.equals(words.tag())) {
                lines.append('\n').append(text);
            }
        });
        return lines.toString().stripTrailing();
    }

    private String name(Text name) {
        return name.in(words.tag());
    }

    private void say(String text) {
        spec.commandLine().getOut().println(text);
        spec.commandLine().getOut().flush();
    }
}
