package jiaoying.server.programme;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.Test;

/** Papers that are long. */
class PaperTest {
    private static final int MANY = 3_000;

    private static String text(Paper paper, int from, int to) throws IOException {
        try (var pdf = Loader.loadPDF(PaperPdf.write(paper))) {
            var stripper = new PDFTextStripper();
            stripper.setStartPage(from);
            stripper.setEndPage(to);
            return stripper.getText(pdf);
        }
    }

    private static String number(int n) {
        return "YH-0-2026-%04d".formatted(n);
    }

    @Test
    void a_cell_higher_than_a_page_goes_on_on_the_next() throws IOException {
        var cell = IntStream.range(0, MANY).mapToObj(PaperTest::number).collect(Collectors.joining(" "));
        var table = new Paper.Table(List.of("figure", "items"), List.of(List.of("found", cell), List.of("closed", "")));
        var text = text(new Paper("t", List.of(table)), 1, 999);
        assertThat(IntStream.range(0, MANY)).allSatisfy(n -> assertThat(text).contains("%04d".formatted(n)));
        assertThat(text).contains("closed");
    }

    @Test
    void the_head_of_a_table_stands_on_every_page() throws IOException {
        var rows =
                IntStream.range(0, 200).mapToObj(n -> List.of(number(n), "x")).toList();
        var paper = new Paper("t", List.of(new Paper.Table(List.of("Number", "Title"), rows)));
        assertThat(text(paper, 1, 1)).containsOnlyOnce("Number");
        assertThat(text(paper, 3, 3)).containsOnlyOnce("Number");
    }
}
