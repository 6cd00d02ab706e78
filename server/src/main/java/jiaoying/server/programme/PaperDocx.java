package jiaoying.server.programme;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.attribute.FileTime;
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

    private PaperDocx() {}

    public static byte[] write(Paper paper) {
        var body = new StringBuilder(BEGIN).append(paragraph(paper.title(), TITLE, true));
        for (var block : paper.blocks()) {
            body.append(
                    switch (block) {
                        case Paper.Heading heading -> paragraph(heading.text(), HEADING, true);
                        case Paper.Paragraph text -> paragraph(text.text(), TEXT, false);
                        case Paper.Table table -> table(table);
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
        return "<w:p><w:r><w:rPr><w:rFonts w:eastAsia=\"宋体\"/>%s<w:sz w:val=\"%d\"/></w:rPr><w:t xml:space=\"preserve\">%s</w:t></w:r></w:p>"
                .formatted(bold ? "<w:b/>" : "", size, escaped(text));
    }

    private static String table(Paper.Table table) {
        return "<w:tbl><w:tblPr><w:tblW w:w=\"5000\" w:type=\"pct\"/><w:tblBorders><w:top " + EDGE + "<w:left " + EDGE
                + "<w:bottom " + EDGE + "<w:right " + EDGE + "<w:insideH " + EDGE + "<w:insideV " + EDGE
                + "</w:tblBorders></w:tblPr><w:tblGrid>"
                + "<w:gridCol/>".repeat(table.head().size()) + "</w:tblGrid>"
                + row(table.head(), true)
                + table.rows().stream().map(row -> row(row, false)).collect(Collectors.joining())
                + "</w:tbl>" + paragraph("", TEXT, false);
    }

    private static String row(List<String> cells, boolean head) {
        return cells.stream()
                .map(cell -> "<w:tc><w:tcPr/>" + paragraph(cell, CELL, head) + "</w:tc>")
                .collect(Collectors.joining("", "<w:tr>" + (head ? "<w:trPr><w:tblHeader/></w:trPr>" : ""), "</w:tr>"));
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
