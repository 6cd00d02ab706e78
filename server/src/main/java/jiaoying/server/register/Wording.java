package jiaoying.server.register;

import java.util.ArrayList;
import java.util.List;

/** The language of headers, sheet names and choices in an exported register; each is understood when it is imported. */
public enum Wording {
    CHINESE,
    ENGLISH;

    String name(Table table) {
        return this == CHINESE ? table.zh() : table.word();
    }

    /** The header, then the rows. */
    List<List<String>> lines(Register register, Table table) {
        var lines = new ArrayList<List<String>>();
        lines.add(table.columns().stream()
                .map(column -> this == CHINESE ? column.zh() : column.name())
                .toList());
        register.rows(table).forEach(row -> lines.add(worded(table, RowFacts.cells(row))));
        return lines;
    }

    private List<String> worded(Table table, List<String> cells) {
        var worded = new ArrayList<String>();
        for (var i = 0; i < cells.size(); i++) {
            var words = table.columns().get(i).rule().words();
            worded.add(this == CHINESE ? words.getOrDefault(cells.get(i), cells.get(i)) : cells.get(i));
        }
        return worded;
    }
}
