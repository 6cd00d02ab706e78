package jiaoying.duty.programme;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import jiaoying.duty.programme.Amendment.BodiesSet;
import jiaoying.duty.programme.Amendment.ChoiceAdded;
import jiaoying.duty.programme.Amendment.ChoiceRetired;
import jiaoying.duty.programme.Amendment.ChoiceReturned;
import jiaoying.duty.programme.Amendment.Reworded;
import jiaoying.duty.programme.Amendment.TargetSet;

/**
 * A programme as its pack says it (专项): kinds of items with their ways, figures, and the report made of them.
 *
 * @param lists    what fields choose from, as {@link Field#list} names them
 * @param report   text with {@link Report#placeholders}, in both languages
 * @param exchange how rows of a ledger file become items; empty when none is taken
 * @param town     the field of items that tells their town, by which targets and usual bodies go; empty: none does
 * @param targets  what indicators are to reach, by year and town
 * @param usual    bodies that items are given when whoever assigns them names none
 * @param cards    what each of {@link #CARD_LEVELS} is called where a card went up to it
 */
public record Programme(
        String name,
        String version,
        Text title,
        List<Role> roles,
        List<ChoiceList> lists,
        List<Kind> kinds,
        List<Indicator> indicators,
        Optional<Text> report,
        Optional<Exchange> exchange,
        String town,
        List<Target> targets,
        List<Usual> usual,
        Map<String, Text> cards) {
    /** Of cards, from the mildest up; the last goes to the leader and owes no answer. */
    public static final List<String> CARD_LEVELS = List.of("blue", "yellow", "red", "interview", "report");

    /** The place of the report's text among {@link #words}. */
    public static final String REPORT = "report";

    /** What fields may choose from, in rising order where order matters. */
    public record ChoiceList(String id, List<Field.Choice> choices) {
        public Optional<Field.Choice> find(String choice) {
            return choices.stream().filter(one -> one.id().equals(choice)).findFirst();
        }

        ChoiceList with(Amendment amendment) {
            return new ChoiceList(id, Field.Choice.with(choices, id, amendment));
        }
    }

    /**
     * A role; who holds it for which body and area is the directory's.
     *
     * @param name    what people read; other words do not change who holds it
     * @param duty    the duty of the register by which it is held: its Chinese name in the pack
     * @param body    lead: of the lead body of the item; supervising: of its supervising body; any: of whichever
     * @param leader  told when an item is reopened
     * @param outside courts, procuratorates, enterprises: watched only, never carded or called
     */
    public record Role(String id, Text name, String duty, String body, boolean leader, boolean outside) {
        public static final String LEAD = "lead";
        public static final String SUPERVISING = "supervising";
        public static final String ANY = "any";

        Role with(Text other) {
            return new Role(id, other, duty, body, leader, outside);
        }
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
        return but(
                version + '+' + change,
                lists,
                kinds.stream()
                        .map(one -> one.id().equals(kind) ? one.with(clock, term) : one)
                        .toList(),
                targets,
                usual);
    }

    /**
     * The same with a change that two persons made; itself where the change cannot be made, because the pack has become another.
     *
     * @param change by which it was changed
     */
    public Programme with(Amendment amendment, String change) {
        if (!Faults.of(this, amendment).isEmpty()) {
            return this;
        }
        var next = version + '+' + change;
        return switch (amendment) {
            case ChoiceAdded added -> choosing(added, next);
            case ChoiceRetired retired -> choosing(retired, next);
            case ChoiceReturned returned -> choosing(returned, next);
            case TargetSet target -> but(next, lists, kinds, aiming(target, change), usual);
            case Reworded words -> reworded(next, words.renaming());
            case BodiesSet bodies -> but(next, lists, kinds, targets, giving(bodies));
        };
    }

    private Programme choosing(Amendment amendment, String next) {
        return but(
                next,
                lists.stream().map(list -> list.with(amendment)).toList(),
                kinds.stream().map(kind -> kind.with(amendment)).toList(),
                targets,
                usual);
    }

    private List<Target> aiming(TargetSet set, String change) {
        var others = targets.stream().filter(one -> !one.is(set.indicator(), set.year(), set.town()));
        return set.value().isEmpty()
                ? others.toList()
                : Stream.concat(
                                others,
                                Stream.of(new Target(
                                        set.indicator(),
                                        set.year(),
                                        set.town(),
                                        new BigDecimal(set.value()),
                                        change,
                                        Target.SET)))
                        .toList();
    }

    private List<Usual> giving(BodiesSet set) {
        var others = usual.stream()
                .filter(one -> !(one.kind().equals(set.what()) && one.town().equals(set.town())));
        return set.lead().isEmpty()
                ? others.toList()
                : Stream.concat(others, Stream.of(new Usual(set.what(), set.town(), set.lead(), set.supervising())))
                        .toList();
    }

    /** What a level of cards is called. @throws IllegalArgumentException there is none of this name */
    public Text card(String level) {
        return Optional.ofNullable(cards.get(level))
                .orElseThrow(() -> new IllegalArgumentException("Bug: no level of cards is named " + level));
    }

    private Programme but(
            String otherVersion,
            List<ChoiceList> otherLists,
            List<Kind> otherKinds,
            List<Target> otherTargets,
            List<Usual> otherUsual) {
        return new Programme(
                name,
                otherVersion,
                title,
                roles,
                otherLists,
                otherKinds,
                indicators,
                report,
                exchange,
                town,
                otherTargets,
                otherUsual,
                cards);
    }

    private Programme reworded(String next, Renaming words) {
        return new Programme(
                name,
                next,
                words.at("title", title),
                roles.stream()
                        .map(role -> role.with(words.at("role/" + role.id(), role.name())))
                        .toList(),
                lists.stream()
                        .map(list -> new ChoiceList(list.id(), Field.Choice.reworded(list.choices(), list.id(), words)))
                        .toList(),
                kinds.stream().map(kind -> kind.reworded(words)).toList(),
                indicators.stream()
                        .map(one -> one.with(words.at("indicator/" + one.id(), one.name())))
                        .toList(),
                report.map(text -> words.at(REPORT, text)),
                exchange,
                town,
                targets,
                usual,
                cards);
    }

    /**
     * Every text that people may change, by its place: {@code title}, {@code report}, {@code indicator/ID},
     * {@code choice/LIST/ID}, {@code role/ID}, {@code kind/ID}, and {@code field}, {@code stage}, {@code move}, {@code evidence}, {@code clock},
     * {@code rung}, {@code linkage} and {@code rule} as {@code field/KIND/ID}.
     */
    public Map<String, Text> words() {
        var words = new LinkedHashMap<String, Text>();
        reworded(version, (place, text) -> {
            words.putIfAbsent(place, text);
            return text;
        });
        return words;
    }

    /**
     * What stands where a change would be made: the Chinese and the English words, a target's value, or the lead and the
     * supervising body; empty where nothing does.
     */
    public List<String> before(Amendment amendment) {
        return switch (amendment) {
            case ChoiceAdded added -> List.of();
            case ChoiceRetired one -> choice(one.list(), one.choice());
            case ChoiceReturned one -> choice(one.list(), one.choice());
            case TargetSet set ->
                findTarget(set.indicator(), set.year(), set.town())
                        .map(one -> one.value().toPlainString())
                        .map(List::of)
                        .orElse(List.of());
            case Reworded words ->
                Optional.ofNullable(words().get(words.place()))
                        .map(Programme::both)
                        .orElse(List.of());
            case BodiesSet set ->
                findUsual(set.what(), set.town())
                        .map(one -> List.of(one.lead(), one.supervising()))
                        .orElse(List.of());
        };
    }

    private List<String> choice(String list, String choice) {
        return findList(list)
                .flatMap(one -> one.find(choice))
                .map(one -> both(one.name()))
                .orElse(List.of());
    }

    private static List<String> both(Text text) {
        return List.of(text.zh(), text.en());
    }

    /** Whether towns are areas of the register by their codes; otherwise they stand in items by their names. */
    public boolean townIsArea() {
        return kinds.stream()
                .flatMap(kind -> kind.findField(town).stream())
                .anyMatch(field -> field.type() == Field.Type.AREA);
    }

    public Optional<ChoiceList> findList(String list) {
        return lists.stream().filter(one -> one.id().equals(list)).findFirst();
    }

    public Optional<Indicator> findIndicator(String indicator) {
        return indicators.stream().filter(one -> one.id().equals(indicator)).findFirst();
    }

    /** @param inTown empty: of the whole programme */
    public Optional<Target> findTarget(String indicator, int year, String inTown) {
        return targets.stream().filter(one -> one.is(indicator, year, inTown)).findFirst();
    }

    /** The bodies of exactly this town. @param inTown empty: of the towns that have none of their own */
    public Optional<Usual> findUsual(String kind, String inTown) {
        return usual.stream()
                .filter(one -> one.kind().equals(kind) && one.town().equals(inTown))
                .findFirst();
    }

    /** The bodies that an item of a town is given: the town's, else those of all others. */
    public Optional<Usual> usualFor(String kind, String ofTown) {
        return findUsual(kind, ofTown).or(() -> findUsual(kind, ""));
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
