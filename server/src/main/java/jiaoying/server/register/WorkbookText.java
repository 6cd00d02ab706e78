package jiaoying.server.register;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.apache.commons.compress.utils.SeekableInMemoryByteChannel;
import org.dhatim.fastexcel.reader.Cell;
import org.dhatim.fastexcel.reader.CellType;
import org.dhatim.fastexcel.reader.ExcelReaderException;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.dhatim.fastexcel.reader.ReadingOptions;
import org.dhatim.fastexcel.reader.Row;

/** What stands in a workbook ({@code .xlsx}), as text: numbers without exponent, days as 2026-06-01. */
public final class WorkbookText {
    static final long UNPACKED_MAX = 200L * 1024 * 1024;
    static final ReadingOptions WITH_FORMATS = new ReadingOptions(true, false);

    private static final int BLOCK = 64 * 1024;
    /** Bytes by which a workbook is known. */
    private static final int ZIP_HEADER = 4;

    private WorkbookText() {}

    /** @param rows lines from 1, as Excel counts them */
    public record Worksheet(String name, List<Csv.Row> rows) {}

    /** It is no workbook, or unpacks to more than a small file should. */
    public static final class Unreadable extends Exception {
        private static final long serialVersionUID = 1L;

        Unreadable(Exception cause) {
            super(cause);
        }

        Unreadable(String what) {
            super(what);
        }
    }

    public static boolean is(byte[] content) {
        return content.length >= ZIP_HEADER && ReadableWorkbook.isOOXMLZipHeader(content);
    }

    /** @param columnsMost further cells of a row are left out */
    public static List<Worksheet> read(byte[] content, int columnsMost) throws Unreadable {
        try {
            if (unpacked(content) > UNPACKED_MAX) {
                throw new Unreadable("unpacks to more than " + UNPACKED_MAX);
            }
            try (var workbook = new ReadableWorkbook(new ByteArrayInputStream(content), WITH_FORMATS)) {
                var sheets = new ArrayList<Worksheet>();
                for (var sheet : workbook.getSheets().toList()) {
                    try (var rows = sheet.openStream()) {
                        sheets.add(new Worksheet(
                                sheet.getName().strip(),
                                rows.map(row -> new Csv.Row(row.getRowNum(), cells(row, columnsMost)))
                                        .toList()));
                    }
                }
                return sheets;
            }
        } catch (IOException | ExcelReaderException e) {
            throw new Unreadable(e);
        }
    }

    /** Counted while it is unpacked: what a small file says of itself may be untrue. */
    private static long unpacked(byte[] content) throws IOException {
        var size = 0L;
        var block = new byte[BLOCK];
        try (var zip = org.apache.commons.compress.archivers.zip.ZipFile.builder()
                .setSeekableByteChannel(new SeekableInMemoryByteChannel(content))
                .get()) {
            for (var entry : Collections.list(zip.getEntries())) {
                try (var in = zip.getInputStream(entry)) {
                    for (var read = in.read(block); read >= 0 && size <= UNPACKED_MAX; read = in.read(block)) {
                        size += read;
                    }
                }
            }
        }
        return size;
    }

    /** What the workbook says it unpacks to, so that a small file cannot fill the memory. */
    static long unpacked(Path place) throws IOException {
        try (var zip = new ZipFile(place.toFile())) {
            return zip.stream().mapToLong(ZipEntry::getSize).sum();
        }
    }

    static List<String> cells(Row row, int most) {
        var cells = new ArrayList<String>();
        for (var i = 0; i < Math.min(row.getCellCount(), most); i++) {
            cells.add(row.getOptionalCell(i).map(WorkbookText::text).orElse(""));
        }
        return cells;
    }

    private static String text(Cell cell) {
        return switch (cell.getType()) {
            case NUMBER -> day(cell) ? moment(cell) : plain(cell.asNumber());
            case FORMULA -> formula(cell);
            case EMPTY, ERROR -> cell.getType() == CellType.ERROR ? "#ERROR" : "";
            case STRING, BOOLEAN -> cell.getText();
        };
    }

    /** Whether the number is shown as a day: its format names a year and a day, or is one of the built-in ones for days. */
    private static boolean day(Cell cell) {
        var format = String.valueOf(cell.getDataFormatString()).toLowerCase(Locale.ROOT);
        var bare = format.replaceAll("\\[[^]]*]|\"[^\"]*\"", "");
        var id = cell.getDataFormatId();
        return bare.contains("y") && (bare.contains("m") || bare.contains("d"))
                || format.contains("年")
                || id != null && (id >= 14 && id <= 17 || id == 22 || id >= 27 && id <= 31 || id == 57);
    }

    private static String moment(Cell cell) {
        var when = cell.asDate();
        return when.toLocalTime().equals(LocalTime.MIDNIGHT)
                ? when.toLocalDate().toString()
                : when.withNano(0).toString();
    }

    private static String formula(Cell cell) {
        return cell.getValue() instanceof BigDecimal number ? plain(number) : String.valueOf(cell.getText());
    }

    private static String plain(BigDecimal number) {
        return number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
    }
}
