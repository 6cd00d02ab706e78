package jiaoying.server.programme;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Deadlines over the shipped calendar: examples of the law, edges, bad rows, and a reference that counts otherwise. */
class DeadlineRowsTest {
    private static final DeadlineRows ROWS = new DeadlineRows(CalendarFile.shipped());

    @ParameterizedTest(name = "{0} + {1} {2}, roll {3} = {4}")
    @CsvSource({
        "2025-09-25,5,working_days,false,2025-10-09,false",
        "2024-04-24,10,working_days,false,2024-05-10,false",
        "2024-04-17,60,days,true,2024-06-17,false",
        "2024-09-12,3,days,true,2024-09-18,false",
        "2024-09-12,3,days,false,2024-09-15,false",
        "2025-03-07,15,days,true,2025-03-24,false",
        "2025-03-07,15,days,false,2025-03-22,false",
        "2025-05-31,1,months,false,2025-06-30,false",
        "2025-08-31,6,months,true,2026-02-28,false",
        "2025-10-01 23:50,30,minutes,false,2025-10-02 00:20,false",
        "2025-10-01T23:50,30,minutes,true,2025-10-02T00:20,false",
        "2024-02-28T23:30:15,1,hours,true,2024-02-29T00:30:15,false",
        "2024-01-31,1,months,false,2024-02-29,false",
        "2025-01-31,1,months,true,2025-02-28,false",
        "2025-10-03,1,working_days,false,2025-10-09,false",
        "2025-10-04,0,working_days,false,2025-10-04,false",
        "2025-10-04,0,working_days,true,2025-10-09,false",
        "2025-10-04,0,days,true,2025-10-09,false",
        "2025-09-28T17:00,1,working_days,true,2025-09-29,false",
        "2026-12-31,1,working_days,false,2027-01-01,true",
        "2026-12-30,5,days,true,2027-01-04,true",
        "2026-12-31,5,days,false,2027-01-05,false",
        "2026-12-31,1,months,false,2027-01-31,false",
        "2026-12-31,24,hours,true,2027-01-01T00:00,false",
    })
    void a_deadline_falls_on(String start, String amount, String unit, String roll, String due, boolean provisional) {
        var came = ROWS.due(row(start, amount, unit, roll));
        assertThat(came.bad()).isEmpty();
        assertThat(came.due()).isEqualTo(due);
        assertThat(came.provisional()).isEqualTo(provisional);
    }

    @ParameterizedTest(name = "{0},{1},{2},{3}: {4}")
    @CsvSource({
        "2025-02-30,1,days,true,start",
        "2025-02-28T25:00,1,hours,true,start",
        "'',1,days,true,start",
        "1066-10-14,1,days,true,start",
        "2025-01-01,-1,days,true,amount",
        "2025-01-01,1.5,days,true,amount",
        "2025-01-01,36601,days,true,amount",
        "2025-01-01,99999999999,days,true,amount",
        "2025-01-01,'',days,true,amount",
        "2025-01-01,1,weeks,true,unit",
        "2025-01-01,1,days,yes,roll",
    })
    void a_bad_row_names_its_column(String start, String amount, String unit, String roll, String column) {
        var came = ROWS.due(row(start, amount, unit, roll));
        assertThat(came.due()).isEmpty();
        assertThat(came.bad())
                .hasValueSatisfying(bad -> assertThat(bad.column()).isEqualTo(column));
    }

    @Test
    void a_row_with_too_many_cells_is_one_bad_row_among_others(@org.junit.jupiter.api.io.TempDir Path folder)
            throws IOException {
        var file = Files.writeString(
                folder.resolve("batch.csv"),
                "start,amount,unit,roll\n2025-01-01,1,days,false,extra\n2025-01-01,1,days,false\n");
        var sheet = DeadlineRows.read(file);
        assertThat(sheet.faults()).isEmpty();
        var due = sheet.rows().stream().map(ROWS::due).toList();
        assertThat(due)
                .extracting(row -> row.bad().map(BadRow::line))
                .containsExactly(java.util.Optional.of(2), java.util.Optional.empty());
        assertThat(due.getLast().due()).isEqualTo("2025-01-02");
    }

