package jiaoying.duty.programme;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.stream.IntStream;

/**
 * A kind of item of a programme, with its whole way (事项种类).
 *
 * @param loop    the four acts are owed: no item closes without them. False: a plain record, such as a round of inspection
 * @param number  how items are numbered, for example YH-{town}-{yyyy}-{seq}
 * @param level   the field by which separation is made stricter, or empty; the highest it ever was counts
 */
public record Kind(
        String id,
        Text name,
        boolean loop,
        String number,
        String level,
        List<Field> fields,
        List<Stage> stages,
        List<Move> moves,
        List<Separation> separations,
        List<Evidence> evidence,
        List<ClockRule> clocks,
        Optional<Extension> extension,
        List<Rung> ladder,
        List<Linkage> linkages,
        List<Raise> raises,
        List<Rule> rules,
        List<String> afterClose) {

    /** A stage of the pack (环节), tied to a core state. */
    public record Stage(String id, Text name, CoreState core) {}

    /**
     * A step from one stage to another.
     *
     * @param by       roles of which one is needed
     * @param when     the step exists only while this holds
     * @param fields   that must be filled
     * @param evidence ids that must be there, taken since the item last came to IN_HAND where it is a feedback
     * @param approval the role of another person who must have agreed, or empty
     * @param most     how often at most, or 0 for any number
     */
    public record Move(
            String id,
            String from,
            String to,
            Text name,
            List<String> by,
            Condition when,
            List<String> fields,
            List<String> evidence,
            boolean bodies,
            boolean reason,
            boolean onSite,
            String approval,
            int most) {
        Move with(Text other) {
            return new Move(id, from, to, other, by, when, fields, evidence, bodies, reason, onSite, approval, most);
        }
    }

    /**
     * Who may not do something because of what he or his body did before, over the whole history (职责分离).
     *
     * @param move     the step that is refused
     * @param notBy    steps whose doers may not, or the word {@code lead} for the lead body
     * @param body     true: no person of the body either
     * @param strict   levels for which it holds; empty: always
     */
    public record Separation(String move, List<String> notBy, boolean body, List<String> strict) {
        public static final String LEAD = "lead";
    }

    /** @param least how many; nearM: how far from the item's place at most, 0 for anywhere; afterField: taken not before it, or empty */
    public record Evidence(String id, Text name, String form, int least, int nearM, String afterField) {
        Evidence with(Text other) {
            return new Evidence(id, other, form, least, nearM, afterField);
        }
    }

    /**
     * A clock (时限).
     *
     * @param until     the field that holds the last day instead of a term, or empty
     * @param onMiss    the step that the clock takes when it is missed, because the law says so; or empty
     * @param watchOnly kept by somebody outside, such as a court: reminded through the liaison, never carded or called
     * @param basis     law, rule or local; with its reference and how certain it is
     */
    public record ClockRule(
            String id,
            Text name,
            String start,
            List<String> stop,
            Optional<Term> term,
            String until,
            Condition when,
            boolean pausable,
            boolean watchOnly,
            String onMiss,
            Basis basis) {
        /** What the law gives may be shortened, never lengthened; in other units it cannot be told. */
        public boolean allows(Term other) {
            return basis.term()
                    .or(() -> basis.kind().equals("law") ? term : Optional.empty())
                    .filter(most -> other.unit() != most.unit() || other.amount() > most.amount())
                    .isEmpty();
        }

        ClockRule with(Text other) {
            return new ClockRule(id, other, start, stop, term, until, when, pausable, watchOnly, onMiss, basis);
        }

        ClockRule with(Term other) {
            return new ClockRule(
                    id, name, start, stop, Optional.of(other), until, when, pausable, watchOnly, onMiss, basis);
        }
    }

    /**
     * What a clock stands on.
     *
     * @param kind      law, rule or local
     * @param certainty high, medium or example
     * @param term      what the law gives
     * @param more      days by which the law itself lets it be extended, at most; 0 for none
     * @param pauses    the law itself lets it rest
     */
    public record Basis(
            String kind, String reference, String certainty, Optional<Term> term, int more, boolean pauses) {
        public Basis(String kind, String reference, String certainty, Optional<Term> term) {
            this(kind, reference, certainty, term, 0, false);
        }
    }

    /** How more time may be had (延期). @param total days at most in all @param decide by another body within this */
    public record Extension(
            List<String> clocks, int times, int total, Term decide, List<String> by, List<String> fields) {
        /** Days that may still be given. @param granted each time so far */
        public int left(List<Integer> granted) {
            return total - granted.stream().mapToInt(Integer::intValue).sum();
        }
    }

    /**
     * A step of supervision (督办): a card or a reminder.
     *
     * @param clock  whose end it goes by
     * @param offset days after the clock's end; negative before it
     * @param level  blue, yellow, red, interview or report
     * @param urgent life: may ring by night; else work
     * @param answer within this; empty: no answer is owed
     */
    public record Rung(
            String id,
            Text name,
            String clock,
            int offset,
            String level,
            List<String> to,
            boolean urgent,
            Optional<Duration> answer,
            Condition when) {
        Rung with(Text other) {
            return new Rung(id, other, clock, offset, level, to, urgent, answer, when);
        }
    }

    /**
     * A warning asks something of every open item in its area (联动).
     *
     * @param color  the least colour, as a word
     * @param field  that the answer fills
     * @param within how long there is
     * @param rung   the card when nobody answered
     */
    public record Linkage(
            String hazard, String color, String field, List<String> by, Duration within, String rung, Text ask) {
        Linkage with(Text other) {
            return new Linkage(hazard, color, field, by, within, rung, other);
        }
    }

    /**
     * What a machine notices opens an item as a draft, which only a person registers (监测发现).
     *
     * @param upon   {@code alert}: a threshold alert of this hazard and at least this colour; {@code doubt}: a station is not believed
     * @param hazard empty for a doubt, as {@code color}
     * @param fields text of each field, with {@code {area}}, {@code {area_name}}, {@code {station}}, {@code {station_name}},
     *               {@code {color}}, {@code {at}}, {@code {place}} and {@code {why}} filled in
     */
    public record Raise(String upon, String hazard, String color, Map<String, String> fields) {
        public static final String ALERT = "alert";
        public static final String DOUBT = "doubt";
        /** What may stand in braces. */
        public static final List<String> WORDS =
                List.of("area", "area_name", "station", "station_name", "color", "at", "place", "why");
    }

    /** What must hold of an item's fields at every moment. @param field the one to correct */
    public record Rule(Condition must, String field, Text name) {}

    public Optional<Field> findField(String field) {
        return fields.stream().filter(one -> one.id().equals(field)).findFirst();
    }

    public Optional<Stage> findStage(String stage) {
        return stages.stream().filter(one -> one.id().equals(stage)).findFirst();
    }

    public Stage stage(String stage) {
        return findStage(stage).orElseThrow(() -> new IllegalStateException("Bug: no stage " + stage + " in " + id));
    }

    public Optional<Move> findMove(String move) {
        return moves.stream().filter(one -> one.id().equals(move)).findFirst();
    }

    public Optional<ClockRule> findClock(String clock) {
        return clocks.stream().filter(one -> one.id().equals(clock)).findFirst();
    }

    public Optional<Evidence> findEvidence(String need) {
        return evidence.stream().filter(one -> one.id().equals(need)).findFirst();
    }

    /** The same with another term for a clock; {@code until} a field stays as it is. */
    Kind with(String clock, Term term) {
        return but(
                fields,
                clocks.stream()
                        .map(one -> one.id().equals(clock) ? one.with(term) : one)
                        .toList());
    }

    /**
     * The same with a changed list, or with other words. An item that is open takes both at once; nothing else of its way
     * changes.
     */
    public Kind with(Amendment amendment) {
        return switch (amendment) {
            case Amendment.ChoiceAdded added -> choosing(added);
            case Amendment.ChoiceRetired retired -> choosing(retired);
            case Amendment.ChoiceReturned returned -> choosing(returned);
            case Amendment.Reworded words -> reworded(words.renaming());
            case Amendment.TargetSet target -> this;
            case Amendment.BodiesSet bodies -> this;
        };
    }

    private Kind choosing(Amendment amendment) {
        return but(fields.stream().map(field -> field.with(amendment)).toList(), clocks);
    }

    private Kind but(List<Field> otherFields, List<ClockRule> otherClocks) {
        return new Kind(
                id,
                name,
                loop,
                number,
                level,
                otherFields,
                stages,
                moves,
                separations,
                evidence,
                otherClocks,
                extension,
                ladder,
                linkages,
                raises,
                rules,
                afterClose);
    }

    Kind reworded(Renaming words) {
        return new Kind(
                id,
                words.at("kind/" + id, name),
                loop,
                number,
                level,
                fields.stream().map(field -> field.reworded(id, words)).toList(),
                stages.stream()
                        .map(one -> new Stage(one.id(), said(words, "stage", one.id(), one.name()), one.core()))
                        .toList(),
                moves.stream()
                        .map(one -> one.with(said(words, "move", one.id(), one.name())))
                        .toList(),
                separations,
                evidence.stream()
                        .map(one -> one.with(said(words, "evidence", one.id(), one.name())))
                        .toList(),
                clocks.stream()
                        .map(one -> one.with(said(words, "clock", one.id(), one.name())))
                        .toList(),
                extension,
                ladder.stream()
                        .map(one -> one.with(said(words, "rung", one.id(), one.name())))
                        .toList(),
                numbered(linkages, (one, n) -> one.with(said(words, "linkage", n, one.ask()))),
                raises,
                numbered(rules, (one, n) -> new Rule(one.must(), one.field(), said(words, "rule", n, one.name()))),
                afterClose);
    }

    private Text said(Renaming words, String what, String one, Text now) {
        return words.at(what + '/' + id + '/' + one, now);
    }

    /** What has no name of its own goes by its place in the pack, from 1. */
    private static <T> List<T> numbered(List<T> all, BiFunction<T, String, T> change) {
        return IntStream.range(0, all.size())
                .mapToObj(n -> change.apply(all.get(n), Integer.toString(n + 1)))
                .toList();
    }

    /** Whether some step names the bodies of an item. */
    public boolean assigns() {
        return moves.stream().anyMatch(Move::bodies);
    }

    /** Where items begin: the first stage. */
    public Stage first() {
        return stages.getFirst();
    }
}
