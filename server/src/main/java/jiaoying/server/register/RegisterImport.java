package jiaoying.server.register;

import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import jiaoying.duty.ledger.Fact;
import jiaoying.duty.ledger.Personal;
import jiaoying.duty.measure.Sentence;
import jiaoying.duty.roster.RosterFact.AreaRegistered;
import jiaoying.duty.roster.RosterFact.ContactRegistered;
import jiaoying.duty.roster.RosterFact.DutyEnded;
import jiaoying.duty.roster.RosterFact.PersonRegistered;
import jiaoying.server.register.RawTable.RawRow;
import jiaoying.server.register.RegisterChecked.Counts;
import jiaoying.server.register.RegisterChecked.Prepared;
import jiaoying.server.register.RegisterChecked.Refused;

/**
 * Checks a register that was handed in against itself and against the present one: every cell, every reference, keys that
 * stand twice, areas in a circle. One fault, and nothing is imported.
 */
public final class RegisterImport {
    private static final int PROBLEMS_MAX = 500;
    private static final Set<String> TOWNS = Set.of("town", "subdistrict");

    private final Register present;
    private final ZoneId zone;
    private final boolean whole;
    private final Optional<Ground> ground;
    private final List<RowProblem> problems = new ArrayList<>();
    private final Map<Table, Map<String, Checked>> tables = new EnumMap<>(Table.class);
    /** Keys of rows with a faulty cell: whoever names them is not at fault. */
    private final Map<Table, Set<String>> faulty = new EnumMap<>(Table.class);

    private record Checked(String file, RawRow row) {}

    /**
     * What a real room stands on: its own boundaries or none yet.
     *
     * @param boundaries text of the {@code areas.geojson} that the room has
     */
    public record Ground(Optional<String> boundaries) {}

    private RegisterImport(Register present, ZoneId zone, boolean whole, Optional<Ground> ground) {
        this.present = present;
        this.zone = zone;
        this.whole = whole;
        this.ground = ground;
    }

    /**
     * The files add and change rows.
     *
     * @param zone of times that name none
     */
    public static RegisterChecked check(RegisterFiles files, Register present, ZoneId zone) {
        return new RegisterImport(present, zone, false, Optional.empty()).check(files);
    }

    /** The files are the whole register: duties that they do not have are ended. */
    public static RegisterChecked checkWhole(RegisterFiles files, Register present, ZoneId zone) {
        return new RegisterImport(present, zone, true, Optional.empty()).check(files);
    }

    /**
     * For a real room, in which a sketch decides nothing: each town that is not marked as one needs its own boundary.
     *
     * @param whole as in {@link #checkWhole}
     */
    public static RegisterChecked checkReal(
            RegisterFiles files, Register present, ZoneId zone, boolean whole, Ground ground) {
        return new RegisterImport(present, zone, whole, Optional.of(ground)).check(files);
    }

    private RegisterChecked check(RegisterFiles files) {
        problems.addAll(files.problems());
        if (files.tables().isEmpty() && problems.isEmpty()) {
            problems.add(new RowProblem("", 0, "", Sentence.of("no-table"), Sentence.of("one-table")));
        }
        files.tables().forEach(this::checkCells);
        tables.forEach((table, rows) -> rows.values().forEach(row -> checkReferences(table, row)));
        checkAreas();
        checkPersons();
        checkShifts();
        files.boundaries().ifPresent(this::checkBoundaries);
        ground.ifPresent(has -> checkGround(files.boundaries(), has));
        return problems.isEmpty() ? prepared() : refused();
    }

    private Refused refused() {
        var listed = problems.stream().distinct().limit(PROBLEMS_MAX).toList();
        return new Refused(listed, (int) problems.stream().distinct().count() - listed.size());
    }

    private void checkCells(RawTable raw) {
        var rows = tables.computeIfAbsent(raw.table(), table -> new LinkedHashMap<>());
        for (var row : raw.rows()) {
            var cells = new LinkedHashMap<String, String>();
            var good = true;
            for (var column : raw.table().columns()) {
                good &= checkCell(raw.file(), row, column, cells);
            }
            if (good) {
                keep(raw, row.with(cells), rows);
            } else {
                faulty.computeIfAbsent(raw.table(), table -> new HashSet<>()).add(key(raw.table(), row));
            }
        }
    }

    private boolean checkCell(String file, RawRow row, Column column, Map<String, String> cells) {
        var text = row.cell(column.name());
        if (text.isEmpty() && !column.rule().required()) {
            cells.put(column.name(), "");
            return true;
        }
        var accepted = text.isEmpty()
                ? Optional.<String>empty()
                : column.rule().accept().apply(text, zone);
        accepted.ifPresent(value -> cells.put(column.name(), value));
        if (accepted.isEmpty()) {
            problems.add(RowProblem.cell(
                            file,
                            row.number(),
                            column.name(),
                            text,
                            column.rule().allowed())
                    .withNothing(!column.rule().required()));
        }
        return accepted.isPresent();
    }

