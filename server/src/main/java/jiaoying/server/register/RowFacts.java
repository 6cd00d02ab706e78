package jiaoying.server.register;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import jiaoying.duty.ledger.Fact;
import jiaoying.duty.ledger.Personal;
import jiaoying.duty.roster.RosterFact.AreaRegistered;
import jiaoying.duty.roster.RosterFact.BodyRegistered;
import jiaoying.duty.roster.RosterFact.ContactRegistered;
import jiaoying.duty.roster.RosterFact.DutyAssigned;
import jiaoying.duty.roster.RosterFact.PersonRegistered;
import jiaoying.duty.roster.RosterFact.ShiftPlanned;
import jiaoying.duty.station.StationFact.SiteRegistered;
import jiaoying.duty.station.StationFact.StationRegistered;
import jiaoying.duty.station.StationFact.ThresholdsSet;
import jiaoying.server.register.RawTable.RawRow;

/** Rows of the tables to facts, and back. */
final class RowFacts {
    private RowFacts() {}

    /** @param row checked: every cell is in the form its rule gave it */
    static Fact fact(Table table, RawRow row) {
        return switch (table) {
            case AREAS ->
                new AreaRegistered(
                        row.cell("code"),
                        row.cell("name_zh"),
                        row.cell("name_en"),
                        row.cell("kind"),
                        row.cell("parent"),
                        Boolean.parseBoolean(row.cell("schematic")));
            case BODIES ->
                new BodyRegistered(
                        row.cell("id"), row.cell("name_zh"), row.cell("name_en"), row.cell("kind"), row.cell("area"));
            case PERSONS ->
                new PersonRegistered(
                        row.cell("id"),
                        new Personal(row.cell("id"), row.cell("name")),
                        row.cell("body"),
                        row.cell("post_zh"),
                        row.cell("post_en"));
            case CONTACTS ->
                new ContactRegistered(
                        row.cell("person"), row.cell("channel"), new Personal(row.cell("person"), row.cell("address")));
            case DUTIES ->
                new DutyAssigned(
                        row.cell("id"),
                        row.cell("person"),
                        row.cell("duty"),
                        row.cell("area"),
                        ids(row.cell("deputies")),
                        row.cell("superior"));
            case STATIONS ->
                new StationRegistered(
                        row.cell("id"),
                        row.cell("name"),
                        row.cell("kind"),
                        Double.parseDouble(row.cell("lon")),
                        Double.parseDouble(row.cell("lat")),
                        row.cell("area"),
                        Integer.parseInt(row.cell("interval_min")));
            case THRESHOLDS ->
                new ThresholdsSet(
                        row.cell("station"),
                        milli(row.cell("warning_m")),
                        milli(row.cell("guaranteed_m")),
                        row.cell("datum"),
                        milli(row.cell("to_national_m")),
                        row.cell("source"));
            case SITES ->
                new SiteRegistered(
                        row.cell("id"),
                        row.cell("name_zh"),
                        row.cell("name_en"),
                        row.cell("kind"),
                        row.cell("area"),
                        Double.parseDouble(row.cell("lon")),
                        Double.parseDouble(row.cell("lat")),
                        row.cell("responsible"));
            case SHIFTS ->
                new ShiftPlanned(
                        row.cell("id"),
                        Instant.parse(row.cell("from")),
                        Instant.parse(row.cell("to")),
                        row.cell("officer"),
                        row.cell("leader"));
        };
    }

    private static long milli(String metres) {
        return new BigDecimal(metres).movePointRight(3).longValueExact();
    }

    private static String metres(long milli) {
        return BigDecimal.valueOf(milli, 3).toPlainString();
    }

    static List<String> ids(String cell) {
        return cell.isEmpty() ? List.of() : List.of(cell.split(";"));
    }

    /** The table whose row a fact is; empty for facts that are no rows. */
    static Optional<Table> table(Fact fact) {
        return Optional.ofNullable(
                switch (fact) {
                    case AreaRegistered area -> Table.AREAS;
                    case BodyRegistered body -> Table.BODIES;
                    case PersonRegistered person -> Table.PERSONS;
                    case ContactRegistered contact -> Table.CONTACTS;
                    case DutyAssigned duty -> Table.DUTIES;
                    case StationRegistered station -> Table.STATIONS;
                    case ThresholdsSet set -> Table.THRESHOLDS;
                    case SiteRegistered site -> Table.SITES;
                    case ShiftPlanned shift -> Table.SHIFTS;
                    default -> null;
                });
    }

    /** The cells of a row, in the order of the table's columns. */
    static List<String> cells(Fact fact) {
        return switch (fact) {
            case AreaRegistered a ->
                List.of(a.area(), a.nameZh(), a.nameEn(), a.kind(), a.parent(), String.valueOf(a.schematic()));
            case BodyRegistered b -> List.of(b.body(), b.nameZh(), b.nameEn(), b.kind(), b.area());
            case PersonRegistered p -> List.of(p.person(), p.name().text(), p.body(), p.postZh(), p.postEn());
            case ContactRegistered c ->
                List.of(c.person(), c.channel(), c.address().text());
            case DutyAssigned d ->
                List.of(d.id(), d.person(), d.duty(), d.area(), String.join(";", d.deputies()), d.superior());
            case StationRegistered s ->
                List.of(
                        s.station(),
                        s.name(),
                        s.kind(),
                        String.valueOf(s.lon()),
                        String.valueOf(s.lat()),
                        s.area(),
                        String.valueOf(s.intervalMin()));
            case ThresholdsSet t ->
                List.of(
                        t.station(),
                        metres(t.warningMilli()),
                        metres(t.guaranteedMilli()),
                        t.datum(),
                        metres(t.nationalMilli()),
                        t.source());
            case SiteRegistered s ->
                List.of(
                        s.site(),
                        s.nameZh(),
                        s.nameEn(),
                        s.kind(),
                        s.area(),
                        String.valueOf(s.lon()),
                        String.valueOf(s.lat()),
                        s.responsible());
            case ShiftPlanned s -> List.of(s.id(), s.from().toString(), s.to().toString(), s.officer(), s.leader());
            default -> throw new IllegalArgumentException("Bug: no row of the register: " + fact);
        };
    }

    /** What tells a row from the others of its table. */
    static String key(Table table, List<String> cells) {
        return String.join("/", cells.subList(0, table.keyColumns()));
    }
}
