package jiaoying.server.register;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** The register as files that import again unchanged. */
public final class RegisterExport {
    private static final String BOM = "\ufeff";

    private RegisterExport() {}

    /** Writes {@code .xlsx} when the path ends so, else a CSV file per table into a folder. */
    public static void write(Register register, Wording wording, Path place) throws IOException {
        if (isWorkbook(place)) {
            try (var out = new BufferedOutputStream(Files.newOutputStream(place))) {
                workbook(register, wording, out);
            }
        } else {
            folder(register, wording, place);
        }
    }

    static boolean isWorkbook(Path place) {
        return place.toString().toLowerCase(Locale.ROOT).endsWith(".xlsx");
    }

    public static void workbook(Register register, Wording wording, OutputStream out) throws IOException {
        RegisterWorkbook.write(register, wording, out);
    }

    /** File names are English in every language; a byte-order mark tells spreadsheets that the text is UTF-8. */
    private static void folder(Register register, Wording wording, Path folder) throws IOException {
        Files.createDirectories(folder);
        for (var table : Table.values()) {
            var text = new StringBuilder(BOM);
            wording.lines(register, table).forEach(cells -> text.append(Csv.line(cells)));
            Files.writeString(folder.resolve(table.word() + ".csv"), text, StandardCharsets.UTF_8);
        }
    }
}
