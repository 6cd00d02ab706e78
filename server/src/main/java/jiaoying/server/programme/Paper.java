package jiaoying.server.programme;

import java.util.List;

/** Something to print, file or send (文稿): headings, paragraphs and tables, as {@link PaperPdf}, {@link PaperDocx} and {@link PaperXlsx} write them. */
public record Paper(String title, List<Block> blocks) {
    /** A part of a paper. */
    public sealed interface Block {}

    public record Heading(String text) implements Block {}

    public record Paragraph(String text) implements Block {}

    /** @param rows each as long as the head */
    public record Table(List<String> head, List<List<String>> rows) implements Block {}
}
