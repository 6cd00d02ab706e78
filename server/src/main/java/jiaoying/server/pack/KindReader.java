package jiaoying.server.pack;

import static jiaoying.server.pack.ProgrammeReader.each;
import static jiaoying.server.pack.ProgrammeReader.flag;
import static jiaoying.server.pack.ProgrammeReader.id;
import static jiaoying.server.pack.ProgrammeReader.one;
import static jiaoying.server.pack.ProgrammeReader.some;
import static jiaoying.server.pack.ProgrammeReader.words;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import jiaoying.duty.measure.Sentence;
import jiaoying.duty.programme.Condition;
import jiaoying.duty.programme.CoreState;
import jiaoying.duty.programme.Field;
import jiaoying.duty.programme.FormulaReader;
import jiaoying.duty.programme.Kind;
import jiaoying.duty.programme.Kind.Basis;
import jiaoying.duty.programme.Kind.ClockRule;
import jiaoying.duty.programme.Kind.Evidence;
import jiaoying.duty.programme.Kind.Extension;
import jiaoying.duty.programme.Kind.Linkage;
import jiaoying.duty.programme.Kind.Move;
import jiaoying.duty.programme.Kind.Raise;
import jiaoying.duty.programme.Kind.Rule;
import jiaoying.duty.programme.Kind.Rung;
import jiaoying.duty.programme.Kind.Separation;
import jiaoying.duty.programme.Kind.Stage;
import jiaoying.duty.programme.Programme;
import jiaoying.duty.programme.Programme.Role;
import jiaoying.duty.programme.Term;
import jiaoying.duty.programme.Text;

/** Reads one kind of item: its fields, stages, steps, clocks and what supervises them. */
final class KindReader {
    private static final Pattern TERM = Pattern.compile("(-?\\d{1,5}) *(working_days|days|months|hours|minutes)");
    private static final String TERM_WORDS = "a term like 5 working_days, 15 days, 2 months, 4 hours or 30 minutes";
    private static final List<String> KEYS = List.of(
            "id",
            "zh",
            "en",
            "form",
            "number",
            "level",
            "fields",
            "stages",
            "moves",
            "separation",
            "evidence",
            "clocks",
            "extension",
            "ladder",
            "linkage",
            "raised",
            "rules",
            "after_close");
    private static final Duration ANSWER_MOST = Duration.ofDays(60);
    private static final Text NONE = new Text("", "");

    private final PackNode node;
    private final Fields kind;
    private final List<Role> roles;
    private final Map<String, List<Field.Choice>> lists;
    private Kind known = new Kind(
            "",
            NONE,
            true,
            "",
            "",
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            Optional.empty(),
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            List.of());

    private KindReader(PackNode node, List<Role> roles, Map<String, List<Field.Choice>> lists) {
        this.node = node;
        kind = node.fields(KEYS);
        this.roles = roles;
        this.lists = lists;
    }

    static Kind read(PackNode node, List<Role> roles, Map<String, List<Field.Choice>> lists) {
        var reader = new KindReader(node, roles, lists);
        reader.names();
        reader.way();
        reader.time();
        WayCheck.check(node, reader.kind, reader.known, roles);
        return reader.known;
    }

