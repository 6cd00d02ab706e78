package jiaoying.duty.casework;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import jiaoying.duty.casework.CaseDeed.TakenRow;
import jiaoying.duty.casework.CaseFact.Actor;
import jiaoying.duty.casework.CaseFact.Entered;
import jiaoying.duty.casework.CaseFact.Entry;
import jiaoying.duty.casework.CaseFact.ItemOpened;
import jiaoying.duty.casework.CaseFact.ItemTakenOver;
import jiaoying.duty.programme.CoreState;
import jiaoying.duty.programme.Field;
import jiaoying.duty.programme.Kind;
import jiaoying.duty.programme.Programme;

/** How items begin (立项): one by one, as the rows of a ledger that was kept elsewhere, or as a plan of days. Serves one arrival. */
final class Opening {
    /** As many items as one deed opens at most. */
    static final int MOST = 20_000;

    /** Who opens what no person did. */
    private static final Actor MACHINE = new Actor("", "", "sensor", "");

    private static final int TIMES_MOST = 400;

    private final String number;
    private final Instant at;
    private final Cases cases;
    private final Directory directory;
    private final ZoneId zone;
    private final Ticking ticking;
    /** Numbered in this deed, by prefix. */
    private final Map<String, Integer> numbered = new HashMap<>();

    Opening(String number, Instant at, Cases cases, Directory directory, ZoneId zone, Ticking ticking) {
        this.number = number;
        this.at = at;
        this.cases = cases;
        this.directory = directory;
        this.zone = zone;
        this.ticking = ticking;
    }

    CaseFact open(String person, CaseDeed.Open deed) {
        return opened(person, deed, "I" + number);
    }

    private ItemOpened opened(String person, CaseDeed.Open deed, String id) {
        var programme = programme(deed.programme());
        var kind = kind(programme, deed.what());
        var happened = happened(deed.happenedAt());
        var bare = bare(id, programme, kind, deed.fields(), happened, deed.source(), deed.parent());
        var item = new Item(bare, at, kind);
        var guards = new Guards(programme, item, directory);
        var roles = programme.roles().stream().map(Programme.Role::id).toList();
        var actor = guards.actor(person, "", deed.role(), roles);
        guards.fields(deed.fields(), actor);
        offered(kind, deed.fields());
        kind.fields().stream()
                .filter(field -> field.required() && item.field(field.id()).isEmpty())
                .findFirst()
                .ifPresent(field -> {
                    throw new Refused(No.MISSING_FIELD, field.id(), field.name().zh());
                });
        CaseStep.rules(item, deed.fields());
        parent(deed.parent());
        return started(bare, actor, ticking.startedAt(item, kind.first().id(), deed.fields(), List.of(), at));
    }

    /** A new item has nothing that was retired before it began. */
    private static void offered(Kind kind, List<Entry> fields) {
        for (var entry : fields) {
            kind.findField(entry.field())
                    .filter(field -> !field.offers(entry.value()))
                    .ifPresent(field -> {
                        throw new Refused(
                                No.BAD_FIELD,
                                entry.field() + " = " + entry.value(),
                                String.join(", ", field.offered()));
                    });
        }
    }

    // ---- what a machine notices

    /**
     * A draft for each kind that wants one; none where one with the same source is open already.
     *
     * @param upon   {@code alert} or {@code doubt}
     * @param colors words from the mildest up
     * @param words  what fills the texts of the packs
     */
    List<CaseFact> raise(
            String upon, String hazard, String color, List<String> colors, String source, Map<String, String> words) {
        var facts = new ArrayList<CaseFact>();
        for (var programme : cases.programmes()) {
            for (var kind : programme.kinds()) {
                kind.raises().stream()
                        .filter(raise -> raise.upon().equals(upon)
                                && raise.hazard().equals(hazard)
                                && colors.indexOf(color) >= colors.indexOf(raise.color()))
                        .findFirst()
                        .filter(raise -> cases.items().stream()
                                .noneMatch(item -> item.open()
                                        && item.opened().source().equals(source)
                                        && item.kind().id().equals(kind.id())))
                        .ifPresent(raise -> facts.add(raised(programme, kind, raise, source, words)));
            }
        }
        return facts;
    }

    /** Nothing where the same request came in before, open or not. */
    List<CaseFact> hear(CaseDeed.Hear deed) {
        var programme = programme(deed.programme());
        var kind = kind(programme, deed.what());
        var numbered = !deed.source().endsWith("/");
        if (numbered
                && cases.items().stream()
                        .anyMatch(item -> item.opened().source().equals(deed.source()))) {
            return List.of();
        }
        if (kind.stage(kind.first().id()).core() != CoreState.DRAFT) {
            throw new Refused(No.UNKNOWN_PROGRAMME, deed.what(), CoreState.DRAFT.name());
        }
        for (var field : kind.fields()) {
            var said = deed.fields().stream()
                    .filter(entry -> entry.field().equals(field.id()))
                    .map(Entry::value)
                    .findFirst()
                    .orElse("");
            if (!field.takes(said) || said.isEmpty() && field.required()) {
                throw new Refused(No.MISSING_FIELD, field.id(), field.name().zh());
            }
        }
        offered(kind, deed.fields());
        var bare = bare("I" + number, programme, kind, deed.fields(), happened(deed.happenedAt()), deed.source(), "");
        var item = new Item(bare, at, kind);
        CaseStep.rules(item, deed.fields());
        return List.of(started(
                bare,
                new Actor("", "", "door", ""),
                ticking.startedAt(item, kind.first().id(), deed.fields(), List.of(), at)));
    }

