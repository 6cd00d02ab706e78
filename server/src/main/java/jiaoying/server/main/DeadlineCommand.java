package jiaoying.server.main;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import jiaoying.duty.programme.WorkingCalendar;
import jiaoying.server.programme.BadRow;
import jiaoying.server.programme.CalendarFile;
import jiaoying.server.programme.DeadlineRows;
import jiaoying.server.programme.DeadlineRows.Due;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

/** Counts deadlines over the Chinese working calendar (限期计算). */
@Command(name = "deadline")
final class DeadlineCommand implements Callable<Integer> {
    private static final JsonMapper JSON = new JsonMapper();

    private final Words words;

    @Spec
    @SuppressWarnings("NullAway.Init")
    CommandSpec spec;

    @Option(names = "--batch", paramLabel = "FILE.csv", required = true)
    @SuppressWarnings("NullAway.Init")
    Path batch;

    @Option(names = "--calendar", paramLabel = "FILE.csv")
    @Nullable
    Path calendar;

    @Option(names = "--json")
    boolean json;

    DeadlineCommand(Words words) {
        this.words = words;
    }

    @Override
    public Integer call() throws IOException {
        var sheet = DeadlineRows.read(readable(batch));
        var faults = new java.util.ArrayList<>(sheet.faults());
        var rows = new DeadlineRows(calendar(faults));
        if (!faults.isEmpty()) {
            faults.forEach(fault -> spec.commandLine().getErr().println(RowWords.line(words, fault)));
            return Jiaoying.REFUSED;
        }
        var due = sheet.rows().stream().map(rows::due).toList();
        spec.commandLine().getOut().println(json ? JSON.writeValueAsString(documents(due)) : lines(due));
        return due.stream().allMatch(row -> row.bad().isEmpty()) ? Jiaoying.GOOD : Jiaoying.FOUND_WRONG;
    }

    private WorkingCalendar calendar(List<BadRow> faults) throws IOException {
        if (calendar == null) {
            return CalendarFile.shipped();
        }
        var file = CalendarFile.beside(readable(calendar));
        faults.addAll(file.faults());
        return faults.isEmpty() ? file.calendar() : CalendarFile.shipped();
    }

    private static Path readable(Path file) {
        if (!Files.isRegularFile(file)) {
            throw new Refusal("file.missing", file);
        }
        return file;
    }

    private List<Map<String, Object>> documents(List<Due> rows) {
        return rows.stream()
                .map(row -> {
                    Map<String, Object> document = new LinkedHashMap<>(row.row().cells());
                    row.bad().ifPresentOrElse(bad -> document.put("error", RowWords.sentence(words, bad)), () -> {
                        document.put("due", row.due());
                        document.put("provisional", row.provisional());
                    });
                    return document;
                })
                .toList();
    }

    private String lines(List<Due> rows) {
        return String.join("\n", rows.stream().map(this::line).toList());
    }

    private String line(Due row) {
        return row.bad()
                .map(bad -> RowWords.line(words, bad))
                .orElseGet(() -> words.say(
                        row.provisional() ? "deadline.provisional" : "deadline.due",
                        row.row().cell("start"),
                        row.row().cell("amount"),
                        row.row().cell("unit"),
                        row.due()));
    }
}
