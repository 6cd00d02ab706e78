package jiaoying.server.programme;

import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import jiaoying.duty.programme.Cell;
import jiaoying.duty.programme.Condition;
import jiaoying.duty.programme.Field;
import jiaoying.duty.programme.Period;
import jiaoying.duty.programme.Programme;
import jiaoying.duty.programme.Programme.Exchange;
import jiaoying.duty.programme.Programme.Sort;
import jiaoying.duty.programme.Row;

/** The rows of a ledger file (台账) as items of a programme: all of them, or every fault. */
public final class LedgerRows {
    /** Rules of fields look at no days of a period. */
    private static final Period NO_PERIOD = new Period(LocalDate.MIN, LocalDate.MAX, LocalDate.MAX);

    private final Programme programme;
    private final Exchange exchange;
    private final List<Read> rows = new ArrayList<>();
    private final List<BadRow> faults = new ArrayList<>();
    private final Map<String, Integer> lines = new HashMap<>();

    private LedgerRows(Programme programme, Exchange exchange) {
        this.programme = programme;
        this.exchange = exchange;
    }

    /**
     * A row as it was read.
     *
     * @param line   in the file, from 1
     * @param values text of each field that is filled, in the words of the programme
     */
    public record Read(int line, Row.Written row, Sort sort, Map<String, String> values) {}

    /** @param all in the order of the file; empty when there are faults */
    public record Taken(List<Read> all, List<BadRow> faults) {
        public List<Row> rows() {
            return all.stream().<Row>map(Read::row).toList();
        }
    }

    /** @throws IllegalStateException when the programme takes no rows */
    public static Taken take(Programme programme, Sheet sheet) {
        var looked = look(programme, sheet);
        return looked.faults().isEmpty() ? looked : new Taken(List.of(), looked.faults());
    }

    /** As {@link #take}, with the rows that have no fault beside the faults of the others. */
    static Taken look(Programme programme, Sheet sheet) {
        var taken = new LedgerRows(programme, programme.exchange().orElseThrow());
        taken.faults.addAll(sheet.faults());
        sheet.rows().forEach(taken::take);
        return new Taken(List.copyOf(taken.rows), List.copyOf(taken.faults));
    }

    private void take(Sheet.Row row) {
        var id = row.cell(exchange.id());
        if (id.isEmpty()) {
            refuse(row, exchange.id(), "missing");
        } else {
            var earlier = lines.putIfAbsent(id, row.line());
            if (earlier != null) {
                refuse(row, exchange.id(), "duplicate", earlier);
            }
        }
        var word = row.cell(exchange.column());
        exchange.sorts().stream()
                .filter(sort -> sort.word().equals(word))
                .findFirst()
                .ifPresentOrElse(
                        sort -> take(row, id, sort),
                        () -> refuse(
                                row,
                                exchange.column(),
                                "choice",
                                words(exchange.sorts().stream().map(Sort::word).toList())));
    }

    private void take(Sheet.Row row, String id, Sort sort) {
        var kind = programme.kind(sort.kind());
        var before = faults.size();
        var cells = new LinkedHashMap<String, Cell>();
        var values = new LinkedHashMap<String, String>();
        sort.fields()
                .forEach((field, column) -> cells.put(
                        field,
                        cell(
                                row,
                                column,
                                kind.findField(field).orElseThrow(),
                                sort.words().get(field),
                                value -> values.put(field, value))));
        var entered = new LinkedHashMap<String, LocalDate>();
        sort.entered().forEach((stage, column) -> date(row, column).ifPresent(day -> entered.put(stage, day)));
        var stage = stage(row, sort);
        if (faults.size() > before || stage.isEmpty()) {
            return;
        }
        var item = new Row.Written(
                id, kind.id(), stage.get(), kind.stage(stage.get()).core(), cells, entered);
        kind.rules().stream()
                .filter(rule -> broken(rule.must(), item))
                .forEach(rule ->
                        refuse(row, sort.fields().getOrDefault(rule.field(), rule.field()), "rule", rule.name()));
        rows.add(new Read(row.line(), item, sort, values));
    }

    private static boolean broken(Condition must, Row item) {
        return !must.holds(item, NO_PERIOD);
    }

    private Cell cell(
            Sheet.Row row,
            String column,
            Field field,
            @org.jspecify.annotations.Nullable Map<String, String> words,
            java.util.function.Consumer<String> good) {
        var written = row.cell(column);
        if (written.isEmpty()) {
            if (field.required()) {
                refuse(row, column, "missing");
            }
            return Cell.MISSING;
        }
        var value = words == null ? written : words.getOrDefault(written, written);
        if (field.takes(value) && (words == null || words.containsKey(written) || words.containsValue(written))) {
            good.accept(value);
            return field.cell(value);
        }
        switch (field.type()) {
            case CHOICE, FLAG ->
                refuse(
                        row,
                        column,
                        "choice",
                        words == null
                                ? words(field.choices().stream()
                                        .map(Field.Choice::id)
                                        .toList())
                                : words(words.keySet()));
            case DATE -> refuse(row, column, "date");
            case INTEGER, DECIMAL ->
                refuse(
                        row,
                        column,
                        "decimal",
                        field.least().map(Object::toString).orElse("-999999999999999"),
                        field.scale());
            case MOMENT -> refuse(row, column, "moment");
            case TEXT, PLACE, AREA, PERSON, FILE -> refuse(row, column, "missing");
        }
        return Cell.MISSING;
    }

    private Optional<LocalDate> date(Sheet.Row row, String column) {
        var written = row.cell(column);
        try {
            return written.isEmpty() ? Optional.empty() : Optional.of(LocalDate.parse(written));
        } catch (DateTimeParseException e) {
            if (faults.stream()
                    .noneMatch(bad -> bad.line() == row.line() && bad.column().equals(column))) {
                refuse(row, column, "date");
            }
            return Optional.empty();
        }
    }

    /** The stage that the state's column names, or where a word in another column has taken it since. */
    private Optional<String> stage(Sheet.Row row, Sort sort) {
        var stage = named(row, sort.state(), sort.stages());
        for (var again : sort.again()) {
            var written = row.cell(again.column());
            if (!written.isEmpty()) {
                stage = named(row, again.column(), again.words())
                        .filter(to -> !to.isEmpty())
                        .or(() -> named(row, sort.state(), sort.stages()));
            }
        }
        return stage;
    }

    private Optional<String> named(Sheet.Row row, String column, Map<String, String> stages) {
        var stage = Optional.ofNullable(stages.get(row.cell(column)));
        if (stage.isEmpty()
                && faults.stream()
                        .noneMatch(
                                bad -> bad.line() == row.line() && bad.column().equals(column))) {
            refuse(row, column, "choice", words(stages.keySet()));
        }
        return stage;
    }

    private static String words(java.util.Collection<String> words) {
        return words.stream().collect(Collectors.joining(", "));
    }

    private void refuse(Sheet.Row row, String column, String kind, Object... values) {
        faults.add(new BadRow(row.line(), column, row.cell(column), kind, values));
    }
}
