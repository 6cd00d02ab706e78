package jiaoying.duty.programme;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A programme as its pack says it (专项): kinds of items with their ways, figures, and the report made of them.
 *
 * @param report   text with {@code {indicator}}, {@code {period}} and {@code {as_of}}, in both languages
 * @param exchange how rows of a ledger file become items; empty when none is taken
 */
public record Programme(
        String name,
        String version,
        Text title,
        List<Role> roles,
        List<Kind> kinds,
        List<Indicator> indicators,
        Optional<Text> report,
        Optional<Exchange> exchange) {
    /**
     * A role; who holds it for which body and area is the directory's.
     *
     * @param body    lead: of the lead body of the item; supervising: of its supervising body; any: of whichever
     * @param leader  told when an item is reopened
     * @param outside courts, procuratorates, enterprises: watched only, never carded or called
     */
    public record Role(String id, Text name, String body, boolean leader, boolean outside) {
        public static final String LEAD = "lead";
        public static final String SUPERVISING = "supervising";
        public static final String ANY = "any";
    }

    /**
     * How a row of a ledger becomes an item.
     *
     * @param id     the column of the row's number
     * @param column the column that tells the kind
     */
    public record Exchange(String id, String column, List<Sort> sorts) {
        /** The columns that every file must have, in the order of the pack. */
        public List<String> columns() {
            var columns = new java.util.LinkedHashSet<String>(List.of(id, column));
            sorts.forEach(sort -> columns.addAll(sort.columns()));
            return List.copyOf(columns);
        }
    }

    /**
     * The rows of one kind.
     *
     * @param word    what stands in the kind's column
     * @param fields  the column of each field
     * @param words   the word in the file of each choice and flag, by field
     * @param entered the column with the day on which a stage was entered, by stage
     * @param state   the column that tells the stage
     * @param stages  the stage of each word in it
     * @param again   columns in which a word moves the item to another stage
     */
    public record Sort(
            String word,
            String kind,
            Map<String, String> fields,
            Map<String, Map<String, String>> words,
            Map<String, String> entered,
            String state,
            Map<String, String> stages,
            List<Again> again) {
        List<String> columns() {
            var columns = new java.util.LinkedHashSet<String>(fields.values());
            columns.addAll(entered.values());
            columns.add(state);
            again.forEach(one -> columns.add(one.column()));
            return List.copyOf(columns);
        }
    }

    /** @param words the stage of each word; what leaves the stage as it is has an empty one */
    public record Again(String column, Map<String, String> words) {}

    /** The same with another term for a clock; the version tells them apart. @param change by which it was changed */
    public Programme with(String kind, String clock, Term term, String change) {
        return new Programme(
                name,
                version + '+' + change,
                title,
                roles,
                kinds.stream()
                        .map(one -> one.id().equals(kind) ? one.with(clock, term) : one)
                        .toList(),
                indicators,
                report,
                exchange);
    }

    public Optional<Kind> findKind(String kind) {
        return kinds.stream().filter(one -> one.id().equals(kind)).findFirst();
    }

    public Kind kind(String kind) {
        return findKind(kind).orElseThrow(() -> new IllegalStateException("Bug: no kind " + kind + " in " + name));
    }

    public Optional<Role> findRole(String role) {
        return roles.stream().filter(one -> one.id().equals(role)).findFirst();
    }
}
