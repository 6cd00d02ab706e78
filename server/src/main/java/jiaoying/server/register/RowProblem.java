package jiaoying.server.register;

import jiaoying.duty.measure.Sentence;
import jiaoying.server.reply.Texts;

/**
 * Something in the files of a register that must be put right before any of it is imported.
 *
 * @param file      file, or workbook and sheet
 * @param row       counted from 1 as a spreadsheet shows it; 0 when the whole file is meant
 * @param column    header, or empty
 * @param found     what stands there
 * @param allowed   what may stand there
 * @param orNothing whether nothing may stand there, too
 */
public record RowProblem(String file, int row, String column, Sentence found, Sentence allowed, boolean orNothing) {
    RowProblem(String file, int row, String column, Sentence found, Sentence allowed) {
        this(file, row, column, found, allowed, false);
    }

    /** The text of a cell is not as it should be. */
    static RowProblem cell(String file, int row, String column, String text, Sentence allowed) {
        return new RowProblem(file, row, column, Sentence.of("quoted", text), allowed);
    }

    RowProblem withNothing(boolean allowedToo) {
        return new RowProblem(file, row, column, found, allowed, allowedToo);
    }

    /** As it reads in one language. */
    public record Words(String file, int row, String column, String value, String allowed) {
        public String line(Texts texts) {
            var place =
                    file + (row == 0 ? "" : texts.say("register.row", row)) + (column.isEmpty() ? "" : ", " + column);
            return texts.say("register.problem", place, value, allowed);
        }
    }

    public Words in(Texts texts) {
        return new Words(
                file,
                row,
                column,
                texts.say(found),
                texts.say(allowed) + (orNothing ? texts.say("register.or-nothing") : ""));
    }
}
