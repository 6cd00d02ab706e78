package jiaoying.server.programme;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import jiaoying.duty.programme.WorkingCalendar;

/** Yearly plans of days off as {@code date,kind,name,plan_year}: those in the program, and those of a file for later years. */
public final class CalendarFile {
    private static final List<String> COLUMNS = List.of("date", "kind", "name", "plan_year");

    private final Map<LocalDate, Boolean> off = new TreeMap<>();
    private final TreeSet<Integer> years = new TreeSet<>();
    private final List<BadRow> faults = new ArrayList<>();

    private CalendarFile() {}

    /** The calendar in the program: China, 2022 to 2026. */
    public static WorkingCalendar shipped() {
        return withShipped().calendar();
    }

    private static CalendarFile withShipped() {
        try (var stream = CalendarFile.class.getResourceAsStream("/jiaoying/calendar/cn.csv")) {
            if (stream == null) {
                throw new IllegalStateException("Bug: no calendar in the program");
            }
            var file = new CalendarFile();
            file.take(Sheet.read(new String(stream.readAllBytes(), StandardCharsets.UTF_8), COLUMNS));
            if (!file.faults.isEmpty()) {
                throw new IllegalStateException("Bug: calendar in the program: " + file.faults);
            }
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The calendar in the program and that of a file beside it, whose years replace those in the program. */
    public static CalendarFile beside(Path path) throws IOException {
        var more = new CalendarFile();
        more.take(Sheet.read(path, COLUMNS));
        var all = withShipped();
        all.off.keySet().removeIf(day -> more.years.contains(day.getYear()));
        all.off.putAll(more.off);
        all.years.addAll(more.years);
        all.faults.addAll(more.faults);
        return all;
    }

    /** Empty when the calendar can be used. */
    public List<BadRow> faults() {
        return faults;
    }

    public WorkingCalendar calendar() {
        var free = new TreeSet<LocalDate>();
        var worked = new TreeSet<LocalDate>();
        off.forEach((day, is) -> (is ? free : worked).add(day));
        return new WorkingCalendar(years, free, worked);
    }

    private void take(Sheet sheet) {
        faults.addAll(sheet.faults());
        sheet.rows().forEach(this::take);
    }

    private void take(Sheet.Row row) {
        var kind = row.cell("kind");
        var year = row.cell("plan_year");
        if (!kind.equals("off") && !kind.equals("work")) {
            faults.add(new BadRow(row.line(), "kind", kind, "choice", "off, work"));
        }
        if (!year.matches("(19|2\\d)\\d\\d")) {
            faults.add(new BadRow(row.line(), "plan_year", year, "year"));
            return;
        }
        years.add(Integer.parseInt(year));
        try {
            var day = LocalDate.parse(row.cell("date"));
            if (off.put(day, kind.equals("off")) != null) {
                faults.add(new BadRow(row.line(), "date", row.cell("date"), "repeated"));
            }
        } catch (DateTimeParseException e) {
            faults.add(new BadRow(row.line(), "date", row.cell("date"), "date"));
        }
    }
}
