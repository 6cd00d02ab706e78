package jiaoying.duty.programme;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Reads conditions and formulas of packs: names are looked up and units checked while reading, so that what was read can be
 * worked out for every row.
 *
 * <p>condition: {@code a = b}, {@code a in [x, y]}, {@code a not in [x]}, {@code day in period}, {@code given(a)}, a flag,
 * {@code not}, {@code and}, {@code or}, brackets. Operands: a field, {@code "text"}, a number, {@code 2026-06-01}, {@code stage},
 * {@code core_state}, {@code entered(stage)}, {@code days(a, b)}.
 *
 * <p>formula: {@code count(kind where ...)}, {@code sum|avg|min|max(kind where ..., operand)},
 * {@code distinct(kind where ..., operand)}, another indicator, {@code + - * /}, {@code yoy(...)}, {@code ytd(...)},
 * {@code prev(...)}, {@code pp_diff(a, b)}.
 */
public final class FormulaReader {
    /** The unit of a plain number. */
    public static final String PURE = "";

    public static final String COUNT = "count";
    public static final String PERCENT = "percent";
    public static final String POINTS = "percentage_point";
    public static final String DAY = "day";

    private static final Pattern TOKEN = Pattern.compile(
            "\\s*(?:(\\d{4}-\\d{2}-\\d{2})|(\\d+(?:\\.\\d+)?)|\"([^\"]*)\"|([A-Za-z_][A-Za-z0-9_-]*)|(!=|<=|>=|[=<>()\\[\\],+*/-]))");

    /** What names mean. @param indicators their units, those before the one that is read */
    public record Scope(List<Kind> kinds, Map<String, String> indicators) {
        List<String> kindNames() {
            return kinds.stream().map(Kind::id).toList();
        }
    }

    /**
     * What is wrong.
     *
     * @param at    the character, from 0
     * @param known the words that would be known there; empty when a word is not the matter
     */
    public record Fault(int at, String found, String expected, List<String> known) {}

    /** What came of reading. @param unit of the formula; PURE for a condition */
    public record Read<T>(Optional<T> value, String unit, List<Fault> faults) {}

    private record Token(int at, String text, Sort sort) {}

    private enum Sort {
        DATE,
        NUMBER,
        QUOTED,
        NAME,
        SIGN,
        END
    }

    private enum Type {
        NUMBER,
        TEXT,
        DAY,
        FLAG
    }

    private record Typed(Operand operand, Type type, String unit, Optional<Field> field) {}

    private record Measured(Formula formula, String unit) {}

    private static final class Stop extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    private final List<Token> tokens = new ArrayList<>();
    private final List<Fault> faults = new ArrayList<>();
    private final Scope scope;
    private Optional<Kind> kind;
    private int next;

    private FormulaReader(String text, Scope scope, Optional<Kind> kind) {
        this.scope = scope;
        this.kind = kind;
        var matcher = TOKEN.matcher(text);
        var at = 0;
        while (at < text.length() && !text.substring(at).isBlank()) {
            if (!matcher.find(at) || matcher.start() != at) {
                faults.add(new Fault(at, "\"" + text.charAt(at) + "\"", "a name, a number or an operator", List.of()));
                break;
            }
            for (var group = 1; group <= 5; group++) {
                var found = matcher.group(group);
                if (found != null) {
                    var sort = Sort.values()[group - 1];
                    tokens.add(new Token(matcher.start(group) - (sort == Sort.QUOTED ? 1 : 0), found, sort));
                }
            }
            at = matcher.end();
        }
        tokens.add(new Token(text.length(), "", Sort.END));
    }

    public static Read<Condition> condition(String text, Scope scope, Kind kind) {
        var reader = new FormulaReader(text, scope, Optional.of(kind));
        return reader.read(reader::any).withUnit(PURE);
    }

    public static Read<Formula> formula(String text, Scope scope) {
        var reader = new FormulaReader(text, scope, Optional.empty());
        var unit = new String[] {PURE};
        var read = reader.read(() -> {
            var measured = reader.sum();
            unit[0] = measured.unit();
            return measured.formula();
        });
        return read.withUnit(unit[0]);
    }

