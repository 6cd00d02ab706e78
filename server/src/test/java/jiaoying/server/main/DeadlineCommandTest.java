package jiaoying.server.main;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code ./jiaoying deadline} as a program reads it. */
class DeadlineCommandTest {
    @TempDir
    private Path folder = Path.of("");

    @Test
    void each_row_is_echoed_with_what_came_of_it() throws IOException {
        var said = said(1, "start,amount,unit,roll\n2025-09-25,5,working_days,false\n2025-09-25,x,days,true\n");
        assertThat(said)
                .isEqualToIgnoringNewLines(
                        "[{\"start\":\"2025-09-25\",\"amount\":\"5\",\"unit\":\"working_days\",\"roll\":\"false\",\"due\":\"2025-10-09\",\"provisional\":false},"
                                + "{\"start\":\"2025-09-25\",\"amount\":\"x\",\"unit\":\"days\",\"roll\":\"true\",\"error\":\"amount \\\"x\\\" is not allowed; allowed: a whole number from 0 to 36600. Correct it.\"}]");
    }

    @Test
    void a_file_without_its_columns_is_used_wrongly() throws IOException {
        assertThat(said(2, "start,amount,unit\n2025-09-25,5,days\n")).contains("Column \"roll\" is missing");
    }

    private String said(int code, String rows) throws IOException {
        var file = Files.writeString(folder.resolve("rows.csv"), rows);
        var said = new StringWriter();
        var writer = new PrintWriter(said, true);
        var args = new String[] {"deadline", "--batch", file.toString(), "--json", "--lang", "en"};
        assertThat(Jiaoying.execute(args, Map.of(), writer, writer)).isEqualTo(code);
        return said.toString();
    }
}