    @Test
    void a_reference_that_ticks_days_off_agrees() throws IOException {
        var seed = Long.getLong("jiaoying.seed", 20_260_601L);
        var random = new Random(seed);
        var reference = new Ticked();
        for (var n = 0; n < 20_000; n++) {
            var year = 2021 + random.nextInt(6);
            var month = 1 + random.nextInt(12);
            var day = 1 + random.nextInt(Ticked.length(year, month));
            var amount = random.nextInt(random.nextBoolean() ? 20 : 200);
            var unit = List.of("working_days", "days", "months").get(random.nextInt(3));
            var roll = random.nextBoolean();
            var months = unit.equals("months") ? amount % 14 : amount;
            var start = "%04d-%02d-%02d".formatted(year, month, day);
            var came = ROWS.due(row(start, Integer.toString(months), unit, Boolean.toString(roll)));
            assertThat(came.due() + (came.provisional() ? " provisional" : ""))
                    .as("-Djiaoying.seed=%d: %s + %d %s, roll %s", seed, start, months, unit, roll)
                    .isEqualTo(reference.due(year, month, day, months, unit, roll));
        }
    }

    @Test
    void a_plan_of_a_later_year_makes_its_deadlines_firm(@org.junit.jupiter.api.io.TempDir Path folder)
            throws IOException {
        var file = Files.writeString(
                folder.resolve("2027.csv"),
                "date,kind,name,plan_year\n2027-01-01,off,元旦,2027\n2027-01-03,work,元旦,2027\n");
        var later = CalendarFile.beside(file);
        assertThat(later.faults()).isEmpty();
        var came = new DeadlineRows(later.calendar()).due(row("2026-12-31", "1", "working_days", "false"));
        assertThat(came.due()).isEqualTo("2027-01-03");
        assertThat(came.provisional()).isFalse();
    }

    @Test
    void a_day_both_off_and_worked_is_refused(@org.junit.jupiter.api.io.TempDir Path folder) throws IOException {
        var file = Files.writeString(
                folder.resolve("2027.csv"),
                "date,kind,name,plan_year\n2027-01-01,off,元旦,2027\n2027-01-01,work,元旦,2027\n2027-02-31,rest,x,27\n");
        assertThat(CalendarFile.beside(file).faults())
                .extracting(fault -> fault.line() + " " + fault.column())
                .containsExactly("3 date", "4 kind", "4 plan_year");
    }

    private static Sheet.Row row(String start, String amount, String unit, String roll) {
        return new Sheet.Row(2, Map.of("start", start, "amount", amount, "unit", unit, "roll", roll));
    }

    /** A wall calendar with ticks: no date library, days walked one by one. */
    private static final class Ticked {
        private final Map<String, String> ticks = new HashMap<>();

        Ticked() throws IOException {
            for (var line : Files.readAllLines(Path.of("src/main/resources/jiaoying/calendar/cn.csv"))) {
                var cells = line.split(",");
                ticks.put(cells[0], cells[1]);
            }
        }

        static int length(int year, int month) {
            var leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
            return month == 2 ? leap ? 29 : 28 : month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
        }

        String due(int year, int month, int day, int amount, String unit, boolean roll) {
            var at = new int[] {year, month, day};
            var unsure = false;
            if (unit.equals("months")) {
                var m = year * 12 + month - 1 + amount;
                at = new int[] {m / 12, m % 12 + 1, Math.min(day, length(m / 12, m % 12 + 1))};
            }
            for (var left = unit.equals("months") ? 0 : amount; left > 0; ) {
                next(at);
                if (unit.equals("days") || !rest(at)) {
                    left--;
                }
                unsure |= unit.equals("working_days") && (at[0] < 2022 || at[0] > 2026);
            }
            unsure |= roll && (at[0] < 2022 || at[0] > 2026);
            while (roll && rest(at)) {
                next(at);
                unsure |= at[0] < 2022 || at[0] > 2026;
            }
            return "%04d-%02d-%02d%s".formatted(at[0], at[1], at[2], unsure ? " provisional" : "");
        }

        private static void next(int[] at) {
            at[2]++;
            if (at[2] > length(at[0], at[1])) {
                at[2] = 1;
                at[1]++;
            }
            if (at[1] > 12) {
                at[1] = 1;
                at[0]++;
            }
        }

        private boolean rest(int[] at) {
            var tick = ticks.getOrDefault("%04d-%02d-%02d".formatted(at[0], at[1], at[2]), "");
            // Sakamoto's rule: 0 is Sunday
            var offset = new int[] {0, 3, 2, 5, 0, 3, 5, 1, 4, 6, 2, 4}[at[1] - 1];
            var y = at[1] < 3 ? at[0] - 1 : at[0];
            var weekday = (y + y / 4 - y / 100 + y / 400 + offset + at[2]) % 7;
            return tick.isEmpty() ? weekday == 0 || weekday == 6 : tick.equals("off");
        }
    }
}
