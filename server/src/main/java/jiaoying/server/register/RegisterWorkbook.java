package jiaoying.server.register;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import jiaoying.duty.measure.Sentence;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.reader.ExcelReaderException;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.dhatim.fastexcel.reader.Sheet;

/** The register as one {@code .xlsx} workbook with a sheet per table. */
final class RegisterWorkbook {
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
        if (WorkbookText.unpacked(place) > WorkbookText.UNPACKED_MAX) {
            problems.add(RegisterFiles.tooLong(file));
            return;
        }
        try (var workbook = new ReadableWorkbook(place.toFile(), WorkbookText.WITH_FORMATS)) {
            for (var sheet : workbook.getSheets().toList()) {
                Table.find(sheet.getName().strip()).ifPresentOrElse(table -> read(table, sheet), () -> unknown(sheet));
            }
        }
    }

    private RegisterFiles files() {
        return new RegisterFiles(List.copyOf(tables), Optional.empty(), List.copyOf(problems));
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
                if (!reader.take(row.getRowNum(), WorkbookText.cells(row, COLUMNS_MAX))) {
                    break;
                }
            }
            reader.table().ifPresent(tables::add);
        } catch (IOException | ExcelReaderException e) {
            problems.add(notAWorkbook());
        }
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
