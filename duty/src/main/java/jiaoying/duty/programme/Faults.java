package jiaoying.duty.programme;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import jiaoying.duty.programme.Amendment.BodiesSet;
import jiaoying.duty.programme.Amendment.ChoiceAdded;
import jiaoying.duty.programme.Amendment.ChoiceRetired;
import jiaoying.duty.programme.Amendment.ChoiceReturned;
import jiaoying.duty.programme.Amendment.Reworded;
import jiaoying.duty.programme.Amendment.TargetSet;
import jiaoying.duty.programme.Fault.Why;
import jiaoying.duty.programme.Programme.ChoiceList;

/** Everything that is wrong with a change of a programme, at once. */
public final class Faults {
    private static final Pattern ID = Pattern.compile("[a-z][a-z0-9_-]{0,39}");
    private static final Pattern NUMBER = Pattern.compile("\\d{1,15}(\\.\\d{1,6})?");
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{([^{}]*)}");
    private static final Pattern BRACE = Pattern.compile("[{}]");
    private static final int LIST_MOST = 200;
    private static final int NAME_MOST = 200;
    private static final int REPORT_MOST = 1_900;

    private final Programme programme;
    private final List<Fault> faults = new ArrayList<>();

    private Faults(Programme programme) {
        this.programme = programme;
    }

    /** Empty when the change can be made. Towns and bodies are the register's and are not looked at here. */
    public static List<Fault> of(Programme programme, Amendment amendment) {
        var faults = new Faults(programme);
        switch (amendment) {
            case ChoiceAdded added -> faults.added(added);
            case ChoiceRetired retired -> faults.retired(retired);
            case ChoiceReturned returned -> faults.returned(returned);
            case TargetSet target -> faults.target(target);
            case Reworded words -> faults.words(words);
            case BodiesSet bodies -> faults.bodies(bodies);
        }
        return List.copyOf(faults.faults);
    }

    private void add(Why why, String part, String found, List<String> allowed) {
        faults.add(Fault.of(why, part, found, allowed));
    }

    // ---- lists

    private void added(ChoiceAdded added) {
        programme.findList(added.list()).ifPresentOrElse(list -> added(list, added), () -> noList(added.list()));
        name("zh-CN", added.zh());
        name("en", added.en());
    }

    private void added(ChoiceList list, ChoiceAdded added) {
        if (!ID.matcher(added.choice()).matches()) {
            add(Why.ID, "choice", added.choice(), List.of());
        } else if (list.find(added.choice()).isPresent()) {
            add(Why.TAKEN, "choice", added.choice(), List.of());
        }
        if (list.choices().size() >= LIST_MOST) {
            add(Why.LONG, "list", Integer.toString(list.choices().size() + 1), List.of("1 .. " + LIST_MOST));
        }
        var steps = stepsBy(programme, list.id());
        if (!steps.isEmpty()) {
            add(Why.STEPS, "list", list.id(), List.copyOf(steps));
        }
    }

    /** Steps that exist by a field of the list, and fields by which separation is made stricter. */
    public static Set<String> stepsBy(Programme programme, String list) {
        var by = new TreeSet<String>();
        for (var kind : programme.kinds()) {
            for (var field : kind.fields()) {
                if (field.list().equals(list)) {
                    kind.moves().stream()
                            .filter(move -> move.when().fields().contains(field.id()))
                            .forEach(move -> by.add(move.id()));
                    if (kind.level().equals(field.id())) {
                        by.add(field.id());
                    }
                }
            }
        }
        return by;
    }

    private void retired(ChoiceRetired retired) {
        programme
                .findList(retired.list())
                .ifPresentOrElse(list -> retired(list, retired), () -> noList(retired.list()));
    }

    private void retired(ChoiceList list, ChoiceRetired retired) {
        var offered = list.choices().stream()
                .filter(one -> !one.retired())
                .map(Field.Choice::id)
                .toList();
        if (list.find(retired.choice()).isEmpty()) {
            add(Why.UNKNOWN, "choice", retired.choice(), offered);
        } else if (!offered.contains(retired.choice())) {
            add(Why.SAME, "choice", retired.choice(), List.of());
        } else if (offered.size() == 1) {
            add(Why.LAST, "choice", retired.choice(), List.of());
        }
    }

    private void returned(ChoiceReturned returned) {
        var list = programme.findList(returned.list());
        if (list.isEmpty()) {
            noList(returned.list());
            return;
        }
        var retired = list.get().choices().stream()
                .filter(Field.Choice::retired)
                .map(Field.Choice::id)
                .toList();
        if (list.get().find(returned.choice()).isEmpty()) {
            add(Why.UNKNOWN, "choice", returned.choice(), retired);
        } else if (!retired.contains(returned.choice())) {
            add(Why.SAME, "choice", returned.choice(), List.of());
        }
    }

    private void noList(String list) {
        add(
                Why.UNKNOWN,
                "list",
                list,
                programme.lists().stream().map(ChoiceList::id).toList());
    }

    // ---- targets

    private void target(TargetSet target) {
        var indicator = programme.findIndicator(target.indicator());
        if (indicator.isEmpty()) {
            add(
                    Why.UNKNOWN,
                    "indicator",
                    target.indicator(),
                    programme.indicators().stream().map(Indicator::id).toList());
        }
        if (target.year() < Target.FIRST_YEAR || target.year() > Target.LAST_YEAR) {
            add(
                    Why.YEAR,
                    "year",
                    Integer.toString(target.year()),
                    List.of(Target.FIRST_YEAR + " .. " + Target.LAST_YEAR));
        }
        if (!target.town().isEmpty() && programme.town().isEmpty()) {
            add(Why.TOWN, "town", target.town(), List.of());
        }
        indicator.ifPresent(one -> number(target, one));
    }

