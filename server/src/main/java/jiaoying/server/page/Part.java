package jiaoying.server.page;

import static jiaoying.server.reply.Html.esc;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import jiaoying.server.programme.Paper;
import jiaoying.server.reply.Html;
import jiaoying.server.reply.Texts;
import org.springframework.web.util.UriUtils;

/**
 * What is shown at once of a paper whose tables may be long (分页): so many rows of each table, which says of how many.
 *
 * @param name  of what it is about, as the last part of the address has it before its ending
 * @param page  from 1; beyond the last it is the last
 * @param query of the address, for the links to the other pages and to the files
 */
record Part(String name, int page, Map<String, String> query) {
    /** Rows of one table on one page of the screen. */
    static final int ROWS = 1_000;

    /** Rows of one table in a file to print. */
    static final int ROWS_IN_FILE = 50_000;

    /** On the screen, to print from there. @param files endings of the address under which the same is had as a file */
    String html(Paper paper, List<String> files, Texts texts) {
        var last = paper.blocks().stream().mapToInt(Part::pages).max().orElse(1);
        var shown = Math.clamp(page, 1, last);
        var out = new StringBuilder("<main class=\"paper\"><h1>" + esc(paper.title()) + "</h1>");
        if (!files.isEmpty()) {
            out.append("<nav><p>" + esc(texts.say("book.files")));
            files.forEach(form -> file(out, form, texts));
            out.append("</p></nav>");
        }
        for (var block : blocks(paper, (shown - 1) * ROWS, ROWS, texts)) {
            out.append(html(block));
        }
        if (last > 1) {
            out.append("<nav><p>" + esc(texts.say("book.page", shown, last)));
            link(out, "book.page.previous", shown - 1, last, texts);
            link(out, "book.page.next", shown + 1, last, texts);
            out.append("</p></nav>");
        }
        return Html.page(texts, paper.title(), out.append("</main>").toString());
    }

    /** What goes into a file to print. */
    static Paper first(Paper paper, Texts texts) {
        return new Paper(paper.title(), blocks(paper, 0, ROWS_IN_FILE, texts));
    }

    private static int pages(Paper.Block block) {
        return block instanceof Paper.Table table
                ? Math.max(1, Math.ceilDiv(table.rows().size(), ROWS))
                : 1;
    }

    private static List<Paper.Block> blocks(Paper paper, int from, int most, Texts texts) {
        var blocks = new ArrayList<Paper.Block>();
        for (var block : paper.blocks()) {
            if (block instanceof Paper.Table table && (from > 0 || table.rows().size() > most)) {
                blocks.addAll(rows(table, from, most, texts));
            } else {
                blocks.add(block);
            }
        }
        return List.copyOf(blocks);
    }

    private static List<Paper.Block> rows(Paper.Table table, int from, int most, Texts texts) {
        var all = table.rows().size();
        if (from >= all) {
            return List.of(new Paper.Paragraph(texts.say("book.before", all)));
        }
        var to = Math.min(all, from + most);
        var said =
                most == ROWS_IN_FILE ? texts.say("book.part.file", to, all) : texts.say("book.part", from + 1, to, all);
        return List.of(
                new Paper.Paragraph(said),
                new Paper.Table(table.head(), table.rows().subList(from, to)));
    }

    private void link(StringBuilder out, String name, int to, int last, Texts texts) {
        if (to < 1 || to > last) {
            return;
        }
        var fields = new LinkedHashMap<>(query);
        fields.put("page", Integer.toString(to));
        out.append(" <a href=\"" + esc(address(fields)) + "\">" + esc(texts.say(name)) + "</a>");
    }

    private void file(StringBuilder out, String form, Texts texts) {
        var fields = new LinkedHashMap<>(query);
        fields.remove("page");
        out.append(" <a download href=\"" + esc(encoded(name) + "." + form + address(fields)) + "\">"
                + esc(texts.say("book.file." + form)) + "</a>");
    }

    private static String address(Map<String, String> fields) {
        return fields.isEmpty()
                ? ""
                : fields.entrySet().stream()
                        .map(field -> encoded(field.getKey()) + "=" + encoded(field.getValue()))
                        .collect(Collectors.joining("&", "?", ""));
    }

    private static String encoded(String text) {
        return UriUtils.encode(text, StandardCharsets.UTF_8);
    }

    private static String html(Paper.Block block) {
        return switch (block) {
            case Paper.Heading heading -> "<h2>" + esc(heading.text()) + "</h2>";
            case Paper.Paragraph paragraph -> "<p>" + esc(paragraph.text()) + "</p>";
            case Paper.Table table ->
                "<table><thead>" + cells(table.head(), "th") + "</thead><tbody>"
                        + table.rows().stream().map(row -> cells(row, "td")).collect(Collectors.joining())
                        + "</tbody></table>";
            case Paper.Listing listing -> "<p>" + esc(String.join(" ", listing.entries())) + "</p>";
        };
    }

    private static String cells(List<String> cells, String tag) {
        return cells.stream()
                .map(cell -> "<" + tag + ">" + esc(cell) + "</" + tag + ">")
                .collect(Collectors.joining("", "<tr>", "</tr>"));
    }
}
