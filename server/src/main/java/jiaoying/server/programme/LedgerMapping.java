package jiaoying.server.programme;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import jiaoying.duty.programme.Field;
import jiaoying.duty.programme.Programme;
import jiaoying.duty.programme.Programme.Exchange;
import jiaoying.duty.programme.Programme.Sort;
import jiaoying.duty.programme.Text;

/**
 * Which column of a ledger means which column of the programme's exchange (列对应), and which of its words mean which.
 *
 * @param columns by the exchange's column: the file's, or {@code =} and a text that stands for every row; columns that are not
 *                named are empty
 * @param words   by the exchange's column: the exchange's word for a word of the file
 */
public record LedgerMapping(Map<String, String> columns, Map<String, Map<String, String>> words) {
    private static final String CONSTANT = "=";
    private static final List<String> IDS = List.of("编号", "序号", "事项编号", "隐患编号", "项目编号", "number", "no", "no.");
    private static final List<String> KINDS = List.of("种类", "类型", "事项种类", "kind", "type");
    private static final List<String> STATES =
            List.of("状态", "环节", "办理状态", "整改状态", "办理情况", "整改情况", "state", "status", "stage");

    private static final Pattern DAY = Pattern.compile(
            "(\\d{4})\\s*[-/.年]\\s*(\\d{1,2})\\s*[-/.月]\\s*(\\d{1,2})\\s*日?(?:[ T]\\d{1,2}:\\d{2}(?::\\d{2}(?:\\.\\d+)?)?)?");

    /** Month, day and year, as exports of the United States write them; without AM or PM the month might be the day. */
    private static final Pattern AMERICAN =
            Pattern.compile("(\\d{1,2})/(\\d{1,2})/(\\d{4}) \\d{1,2}:\\d{2}(?::\\d{2})? ?[AaPp][Mm]");

    /** What a column of the exchange is called by people. @param needed without it no row can be taken */
    public record Named(String column, Text name, boolean needed) {}

    /** The columns of the exchange with the names of what they hold, in the order of the pack. */
    public static List<Named> named(Programme programme) {
        var exchange = programme.exchange().orElseThrow();
        return exchange.columns().stream()
                .map(column ->
                        new Named(column, name(programme, exchange, column), needed(programme, exchange, column)))
                .toList();
    }

    private static Text name(Programme programme, Exchange exchange, String column) {
        if (column.equals(exchange.id())) {
            return new Text("编号", "number");
        }
        if (column.equals(exchange.column())) {
            return new Text("种类", "kind");
        }
        var names = new LinkedHashSet<Text>();
        for (var sort : exchange.sorts()) {
            var kind = programme.kind(sort.kind());
            sort.fields().forEach((field, in) -> {
                if (in.equals(column)) {
                    names.add(kind.findField(field).orElseThrow().name());
                }
            });
            if (names.isEmpty()) {
                sort.entered().forEach((stage, in) -> {
                    if (in.equals(column)) {
                        var name = kind.stage(stage).name();
                        names.add(new Text(name.zh() + "日期", name.en() + " on"));
                    }
                });
            }
            if (names.isEmpty() && sort.state().equals(column)) {
                names.add(new Text("状态", "state"));
            }
        }
        return names.stream().findFirst().orElse(new Text(column, column));
    }

    private static boolean needed(Programme programme, Exchange exchange, String column) {
        return column.equals(exchange.id())
                || column.equals(exchange.column())
                || exchange.sorts().stream()
                        .anyMatch(sort -> sort.state().equals(column)
                                || sort.fields().entrySet().stream()
                                        .filter(entry -> entry.getValue().equals(column))
                                        .anyMatch(entry -> programme
                                                .kind(sort.kind())
                                                .findField(entry.getKey())
                                                .filter(Field::required)
                                                .isPresent()));
    }

    /** What the names of a file's columns suggest; a column tells the kind when it says a known one, or no more than there are. */
    public static LedgerMapping propose(Programme programme, LedgerFile file) {
        var exchange = programme.exchange().orElseThrow();
        var columns = new LinkedHashMap<String, String>();
        var free = new ArrayList<>(file.columns());
        for (var named : named(programme)) {
            var names = candidates(exchange, named);
            var fitting = named.column().equals(exchange.column())
                    ? free.stream()
                            .filter(column -> tellsKind(exchange, file, column))
                            .toList()
                    : free;
            find(fitting, names).ifPresent(found -> {
                columns.put(named.column(), found);
                free.remove(found);
            });
        }
        columns.computeIfAbsent(
                exchange.column(),
                column -> CONSTANT + exchange.sorts().getFirst().word());
        return new LedgerMapping(columns, Map.of());
    }

