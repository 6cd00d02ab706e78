package jiaoying.server.programme;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import org.apache.pdfbox.cos.COSArray;
import org.apache.pdfbox.cos.COSDictionary;
import org.apache.pdfbox.cos.COSInteger;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDResources;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.common.PDStream;

/**
 * A paper as PDF on A4. No font is in the file: it names STSong-Light with the character map UniGB-UTF16-H of ISO 32000-1 §9.7.5.2,
 * which every reader replaces by a Chinese font of its own, so that the text can be searched and copied. The same paper gives the
 * same bytes.
 */
public final class PaperPdf {
    private static final COSName FONT = COSName.getPDFName("F1");
    private static final float WIDTH = PDRectangle.A4.getWidth();
    private static final float HEIGHT = PDRectangle.A4.getHeight();
    /** Points. */
    private static final float MARGIN = 56;

    private static final float TITLE = 16;
    private static final float HEADING = 13;
    private static final float TEXT = 11;
    private static final float CELL = 8.5f;
    private static final float LINE = 1.45f;
    private static final float GAP = 4;
    private static final float WORD_MOST = 84;
    private static final float CELL_MOST = 160;

    private final PDDocument document = new PDDocument();
    private final List<StringBuilder> pages = new ArrayList<>();
    private float y;

    private PaperPdf() {
        page();
    }

    public static byte[] write(Paper paper) {
        return new PaperPdf().written(paper);
    }