    private CaseFact raised(
            Programme programme, Kind kind, Kind.Raise raise, String source, Map<String, String> words) {
        var fields = new ArrayList<Entry>();
        raise.fields().forEach((field, text) -> {
            var said = text;
            for (var word : words.entrySet()) {
                said = said.replace("{" + word.getKey() + "}", word.getValue());
            }
            if (kind.findField(field).orElseThrow().takes(said) && !said.isEmpty()) {
                fields.add(new Entry(field, said));
            }
        });
        var id = "I" + number + ".m"
                + (numbered.values().stream().mapToInt(Integer::intValue).sum() + 1);
        var bare = bare(id, programme, kind, fields, at, source, "");
        var item = new Item(bare, at, kind);
        return started(bare, MACHINE, ticking.startedAt(item, kind.first().id(), fields, List.of(), at));
    }

    private static ItemOpened started(ItemOpened bare, Actor actor, List<CaseFact.Started> started) {
        return new ItemOpened(
                bare.item(),
                bare.programme(),
                bare.version(),
                bare.kind(),
                bare.number(),
                bare.stage(),
                bare.fields(),
                actor,
                bare.happenedAt(),
                bare.source(),
                bare.parent(),
                started);
    }

    private ItemOpened bare(
            String id,
            Programme programme,
            Kind kind,
            List<Entry> fields,
            Instant happened,
            String source,
            String parent) {
        var whole = dated(kind, fields, zone);
        var prefix = CaseNumbers.prefix(kind.number(), town(kind, fields), LocalDate.ofInstant(happened, zone));
        var before = cases.numbered(prefix) + numbered.merge(prefix, 1, Integer::sum) - 1;
        return new ItemOpened(
                id,
                programme.name(),
                programme.version(),
                kind.id(),
                CaseNumbers.number(prefix, before),
                kind.first().id(),
                whole,
                Actor.CLOCK,
                happened,
                source,
                parent,
                List.of());
    }

    /** With the days that follow from a moment that is given, where nobody said another. */
    static List<Entry> dated(Kind kind, List<Entry> fields, ZoneId zone) {
        var whole = new ArrayList<>(fields);
        for (var field : kind.fields()) {
            var said = fields.stream()
                    .anyMatch(entry ->
                            entry.field().equals(field.id()) && !entry.value().isEmpty());
            if (!field.dayOf().isEmpty() && !said) {
                fields.stream()
                        .filter(entry -> entry.field().equals(field.dayOf()))
                        .flatMap(entry -> Evidences.moment(entry.value()).stream())
                        .forEach(moment -> whole.add(new Entry(
                                field.id(), LocalDate.ofInstant(moment, zone).toString())));
            }
        }
        return List.copyOf(whole);
    }

    private Programme programme(String name) {
        return cases.findProgramme(name)
                .orElseThrow(() -> new Refused(
                        No.UNKNOWN_PROGRAMME,
                        name,
                        String.join(
                                ", ",
                                cases.programmes().stream().map(Programme::name).toList())));
    }

    private static Kind kind(Programme programme, String name) {
        return programme
                .findKind(name)
                .orElseThrow(() -> new Refused(
                        No.UNKNOWN_PROGRAMME,
                        name,
                        String.join(
                                ", ", programme.kinds().stream().map(Kind::id).toList())));
    }

    private void parent(String parent) {
        if (!parent.isEmpty() && cases.find(parent).filter(Item::open).isEmpty()) {
            throw new Refused(No.UNKNOWN_ITEM, parent);
        }
    }

    private static String town(Kind kind, List<Entry> fields) {
        return fields.stream()
                .filter(entry -> kind.findField(entry.field())
                        .filter(field -> field.type() == Field.Type.AREA)
                        .isPresent())
                .map(Entry::value)
                .findFirst()
                .orElse("");
    }

    private Instant happened(Optional<Instant> said) {
        said.filter(when -> when.isAfter(at)).ifPresent(when -> {
            throw new Refused(No.BAD_FIELD, "happened_at = " + when, ".. " + at);
        });
        return said.orElse(at);
    }

    // ---- a ledger kept elsewhere

