package jiaoying.duty.document;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/**
 * A sentence of a document that demands something (任务句).
 *
 * @param span     where it stands in the document
 * @param text     the sentence with the breaks of lines and columns taken out
 * @param words    by which it was recognised, as 要, 须, 牵头
 * @param bodies   responsible bodies that it names; none when it names none
 * @param deadline what it says about the time; none when it says nothing
 */
public record Demand(Span span, String text, List<String> words, List<Named> bodies, Optional<When> deadline) {
    /** Characters of the document, {@code from} inclusive, {@code to} exclusive, counted from 0. */
    public record Span(int from, int to) {}

    /** @param role lead, support or named, as the sentence says */
    public record Named(String body, String role, Span span) {}

    /**
     * A deadline as it is stated.
     *
     * @param day only when the document says enough to know it; a year that it does not say is not guessed
     */
    public record When(String text, Span span, Optional<LocalDate> day) {}
}
