package jiaoying.server.pack;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import jiaoying.duty.measure.Nearest;
import jiaoying.duty.measure.Sentence;
import org.snakeyaml.engine.v2.exceptions.Mark;

/** All problems found in a pack so far. */
public final class Problems {
    private final List<PackProblem> found = new ArrayList<>();

    void add(String file, Optional<Mark> mark, Sentence what, Sentence expected) {
        add(file, mark, what, expected, Optional.empty());
    }

    /** A word that is none of the known ones. */
    void addUnknown(String file, Optional<Mark> mark, String kind, String word, Collection<String> known) {
        add(
                file,
                mark,
                Sentence.of("unknown", kind, shortened(word)),
                known.size() == 1
                        ? Sentence.of("quoted", known.iterator().next())
                        : Sentence.of("one-of", String.join(", ", known)),
                Nearest.find(shortened(word), known));
    }

    /** Something inside a text. @param shift characters from the text's beginning, 0 where its lines are folded */
    void addInside(
            String file, Optional<Mark> mark, int shift, Sentence what, Sentence expected, Optional<String> nearest) {
        var line = mark.map(Mark::getLine).orElse(-1) + 1;
        var column = mark.map(Mark::getColumn).orElse(-1 - shift) + 1 + shift;
        found.add(new PackProblem(file, line, column, what, expected, nearest));
    }

    private void add(String file, Optional<Mark> mark, Sentence what, Sentence expected, Optional<String> nearest) {
        var line = mark.map(Mark::getLine).orElse(-1) + 1;
        var column = mark.map(Mark::getColumn).orElse(-1) + 1;
        found.add(new PackProblem(file, line, column, what, expected, nearest));
    }

    public boolean none() {
        return found.isEmpty();
    }

    /** By file and place. */
    public List<PackProblem> list() {
        return found.stream()
                .distinct()
                .sorted(Comparator.comparing(PackProblem::file)
                        .thenComparingInt(PackProblem::line)
                        .thenComparingInt(PackProblem::column))
                .toList();
    }

    static String shortened(String text) {
        var line = text.replaceAll("\\s+", " ");
        return line.length() <= 60 ? line : line.substring(0, 60) + "…";
    }
}