    /** Whoever supervises takes over: the lead body does not write its own past. */
    List<CaseFact> takeOver(String person, CaseDeed.TakeOver deed) {
        var programme = programme(deed.programme());
        var supervising = programme.roles().stream()
                .filter(role -> role.body().equals(Programme.Role.SUPERVISING))
                .map(Programme.Role::id)
                .toList();
        if (deed.rows().isEmpty() || deed.rows().size() > MOST) {
            throw new Refused(No.BAD_ROW, Integer.toString(deed.rows().size()), "1 .. " + MOST);
        }
        var facts = new ArrayList<CaseFact>();
        var seen = new HashSet<String>();
        for (var row : deed.rows()) {
            var kind = kind(programme, row.what());
            var id = deed.ledger().isEmpty() ? row.id() : deed.ledger() + '/' + row.id();
            cases.findTaken(programme.name(), id).ifPresent(item -> {
                throw new Refused(No.TAKEN_BEFORE, id, item.opened().number());
            });
            if (!seen.add(id)) {
                throw new Refused(No.BAD_ROW, row.line() + ": " + id, "");
            }
            var bare =
                    bare("I" + number + '.' + row.line(), programme, kind, row.fields(), first(row), deed.file(), "");
            var item = new Item(bare, at, kind);
            var guards = new Guards(programme, item, directory);
            var actor = guards.actor(person, "", deed.role(), supervising);
            values(kind, row);
            var stage = stage(kind, row);
            var open = kind.stage(stage).core().open();
            facts.add(started(
                    bare, actor, open ? ticking.startedAt(item, stage, row.fields(), List.of(), at) : List.of()));
            facts.add(new ItemTakenOver(
                    bare.item(), stage, row.stage(), id, deed.file(), row.line(), List.copyOf(row.entered()), actor));
        }
        return facts;
    }

    /** What had ended has ended; what was open begins anew where the four acts are owed, so that nobody skips one. */
    private static String stage(Kind kind, TakenRow row) {
        var said = kind.findStage(row.stage())
                .orElseThrow(() -> new Refused(No.BAD_ROW, row.line() + ": " + row.stage(), stages(kind)));
        return kind.loop() && said.core().open() ? kind.first().id() : said.id();
    }

    private static String stages(Kind kind) {
        return String.join(", ", kind.stages().stream().map(Kind.Stage::id).toList());
    }

    private void values(Kind kind, TakenRow row) {
        for (var entry : row.fields()) {
            var field = kind.findField(entry.field());
            if (field.isEmpty() || !field.get().takes(entry.value())) {
                throw new Refused(No.BAD_ROW, row.line() + ": " + entry.field() + " = " + entry.value(), "");
            }
        }
        for (var entered : row.entered()) {
            if (kind.findStage(entered.stage()).isEmpty()
                    || entered.happenedAt().isAfter(at)) {
                throw new Refused(
                        No.BAD_ROW, row.line() + ": " + entered.stage() + " " + entered.happenedAt(), ".. " + at);
            }
        }
    }

    /** The first day that the row names, not after now: then it began. */
    private Instant first(TakenRow row) {
        var days = row.fields().stream()
                .map(Entry::value)
                .filter(value -> value.matches("\\d{4}-\\d{2}-\\d{2}"))
                .map(value -> LocalDate.parse(value).atStartOfDay(zone).toInstant());
        return Stream.concat(days, row.entered().stream().map(Entered::happenedAt))
                .filter(when -> !when.isAfter(at))
                .min(Instant::compareTo)
                .orElse(at);
    }

    // ---- a plan of days

    List<CaseFact> plan(String person, CaseDeed.Plan deed) {
        var programme = programme(deed.programme());
        var kind = kind(programme, deed.what());
        var day = kind.findField(deed.field())
                .filter(field -> field.type() == Field.Type.DATE)
                .isPresent();
        if (kind.loop() || !day) {
            throw new Refused(No.BAD_FIELD, kind.id() + ": " + deed.field(), "date");
        }
        if (deed.times() < 1 || deed.times() > TIMES_MOST || deed.every() < 1 || deed.every() > TIMES_MOST) {
            throw new Refused(No.BAD_FIELD, deed.times() + " / " + deed.every(), "1 .. " + TIMES_MOST);
        }
        if (deed.first().isBefore(LocalDate.ofInstant(at, zone))) {
            throw new Refused(No.BAD_FIELD, deed.first().toString(), LocalDate.ofInstant(at, zone) + " ..");
        }
        var facts = new ArrayList<CaseFact>();
        for (var n = 0; n < deed.times(); n++) {
            var fields = new ArrayList<>(deed.fields());
            fields.removeIf(entry -> entry.field().equals(deed.field()));
            fields.add(new Entry(deed.field(), day(deed, n).toString()));
            var one = new CaseDeed.Open(deed.programme(), deed.what(), fields, "", "", deed.role(), Optional.empty());
            facts.add(opened(person, one, "I" + number + '.' + (n + 1)));
        }
        return facts;
    }

    /** From the first day, so that the 31st stays the last of each month. */
    private static LocalDate day(CaseDeed.Plan deed, int n) {
        return deed.unit().equals("months")
                ? deed.first().plusMonths((long) n * deed.every())
                : deed.first().plusDays((long) n * deed.every());
    }
}