    private byte[] written(Paper paper) {
        text(paper.title(), TITLE);
        for (var block : paper.blocks()) {
            switch (block) {
                case Paper.Heading heading -> text(heading.text(), HEADING);
                case Paper.Paragraph paragraph -> text(paragraph.text(), TEXT);
                case Paper.Table table -> table(table);
                case Paper.Listing listing -> listing(listing);
            }
        }
        try (document) {
            var font = font();
            for (var number = 0; number < pages.size(); number++) {
                finish(number, font);
            }
            document.setDocumentId(1L);
            var out = new ByteArrayOutputStream();
            document.save(out);
            return out.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void finish(int number, COSDictionary font) throws IOException {
        var foot = (number + 1) + " / " + pages.size();
        var content = pages.get(number);
        put(content, foot, WIDTH - MARGIN - width(foot, CELL), MARGIN / 2, CELL);
        var page = new PDPage(PDRectangle.A4);
        var fonts = new COSDictionary();
        fonts.setItem(FONT, font);
        var resources = new PDResources();
        resources.getCOSObject().setItem(COSName.FONT, fonts);
        page.setResources(resources);
        page.setContents(new PDStream(
                document,
                new ByteArrayInputStream(content.toString().getBytes(StandardCharsets.US_ASCII)),
                COSName.FLATE_DECODE));
        document.addPage(page);
    }

    private StringBuilder page() {
        var page = new StringBuilder();
        pages.add(page);
        y = HEIGHT - MARGIN;
        return page;
    }

    private StringBuilder room(float needed) {
        return y - needed < MARGIN ? page() : pages.getLast();
    }

    private void text(String text, float size) {
        for (var line : lines(text, WIDTH - 2 * MARGIN, size)) {
            var page = room(size * LINE);
            y -= size * LINE;
            put(page, line, MARGIN, y, size);
        }
        y -= size * (LINE - 1);
    }

    /** The head stands again on every page. */
    private void table(Paper.Table table) {
        var widths = widths(table);
        var head = wrapped(table.head(), widths);
        var begun = pages.size();
        row(head, widths);
        for (var row : table.rows()) {
            var cells = wrapped(row, widths);
            if (y - height(cells) < MARGIN) {
                page();
            }
            if (pages.size() > begun) {
                begun = pages.size();
                row(head, widths);
            }
            row(cells, widths);
        }
        y -= TEXT;
    }

    /** As many side by side as the longest allows. */
    private void listing(Paper.Listing listing) {
        var longest = listing.entries().stream()
                .map(entry -> width(entry, CELL))
                .max(Float::compare)
                .orElse(CELL);
        var columns = Math.max(1, (int) ((WIDTH - 2 * MARGIN) / (longest + 2 * GAP)));
        var widths = new float[columns];
        Arrays.fill(widths, (WIDTH - 2 * MARGIN) / columns);
        var entries = listing.entries();
        for (var from = 0; from < entries.size(); from += columns) {
            row(wrapped(entries.subList(from, Math.min(entries.size(), from + columns)), widths), widths);
        }
        y -= TEXT;
    }

    /** By what stands in the columns; where that is too much, no column gets less than its longest word. */
    private static float[] widths(Paper.Table table) {
        var columns = table.head().size();
        var least = new float[columns];
        var more = new float[columns];
        var sumLeast = 0f;
        var sumMore = 0f;
        for (var column = 0; column < columns; column++) {
            var wanted = 0f;
            for (var cell : cells(table, column)) {
                least[column] = Math.max(least[column], Math.min(WORD_MOST, longestWord(cell)) + 2 * GAP);
                wanted = Math.max(wanted, Math.min(CELL_MOST, width(cell, CELL)) + 2 * GAP);
            }
            more[column] = Math.max(1, wanted - least[column]);
            sumLeast += least[column];
            sumMore += more[column];
        }
        var rest = Math.max(0, WIDTH - 2 * MARGIN - sumLeast);
        var widths = new float[columns];
        for (var column = 0; column < columns; column++) {
            widths[column] = least[column] + rest * more[column] / sumMore;
        }
        return widths;
    }

    private static List<String> cells(Paper.Table table, int column) {
        var cells = new ArrayList<String>();
        cells.add(table.head().get(column));
        table.rows().forEach(row -> cells.add(row.get(column)));
        return cells;
    }

    private static float longestWord(String cell) {
        var longest = 0f;
        for (var word : cell.split("[\\s\u2e80-\uffef]+")) {
            longest = Math.max(longest, width(word, CELL));
        }
        return Math.max(longest, 2 * CELL);
    }

    private static List<List<String>> wrapped(List<String> cells, float[] widths) {
        var wrapped = new ArrayList<List<String>>();
        for (var column = 0; column < cells.size(); column++) {
            wrapped.add(lines(cells.get(column), widths[column] - 2 * GAP, CELL));
        }
        return wrapped;
    }

    private static float height(List<List<String>> cells) {
        return most(cells) * CELL * LINE + GAP;
    }

    private static int most(List<List<String>> cells) {
        return cells.stream().mapToInt(List::size).max().orElse(1);
    }

    /** What is higher than the page goes on on the next one. @param cells lines of each column */
    private void row(List<List<String>> cells, float[] widths) {
        var most = most(cells);
        var page = room(Math.min(height(cells), HEIGHT - 2 * MARGIN));
        for (var from = 0; from < most; ) {
            var fit = Math.max(1, (int) ((y - MARGIN - GAP) / (CELL * LINE)));
            var to = Math.min(most, from + fit);
            part(page, cells, from, to, widths);
            from = to;
            if (from < most) {
                page = page();
            }
        }
    }

    private void part(StringBuilder page, List<List<String>> cells, int from, int to, float[] widths) {
        var x = MARGIN;
        for (var column = 0; column < cells.size(); column++) {
            var at = y - CELL * LINE;
            var lines = cells.get(column);
            for (var line : lines.subList(Math.min(from, lines.size()), Math.min(to, lines.size()))) {
                put(page, line, x + GAP, at, CELL);
                at -= CELL * LINE;
            }
            x += widths[column];
        }
        y -= (to - from) * CELL * LINE + GAP;
        page.append(String.format(Locale.ROOT, "0.5 w 0.6 G %.1f %.1f m %.1f %.1f l S%n", MARGIN, y, WIDTH - MARGIN, y)
                .replace("\r", ""));
    }

    private static void put(StringBuilder page, String line, float x, float y, float size) {
        page.append(String.format(Locale.ROOT, "BT /F1 %.1f Tf %.1f %.1f Td <", size, x, y))
                .append(HexFormat.of().withUpperCase().formatHex(line.getBytes(StandardCharsets.UTF_16BE)))
                .append("> Tj ET\n");
    }

    private static List<String> lines(String text, float width, float size) {
        var lines = new ArrayList<String>();
        for (var paragraph : text.split("\n", -1)) {
            wrap(paragraph, width, size, lines);
        }
        return lines;
    }

    /** Western words stay whole where they fit; Chinese breaks anywhere. */
    private static void wrap(String text, float width, float size, List<String> lines) {
        var line = new StringBuilder();
        var used = 0f;
        for (var point : text.codePoints().toArray()) {
            var wide = wide(point, size);
            if (used + wide > width && !line.isEmpty()) {
                var cut = line.lastIndexOf(" ");
                var word = cut > 0 && point < 0x2000 && point != ' ' ? line.substring(cut + 1) : "";
                lines.add(word.isEmpty() ? line.toString() : line.substring(0, cut));
                line = new StringBuilder(word);
                used = width(word, size);
            }
            line.appendCodePoint(point);
            used += wide;
        }
        lines.add(line.toString());
    }

    private static float width(String text, float size) {
        return (float) text.codePoints().mapToDouble(point -> wide(point, size)).sum();
    }

    /** Latin is half as wide as Chinese, by the widths that the file declares. */
    private static float wide(int point, float size) {
        return point < 0x2000 ? size / 2 : size;
    }

    /** A composite font that is not embedded (ISO 32000-1 §9.7.6, table 121). */
    private static COSDictionary font() {
        var system = new COSDictionary();
        system.setString("Registry", "Adobe");
        system.setString("Ordering", "GB1");
        system.setInt("Supplement", 4);
        var descriptor = new COSDictionary();
        descriptor.setName(COSName.TYPE, "FontDescriptor");
        descriptor.setName("FontName", "STSong-Light");
        descriptor.setInt("Flags", 6);
        descriptor.setItem("FontBBox", numbers(-25, -254, 1000, 880));
        descriptor.setInt("ItalicAngle", 0);
        descriptor.setInt("Ascent", 880);
        descriptor.setInt("Descent", -120);
        descriptor.setInt("CapHeight", 880);
        descriptor.setInt("StemV", 93);
        var descendant = new COSDictionary();
        descendant.setName(COSName.TYPE, "Font");
        descendant.setName(COSName.SUBTYPE, "CIDFontType0");
        descendant.setName("BaseFont", "STSong-Light");
        descendant.setItem("CIDSystemInfo", system);
        descendant.setItem("FontDescriptor", descriptor);
        descendant.setInt("DW", 1000);
        descendant.setItem("W", numbers(1, 95, 500));
        var font = new COSDictionary();
        font.setName(COSName.TYPE, "Font");
        font.setName(COSName.SUBTYPE, "Type0");
        font.setName("BaseFont", "STSong-Light-UniGB-UTF16-H");
        font.setName("Encoding", "UniGB-UTF16-H");
        var descendants = new COSArray();
        descendants.add(descendant);
        font.setItem("DescendantFonts", descendants);
        return font;
    }

    private static COSArray numbers(int... values) {
        var array = new COSArray();
        for (var value : values) {
            array.add(COSInteger.get(value));
        }
        return array;
    }
}