    private void keep(RawTable raw, RawRow row, Map<String, Checked> rows) {
        var key = key(raw.table(), row);
        var before = rows.putIfAbsent(key, new Checked(raw.file(), row));
        if (before != null) {
            problems.add(RowProblem.cell(
                    raw.file(),
                    row.number(),
                    raw.table().columns().getFirst().name(),
                    key,
                    Sentence.of("once", before.row().number())));
        }
    }

    private static String key(Table table, RawRow row) {
        return RowFacts.key(
                table,
                table.columns().stream().map(column -> row.cell(column.name())).toList());
    }

    private void checkReferences(Table table, Checked checked) {
        for (var column : table.columns()) {
            column.refers().flatMap(Table::find).ifPresent(target -> {
                for (var id : RowFacts.ids(checked.row().cell(column.name()))) {
                    if (!known(target, id)) {
                        problem(checked, column.name(), id, Sentence.of("id-of", target.word()));
                    }
                }
            });
        }
    }

    private boolean known(Table table, String key) {
        return rows(table).containsKey(key)
                || present.keys(table).contains(key)
                || faulty.getOrDefault(table, Set.of()).contains(key);
    }

    private Map<String, Checked> rows(Table table) {
        return tables.getOrDefault(table, Map.of());
    }

    /** One city on top, everything else below it, no circles. */
    private void checkAreas() {
        var parents = new HashMap<String, String>();
        present.rows(Table.AREAS).forEach(row -> {
            if (row instanceof AreaRegistered area) {
                parents.put(area.area(), area.parent());
            }
        });
        rows(Table.AREAS)
                .forEach((code, checked) -> parents.put(code, checked.row().cell("parent")));
        rows(Table.AREAS).forEach((code, checked) -> {
            var parent = checked.row().cell("parent");
            var city = checked.row().cell("kind").equals("city");
            if (city != parent.isEmpty()) {
                problem(checked, "parent", parent, city ? Sentence.of("city-alone") : Sentence.of("area-above"));
            } else if (circular(code, parents)) {
                problem(checked, "parent", parent, Sentence.of("not-below"));
            }
        });
    }

    private static boolean circular(String code, Map<String, String> parents) {
        Set<String> seen = new HashSet<>();
        var at = code;
        while (!at.isEmpty()) {
            if (!seen.add(at)) {
                return true;
            }
            at = parents.getOrDefault(at, "");
        }
        return false;
    }

    /** A person or an address that was erased stays erased; nobody else has an empty name. */
    private void checkPersons() {
        rows(Table.PERSONS).forEach((id, checked) -> checkPersonal(Table.PERSONS, id, "name", checked));
        rows(Table.CONTACTS).forEach((id, checked) -> checkPersonal(Table.CONTACTS, id, "address", checked));
        rows(Table.CONTACTS).values().forEach(this::checkChannel);
        rows(Table.DUTIES).values().forEach(this::checkSelf);
    }

    private void checkPersonal(Table table, String key, String column, Checked checked) {
        var text = checked.row().cell(column);
        var erased = present.find(table, key)
                .map(RegisterImport::personal)
                .filter(Personal.BLANK::equals)
                .isPresent();
        if (erased && !text.isEmpty()) {
            problem(checked, column, text, Sentence.of("erased-person"));
        } else if (!erased && text.isEmpty()) {
            problem(checked, column, "", Sentence.of("needed", column));
        }
    }

    private static String personal(Fact row) {
        return switch (row) {
            case PersonRegistered person -> person.name().text();
            case ContactRegistered contact -> contact.address().text();
            default -> throw new IllegalArgumentException("Bug: nothing personal in " + row);
        };
    }

    private void checkChannel(Checked checked) {
        var address = checked.row().cell("address");
        var good = switch (checked.row().cell("channel")) {
            case "mail" -> address.contains("@");
            case "chat" -> address.matches("[a-z][^@]*");
            case "speaker" -> address.matches("[a-z][^@:]*:[^@:]+");
            default -> address.matches("\\+?[0-9]+");
        };
        if (!address.isEmpty() && !good) {
            problem(checked, "address", address, wanted(checked.row().cell("channel")));
        }
    }

    private static Sentence wanted(String channel) {
        return switch (channel) {
            case "mail" -> Sentence.of("mail-address");
            case "chat" -> Sentence.of("chat-address");
            case "speaker" -> Sentence.of("speaker-address");
            default -> Sentence.of("telephone");
        };
    }

