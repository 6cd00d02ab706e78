package jiaoying.server.pack;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import jiaoying.duty.programme.FormulaReader;
import jiaoying.duty.programme.Indicator;
import jiaoying.duty.programme.Kind;
import jiaoying.duty.programme.Programme;
import jiaoying.duty.programme.Programme.Role;
import jiaoying.duty.programme.Report;
import jiaoying.duty.programme.Text;
import jiaoying.server.reply.Texts;

/** Reads {@code programme.yaml}: kinds of items with their ways, figures and the report (专项). */
final class ProgrammeReader {
    static final Pattern ID = Pattern.compile("[a-z][a-z0-9_-]{0,39}");
    static final String ID_WORDS = "a name of small letters, digits, - and _";
    static final int MOST = 200;

    private static final Pattern PLACEHOLDER = Pattern.compile("\\{([^{}]*)}");
    private static final int SCALE_MOST = 6;

    private final PackHead head;
    private final Fields fields;

    private ProgrammeReader(PackHead head, PackNode root) {
        this.head = head;
        fields = root.fields(
                List.of("roles", "lists", "kinds", "indicators", "report", "exchange", "town", "targets", "cards"));
    }

    static Programme read(PackHead head, PackNode root) {
        return new ProgrammeReader(head, root).read();
    }

    private Programme read() {
        var roles = each(fields.need("roles"), this::role, Role::id);
        var lists = fields.find("lists").map(ListsReader::read).orElse(Map.of());
        var kinds = new ArrayList<Kind>();
        for (var node : fields.need("kinds").items(MOST)) {
            var kind = KindReader.read(node, roles, lists);
            if (kinds.stream().anyMatch(one -> one.id().equals(kind.id()))) {
                node.refuse("each kind once");
            } else {
                kinds.add(kind);
            }
        }
        var indicators = indicators(List.copyOf(kinds));
        var town = TargetsReader.town(fields.find("town"), kinds);
        return new Programme(
                head.name(),
                head.version(),
                new Text(head.titleZh(), head.titleEn()),
                roles,
                lists.entrySet().stream()
                        .map(list -> new Programme.ChoiceList(list.getKey(), list.getValue()))
                        .toList(),
                List.copyOf(kinds),
                indicators,
                fields.find("report").map(node -> report(node, indicators)),
                fields.find("exchange").map(node -> ExchangeReader.read(node, kinds)),
                town,
                TargetsReader.targets(fields.find("targets"), town, indicators),
                List.of(),
                cards());
    }

    /** What levels of cards are called: by the pack, else as everybody calls them. */
    private Map<String, Text> cards() {
        var said = fields.find("cards").map(node -> node.fields(Programme.CARD_LEVELS));
        return Programme.CARD_LEVELS.stream()
                .collect(Collectors.toUnmodifiableMap(
                        level -> level,
                        level -> said.flatMap(cards -> cards.find(level))
                                .map(node -> words(node.fields(List.of("zh", "en"))))
                                .orElseGet(() -> new Text(
                                        Texts.ZH.say("card.level." + level), Texts.EN.say("card.level." + level)))));
    }

    private Role role(PackNode node) {
        var role = node.fields(List.of("id", "zh", "en", "body", "leader", "outside"));
        var name = words(role);
        return new Role(
                id(role),
                name,
                name.zh(),
                role.find("body")
                        .map(body -> body.oneOf(List.of(Role.LEAD, Role.SUPERVISING, Role.ANY)))
                        .orElse(Role.ANY),
                flag(role, "leader"),
                flag(role, "outside"));
    }

    private List<Indicator> indicators(List<Kind> kinds) {
        var units = new LinkedHashMap<String, String>();
        return each(
                fields.need("indicators"),
                node -> {
                    var indicator = indicator(node, new FormulaReader.Scope(kinds, units));
                    units.put(indicator.id(), indicator.unit());
                    return indicator;
                },
                Indicator::id);
    }

    private static Indicator indicator(PackNode node, FormulaReader.Scope scope) {
        var indicator = node.fields(List.of("id", "zh", "en", "unit", "scale", "formula"));
        var unit = indicator.need("unit").text();
        var place = indicator.need("formula");
        var read = FormulaReader.formula(place.text(), scope);
        tell(place, read.faults());
        if (read.value().isPresent() && !goes(read.unit(), unit)) {
            indicator.need("unit").refuse("the unit of the formula, " + shown(read.unit()));
        }
        return new Indicator(
                id(indicator),
                words(indicator),
                unit,
                indicator.find("scale").map(scale -> scale(scale)).orElse(0),
                read.value().orElse(new jiaoying.duty.programme.Formula.Number(java.math.BigDecimal.ZERO)));
    }

    private static boolean goes(String found, String said) {
        return found.equals(said);
    }

    private static String shown(String unit) {
        return unit.isEmpty() ? "a plain number" : unit;
    }

    static int scale(PackNode node) {
        var text = node.text();
        if (!text.matches("[0-" + SCALE_MOST + "]")) {
            node.refuse("a number of decimals from 0 to " + SCALE_MOST);
            return 0;
        }
        return Integer.parseInt(text);
    }

    private static Text report(PackNode node, List<Indicator> indicators) {
        var report = node.fields(List.of("zh", "en"));
        var known = Report.placeholders(indicators);
        for (var place : List.of(report.need("zh"), report.need("en"))) {
            PLACEHOLDER.matcher(place.text()).results().forEach(found -> {
                if (!known.contains(found.group(1))) {
                    place.unknown("placeholder", found.group(1), known);
                }
            });
            Report.wrongUnits(place.text(), indicators)
                    .forEach(wrong -> place.refuse(
                            "\"" + wrong + "\"", "% behind percent, percentage points behind their difference"));
        }
        return words(report);
    }

    // ---- what the readers of a programme share

    static String id(Fields fields) {
        return fields.need("id").text(ID, ID_WORDS);
    }

    static Text words(Fields fields) {
        return new Text(fields.need("zh").text(), fields.need("en").text());
    }

    static boolean flag(Fields fields, String key) {
        return fields.find(key).map(PackNode::flag).orElse(false);
    }

    static String one(Fields fields, String key, Collection<String> known) {
        return fields.find(key).map(node -> node.oneOf(known)).orElse("");
    }

    static List<String> some(Fields fields, String key, Collection<String> known) {
        return fields.find(key).map(node -> node.names(known, MOST)).orElse(List.of());
    }

    static void tell(PackNode place, List<FormulaReader.Fault> faults) {
        faults.forEach(fault -> place.refuseInside(fault.at(), fault.found(), fault.expected(), fault.known()));
    }

    /** The entries of a list, each name once. */
    static <T> List<T> each(
            PackNode node, java.util.function.Function<PackNode, T> read, java.util.function.Function<T, String> id) {
        var known = new LinkedHashMap<String, T>();
        for (var item : node.items(MOST)) {
            var one = read.apply(item);
            if (known.putIfAbsent(id.apply(one), one) != null && !id.apply(one).isEmpty()) {
                item.refuse("\"" + id.apply(one) + "\" a second time", "each name once");
            }
        }
        return List.copyOf(known.values());
    }

    static <T> List<T> each(
            Optional<PackNode> node,
            java.util.function.Function<PackNode, T> read,
            java.util.function.Function<T, String> id) {
        return node.map(one -> each(one, read, id)).orElse(List.of());
    }
}