    /** What everything after it may name. */
    private void names() {
        var stages = each(kind.need("stages"), this::stage, Stage::id);
        var bare = new ArrayList<Field>();
        for (var field : kind.need("fields").items(ProgrammeReader.MOST)) {
            bare.add(field(field, false));
        }
        known = new Kind(
                id(kind),
                words(kind),
                kind.find("form")
                        .map(form -> form.oneOf(List.of("loop", "record")))
                        .orElse("loop")
                        .equals("loop"),
                kind.need("number").text(),
                one(kind, "level", ids(bare, Field::id)),
                List.copyOf(bare),
                stages,
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                Optional.empty(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of());
        var full = each(kind.need("fields"), field -> field(field, true), Field::id);
        known = new Kind(
                known.id(),
                known.name(),
                known.loop(),
                known.number(),
                known.level(),
                full,
                stages,
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                Optional.empty(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of());
    }

    /** A plain record may have no steps. */
    private Optional<PackNode> written() {
        return known.loop() ? Optional.of(kind.need("moves")) : kind.find("moves");
    }

    private void way() {
        var evidence = each(kind.find("evidence"), this::evidence, Evidence::id);
        var moves = each(written(), move -> move(move, ids(evidence, Evidence::id)), Move::id);
        var separations = kind.find("separation").stream()
                .flatMap(list -> list.items(ProgrammeReader.MOST).stream())
                .map(one -> separation(one, ids(moves, Move::id)))
                .toList();
        var rules = kind.find("rules").stream()
                .flatMap(list -> list.items(ProgrammeReader.MOST).stream())
                .map(this::rule)
                .toList();
        known = new Kind(
                known.id(),
                known.name(),
                known.loop(),
                known.number(),
                known.level(),
                known.fields(),
                known.stages(),
                moves,
                separations,
                evidence,
                List.of(),
                Optional.empty(),
                List.of(),
                List.of(),
                List.of(),
                rules,
                some(kind, "after_close", ids(known.fields(), Field::id)));
    }

    private void time() {
        var clocks = each(kind.find("clocks"), this::clock, ClockRule::id);
        var names = ids(clocks, ClockRule::id);
        var ladder = each(kind.find("ladder"), rung -> rung(rung, names), Rung::id);
        var linkages = kind.find("linkage").stream()
                .flatMap(list -> list.items(ProgrammeReader.MOST).stream())
                .map(one -> linkage(one, ids(ladder, Rung::id)))
                .toList();
        known = new Kind(
                known.id(),
                known.name(),
                known.loop(),
                known.number(),
                known.level(),
                known.fields(),
                known.stages(),
                known.moves(),
                known.separations(),
                known.evidence(),
                clocks,
                kind.find("extension").map(one -> extension(one, clocks)),
                ladder,
                linkages,
                kind.find("raised").stream()
                        .flatMap(list -> list.items(ProgrammeReader.MOST).stream())
                        .map(this::raise)
                        .toList(),
                known.rules(),
                known.afterClose());
    }

    private Stage stage(PackNode one) {
        var stage = one.fields(List.of("id", "zh", "en", "core"));
        var core = stage.need("core").oneOf(CoreState.names());
        return new Stage(id(stage), words(stage), CoreState.find(core).orElse(CoreState.DRAFT));
    }

    /** @param whole also what names other fields, and then every fault is told */
    private Field field(PackNode one, boolean whole) {
        var field = one.fields(List.of(
                "id", "zh", "en", "type", "of", "scale", "unit", "min", "required", "expected", "set_by", "day_of"));
        if (!whole && field.find("id").isEmpty()) {
            return new Field(
                    "", NONE, Field.Type.TEXT, "", List.of(), 0, "", Optional.empty(), false, Optional.empty(), "", "");
        }
        var type = Field.Type.find(field.need("type").oneOf(Field.Type.words())).orElse(Field.Type.TEXT);
        var list = type == Field.Type.CHOICE ? field.need("of").oneOf(lists.keySet()) : "";
        return new Field(
                id(field),
                words(field),
                type,
                list,
                lists.getOrDefault(list, List.of()),
                field.find("scale").map(ProgrammeReader::scale).orElse(0),
                field.find("unit").map(PackNode::text).orElse(""),
                field.find("min").map(KindReader::number),
                flag(field, "required"),
                whole ? field.find("expected").map(this::condition) : Optional.empty(),
                one(field, "set_by", ids(roles, Role::id)),
                whole ? one(field, "day_of", moments()) : "");
    }

    private List<String> moments() {
        return known.fields().stream()
                .filter(field -> field.type() == Field.Type.MOMENT)
                .map(Field::id)
                .toList();
    }

    private static BigDecimal number(PackNode node) {
        var text = node.text();
        if (!text.matches("-?\\d{1,12}(\\.\\d{1,6})?")) {
            node.refuse("a number");
            return BigDecimal.ZERO;
        }
        return new BigDecimal(text);
    }

    private Condition condition(PackNode place) {
        var read = FormulaReader.condition(place.text(), new FormulaReader.Scope(List.of(known), Map.of()), known);
        ProgrammeReader.tell(place, read.faults());
        return read.value().orElse(Condition.ALWAYS);
    }

    private Condition when(Fields fields) {
        return fields.find("when").map(this::condition).orElse(Condition.ALWAYS);
    }

    private Move move(PackNode one, List<String> evidence) {
        var move = one.fields(List.of(
                "id",
                "zh",
                "en",
                "from",
                "to",
                "by",
                "when",
                "fields",
                "evidence",
                "bodies",
                "reason",
                "on_site",
                "approval",
                "most"));
        var stages = ids(known.stages(), Stage::id);
        return new Move(
                id(move),
                move.need("from").oneOf(stages),
                move.need("to").oneOf(stages),
                words(move),
                move.need("by").names(ids(roles, Role::id), ProgrammeReader.MOST),
                when(move),
                some(move, "fields", ids(known.fields(), Field::id)),
                some(move, "evidence", evidence),
                flag(move, "bodies"),
                flag(move, "reason"),
                flag(move, "on_site"),
                one(move, "approval", ids(roles, Role::id)),
                move.find("most").map(most -> most.count(99)).orElse(0));
    }

    private Separation separation(PackNode one, List<String> moves) {
        var rule = one.fields(List.of("move", "not_by", "scope", "strict"));
        var doers = new ArrayList<>(moves);
        doers.add(Separation.LEAD);
        return new Separation(
                rule.need("move").oneOf(moves),
                rule.need("not_by").names(doers, ProgrammeReader.MOST),
                rule.need("scope").oneOf(List.of("person", "body")).equals("body"),
                rule.find("strict")
                        .map(strict -> strict.names(levels(strict), ProgrammeReader.MOST))
                        .orElse(List.of()));
    }

    private List<String> levels(PackNode place) {
        var levels = known.findField(known.level())
                .map(field -> ids(field.choices(), Field.Choice::id))
                .orElse(List.of());
        if (levels.isEmpty()) {
            place.refuse("no levels: the kind names no field with \"level\"");
        }
        return levels;
    }

    private Evidence evidence(PackNode one) {
        var evidence = one.fields(List.of("id", "zh", "en", "form", "least", "near", "after"));
        return new Evidence(
                id(evidence),
                words(evidence),
                evidence.need("form").oneOf(List.of("image", "file", "form")),
                evidence.find("least").map(least -> least.count(50)).orElse(1),
                evidence.find("near")
                        .map(near -> (int) (near.length(10_000) / 1_000_000))
                        .orElse(0),
                one(evidence, "after", ids(known.fields(), Field::id)));
    }

    private Rule rule(PackNode one) {
        var rule = one.fields(List.of("must", "field", "zh", "en"));
        return new Rule(
                condition(rule.need("must")), rule.need("field").oneOf(ids(known.fields(), Field::id)), words(rule));
    }

    private ClockRule clock(PackNode one) {
        var clock = one.fields(List.of(
                "id",
                "zh",
                "en",
                "start",
                "stop",
                "term",
                "roll",
                "until",
                "when",
                "pausable",
                "watch_only",
                "on_miss",
                "basis"));
        var stages = ids(known.stages(), Stage::id);
        var term = clock.find("term").map(place -> term(place, flag(clock, "roll")));
        if (term.isEmpty() == clock.find("until").isEmpty()) {
            one.refuse("a clock with a term or with until, one of them");
        }
        var basis = basis(clock.need("basis"));
        var pausable = flag(clock, "pausable");
        lawful(clock, basis, pausable);
        basis.term()
                .ifPresent(most -> term.filter(own -> longer(own, most))
                        .ifPresent(longer -> clock.need("term")
                                .refuse("at most " + most.amount() + " "
                                        + most.unit().word() + ", which the law gives; a pack may only shorten it")));
        return new ClockRule(
                id(clock),
                words(clock),
                clock.need("start").oneOf(stages),
                clock.need("stop").names(stages, ProgrammeReader.MOST),
                term,
                one(clock, "until", ids(known.fields(), Field::id)),
                when(clock),
                pausable,
                flag(clock, "watch_only"),
                one(clock, "on_miss", ids(known.moves(), Move::id)),
                basis);
    }

    /** Of what the law gives no pack gives more: not by a day that somebody sets, and not by a pause that the law does not know. */
    private static void lawful(Fields clock, Basis basis, boolean pausable) {
        if (basis.kind().equals("law")) {
            clock.find("until").ifPresent(place -> place.refuse("a term, because the law gives one"));
            clock.find("pausable")
                    .filter(place -> pausable && !basis.pauses())
                    .ifPresent(place ->
                            place.refuse("no pause, unless the basis says that the law knows one: pauses: yes"));
        }
    }

    /** Nor by more time: the law says in the basis how much it adds. */
    private static void lawful(PackNode total, int days, List<String> asked, List<ClockRule> clocks) {
        for (var clock : clocks) {
            var basis = clock.basis();
            if (asked.contains(clock.id()) && basis.kind().equals("law") && days > basis.more()) {
                total.refuse("at most " + basis.more() + " days, which the law adds to \"" + clock.id()
                        + "\" by its basis (more)");
            }
        }
    }

    /** Terms in different units cannot be compared, so they are refused too. */
    private static boolean longer(Term own, Term most) {
        return own.unit() != most.unit() || own.amount() > most.amount();
    }

    private static int days(Term term, PackNode place) {
        if (term.unit() != Term.Unit.DAYS) {
            place.refuse("a term in days");
        }
        return term.amount();
    }

    private static Basis basis(PackNode one) {
        var basis = one.fields(List.of("kind", "ref", "certainty", "term", "more", "pauses"));
        var kind = basis.need("kind").oneOf(List.of("law", "rule", "local"));
        var law = kind.equals("law");
        var term = law && basis.find("term").isPresent()
                ? Optional.of(term(basis.need("term"), false))
                : Optional.<Term>empty();
        if (law) {
            basis.need("term");
            basis.need("ref");
        }
        return new Basis(
                kind,
                basis.find("ref").map(PackNode::text).orElse(""),
                basis.need("certainty").oneOf(List.of("high", "medium", "example")),
                term,
                basis.find("more").map(more -> days(term(more, false), more)).orElse(0),
                flag(basis, "pauses"));
    }

    private static Term term(PackNode place, boolean roll) {
        var found = TERM.matcher(place.text());
        if (!found.matches()) {
            place.refuse(TERM_WORDS);
            return new Term(0, Term.Unit.DAYS, false);
        }
        var unit = java.util.Arrays.stream(Term.Unit.values())
                .filter(one -> one.word().equals(found.group(2)))
                .findFirst()
                .orElseThrow();
        var amount = Integer.parseInt(found.group(1));
        if (amount < 0 || amount > unit.most()) {
            place.refuse("a term from 0 to " + unit.most() + " " + unit.word());
            return new Term(0, unit, roll);
        }
        return new Term(amount, unit, roll);
    }

    private Rung rung(PackNode one, List<String> clocks) {
        var rung = one.fields(List.of("id", "zh", "en", "clock", "offset", "level", "to", "urgency", "answer", "when"));
        var offset = rung.find("offset").map(PackNode::text).orElse("0 days");
        var found = TERM.matcher(offset);
        if (!found.matches() || !found.group(2).equals("days")) {
            rung.find("offset")
                    .ifPresent(place -> place.refuse("days after the clock's end, or before it: 5 days, -2 days"));
        }
        return new Rung(
                id(rung),
                words(rung),
                one(rung, "clock", clocks),
                found.matches() ? Integer.parseInt(found.group(1)) : 0,
                rung.need("level").oneOf(Programme.CARD_LEVELS),
                rung.need("to").names(ids(roles, Role::id), ProgrammeReader.MOST),
                rung.find("urgency")
                        .map(urgency -> urgency.oneOf(List.of("life", "work")))
                        .orElse("work")
                        .equals("life"),
                rung.find("answer").map(answer -> answer.span(Duration.ofMinutes(1), ANSWER_MOST)),
                when(rung));
    }

    private Linkage linkage(PackNode one, List<String> rungs) {
        var linkage = one.fields(List.of("hazard", "color", "field", "by", "within", "rung", "zh", "en"));
        return new Linkage(
                linkage.need("hazard").text(ProgrammeReader.ID, ProgrammeReader.ID_WORDS),
                linkage.need("color").oneOf(CriteriaReader.COLORS),
                linkage.need("field").oneOf(ids(known.fields(), Field::id)),
                linkage.need("by").names(ids(roles, Role::id), ProgrammeReader.MOST),
                linkage.need("within").span(Duration.ofMinutes(1), Duration.ofHours(24)),
                linkage.need("rung").oneOf(rungs),
                words(linkage));
    }

    private Raise raise(PackNode one) {
        var raise = one.fields(List.of("upon", "hazard", "color", "fields"));
        var upon = raise.need("upon").oneOf(List.of(Raise.ALERT, Raise.DOUBT));
        var fields = new LinkedHashMap<String, String>();
        raise.need("fields")
                .fields(ids(known.fields(), Field::id))
                .all()
                .forEach((field, text) -> fields.put(field, template(text)));
        if (!fields.isEmpty()) {
            known.fields().stream()
                    .filter(field -> field.required() && !fields.containsKey(field.id()))
                    .forEach(field -> raise.need("fields")
                            .refuse(Sentence.of("no-key", field.id()), Sentence.of("the-key", field.id())));
        }
        return upon.equals(Raise.ALERT)
                ? new Raise(
                        upon,
                        raise.need("hazard").text(ProgrammeReader.ID, ProgrammeReader.ID_WORDS),
                        raise.need("color").oneOf(CriteriaReader.COLORS),
                        fields)
                : new Raise(upon, "", "", fields);
    }

    /** Only what is known stands in braces. */
    private static String template(PackNode text) {
        var said = text.text();
        java.util.regex.Pattern.compile("\\{([^{}]*)}")
                .matcher(said)
                .results()
                .map(found -> found.group(1))
                .filter(word -> !Raise.WORDS.contains(word))
                .forEach(word -> text.refuse(
                        Sentence.of("quoted", "{" + word + "}"),
                        Sentence.words("{" + String.join("}, {", Raise.WORDS) + "}")));
        return said;
    }

    private Extension extension(PackNode one, List<ClockRule> clocks) {
        var extension = one.fields(List.of("clocks", "times", "total", "decide", "by", "fields"));
        var asked = extension.need("clocks").names(ids(clocks, ClockRule::id), ProgrammeReader.MOST);
        var total = extension.need("total");
        var days = term(total, false).amount();
        lawful(total, days, asked, clocks);
        return new Extension(
                asked,
                extension.need("times").count(20),
                days,
                term(extension.need("decide"), false),
                extension.need("by").names(ids(roles, Role::id), ProgrammeReader.MOST),
                some(extension, "fields", ids(known.fields(), Field::id)));
    }

    static <T> List<String> ids(List<T> of, java.util.function.Function<T, String> id) {
        return of.stream().map(id).filter(one -> !one.isEmpty()).toList();
    }
}
