package jiaoying.server.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.ZipFile;
import jiaoying.duty.call.CallFact.Item;
import jiaoying.duty.monitor.SignalColor;
import jiaoying.duty.room.View.CalleeView;
import jiaoying.server.reply.Texts;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AnswerSheetTest {
    @TempDir
    private Path folder;

    private static final Instant AT = Instant.parse("2026-07-01T10:00:00Z");
    private static final CityRegister REGISTER =
            new CityRegister(Map.of(), Map.of(), Map.of(), Map.of(), Map.of(), Map.of(), List.of());

    private static AnswerRow callee(String person, Texts texts) {
        var view = new CalleeView(
                "C1",
                person,
                "T",
                SignalColor.RED,
                List.of(new Item("d", "T")),
                AT,
                1,
                2,
                "calling",
                false,
                Optional.empty(),
                "",
                "",
                "",
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of());
        return AnswerRow.of(view, REGISTER, texts);
    }

    private String written(AnswerSheet.Notice notice, String... persons) throws IOException {
        var texts = Texts.of("en");
        var file = folder.resolve("answers.xlsx");
        try (var out = Files.newOutputStream(file)) {
            AnswerSheet.write(
                    "title",
                    texts,
                    ZoneOffset.UTC,
                    notice,
                    out,
                    rows -> List.of(persons).forEach(person -> rows.accept(callee(person, texts))));
        }
        var all = new StringBuilder();
        try (var zip = new ZipFile(file.toFile())) {
            for (var entry : Collections.list(zip.entries())) {
                all.append(new String(zip.getInputStream(entry).readAllBytes(), StandardCharsets.UTF_8));
            }
        }
        return all.toString();
    }

    @Test
    void who_has_not_received_a_correction_stands_in_the_sheet() throws IOException {
        assertThat(written(AnswerSheet.Notice.of("corrected", List.of("li")), "wang", "li"))
                .contains("Not received")
                .contains("Correction");
        assertThat(written(AnswerSheet.Notice.of("corrected", List.of()), "wang", "li"))
                .doesNotContain("Correction");
    }
}
