package jiaoying.server.programme;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import jiaoying.duty.programme.Cell;
import jiaoying.duty.programme.CoreState;
import jiaoying.duty.programme.Kind;
import jiaoying.duty.programme.Row;
import jiaoying.duty.programme.RowsAsOf;
import org.junit.jupiter.api.Test;

/** An item read as a row at the end of a day in the room's zone. */
class RowsAsOfTest {
    private static final Kind HAZARD = Office.HAZARDS.kind("hazard");
    private static final LocalDate DAY = LocalDate.of(2026, 6, 30);
    private static final Instant LAST_SECOND = Instant.parse("2026-06-30T15:59:59Z");

    private final RowsAsOf reader = new RowsAsOf(DAY, Office.ZONE);

    @Test
    void whatHappenedAfterMidnightHadNotHappened() {
        var row = row("reported", LAST_SECOND, "triage", LAST_SECOND.plusSeconds(1));
        assertThat(row.stage()).isEqualTo("reported");
        assertThat(row.core()).isEqualTo(CoreState.REGISTERED);
        assertThat(row.enteredOn("reported")).isEqualTo(Cell.of(DAY));
        assertThat(row.enteredOn("triage")).isEqualTo(Cell.MISSING);
    }

    @Test
    void aStageCountsByTheLastDayOnWhichTheItemCameIntoIt() {
        var row = row("reported", LAST_SECOND.minusSeconds(5 * 86_400), "reported", LAST_SECOND);
        assertThat(row.enteredOn("reported")).isEqualTo(Cell.of(DAY));
    }

    @Test
    void anItemThatHadNotBegunIsNoRow() {
        var reading = reader.of(HAZARD);
        reading.entered("reported", LAST_SECOND.plusSeconds(1));
        assertThat(reading.row("YH-1")).isEmpty();
    }

    /** The reader keeps what days are written how; another item must not get a neighbour's. */
    @Test
    void fieldsAreReadByTheTypeOfTheirKindForEachItemAnew() {
        for (var found : new String[] {"2026-06-01", "2026-06-02", "2026-06-01", "1 June", ""}) {
            var reading = reader.of(HAZARD);
            reading.entered("reported", LAST_SECOND);
            reading.field("found_on", found);
            reading.field("title", found);
            reading.field("no_such_field", found);
            var row = reading.row("YH-1").orElseThrow();
            assertThat(row.cell("found_on"))
                    .isEqualTo(found.startsWith("2026") ? Cell.of(LocalDate.parse(found)) : Cell.MISSING);
            assertThat(row.cell("title")).isEqualTo(Cell.of(found));
            assertThat(row.cell("no_such_field")).isEqualTo(Cell.MISSING);
        }
    }

    private Row row(String first, Instant firstAt, String then, Instant thenAt) {
        var reading = reader.of(HAZARD);
        reading.entered(first, firstAt);
        reading.entered(then, thenAt);
        return reading.row("YH-1").orElseThrow();
    }
}