    private <T> Kept<T> read(java.util.function.Supplier<T> what) {
        Optional<T> value = Optional.empty();
        try {
            if (faults.isEmpty()) {
                value = Optional.of(what.get());
                if (peek().sort() != Sort.END) {
                    refuse(peek(), "the end, \"and\" or an operator");
                }
            }
        } catch (Stop stopped) {
            value = Optional.empty();
        }
        return new Kept<>(faults.isEmpty() ? value : Optional.empty(), List.copyOf(faults));
    }

    // ---- conditions

    private Condition any() {
        var of = new ArrayList<Condition>(List.of(all()));
        while (takes("or")) {
            of.add(all());
        }
        return of.size() == 1 ? of.getFirst() : new Condition.Any(List.copyOf(of));
    }

    private Condition all() {
        var of = new ArrayList<Condition>(List.of(one()));
        while (takes("and")) {
            of.add(one());
        }
        return of.size() == 1 ? of.getFirst() : new Condition.All(List.copyOf(of));
    }

    private Condition one() {
        if (takes("not")) {
            return new Condition.Not(one());
        }
        if (takes("(")) {
            var inside = any();
            need(")");
            return inside;
        }
        if (takes("given")) {
            need("(");
            var given = operand();
            need(")");
            return new Condition.Given(given.operand());
        }
        return comparison();
    }

    private Condition comparison() {
        var begins = peek();
        var left = operand();
        if (takes("in")) {
            return in(begins, left, false);
        }
        if (takes("not")) {
            need("in");
            return in(begins, left, true);
        }
        for (var sign : List.of("=", "!=", "<=", ">=", "<", ">")) {
            if (takes(sign)) {
                var at = peek();
                var right = operand();
                alike(at, left, right);
                return new Condition.Compare(left.operand(), sign, right.operand());
            }
        }
        if (left.type() != Type.FLAG) {
            throw stop(peek(), "a comparison: =, !=, <, <=, >, >= or in");
        }
        return new Condition.Is(left.operand());
    }

    private Condition in(Token begins, Typed left, boolean not) {
        if (takes("period")) {
            if (left.type() != Type.DAY) {
                refuse(begins, "a day before \"in period\"");
            }
            var within = new Condition.InPeriod(left.operand());
            return not ? new Condition.Not(within) : within;
        }
        need("[");
        var cells = new ArrayList<Cell>();
        do {
            var at = peek();
            var one = operand();
            alike(at, left, one);
            if (one.operand() instanceof Operand.Literal literal) {
                cells.add(literal.cell());
            } else {
                refuse(at, "a text, a number or a day");
            }
        } while (takes(","));
        need("]");
        var within = new Condition.OneOf(left.operand(), List.copyOf(cells));
        return not ? new Condition.Not(within) : within;
    }

    private void alike(Token at, Typed left, Typed right) {
        if (left.type() != right.type()) {
            refuse(at, "a " + left.type().name().toLowerCase(java.util.Locale.ROOT) + " like on the left");
            return;
        }
        if (right.operand() instanceof Operand.Literal(Cell.Word(String word))) {
            known(at, left, word);
        }
    }

    /** A text beside a choice, a stage or a core state must be one of them. */
    private void known(Token at, Typed left, String word) {
        var words = left.field()
                .filter(field -> field.type() == Field.Type.CHOICE)
                .map(field -> field.choices().stream().map(Field.Choice::id).toList())
                .or(() -> left.operand() instanceof Operand.CoreOf ? Optional.of(CoreState.names()) : Optional.empty())
                .or(() -> left.operand() instanceof Operand.StageOf
                        ? kind.map(k -> k.stages().stream().map(Kind.Stage::id).toList())
                        : Optional.empty());
        if (words.isPresent() && !words.get().contains(word)) {
            faults.add(new Fault(at.at(), "\"" + word + "\"", "one of " + String.join(", ", words.get()), words.get()));
        }
    }

    private Typed operand() {
        var token = take();
        return switch (token.sort()) {
            case DATE -> literal(Cell.of(date(token)), Type.DAY);
            case NUMBER -> literal(Cell.of(new BigDecimal(token.text())), Type.NUMBER);
            case QUOTED -> literal(new Cell.Word(token.text()), Type.TEXT);
            case NAME -> named(token);
            case SIGN, END -> throw stop(token, "a field, a text, a number or a day");
        };
    }

