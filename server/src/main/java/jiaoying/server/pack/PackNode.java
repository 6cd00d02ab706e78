package jiaoying.server.pack;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import jiaoying.duty.measure.Nearest;
import jiaoying.duty.measure.Sentence;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * A place in a pack's file and what stands there. A reader asks for what it needs; what is wrong goes to the problems and
 * a neutral value comes back, so that one run finds everything. A missing node has been reported once and stays quiet.
 */
public final class PackNode {
    private static final Pattern AMOUNT = Pattern.compile("(\\d{1,9}(?:\\.\\d{1,3})?) *(s|min|h|mm|cm|m|km|%)");
    private static final int TEXT_MAX = 1000;

    private final String file;
    private final Optional<Node> node;
    private final Problems problems;

    PackNode(String file, Optional<Node> node, Problems problems) {
        this.file = file;
        this.node = node;
        this.problems = problems;
    }

    boolean isMap() {
        return node.filter(MappingNode.class::isInstance).isPresent();
    }

    /** The keys and values here; keys that are not known are refused. */
    public Fields fields(List<String> known) {
        return fields(Optional.of(known));
    }

    /** The keys and values here, whatever the keys are. */
    public Fields anyFields() {
        return fields(Optional.empty());
    }

    private Fields fields(Optional<List<String>> known) {
        if (node.isEmpty()) {
            return Fields.unread(this);
        }
        if (!(node.get() instanceof MappingNode mapping)) {
            refuse(Sentence.of("keys-values"));
            return Fields.unread(this);
        }
        var values = new LinkedHashMap<String, PackNode>();
        var meant = new HashSet<String>();
        for (var entry : mapping.getValue()) {
            var key = new PackNode(file, Optional.of(entry.getKeyNode()), problems);
            var name = key.text();
            if (known.isPresent() && !known.get().contains(name)) {
                key.unknown("key", name, known.get());
                Nearest.find(name, known.get()).ifPresent(meant::add);
            } else if (values.put(name, new PackNode(file, Optional.of(entry.getValueNode()), problems)) != null) {
                key.refuse(Sentence.of("key-once"));
            }
        }
        return new Fields(this, values, meant);
    }

    /** The entries of a list, at least one. */
    public List<PackNode> items(int max) {
        if (node.isEmpty()) {
            return List.of();
        }
        if (!(node.get() instanceof SequenceNode sequence)
                || sequence.getValue().isEmpty()
                || sequence.getValue().size() > max) {
            refuse(Sentence.of("list-to", max));
            return List.of();
        }
        return sequence.getValue().stream()
                .map(item -> new PackNode(file, Optional.of(item), problems))
                .toList();
    }

    /** A list in which nothing stands, which a key that may be missing may have. */
    public boolean isEmptyList() {
        return node.filter(SequenceNode.class::isInstance)
                .map(SequenceNode.class::cast)
                .filter(list -> list.getValue().isEmpty())
                .isPresent();
    }

    public String text() {
        if (node.isEmpty()) {
            return "";
        }
        if (!(node.get() instanceof ScalarNode scalar) || scalar.getValue().isBlank()) {
            refuse(Sentence.of("a-text"));
            return "";
        }
        if (scalar.getValue().length() > TEXT_MAX) {
            refuse(Sentence.of("text-most", TEXT_MAX));
            return "";
        }
        return scalar.getValue().strip();
    }

    public String text(Pattern pattern, Sentence expected) {
        var text = text();
        if (!text.isEmpty() && !pattern.matcher(text).matches()) {
            refuse(expected);
        }
        return text;
    }

    public String oneOf(Collection<String> known) {
        var text = text();
        if (!text.isEmpty() && !known.contains(text)) {
            unknown("value", text, known);
        }
        return text;
    }

    LocalDate date() {
        var text = text();
        try {
            return text.isEmpty() ? LocalDate.EPOCH : LocalDate.parse(text);
        } catch (DateTimeParseException e) {
            refuse(Sentence.of("a-date"));
            return LocalDate.EPOCH;
        }
    }

    public Duration span(Duration min, Duration max) {
        return amount("s|min|h", Sentence.of("time-from", words(min), words(max)))
                .map(PackNode::duration)
                .filter(span -> within(span.compareTo(min) >= 0 && span.compareTo(max) <= 0, words(min), words(max)))
                .orElse(Duration.ZERO);
    }

    /** Rain in thousandths of a millimetre. */
    long rain(int maxMm) {
        return amount("mm", Sentence.of("rain-to", maxMm))
                .map(amount -> new BigDecimal(amount.group(1)).movePointRight(3).longValueExact())
                .filter(milli -> within(milli > 0 && milli <= maxMm * 1000L, "0.001 mm", maxMm + " mm"))
                .orElse(0L);
    }

