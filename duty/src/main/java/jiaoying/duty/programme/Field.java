package jiaoying.duty.programme;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A field of a kind of item.
 *
 * @param list     the list of the programme from which a CHOICE chooses; empty for the others
 * @param choices  what a CHOICE may be; empty for the others
 * @param scale    decimals that a DECIMAL may have at most
 * @param unit     of a DECIMAL or INTEGER, as mu, yuan, day or count
 * @param least    smallest value of a number
 * @param required without it no item is opened
 * @param expected when a missing value makes a sum "at least"
 * @param setBy    the only role that may set it, or empty
 * @param dayOf    the MOMENT whose local day a DATE has unless somebody says another; or empty
 */
public record Field(
        String id,
        Text name,
        Type type,
        String list,
        List<Choice> choices,
        int scale,
        String unit,
        Optional<BigDecimal> least,
        boolean required,
        Optional<Condition> expected,
        String setBy,
        String dayOf) {
    /** What a field holds. */
    public enum Type {
        TEXT,
        CHOICE,
        INTEGER,
        DECIMAL,
        DATE,
        MOMENT,
        FLAG,
        PLACE,
        AREA,
        PERSON,
        FILE;

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        public static List<String> words() {
            return Arrays.stream(values()).map(Type::word).toList();
        }

        public static Optional<Type> find(String word) {
            return Arrays.stream(values())
                    .filter(type -> type.word().equals(word))
                    .findFirst();
        }
    }

    /** One of a list, in rising order where order matters. @param retired nobody chooses it any more; what has it keeps it */
    public record Choice(String id, Text name, boolean retired) {
        static List<Choice> with(List<Choice> choices, String list, Amendment amendment) {
            return switch (amendment) {
                case Amendment.ChoiceAdded added
                when added.list().equals(list) ->
                    choices.stream().anyMatch(one -> one.id().equals(added.choice()))
                            ? choices
                            : Stream.concat(
                                            choices.stream(),
                                            Stream.of(new Choice(
                                                    added.choice(), new Text(added.zh(), added.en()), false)))
                                    .toList();
                case Amendment.ChoiceRetired one when one.list().equals(list) -> retired(choices, one.choice(), true);
                case Amendment.ChoiceReturned one when one.list().equals(list) -> retired(choices, one.choice(), false);
                default -> choices;
            };
        }

        private static List<Choice> retired(List<Choice> choices, String choice, boolean retired) {
            return choices.stream()
                    .map(one -> one.id().equals(choice) ? new Choice(one.id(), one.name(), retired) : one)
                    .toList();
        }

        static List<Choice> reworded(List<Choice> choices, String list, Renaming words) {
            return choices.stream()
                    .map(one -> new Choice(
                            one.id(), words.at("choice/" + list + '/' + one.id(), one.name()), one.retired()))
                    .toList();
        }
    }

    Field with(Amendment amendment) {
        return with(name, Choice.with(choices, list, amendment));
    }

    Field reworded(String kind, Renaming words) {
        return with(words.at("field/" + kind + '/' + id, name), Choice.reworded(choices, list, words));
    }

    private Field with(Text otherName, List<Choice> otherChoices) {
        return new Field(id, otherName, type, list, otherChoices, scale, unit, least, required, expected, setBy, dayOf);
    }

    /** Whether somebody may choose this now: what is retired is not offered. Other types offer what they take. */
    public boolean offers(String text) {
        return choices.stream().noneMatch(one -> one.id().equals(text) && one.retired());
    }

    /** Ids of the choices that are offered. */
    public List<String> offered() {
        return choices.stream().filter(one -> !one.retired()).map(Choice::id).toList();
    }

    public boolean allows(String choice) {
        return choices.stream().anyMatch(one -> one.id().equals(choice));
    }

    /** The place of a choice in its list, from 0; -1 when it is none of them. */
    public int rank(String choice) {
        for (var i = 0; i < choices.size(); i++) {
            if (choices.get(i).id().equals(choice)) {
                return i;
            }
        }
        return -1;
    }

    /** The text of the field as a cell; what is no value of the type is missing. */
    public Cell cell(String text) {
        if (text.isEmpty()) {
            return Cell.MISSING;
        }
        try {
            return switch (type) {
                case INTEGER, DECIMAL -> Cell.of(new BigDecimal(text));
                case DATE -> Cell.of(java.time.LocalDate.parse(text));
                case FLAG -> Cell.of(text.equals("true"));
                case TEXT, CHOICE, MOMENT, PLACE, AREA, PERSON, FILE -> Cell.of(text);
            };
        } catch (NumberFormatException | java.time.format.DateTimeParseException unreadable) {
            return Cell.MISSING;
        }
    }

    /** Whether a text is a value of this field; nothing is one always. */
    public boolean takes(String text) {
        if (text.isEmpty()) {
            return true;
        }
        return switch (type) {
            case TEXT, PLACE, AREA, PERSON, FILE -> true;
            case CHOICE -> allows(text);
            case FLAG -> text.equals("true") || text.equals("false");
            case DATE -> !cell(text).missing();
            case MOMENT -> moment(text);
            case INTEGER, DECIMAL ->
                text.matches("-?\\d{1,15}(\\.\\d{1,10})?")
                        && new BigDecimal(text).stripTrailingZeros().scale() <= scale
                        && least.map(min -> new BigDecimal(text).compareTo(min) >= 0)
                                .orElse(true);
        };
    }

    private static boolean moment(String text) {
        try {
            java.time.Instant.parse(text);
            return true;
        } catch (java.time.format.DateTimeParseException e) {
            return false;
        }
    }
}
