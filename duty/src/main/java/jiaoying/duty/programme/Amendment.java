package jiaoying.duty.programme;

/**
 * What those who supervise a programme may change of it without its engineer (专项设置): lists, targets, words and usual bodies.
 * One person proposes it, another decides; stages, steps, roles and formulas stay with the pack, whatever their words.
 */
public sealed interface Amendment {
    /** What is changed; of one subject only one change may wait at a time. */
    String subject();

    /** A new value at the end of a list. @param list of the pack @param choice its id @param zh and en its names */
    record ChoiceAdded(String list, String choice, String zh, String en) implements Amendment {
        @Override
        public String subject() {
            return "list/" + list + '/' + choice;
        }
    }

    /** Nobody chooses the value any more (停用); items that have it keep it. */
    record ChoiceRetired(String list, String choice) implements Amendment {
        @Override
        public String subject() {
            return "list/" + list + '/' + choice;
        }
    }

    /** A retired value may be chosen again. */
    record ChoiceReturned(String list, String choice) implements Amendment {
        @Override
        public String subject() {
            return "list/" + list + '/' + choice;
        }
    }

    /**
     * What an indicator is to reach in a year (目标).
     *
     * @param town  as the items have it, or empty for the whole programme
     * @param value a decimal in the indicator's unit and with its decimals at most; empty: no target any more
     */
    record TargetSet(String indicator, int year, String town, String value) implements Amendment {
        @Override
        public String subject() {
            return "target/" + indicator + '/' + year + '/' + town;
        }
    }

    /** Other words for something that has a name, or for the report (措辞). @param place as {@link Programme#words} names it */
    record Reworded(String place, String zh, String en) implements Amendment {
        @Override
        public String subject() {
            return "words/" + place;
        }

        Renaming renaming() {
            return (at, text) -> at.equals(place) ? new Text(zh, en) : text;
        }
    }

    /**
     * The bodies that an item is given when whoever assigns it names none (默认单位).
     *
     * @param what        kind of item
     * @param town        as the items have it, or empty for all towns without bodies of their own
     * @param lead        empty together with {@code supervising}: none any more
     */
    record BodiesSet(String what, String town, String lead, String supervising) implements Amendment {
        @Override
        public String subject() {
            return "bodies/" + what + '/' + town;
        }
    }
}
