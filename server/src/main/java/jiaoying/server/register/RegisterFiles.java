package jiaoying.server.register;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import jiaoying.duty.measure.Sentence;

/**
 * A register as it was handed in: a folder with a CSV file per table, or one workbook with a sheet per table.
 *
 * @param boundaries text of {@code areas.geojson}, when the folder has one
 * @param problems   what could not be read at all
 */
public record RegisterFiles(List<RawTable> tables, Optional<String> boundaries, List<RowProblem> problems) {
    static final int BYTES_MAX = 20 * 1024 * 1024;
    static final String BOUNDARIES = "areas.geojson";

    /** Reads a folder or an {@code .xlsx} file. */
    public static RegisterFiles read(Path place) throws IOException {
        return Files.isDirectory(place) ? new FolderReader().read(place) : RegisterWorkbook.read(place);
    }

    /** Reads the CSV files of a folder; other files in it are left alone. */
    private static final class FolderReader {
        private final List<RawTable> tables = new ArrayList<>();
        private final List<RowProblem> problems = new ArrayList<>();

        RegisterFiles read(Path folder) throws IOException {
            for (var file : csvFiles(folder)) {
                var name = String.valueOf(file.getFileName());
                var word = name.substring(0, name.length() - ".csv".length());
                Table.find(word).ifPresentOrElse(table -> read(table, name, file), () -> unknown(name));
            }
            tables.sort(Comparator.comparing(RawTable::table));
            return new RegisterFiles(List.copyOf(tables), boundaries(folder), List.copyOf(problems));
        }

        private static List<Path> csvFiles(Path folder) throws IOException {
            try (var files = Files.list(folder)) {
                return files.filter(
                                file -> file.toString().toLowerCase(Locale.ROOT).endsWith(".csv"))
                        .sorted()
                        .toList();
            }
        }

        private void unknown(String file) {
            var names = List.of(Table.values()).stream().map(Table::word).toList();
            problems.add(RowProblem.cell(file, 0, "", file, Sentence.of("tables", String.join(", ", names))));
        }

        private void read(Table table, String name, Path file) {
            var reader = new HeaderReader(table, name, problems::add);
            try {
                if (Files.size(file) > BYTES_MAX) {
                    problems.add(tooLong(name));
                    return;
                }
                for (var row : Csv.read(Csv.decode(Files.readAllBytes(file)))) {
                    if (!reader.take(row.line(), row.cells())) {
                        break;
                    }
                }
                reader.table().ifPresent(tables::add);
            } catch (Csv.Unreadable e) {
                problems.add(new RowProblem(name, e.line, "", e.what, Sentence.of("rfc4180")));
            } catch (IOException e) {
                problems.add(new RowProblem(name, 0, "", Sentence.of("unreadable"), Sentence.of("csv-text")));
            }
        }

        private Optional<String> boundaries(Path folder) throws IOException {
            var file = folder.resolve(BOUNDARIES);
            if (!Files.isRegularFile(file)) {
                return Optional.empty();
            }
            if (Files.size(file) > BYTES_MAX) {
                problems.add(tooLong(BOUNDARIES));
                return Optional.empty();
            }
            return Optional.of(Csv.decode(Files.readAllBytes(file)));
        }
    }

    static RowProblem tooLong(String file) {
        return new RowProblem(
                file, 0, "", Sentence.of("larger-file"), Sentence.of("megabytes", BYTES_MAX / 1024 / 1024));
    }
}
