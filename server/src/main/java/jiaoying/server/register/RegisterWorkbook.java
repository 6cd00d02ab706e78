package jiaoying.server.register;

import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import jiaoying.duty.measure.Sentence;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.reader.Cell;
import org.dhatim.fastexcel.reader.CellType;
import org.dhatim.fastexcel.reader.ExcelReaderException;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.dhatim.fastexcel.reader.Row;
import org.dhatim.fastexcel.reader.Sheet;

/** The register as one {@code .xlsx} workbook with a sheet per table. */
final class RegisterWorkbook {
    private static final long UNPACKED_MAX = 200L * 1024 * 1024;
    private static final int COLUMNS_MAX = 40;

    private final String file;
    private final List<RawTable> tables = new ArrayList<>();
    private final List<RowProblem> problems = new ArrayList<>();

    private RegisterWorkbook(String file) {
        this.file = file;
    }

    static RegisterFiles read(Path place) throws IOException {
        return new RegisterWorkbook(String.valueOf(place.getFileName())).readSheets(place);
    }

    private RegisterFiles readSheets(Path place) throws IOException {
        if (Files.size(place) > RegisterFiles.BYTES_MAX) {
            problems.add(RegisterFiles.tooLong(file));
            return files();
        }
        try {
            readUnpacked(place);
        } catch (ExcelReaderException | IOException e) {
            problems.add(notAWorkbook());
        }
        tables.sort(Comparator.comparing(RawTable::table));
        return files();
    }

    private void readUnpacked(Path place) throws IOException {
        if (unpacked(place) > UNPACKED_MAX) {
            problems.add(RegisterFiles.tooLong(file));
            return;
        }
        try (var workbook = new ReadableWorkbook(place.toFile())) {
            for (var sheet : workbook.getSheets().toList()) {
                Table.find(sheet.getName().strip()).ifPresentOrElse(table -> read(table, sheet), () -> unknown(sheet));
            }
        }
    }

    private RegisterFiles files() {
        return new RegisterFiles(List.copyOf(tables), Optional.empty(), List.copyOf(problems));
    }

    /** What the workbook says it unpacks to, so that a small file cannot fill the memory. */
    private static long unpacked(Path place) throws IOException {
        try (var zip = new ZipFile(place.toFile())) {
            return zip.stream().mapToLong(ZipEntry::getSize).sum();
        }
    }

    private RowProblem notAWorkbook() {
        return new RowProblem(file, 0, "", Sentence.of("no-workbook"), Sentence.of("workbook"));
    }

    private void unknown(Sheet sheet) {
        var names = List.of(Table.values()).stream()
                .map(table -> table.word() + " (" + table.zh() + ")")
                .toList();
        problems.add(new RowProblem(
                file, 0, "", Sentence.of("quoted", sheet.getName()), Sentence.of("sheets", String.join(", ", names))));
    }

    private void read(Table table, Sheet sheet) {
        var name = file + " sheet " + sheet.getName();
        var reader = new HeaderReader(table, name, problems::add);
        try (var rows = sheet.openStream()) {
            var all = rows.iterator();
            while (all.hasNext()) {
                var row = all.next();
                if (!reader.take(row.getRowNum(), cells(row))) {
                    break;
                }
            }
            reader.table().ifPresent(tables::add);
        } catch (IOException | ExcelReaderException e) {
            problems.add(notAWorkbook());
        }
    }

    private static List<String> cells(Row row) {
        var cells = new ArrayList<String>();
        for (var i = 0; i < Math.min(row.getCellCount(), COLUMNS_MAX); i++) {
            cells.add(row.getOptionalCell(i).map(RegisterWorkbook::text).orElse(""));
        }
        return cells;
    }

    /** A number as it would be written without exponent, so that codes stay codes. */
    private static String text(Cell cell) {
        return switch (cell.getType()) {
            case NUMBER -> plain(cell.asNumber());
            case FORMULA -> formula(cell);
            case EMPTY, ERROR -> cell.getType() == CellType.ERROR ? "#ERROR" : "";
            case STRING, BOOLEAN -> cell.getText();
        };
    }

    private static String formula(Cell cell) {
        return cell.getValue() instanceof BigDecimal number ? plain(number) : String.valueOf(cell.getText());
    }

    private static String plain(BigDecimal number) {
        return number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
    }

    static void write(Register register, Wording wording, OutputStream out) throws IOException {
        try (var workbook = new Workbook(out, "Jiaoying", "1.0")) {
            for (var table : Table.values()) {
                var sheet = workbook.newWorksheet(wording.name(table));
                var row = 0;
                for (var cells : wording.lines(register, table)) {
                    for (var column = 0; column < cells.size(); column++) {
                        sheet.value(row, column, cells.get(column));
                    }
                    row++;
                }
                sheet.freezePane(0, 1);
            }
        }
    }
}
