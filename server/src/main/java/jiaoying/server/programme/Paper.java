package jiaoying.server.programme;

import java.util.List;

/** Something to print, file or send (文稿): headings, paragraphs, tables and listings, as {@link PaperPdf}, {@link PaperDocx} and {@link PaperXlsx} write them. */
public record Paper(String title, List<Block> blocks) {
    /** A part of a paper. */
    public sealed interface Block {}

    public record Heading(String text) implements Block {}

    public record Paragraph(String text) implements Block {}

    /** @param rows each as long as the head */
    public record Table(List<String> head, List<List<String>> rows) implements Block {}

    /** Many short words, such as the numbers of the items that a figure counts (清单); side by side on paper, one a row in a sheet. */
    public record Listing(List<String> entries) implements Block {}
}