    private void checkSelf(Checked checked) {
        var person = checked.row().cell("person");
        if (RowFacts.ids(checked.row().cell("deputies")).contains(person)) {
            problem(checked, "deputies", person, Sentence.of("other-persons"));
        }
        if (checked.row().cell("superior").equals(person)) {
            problem(checked, "superior", person, Sentence.of("another-person"));
        }
    }

    private void checkShifts() {
        for (var checked : rows(Table.SHIFTS).values()) {
            var to = checked.row().cell("to");
            if (!Instant.parse(to).isAfter(Instant.parse(checked.row().cell("from")))) {
                problem(
                        checked,
                        "to",
                        to,
                        Sentence.of("time-after", checked.row().cell("from")));
            }
        }
    }

    private void checkBoundaries(String geojson) {
        try {
            var locator = AreaLocator.of(geojson);
            locator.codes().stream()
                    .filter(code -> !known(Table.AREAS, code))
                    .forEach(code -> problems.add(RowProblem.cell(
                            RegisterFiles.BOUNDARIES, 0, "code", code, Sentence.of("id-of", Table.AREAS.word()))));
            rows(Table.AREAS).forEach((code, checked) -> {
                if (locator.schematic(code) && checked.row().cell("schematic").equals("false")) {
                    problem(checked, "schematic", "false", Sentence.of("sketch"));
                }
            });
        } catch (AreaLocator.Undrawn e) {
            problems.add(new RowProblem(RegisterFiles.BOUNDARIES, 0, "", e.what(), Sentence.of("geojson")));
        }
    }

    private void checkGround(Optional<String> brought, Ground has) {
        try {
            var text = brought.or(has::boundaries);
            var drawn = text.isPresent() ? Optional.of(AreaLocator.of(text.get())) : Optional.<AreaLocator>empty();
            if (brought.isPresent() && drawn.map(AreaLocator::schematic).orElse(false)) {
                problems.add(RowProblem.cell(
                        RegisterFiles.BOUNDARIES, 0, "schematic", "true", Sentence.of("own-boundaries")));
            }
            towns().forEach((code, place) -> {
                if (drawn.map(locator -> !locator.codes().contains(code)).orElse(true)) {
                    problems.add(RowProblem.cell(
                            place.file,
                            place.row,
                            place.column,
                            code,
                            Sentence.of("town-boundary", RegisterFiles.BOUNDARIES)));
                }
            });
        } catch (AreaLocator.Undrawn unreadable) {
            // said by checkBoundaries; what the room has was read before it was taken over
        }
    }

    private record Place(String file, int row, String column) {}

    /** Towns that are no sketch, as they would be afterwards, with the place that is to be put right. */
    private Map<String, Place> towns() {
        var towns = new LinkedHashMap<String, Place>();
        present.rows(Table.AREAS).forEach(row -> {
            if (row instanceof AreaRegistered area && TOWNS.contains(area.kind()) && !area.schematic()) {
                towns.put(area.area(), new Place(RegisterFiles.BOUNDARIES, 0, "code"));
            }
        });
        rows(Table.AREAS).forEach((code, checked) -> {
            towns.remove(code);
            if (TOWNS.contains(checked.row().cell("kind"))
                    && checked.row().cell("schematic").equals("false")) {
                towns.put(code, new Place(checked.file(), checked.row().number(), "code"));
            }
        });
        return towns;
    }

    private void problem(Checked checked, String column, String value, Sentence allowed) {
        problems.add(RowProblem.cell(checked.file(), checked.row().number(), column, value, allowed));
    }

    private Prepared prepared() {
        var counts = new EnumMap<Table, Counts>(Table.class);
        var changes = new ArrayList<Fact>();
        tables.forEach((table, rows) -> counts.put(table, prepare(table, rows, changes)));
        return new Prepared(counts, List.copyOf(changes));
    }

    private Counts prepare(Table table, Map<String, Checked> rows, List<Fact> changes) {
        var added = 0;
        var changed = 0;
        for (var row : rows.entrySet()) {
            var fact = RowFacts.fact(table, row.getValue().row());
            var before = present.find(table, row.getKey());
            if (!before.equals(Optional.of(fact))) {
                changes.add(fact);
                added += before.isEmpty() ? 1 : 0;
                changed += before.isEmpty() ? 0 : 1;
            }
        }
        var absent = present.keys(table).stream()
                .filter(key -> !rows.containsKey(key))
                .toList();
        var ended = whole && table == Table.DUTIES ? absent : List.<String>of();
        ended.forEach(id -> changes.add(new DutyEnded(id)));
        return new Counts(added, changed, rows.size() - added - changed, absent.size() - ended.size(), ended.size());
    }
}
