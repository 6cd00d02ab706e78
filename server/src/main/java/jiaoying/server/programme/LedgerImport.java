package jiaoying.server.programme;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jiaoying.duty.casework.CaseDeed;
import jiaoying.duty.casework.CaseDeed.TakenRow;
import jiaoying.duty.casework.CaseFact.Entered;
import jiaoying.duty.casework.CaseFact.Entry;
import jiaoying.duty.programme.Field;
import jiaoying.duty.programme.Kind;
import jiaoying.duty.programme.Programme;

/** A ledger file looked through as it would be taken over (导入预览): every row, or every fault. Nothing enters by it. */
public final class LedgerImport {
    /** More rows are split over files. */
    public static final int ROWS_MOST = 5_000;

    private static final int FAULTS_MOST = 500;

    private final Programme programme;
    private final LedgerMapping mapping;
    private final City city;
    private final ZoneId zone;
    private final LocalDate today;
    private final List<BadRow> faults = new ArrayList<>();

    private LedgerImport(Programme programme, LedgerMapping mapping, City city, ZoneId zone, Instant now) {
        this.programme = programme;
        this.mapping = mapping;
        this.city = city;
        this.zone = zone;
        this.today = LocalDate.ofInstant(now, zone);
    }

    /** How people write areas and persons of the register. */
    public interface City {
        /** Code of the area of this name or code, where whoever imports may see it. */
        Optional<String> area(String written);

        /** Id of the only person of this name or id. */
        Optional<String> person(String written);
    }

    /**
     * @param rows   as they would be taken over; empty when there are faults
     * @param faults named by the file's own columns, at most {@value #FAULTS_MOST}
     */
    public record Looked(List<TakenRow> rows, List<BadRow> faults) {
        public CaseDeed.TakeOver deed(Programme programme, String sha256, String ledger) {
            return new CaseDeed.TakeOver(programme.name(), sha256, ledger, rows, "");
        }
    }

    /** @throws IllegalStateException when the programme takes no rows */
    public static Looked look(
            Programme programme, LedgerFile file, LedgerMapping mapping, City city, ZoneId zone, Instant now) {
        return new LedgerImport(programme, mapping, city, zone, now).look(file);
    }

    private Looked look(LedgerFile file) {
        var count = file.table().rows().size();
        if (count > ROWS_MOST) {
            return new Looked(List.of(), List.of(new BadRow(0, "", Integer.toString(count), "many", ROWS_MOST)));
        }
        var taken = LedgerRows.look(programme, mapping.apply(programme, file.table()));
        faults.addAll(taken.faults());
        var rows = taken.all().stream().map(this::row).toList();
        if (count == 0 && faults.isEmpty()) {
            faults.add(new BadRow(1, "", "", "empty"));
        }
        return faults.isEmpty()
                ? new Looked(rows, List.of())
                : new Looked(
                        List.of(),
                        faults.stream()
                                .map(this::unmapped)
                                .distinct()
                                .limit(FAULTS_MOST)
                                .map(this::inFile)
                                .toList());
    }

    /** That a column is missing altogether is said once, of the header, and not of each row. */
    private BadRow unmapped(BadRow bad) {
        return bad.kind().equals("missing") && mapping.leavesOut(bad.column())
                ? new BadRow(1, bad.column(), "", "unmapped")
                : bad;
    }

    private BadRow inFile(BadRow bad) {
        return new BadRow(bad.line(), mapping.inFile(bad.column()), bad.value(), bad.kind(), bad.values());
    }

    private TakenRow row(LedgerRows.Read read) {
        var kind = programme.kind(read.row().kind());
        ended(read, kind);
        var entered = read.row().entered().entrySet().stream()
                .map(entry -> new Entered(
                        entry.getKey(), moment(read, read.sort().entered().get(entry.getKey()), entry.getValue())))
                .sorted(java.util.Comparator.comparing(Entered::happenedAt))
                .toList();
        return new TakenRow(read.line(), read.row().id(), kind.id(), read.row().stage(), fields(read, kind), entered);
    }

    /** What ended has a day on which it ended, where the ledger has a column for it. */
    private void ended(LedgerRows.Read read, Kind kind) {
        var stage = kind.stage(read.row().stage());
        var column = read.sort().entered().get(stage.id());
        if (!stage.core().open() && column != null && !read.row().entered().containsKey(stage.id())) {
            faults.add(new BadRow(read.line(), column, "", "ended", stage.name().zh()));
        }
    }

    /** The day's first moment, local time. */
    private Instant moment(LedgerRows.Read read, @org.jspecify.annotations.Nullable String column, LocalDate day) {
        if (day.isAfter(today)) {
            faults.add(new BadRow(read.line(), String.valueOf(column), day.toString(), "future"));
        }
        return day.atStartOfDay(zone).toInstant();
    }

    private List<Entry> fields(LedgerRows.Read read, Kind kind) {
        var entries = new ArrayList<Entry>();
        read.values().forEach((field, value) -> {
            var type = kind.findField(field).map(Field::type).orElse(Field.Type.TEXT);
            entries.add(new Entry(
                    field,
                    switch (type) {
                        case AREA -> known(read, field, value, "area", city.area(value));
                        case PERSON -> known(read, field, value, "person", city.person(value));
                        case TEXT, CHOICE, INTEGER, DECIMAL, DATE, MOMENT, FLAG, PLACE, FILE -> value;
                    }));
        });
        return entries;
    }

    private String known(LedgerRows.Read read, String field, String value, String what, Optional<String> found) {
        if (found.isEmpty()) {
            faults.add(new BadRow(read.line(), column(read.sort().fields(), field), value, what));
        }
        return found.orElse(value);
    }

    private static String column(Map<String, String> columns, String field) {
        return columns.getOrDefault(field, field);
    }
}
