package jiaoying.server.programme;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** A paper as a text document (ECMA-376, WordprocessingML): the smallest that Word and WPS open. The same paper gives the same bytes. */
public final class PaperDocx {
    private static final String TYPES = """
            <?xml version="1.0" encoding="UTF-8" standalone="yes"?>
            <Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">\
            <Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>\
            <Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/>\
            </Types>""";
    private static final String RELATIONS = """
            <?xml version="1.0" encoding="UTF-8" standalone="yes"?>
            <Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">\
            <Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/>\
            </Relationships>""";
    private static final String BEGIN = """
            <?xml version="1.0" encoding="UTF-8" standalone="yes"?>
            <w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>""";
    /** A4 with 2.5 cm around, in twentieths of a point. */
    private static final String END = """
            <w:sectPr><w:pgSz w:w="11906" w:h="16838"/>\
            <w:pgMar w:top="1417" w:right="1417" w:bottom="1417" w:left="1417" w:header="708" w:footer="708" w:gutter="0"/></w:sectPr>\
            </w:body></w:document>""";

    private static final String EDGE = "w:val=\"single\" w:sz=\"4\" w:space=\"0\" w:color=\"808080\"/>";
    /** Half points. */
    private static final int TITLE = 32;

    private static final int HEADING = 26;
    private static final int TEXT = 22;
    private static final int CELL = 18;

    /** Between the margins, twentieths of a point. */
    private static final int WIDTH = 9072;

    /** A longer table goes on in another one: programs take the square of the rows to lay out one table. */
    private static final int ROWS = 250;

    private static final int COLUMNS = 4;
    private static final int NARROW = 8;
    private static final int BROAD = 40;

    private PaperDocx() {}

    public static byte[] write(Paper paper) {
        var body = new StringBuilder(BEGIN).append(paragraph(paper.title(), TITLE, true));
        for (var block : paper.blocks()) {
            body.append(
                    switch (block) {
                        case Paper.Heading heading -> paragraph(heading.text(), HEADING, true);
                        case Paper.Paragraph text -> paragraph(text.text(), TEXT, false);
                        case Paper.Table table -> table(table);
                        case Paper.Listing listing -> listing(listing);
                    });
        }
        return zipped(body.append(END).toString());
    }

    private static byte[] zipped(String document) {
        var out = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(out)) {
            put(zip, "[Content_Types].xml", TYPES);
            put(zip, "_rels/.rels", RELATIONS);
            put(zip, "word/document.xml", document);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    private static void put(ZipOutputStream zip, String name, String text) throws IOException {
        var entry = new ZipEntry(name);
        entry.setLastModifiedTime(FileTime.fromMillis(0));
        zip.putNextEntry(entry);
        zip.write(text.getBytes(StandardCharsets.UTF_8));
        zip.closeEntry();
    }

    private static String paragraph(String text, int size, boolean bold) {
        return "<w:p><w:r><w:rPr><w:rFonts w:eastAsia=\"宋体\"/>" + (bold ? "<w:b/>" : "") + "<w:sz w:val=\"" + size
                + "\"/></w:rPr><w:t xml:space=\"preserve\">" + escaped(text) + "</w:t></w:r></w:p>";
    }

    private static String table(Paper.Table table) {
        var widths = widths(table);
        var out = new StringBuilder();
        for (var from = 0; from == 0 || from < table.rows().size(); from += ROWS) {
            out.append(begin(widths)).append(row(table.head(), widths, true));
            table.rows()
                    .subList(from, Math.min(table.rows().size(), from + ROWS))
                    .forEach(row -> out.append(row(row, widths, false)));
            out.append("</w:tbl>").append(paragraph("", TEXT, false));
        }
        return out.toString();
    }

    private static String listing(Paper.Listing listing) {
        var widths = new int[COLUMNS];
        Arrays.fill(widths, WIDTH / COLUMNS);
        var out = new StringBuilder(begin(widths));
        for (var from = 0; from < listing.entries().size(); from += COLUMNS) {
            var cells = new ArrayList<>(
                    listing.entries().subList(from, Math.min(listing.entries().size(), from + COLUMNS)));
            while (cells.size() < COLUMNS) {
                cells.add("");
            }
            out.append(row(cells, widths, false));
        }
        return out.append("</w:tbl>").append(paragraph("", TEXT, false)).toString();
    }

    /** Fixed columns: a program that opens it need not look at every row before it shows the first. */
    private static String begin(int[] widths) {
        return "<w:tbl><w:tblPr><w:tblW w:w=\"" + WIDTH + "\" w:type=\"dxa\"/><w:tblBorders><w:top " + EDGE + "<w:left "
                + EDGE + "<w:bottom " + EDGE + "<w:right " + EDGE + "<w:insideH " + EDGE + "<w:insideV " + EDGE
                + "</w:tblBorders><w:tblLayout w:type=\"fixed\"/></w:tblPr><w:tblGrid>"
                + Arrays.stream(widths)
                        .mapToObj(width -> "<w:gridCol w:w=\"" + width + "\"/>")
                        .collect(Collectors.joining())
                + "</w:tblGrid>";
    }

    /** Twentieths of a point, in the proportion of the longest cell of each column. */
    private static int[] widths(Paper.Table table) {
        var wanted = new double[table.head().size()];
        for (var column = 0; column < wanted.length; column++) {
            wanted[column] = wide(table.head().get(column));
            for (var row : table.rows()) {
                wanted[column] = Math.max(wanted[column], wide(row.get(column)));
            }
        }
        var sum = Arrays.stream(wanted).sum();
        return Arrays.stream(wanted).mapToInt(one -> (int) (WIDTH * one / sum)).toArray();
    }

    /** In Latin letters, between a short word and a column that wraps. */
    private static int wide(String cell) {
        return Math.clamp(cell.codePoints().map(point -> point < 0x2000 ? 1 : 2).sum(), NARROW, BROAD);
    }

    private static String row(List<String> cells, int[] widths, boolean head) {
        var out = new StringBuilder(head ? "<w:tr><w:trPr><w:tblHeader/></w:trPr>" : "<w:tr>");
        for (var column = 0; column < widths.length; column++) {
            out.append("<w:tc><w:tcPr><w:tcW w:w=\"")
                    .append(widths[column])
                    .append("\" w:type=\"dxa\"/></w:tcPr>")
                    .append(paragraph(cells.get(column), CELL, head))
                    .append("</w:tc>");
        }
        return out.append("</w:tr>").toString();
    }

    /** Characters that XML 1.0 does not know are left out. */
    private static String escaped(String text) {
        var out = new StringBuilder();
        text.codePoints()
                .filter(c ->
                        c == '\t' || c == '\n' || c >= 0x20 && c < 0xD800 || c >= 0xE000 && c != 0xFFFE && c != 0xFFFF)
                .forEach(c -> out.append(
                        switch (c) {
                            case '&' -> "&amp;";
                            case '<' -> "&lt;";
                            case '>' -> "&gt;";
                            default -> Character.toString(c);
                        }));
        return out.toString();
    }
}