    private static boolean tellsKind(Exchange exchange, LedgerFile file, String column) {
        var said = file.table().rows().stream()
                .map(row -> row.cell(column))
                .filter(word -> !word.isEmpty())
                .collect(Collectors.toSet());
        return said.size() <= exchange.sorts().size()
                || exchange.sorts().stream().anyMatch(sort -> said.contains(sort.word()));
    }

    private static Set<String> candidates(Exchange exchange, Named named) {
        var names = new LinkedHashSet<String>();
        names.add(named.column());
        names.add(named.name().zh());
        names.add(named.name().en());
        names.add(named.name().zh().replace("日期", "时间"));
        if (named.column().equals(exchange.id())) {
            names.addAll(IDS);
        }
        if (named.column().equals(exchange.column())) {
            names.addAll(KINDS);
        }
        if (exchange.sorts().stream().anyMatch(sort -> sort.state().equals(named.column()))) {
            names.addAll(STATES);
        }
        return names;
    }

    private static Optional<String> find(List<String> header, Set<String> names) {
        return names.stream()
                .flatMap(name -> header.stream().filter(column -> same(column, name)))
                .findFirst();
    }

    private static boolean same(String column, String name) {
        return column.toLowerCase(Locale.ROOT)
                .replace('_', ' ')
                .equals(name.toLowerCase(Locale.ROOT).replace('_', ' '));
    }

    /** The ledger's rows under the exchange's columns and in its words; days as 2026-06-01. */
    Sheet apply(Programme programme, Sheet table) {
        var exchange = programme.exchange().orElseThrow();
        var days = days(programme, exchange);
        var known = table.rows().stream()
                .map(row -> new Sheet.Row(row.line(), cells(programme, exchange, row, days)))
                .toList();
        return new Sheet(known, table.faults());
    }

    private Map<String, String> cells(Programme programme, Exchange exchange, Sheet.Row row, Set<String> days) {
        var cells = new LinkedHashMap<String, String>();
        for (var column : exchange.columns()) {
            var written = written(row, column);
            var word = words.getOrDefault(column, Map.of()).getOrDefault(written, written);
            cells.put(column, days.contains(column) ? day(word) : word);
        }
        exchange.sorts().stream()
                .filter(sort -> sort.word().equals(cells.get(exchange.column())))
                .findFirst()
                .ifPresent(sort ->
                        cells.computeIfPresent(sort.state(), (column, word) -> stageWord(programme, sort, word)));
        return cells;
    }

    private String written(Sheet.Row row, String column) {
        var from = columns.getOrDefault(column, "");
        return from.startsWith(CONSTANT) ? from.substring(CONSTANT.length()) : row.cell(from);
    }

    /** A stage may also be called by its own name. */
    private static String stageWord(Programme programme, Sort sort, String word) {
        if (sort.stages().containsKey(word)) {
            return word;
        }
        var kind = programme.kind(sort.kind());
        return sort.stages().entrySet().stream()
                .filter(entry -> kind.findStage(entry.getValue())
                        .filter(stage -> stage.name().zh().equals(word)
                                || stage.name().en().equals(word)
                                || stage.id().equals(word))
                        .isPresent())
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse(word);
    }

    private static Set<String> days(Programme programme, Exchange exchange) {
        return exchange.sorts().stream()
                .flatMap(sort -> java.util.stream.Stream.concat(
                        sort.entered().values().stream(),
                        sort.fields().entrySet().stream()
                                .filter(entry -> programme
                                        .kind(sort.kind())
                                        .findField(entry.getKey())
                                        .filter(field -> field.type() == Field.Type.DATE)
                                        .isPresent())
                                .map(Map.Entry::getValue)))
                .collect(Collectors.toSet());
    }

    /** 2026/3/5, 2026.3.5 and 2026年3月5日 are days as well; of a local date and time it is the day, of 12/31/2017 11:59 PM too. */
    static String day(String written) {
        var day = DAY.matcher(written);
        if (day.matches()) {
            return day(day.group(1), day.group(2), day.group(3));
        }
        var american = AMERICAN.matcher(written);
        return american.matches() ? day(american.group(3), american.group(1), american.group(2)) : written;
    }

    private static String day(String year, String month, String day) {
        return "%s-%2s-%2s".formatted(year, month, day).replace(' ', '0');
    }

    /** Whether no column of the file stands for a column of the exchange. */
    boolean leavesOut(String column) {
        return Set.of("", CONSTANT).contains(columns.getOrDefault(column, ""));
    }

    /** The file's name of a column of the exchange, for whoever looks into the file. */
    String inFile(String column) {
        var from = columns.getOrDefault(column, "");
        return from.isEmpty() || from.startsWith(CONSTANT) ? column : from;
    }
}
