package jiaoying.server.register;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CsvTest {
    @Test
    void cells_rows_and_their_lines_are_told_apart() throws Exception {
        assertThat(Csv.read("a,b\r\n\"x,\"\"y\"\"\nz\",\n\n\"last\""))
                .containsExactly(
                        new Csv.Row(1, List.of("a", "b")),
                        new Csv.Row(2, List.of("x,\"y\"\nz", "")),
                        new Csv.Row(4, List.of("")),
                        new Csv.Row(5, List.of("last")));
    }

    @Test
    void text_after_a_quote_and_an_open_quote_are_refused_with_their_line() {
        assertThatThrownBy(() -> Csv.read("a\n\"b\"c,d\n"))
                .isInstanceOfSatisfying(
                        Csv.Unreadable.class, e -> assertThat(e.line).isEqualTo(2));
        assertThatThrownBy(() -> Csv.read("a\nb,\"c\nd\n"))
                .isInstanceOfSatisfying(
                        Csv.Unreadable.class, e -> assertThat(e.line).isEqualTo(2));
    }

    @Test
    void whatever_is_written_reads_back_the_same() throws Exception {
        var seed = 20150827L;
        var random = new Random(seed);
        for (var run = 0; run < 2000; run++) {
            var cells = new ArrayList<String>();
            for (var i = 0; i <= random.nextInt(4); i++) {
                cells.add(cell(random));
            }
            assertThat(Csv.read(Csv.line(cells)).getFirst().cells())
                    .as("seed %d, run %d", seed, run)
                    .isEqualTo(cells);
        }
    }

    private static String cell(Random random) {
        var cell = new StringBuilder();
        for (var length = random.nextInt(6); length > 0; length--) {
            cell.append("a,\"\r\n 王;".charAt(random.nextInt(8)));
        }
        return cell.toString();
    }
}
