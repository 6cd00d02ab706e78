package jiaoying.server.pack;

import java.util.Optional;

/**
 * Something in a pack that must be put right before it is used.
 *
 * @param file     path inside the pack's parent folder, for example {@code call-and-answer/plan.yaml}
 * @param line     counted from 1; 0 when the whole file is meant
 * @param column   counted from 1; 0 when the whole file is meant
 * @param found    what stands there
 * @param expected what is allowed there
 * @param nearest  the known word that was probably meant
 */
public record PackProblem(String file, int line, int column, String found, String expected, Optional<String> nearest) {
    /** One line: {@code file:line:column: found ..., expected ...}. */
    public String text() {
        var place = line == 0 ? file : file + ":" + line + ":" + column;
        var hint = nearest.map(word -> "; did you mean \"" + word + "\"?").orElse("");
        return place + ": found " + found + ", expected " + expected + hint;
    }
}