    private static Typed literal(Cell cell, Type type) {
        return new Typed(new Operand.Literal(cell), type, PURE, Optional.empty());
    }

    private LocalDate date(Token token) {
        try {
            return LocalDate.parse(token.text());
        } catch (DateTimeParseException e) {
            refuse(token, "a day like 2026-06-01");
            return LocalDate.EPOCH;
        }
    }

    private Typed named(Token token) {
        return switch (token.text()) {
            case "true", "false" -> literal(Cell.of(token.text().equals("true")), Type.FLAG);
            case "stage" -> new Typed(new Operand.StageOf(), Type.TEXT, PURE, Optional.empty());
            case "core_state" -> new Typed(new Operand.CoreOf(), Type.TEXT, PURE, Optional.empty());
            case "entered" -> {
                need("(");
                var stage = take();
                look(
                        stage,
                        "stage",
                        kind.map(k -> k.stages().stream().map(Kind.Stage::id).toList())
                                .orElse(List.of()));
                need(")");
                yield new Typed(new Operand.EnteredOn(stage.text()), Type.DAY, PURE, Optional.empty());
            }
            case "days" -> {
                need("(");
                var from = day();
                need(",");
                var to = day();
                need(")");
                yield new Typed(new Operand.DaysBetween(from, to), Type.NUMBER, DAY, Optional.empty());
            }
            default -> field(token);
        };
    }

    private Operand day() {
        var at = peek();
        var day = operand();
        if (day.type() != Type.DAY) {
            refuse(at, "a day");
        }
        return day.operand();
    }

    private Typed field(Token token) {
        var found = kind.flatMap(k -> k.findField(token.text()));
        look(
                token,
                "field",
                kind.map(k -> k.fields().stream().map(Field::id).toList()).orElse(List.of()));
        var type = found.map(Field::type).orElse(Field.Type.TEXT);
        return new Typed(
                new Operand.FieldOf(token.text()),
                switch (type) {
                    case INTEGER, DECIMAL -> Type.NUMBER;
                    case DATE -> Type.DAY;
                    case FLAG -> Type.FLAG;
                    case TEXT, CHOICE, MOMENT, PLACE, AREA, PERSON, FILE -> Type.TEXT;
                },
                found.map(Field::unit).orElse(PURE),
                found);
    }

    // ---- formulas

    private Measured sum() {
        var left = product();
        while (peek().text().equals("+") || peek().text().equals("-")) {
            var sign = take();
            var right = product();
            if (!left.unit().equals(right.unit())) {
                refuse(
                        sign,
                        "the same unit on both sides, found " + shown(left.unit()) + " and " + shown(right.unit()));
            }
            var difference = sign.text().equals("-") && left.unit().equals(PERCENT);
            left = new Measured(
                    new Formula.Arithmetic(left.formula(), sign.text().charAt(0), right.formula()),
                    difference ? POINTS : left.unit());
        }
        return left;
    }

    private Measured product() {
        var left = factor();
        while (peek().text().equals("*") || peek().text().equals("/")) {
            var sign = take();
            var right = factor();
            left = new Measured(
                    new Formula.Arithmetic(left.formula(), sign.text().charAt(0), right.formula()),
                    unit(sign, left, right));
        }
        return left;
    }

    /** 100 times a share is percent; equal units divide to a plain number. */
    private String unit(Token sign, Measured left, Measured right) {
        if (sign.text().equals("/")) {
            if (left.unit().equals(right.unit())) {
                return PURE;
            }
            if (left.unit().startsWith("100 ") && left.unit().substring(4).equals(right.unit())) {
                return PERCENT;
            }
            if (right.unit().equals(PURE)) {
                return left.unit();
            }
        } else if (left.formula() instanceof Formula.Number number
                && number.value().compareTo(BigDecimal.valueOf(100)) == 0) {
            return right.unit().equals(PURE) ? PERCENT : "100 " + right.unit();
        } else if (left.unit().equals(PURE) || right.unit().equals(PURE)) {
            return left.unit() + right.unit();
        }
        refuse(sign, "units that go together, found " + shown(left.unit()) + " and " + shown(right.unit()));
        return left.unit();
    }

    private static String shown(String unit) {
        return unit.isEmpty() ? "a plain number" : unit;
    }