    private void number(TargetSet target, Indicator indicator) {
        var now = programme.findTarget(target.indicator(), target.year(), target.town());
        if (target.value().isEmpty()) {
            if (now.isEmpty()) {
                add(Why.SAME, "value", "", List.of());
            }
        } else if (!fits(target.value(), indicator.scale())) {
            add(Why.NUMBER, "value", target.value(), List.of(numbers(indicator.scale())));
        } else if (now.filter(one -> one.certainty().equals(Target.SET))
                .filter(one -> one.value().compareTo(new BigDecimal(target.value())) == 0)
                .isPresent()) {
            add(Why.SAME, "value", target.value(), List.of());
        }
    }

    private static String numbers(int scale) {
        return "0 .. 999999999999999" + (scale == 0 ? "" : "." + "9".repeat(scale));
    }

    /** 0 or more, with so many decimals at most. */
    public static boolean fits(String value, int scale) {
        return NUMBER.matcher(value).matches()
                && new BigDecimal(value).stripTrailingZeros().scale() <= scale;
    }

    // ---- words

    private void words(Reworded reworded) {
        var words = programme.words();
        var now = words.get(reworded.place());
        if (now == null) {
            add(Why.UNKNOWN, "place", reworded.place(), List.copyOf(words.keySet()));
        } else if (reworded.place().equals(Programme.REPORT)) {
            var known = Report.placeholders(programme.indicators());
            report("zh-CN", reworded.zh(), known);
            report("en", reworded.en(), known);
            unit("zh-CN", reworded.zh());
            unit("en", reworded.en());
        } else {
            name("zh-CN", reworded.zh());
            name("en", reworded.en());
            role(reworded);
        }
        if (new Text(reworded.zh(), reworded.en()).equals(now)) {
            add(Why.SAME, "place", reworded.place(), List.of());
        }
    }

    /** Two roles with one name could not be told apart. */
    private void role(Reworded reworded) {
        for (var other : programme.roles()) {
            if (reworded.place().startsWith("role/")
                    && !reworded.place().equals("role/" + other.id())
                    && (other.name().zh().equals(reworded.zh())
                            || other.name().en().equals(reworded.en()))) {
                add(Why.ROLE, "place", other.name().zh() + " / " + other.name().en(), List.of());
            }
        }
    }

    private void unit(String language, String text) {
        Report.wrongUnits(text, programme.indicators())
                .forEach(wrong -> add(Why.UNKNOWN, language, wrong, List.of("%", "个百分点", "percentage points")));
    }

    private void name(String language, String text) {
        size(language, text, NAME_MOST);
        if (text.lines().count() > 1) {
            add(Why.LINES, language, text.lines().findFirst().orElse(""), List.of());
        }
        braces(language, text);
    }

    private void size(String language, String text, int most) {
        if (text.isBlank()) {
            add(Why.EMPTY, language, "", List.of());
        } else if (text.length() > most) {
            add(Why.LONG, language, Integer.toString(text.length()), List.of("1 .. " + most));
        }
    }

    /** Only what is known stands in braces; the text is on lines as whoever wrote it sees them. */
    private void report(String language, String text, List<String> known) {
        size(language, text, REPORT_MOST);
        var lines = text.lines().toList();
        for (var n = 0; n < lines.size(); n++) {
            var line = n + 1;
            PLACEHOLDER
                    .matcher(lines.get(n))
                    .results()
                    .filter(found -> !known.contains(found.group(1)))
                    .forEach(found -> faults.add(
                            new Fault(Why.PLACEHOLDER, language, line, found.start() + 1, found.group(), known)));
        }
        braces(
                language,
                PLACEHOLDER
                        .matcher(text)
                        .replaceAll(found -> ".".repeat(found.group().length())));
    }

    private void braces(String language, String text) {
        var lines = text.lines().toList();
        for (var n = 0; n < lines.size(); n++) {
            var line = n + 1;
            BRACE.matcher(lines.get(n))
                    .results()
                    .forEach(found -> faults.add(
                            new Fault(Why.BRACES, language, line, found.start() + 1, found.group(), List.of())));
        }
    }

    // ---- bodies

    private void bodies(BodiesSet bodies) {
        var assigned =
                programme.kinds().stream().filter(Kind::assigns).map(Kind::id).toList();
        if (!assigned.contains(bodies.what())) {
            add(Why.UNKNOWN, "kind", bodies.what(), assigned);
        }
        if (!bodies.town().isEmpty() && programme.town().isEmpty()) {
            add(Why.TOWN, "town", bodies.town(), List.of());
        }
        if (bodies.lead().isEmpty() != bodies.supervising().isEmpty()
                || !bodies.lead().isEmpty() && bodies.lead().equals(bodies.supervising())) {
            add(Why.BODIES, "lead", bodies.lead() + " / " + bodies.supervising(), List.of());
        }
        var now = programme
                .findUsual(bodies.what(), bodies.town())
                .orElse(new Usual(bodies.what(), bodies.town(), "", ""));
        if (now.lead().equals(bodies.lead()) && now.supervising().equals(bodies.supervising())) {
            add(Why.SAME, "lead", bodies.lead() + " / " + bodies.supervising(), List.of());
        }
    }
}
