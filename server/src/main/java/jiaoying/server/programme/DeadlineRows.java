package jiaoying.server.programme;

import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import jiaoying.duty.programme.Term;
import jiaoying.duty.programme.WorkingCalendar;

/** Deadlines of many rows {@code start,amount,unit,roll}. */
public final class DeadlineRows {
    public static final List<String> COLUMNS = List.of("start", "amount", "unit", "roll");
    private static final String UNITS =
            Arrays.stream(Term.Unit.values()).map(Term.Unit::word).collect(Collectors.joining(", "));
    private static final LocalDate FIRST = LocalDate.of(1900, 1, 1);
    private static final LocalDate LAST = LocalDate.of(2199, 12, 31);

    private final WorkingCalendar calendar;

    public DeadlineRows(WorkingCalendar calendar) {
        this.calendar = calendar;
    }

    /**
     * What came of a row.
     *
     * @param due         a date, or a local date-time in the form of the start; empty when the row is bad
     * @param provisional the due day may move when the plan of a later year comes out
     */
    public record Due(Sheet.Row row, String due, boolean provisional, Optional<BadRow> bad) {}

    /** The rows of a file; what is wrong with one of them is said of it alone. */
    public static Sheet read(Path file) throws IOException {
        return Sheet.readEach(file, COLUMNS);
    }

    public Due due(Sheet.Row row) {
        var wrong = wrong(row);
        if (wrong.isPresent()) {
            return new Due(row, "", false, wrong);
        }
        var unit = unit(row.cell("unit")).orElseThrow();
        var term = new Term(
                Integer.parseInt(row.cell("amount")), unit, row.cell("roll").equalsIgnoreCase("true"));
        var start = Start.find(row.cell("start")).orElseThrow();
        if (!unit.endsInADay()) {
            return new Due(row, start.written(term.from(start.moment())), false, Optional.empty());
        }
        var end = term.from(start.moment().toLocalDate(), calendar);
        return new Due(row, end.day().toString(), end.provisional(), Optional.empty());
    }

    private static Optional<BadRow> wrong(Sheet.Row row) {
        if (!row.more().isEmpty()) {
            var cells = new ArrayList<>(row.cells().values());
            cells.addAll(row.more());
            return Optional.of(Sheet.tooLong(row.line(), cells, row.cells().size()));
        }
        var start = Start.find(row.cell("start"));
        if (start.isEmpty()) {
            return bad(row, "start", "start");
        }
        var day = start.get().moment().toLocalDate();
        if (day.isBefore(FIRST) || day.isAfter(LAST)) {
            return bad(row, "start", "range", FIRST, LAST);
        }
        var unit = unit(row.cell("unit"));
        if (unit.isEmpty()) {
            return bad(row, "unit", "choice", UNITS);
        }
        var amount = row.cell("amount");
        if (!amount.matches("\\d{1,9}") || Integer.parseInt(amount) > unit.get().most()) {
            return bad(row, "amount", "whole", 0, unit.get().most());
        }
        return row.cell("roll").matches("(?i)true|false")
                ? Optional.empty()
                : bad(row, "roll", "choice", "true, false");
    }

    private static Optional<BadRow> bad(Sheet.Row row, String column, String kind, Object... values) {
        return Optional.of(new BadRow(row.line(), column, row.cell(column), kind, values));
    }

    private static Optional<Term.Unit> unit(String word) {
        return Arrays.stream(Term.Unit.values())
                .filter(unit -> unit.word().equals(word))
                .findFirst();
    }

    /** Where a term begins. @param form how moments are written, as the start was; a date alone begins at midnight */
    private record Start(LocalDateTime moment, String form) {
        private static final List<String> FORMS =
                List.of("uuuu-MM-dd'T'HH:mm", "uuuu-MM-dd'T'HH:mm:ss", "uuuu-MM-dd HH:mm", "uuuu-MM-dd HH:mm:ss");

        static Optional<Start> find(String text) {
            try {
                return Optional.of(new Start(LocalDate.parse(text).atStartOfDay(), FORMS.getFirst()));
            } catch (DateTimeParseException notADate) {
                return FORMS.stream()
                        .flatMap(form -> moment(text, form).stream())
                        .findFirst();
            }
        }

        private static Optional<Start> moment(String text, String form) {
            try {
                return Optional.of(new Start(LocalDateTime.parse(text, format(form)), form));
            } catch (DateTimeParseException otherForm) {
                return Optional.empty();
            }
        }

        String written(LocalDateTime end) {
            return end.format(format(form));
        }

        private static DateTimeFormatter format(String form) {
            return DateTimeFormatter.ofPattern(form).withResolverStyle(java.time.format.ResolverStyle.STRICT);
        }
    }
}