    private Measured factor() {
        if (takes("(")) {
            var inside = sum();
            need(")");
            return inside;
        }
        var token = take();
        if (token.sort() == Sort.NUMBER) {
            return new Measured(new Formula.Number(new BigDecimal(token.text())), PURE);
        }
        if (token.sort() != Sort.NAME) {
            throw stop(token, "a number, count, sum, avg, min, max, distinct, yoy, ytd, prev, pp_diff or an indicator");
        }
        return switch (token.text()) {
            case "count" -> counted();
            case "sum", "avg", "min", "max" -> folded(token.text());
            case "distinct" -> distinct();
            case "yoy" -> new Measured(new Formula.YearOnYear(bracketed().formula()), PERCENT);
            case "ytd" -> {
                var of = bracketed();
                yield new Measured(new Formula.YearToDate(of.formula()), of.unit());
            }
            case "prev" -> {
                var of = bracketed();
                yield new Measured(new Formula.Before(of.formula()), of.unit());
            }
            case "pp_diff" -> points(token);
            default -> indicator(token);
        };
    }

    private Measured bracketed() {
        need("(");
        var inside = sum();
        need(")");
        return inside;
    }

    private Measured points(Token at) {
        need("(");
        var a = sum();
        need(",");
        var b = sum();
        need(")");
        if (!a.unit().equals(PERCENT) || !b.unit().equals(PERCENT)) {
            refuse(at, "two figures in percent, found " + shown(a.unit()) + " and " + shown(b.unit()));
        }
        return new Measured(new Formula.Arithmetic(a.formula(), '-', b.formula()), POINTS);
    }

    private Measured indicator(Token token) {
        look(token, "indicator", List.copyOf(scope.indicators().keySet()));
        return new Measured(new Formula.Of(token.text()), scope.indicators().getOrDefault(token.text(), PURE));
    }

    private Measured counted() {
        need("(");
        var of = chosen();
        var where = where();
        need(")");
        kind = Optional.empty();
        return new Measured(new Formula.Count(of, where), COUNT);
    }

    private Measured folded(String how) {
        need("(");
        var of = chosen();
        var where = where();
        need(",");
        var at = peek();
        var what = operand();
        need(")");
        kind = Optional.empty();
        if (what.type() != Type.NUMBER) {
            refuse(at, "a field with numbers");
        }
        return new Measured(new Formula.Fold(how, of, where, what.operand()), what.unit());
    }

    private Measured distinct() {
        need("(");
        var of = chosen();
        var where = where();
        need(",");
        var what = operand();
        need(")");
        kind = Optional.empty();
        return new Measured(new Formula.Distinct(of, where, what.operand()), COUNT);
    }

    private String chosen() {
        var token = take();
        look(token, "kind", scope.kindNames());
        kind = scope.kinds().stream()
                .filter(one -> one.id().equals(token.text()))
                .findFirst();
        if (kind.isEmpty()) {
            throw new Stop();
        }
        return token.text();
    }

    private Condition where() {
        return takes("where") ? any() : Condition.ALWAYS;
    }

    // ---- tokens

    private Token peek() {
        return tokens.get(next);
    }

    private Token take() {
        return tokens.get(Math.min(next++, tokens.size() - 1));
    }

    private boolean takes(String text) {
        var here = peek().text().equals(text) && peek().sort() != Sort.QUOTED;
        next += here ? 1 : 0;
        return here;
    }

    private void need(String text) {
        if (!takes(text)) {
            throw stop(peek(), "\"" + text + "\"");
        }
    }

    private void look(Token token, String what, List<String> known) {
        if (token.sort() != Sort.NAME || !known.contains(token.text())) {
            faults.add(new Fault(
                    token.at(),
                    what + " \"" + token.text() + "\"",
                    known.isEmpty() ? "no name here" : "one of " + String.join(", ", known),
                    known));
        }
    }

    private void refuse(Token token, String expected) {
        faults.add(new Fault(
                token.at(), token.sort() == Sort.END ? "the end" : "\"" + token.text() + "\"", expected, List.of()));
    }

    private Stop stop(Token token, String expected) {
        refuse(token, expected);
        return new Stop();
    }

    /** As {@link Read}, while the unit is still being found out. */
    private record Kept<T>(Optional<T> value, List<Fault> faults) {
        Read<T> withUnit(String found) {
            return new Read<>(value, found, faults);
        }
    }
}