    /** A length in thousandths of a millimetre. */
    long length(int maxM) {
        return amount("mm|cm|m", Sentence.of("length-to", maxM))
                .map(amount -> new BigDecimal(amount.group(1))
                        .movePointRight(
                                switch (amount.group(2)) {
                                    case "m" -> 6;
                                    case "cm" -> 4;
                                    default -> 3;
                                })
                        .longValue())
                .filter(milli -> within(milli >= 0 && milli <= maxM * 1_000_000L, "0 mm", maxM + " m"))
                .orElse(0L);
    }

    int km(int max) {
        return amount("km", Sentence.of("distance-to", max))
                .map(amount -> new BigDecimal(amount.group(1)).intValue())
                .filter(km -> within(km >= 1 && km <= max, "1 km", max + " km"))
                .orElse(0);
    }

    int count(int max) {
        var text = text();
        var count = text.matches("\\d{1,6}") ? Integer.parseInt(text) : 0;
        if (!text.isEmpty() && (count < 1 || count > max)) {
            refuse(Sentence.of("whole", 1, max));
        }
        return count;
    }

    int percent() {
        return amount("%", Sentence.of("a-share"))
                .map(amount -> new BigDecimal(amount.group(1)))
                .filter(share -> within(
                        share.stripTrailingZeros().scale() <= 0
                                && share.signum() > 0
                                && share.compareTo(BigDecimal.valueOf(100)) <= 0,
                        Sentence.of("whole-share")))
                .map(BigDecimal::intValueExact)
                .orElse(0);
    }

    private Optional<Matcher> amount(String units, Sentence expected) {
        var text = text();
        if (text.isEmpty()) {
            return Optional.empty();
        }
        var amount = AMOUNT.matcher(text);
        if (amount.matches() && amount.group(2).matches(units)) {
            return Optional.of(amount);
        }
        refuse(expected);
        return Optional.empty();
    }

    private boolean within(boolean inside, String min, String max) {
        return within(inside, Sentence.of("value-from", min, max));
    }

    private boolean within(boolean inside, Sentence expected) {
        if (!inside) {
            refuse(expected);
        }
        return inside;
    }

    private static Duration duration(Matcher amount) {
        var seconds = switch (amount.group(2)) {
            case "s" -> 1;
            case "min" -> 60;
            case "h" -> 3600;
            default -> throw new IllegalStateException("Bug: no time unit " + amount.group(2));
        };
        return Duration.ofMillis(new BigDecimal(amount.group(1))
                .multiply(BigDecimal.valueOf(seconds * 1000L))
                .longValue());
    }

    private static String words(Duration span) {
        if (span.toSeconds() % 60 != 0 || span.isZero()) {
            return span.toSeconds() + " s";
        }
        return span.toMinutes() % 60 != 0 ? span.toMinutes() + " min" : span.toHours() + " h";
    }

    /** Says what should stand here instead. */
    public void refuse(Sentence expected) {
        problems.add(file, mark(), found(), expected);
    }

    public void refuse(Sentence found, Sentence expected) {
        problems.add(file, mark(), found, expected);
    }

    /** The same in English only, for what only the authors of programmes read. */
    void refuse(String expected) {
        refuse(Sentence.words(expected));
    }

    void refuse(String found, String expected) {
        refuse(Sentence.words(found), Sentence.words(expected));
    }

    String text(Pattern pattern, String expected) {
        return text(pattern, Sentence.words(expected));
    }

    /** Something at a character of the text that stands here. */
    void refuseInside(int at, String found, String expected, Collection<String> known) {
        var style = node.filter(ScalarNode.class::isInstance).map(n -> ((ScalarNode) n).getScalarStyle());
        var shift = style.map(s -> switch (s) {
                    case PLAIN -> at;
                    case SINGLE_QUOTED, DOUBLE_QUOTED -> at + 1;
                    default -> 0;
                })
                .orElse(0);
        var word = found.replaceAll("^[^\"]*\"|\"$", "");
        problems.addInside(
                file, mark(), shift, Sentence.words(found), Sentence.words(expected), Nearest.find(word, known));
    }

    /** yes or no. */
    boolean flag() {
        return oneOf(List.of("yes", "no")).equals("yes");
    }

    /** A list of names, each of them known. */
    List<String> names(Collection<String> known, int max) {
        return items(max).stream().map(item -> item.oneOf(known)).toList();
    }

    void unknown(String kind, String word, Collection<String> known) {
        problems.addUnknown(file, mark(), kind, word, known);
    }

    PackNode missing() {
        return new PackNode(file, Optional.empty(), problems);
    }

    private Optional<Mark> mark() {
        return node.flatMap(Node::getStartMark);
    }

    private Sentence found() {
        return node.map(PackNode::words).orElse(Sentence.of("nothing"));
    }

    private static Sentence words(Node node) {
        return switch (node) {
            case ScalarNode scalar when scalar.getValue().isBlank() -> Sentence.of("nothing");
            case ScalarNode scalar -> Sentence.of("quoted", Problems.shortened(scalar.getValue()));
            case SequenceNode list -> Sentence.of("list-of", list.getValue().size());
            default -> Sentence.of("keys-values");
        };
    }
}
