package jiaoying.water.grid;

import java.util.Arrays;
import java.util.List;

/**
 * A file that is not a raster, without words: whoever shows it has them, in the reader's language.
 *
 * @param fault  what is wrong
 * @param values what stands there, where, and what was expected, in the order that the fault says
 */
public record BadRaster(Fault fault, List<String> values) implements RasterRead {
    public BadRaster {
        values = List.copyOf(values);
    }

    static BadRaster of(Fault fault, Object... values) {
        return new BadRaster(fault, Arrays.stream(values).map(String::valueOf).toList());
    }

    /** What can be wrong with a file; rows and columns count from 0 in the north-west. */
    public enum Fault {
        /** A word of the head, and those that are known. */
        HEAD_WORD,
        /** The word of the head after which the file ends. */
        HEAD_ENDS,
        /** The word that stands twice in the head. */
        HEAD_TWICE,
        /** The word that is missing in the head. */
        HEAD_MISSING,
        /** A word of the head and what stands there in place of a finite number. */
        HEAD_NUMBER,
        /** A word of the head and what stands there in place of a whole number from 1. */
        HEAD_COUNT,
        /** What stands there in place of a length above 0. */
        CELL_SIZE,
        /** Numbers found and wanted, rows, columns. */
        VALUES_FEW,
        /** Numbers wanted, rows, columns. */
        VALUES_MANY,
        /** The most letters of a word, and its beginning. */
        WORD_LONG,
        /** What stands there in place of a finite number, row, column. */
        CELL,
        /** Columns, rows, the most cells. */
        CELLS,

        /** The file is shorter than the head of a TIFF file. */
        TIFF_SHORT,
        /** It begins neither with II nor with MM. */
        TIFF_NOT,
        /** The version. */
        TIFF_VERSION,
        /** Entries of the directory, and the most. */
        TIFF_DIRECTORY,
        /** A tag, and how many values it says to have. */
        TIFF_TAG_VALUES,
        /** The tag that is missing. */
        TIFF_TAG_MISSING,
        /** A tag and what stands there in place of a whole number. */
        TIFF_TAG_WHOLE,
        /** The place that lies beyond the end, and the bytes of the file. */
        TIFF_CUT_OFF,
        /** Numbers that no file can hold. */
        TIFF_NONSENSE,
        /** Columns and rows, and the bytes of a file that cannot hold so many. */
        TIFF_PACKED,
        /** How many bands. */
        TIFF_BANDS,
        /** Bits of a sample, and its format. */
        TIFF_SAMPLES,
        /** Columns and rows of a strip or tile. */
        TIFF_PIECES,
        /** Bytes of a strip or tile found, and wanted. */
        TIFF_PIECE_SHORT,
        /** The compression by its number. */
        TIFF_COMPRESSION,
        /** The predictor by its number. */
        TIFF_PREDICTOR,
        /** The compression whose bytes are broken. */
        TIFF_BROKEN,
        /** What stands there in place of the number for missing cells. */
        TIFF_NO_DATA,
        /** The coordinates are degrees. */
        DEGREES,
        /** The system's unit is not the metre. */
        UNIT,
        /** Neither ModelPixelScale and ModelTiepoint nor ModelTransformation. */
        NO_PLACE,
        /** Width and height of a cell. */
        NOT_SQUARE,
        /** The grid is turned against the north. */
        TURNED,
        /** x and y of a corner that are not finite. */
        CORNER
    }
}
