package jiaoying.server.main;

import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import jiaoying.duty.call.CallPlan;
import jiaoying.duty.call.LineSizing;
import jiaoying.duty.monitor.SignalColor;
import jiaoying.server.pack.PackLibrary;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

/**
 * {@code ./jiaoying lines}: whether the telephone lines there are keep the minutes of a plan (中继线核算), before it rains. Exit
 * code 0: they do, 1: they do not.
 */
@Command(name = "lines")
final class LinesCommand implements Callable<Integer> {
    static final int LINES_MAX = 10_000;
    private static final int PEOPLE_MAX = 1_000_000;

    private final Words words;

    @Spec
    @SuppressWarnings("NullAway.Init")
    CommandSpec spec;

    @Option(names = "--lines", paramLabel = "N")
    @Nullable
    Integer lines;

    @Option(names = "--red", paramLabel = "N")
    int red;

    @Option(names = "--orange", paramLabel = "N")
    int orange;

    @Option(names = "--yellow", paramLabel = "N")
    int yellow;

    @Option(names = "--blue", paramLabel = "N")
    int blue;

    @Option(names = "--plan", paramLabel = "NAME|DIR")
    String plan = PackLibrary.USUAL_PLAN;

    @Option(names = "--json")
    boolean json;

    LinesCommand(Words words) {
        this.words = words;
    }

    @Override
    public Integer call() {
        var rules = plan();
        var planned = rules.trunk().orElseThrow(() -> new Refusal("lines.no-trunk", plan));
        var trunk = lines == null ? planned : planned.withLines(bounded("--lines", lines, 1, LINES_MAX));
        var people = people();
        var sizing = new LineSizing(rules.ladders(), trunk);
        var rows = sizing.play(people);
        if (rows.isEmpty()) {
            throw new Refusal("lines.nobody", plan);
        }
        var needed = sizing.linesNeeded(people, LINES_MAX);
        var out = spec.commandLine().getOut();
        out.println(json ? document(trunk.lines(), needed, rows) : text(trunk.lines(), needed, rows));
        out.flush();
        return rows.stream().allMatch(LineSizing.Row::kept) ? Jiaoying.GOOD : Jiaoying.FOUND_WRONG;
    }

    private CallPlan plan() {
        return PlanChoice.asked(plan).read().plan("zh-CN");
    }

    private Map<SignalColor, Integer> people() {
        var people = new EnumMap<SignalColor, Integer>(SignalColor.class);
        Map.of(SignalColor.RED, red, SignalColor.ORANGE, orange, SignalColor.YELLOW, yellow, SignalColor.BLUE, blue)
                .forEach((color, count) -> {
                    if (bounded("--" + color.word(), count, 0, PEOPLE_MAX) > 0) {
                        people.put(color, count);
                    }
                });
        return people;
    }

    private static int bounded(String option, int value, int least, int most) {
        if (value < least || value > most) {
            throw new Refusal("lines.bounds", option, value, least, most);
        }
        return value;
    }

    private String text(int lines, int needed, List<LineSizing.Row> rows) {
        var text = new StringBuilder(words.say("lines.title", lines));
        for (var row : rows) {
            text.append('\n')
                    .append(words.say(
                            row.kept() ? "lines.kept" : "lines.broken",
                            words.say("lines.color." + row.color().word()),
                            row.people(),
                            minutes(row.halfRung().toSeconds()),
                            minutes(row.allRung().toSeconds()),
                            minutes(row.nextDue().toSeconds()),
                            row.reached(),
                            row.calls()));
        }
        return text.append('\n')
                .append(words.say(needed > LINES_MAX ? "lines.never" : "lines.needed", Math.min(needed, LINES_MAX)))
                .toString();
    }

    static String minutes(long seconds) {
        return "%d:%02d".formatted(seconds / 60, seconds % 60);
    }

    private static String document(int lines, int needed, List<LineSizing.Row> rows) {
        var document = new LinkedHashMap<String, Object>();
        document.put("lines", lines);
        document.put("lines_needed", needed);
        document.put("kept", rows.stream().allMatch(LineSizing.Row::kept));
        document.put("rows", rows.stream().map(LinesCommand::row).toList());
        return JsonMapper.builder().build().writeValueAsString(document);
    }

    private static Map<String, Object> row(LineSizing.Row row) {
        var cells = new LinkedHashMap<String, Object>();
        cells.put("color", row.color().word());
        cells.put("people", row.people());
        cells.put("half_rung_s", row.halfRung().toSeconds());
        cells.put("all_rung_s", row.allRung().toSeconds());
        cells.put("next_due_s", row.nextDue().toSeconds());
        cells.put("reached", row.reached());
        cells.put("calls", row.calls());
        cells.put("late_calls", row.lateCalls());
        cells.put("kept", row.kept());
        return cells;
    }
}
