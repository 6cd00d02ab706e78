package jiaoying.water.grid;

import java.nio.ByteOrder;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import jiaoying.water.grid.BadRaster.Fault;

/**
 * Strips and tiles of a TIFF file to bytes: no compression, LZW (TIFF 6.0 section 13), Deflate, PackBits (section 9), and the
 * predictors 2 (section 14) and 3 (TIFF Technical Note 3).
 */
final class TiffPieces {
    private static final int NONE = 1;
    private static final int LZW = 5;
    private static final int DEFLATE = 8;
    private static final int DEFLATE_OLD = 32946;
    private static final int PACK_BITS = 32773;

    private final TiffTags tags;
    private final int compression;
    private final int predictor;

    TiffPieces(TiffTags tags) throws Wrong {
        this.tags = tags;
        compression = tags.whole(TiffTags.COMPRESSION, NONE);
        predictor = tags.whole(TiffTags.PREDICTOR, 1);
        switch (compression) {
            case NONE, LZW, DEFLATE, DEFLATE_OLD, PACK_BITS -> {}
            default -> throw new Wrong(Fault.TIFF_COMPRESSION, compression);
        }
        if (predictor < 1 || predictor > 3) {
            throw new Wrong(Fault.TIFF_PREDICTOR, predictor);
        }
    }

    /**
     * The bytes of a piece, all samples in the file's byte order, or big-endian after predictor 3.
     *
     * @param width columns of the piece, and its rows
     * @param size  bytes of a sample
     */
    byte[] piece(long at, long length, int width, int rows, int size) throws Wrong {
        tags.within(at, length);
        var packed = new byte[(int) length];
        tags.file().get((int) at, packed);
        var wanted = Math.multiplyExact(Math.multiplyExact(width, rows), size);
        var bytes = switch (compression) {
            case LZW -> lzw(packed, wanted);
            case DEFLATE, DEFLATE_OLD -> inflate(packed, wanted);
            case PACK_BITS -> packBits(packed, wanted);
            default -> packed;
        };
        if (bytes.length < wanted) {
            throw new Wrong(Fault.TIFF_PIECE_SHORT, bytes.length, wanted);
        }
        switch (predictor) {
            case 2 -> horizontal(bytes, width, rows, size);
            case 3 -> floating(bytes, width, rows, size);
            default -> {}
        }
        return bytes;
    }

    ByteOrder order() {
        return predictor == 3 ? ByteOrder.BIG_ENDIAN : tags.file().order();
    }

    private static byte[] inflate(byte[] packed, int wanted) throws Wrong {
        var inflater = new Inflater();
        try {
            inflater.setInput(packed);
            var out = new byte[wanted];
            var length = 0;
            while (length < wanted && !inflater.finished()) {
                var more = inflater.inflate(out, length, wanted - length);
                if (more == 0 && (inflater.needsInput() || inflater.needsDictionary())) {
                    throw new Wrong(Fault.TIFF_PIECE_SHORT, length, wanted);
                }
                length += more;
            }
            return java.util.Arrays.copyOf(out, length);
        } catch (DataFormatException broken) {
            throw new Wrong(Fault.TIFF_BROKEN, "Deflate");
        } finally {
            inflater.end();
        }
    }

    private static byte[] packBits(byte[] packed, int wanted) throws Wrong {
        var out = new byte[wanted];
        var length = 0;
        for (var i = 0; i < packed.length && length < wanted; ) {
            int code = packed[i++];
            var count = code >= 0 ? code + 1 : code == -128 ? 0 : 1 - code;
            var taken = code >= 0 ? count : code == -128 ? 0 : 1;
            if (i + taken > packed.length || length + count > wanted) {
                throw new Wrong(Fault.TIFF_BROKEN, "PackBits");
            }
            for (var k = 0; k < count; k++) {
                out[length++] = packed[code >= 0 ? i + k : i];
            }
            i += taken;
        }
        return java.util.Arrays.copyOf(out, length);
    }

    /** Codes of 9 to 12 bits, highest bit first; 256 clears the table, 257 ends. A word is a stretch of what came out. */
    private static byte[] lzw(byte[] packed, int wanted) throws Wrong {
        var codes = new Codes(packed);
        var out = new byte[wanted];
        var starts = new int[4096];
        var lengths = new int[4096];
        var next = 258;
        var length = 0;
        var before = 0;
        for (var code = codes.next(9); length < wanted && code >= 0 && code != 257; code = codes.next(bits(next))) {
            if (code == 256) {
                next = 258;
                before = 0;
                continue;
            }
            var grows = before > 0 && next < 4096;
            if (grows) {
                starts[next] = length - before;
                lengths[next] = before + 1;
            }
            if (code >= 258 && code >= next + (grows ? 1 : 0)) {
                throw new Wrong(Fault.TIFF_BROKEN, "LZW");
            }
            var from = code < 256 ? -1 : starts[code];
            before = code < 256 ? 1 : lengths[code];
            next += grows ? 1 : 0;
            for (var i = 0; i < before && length < wanted; i++) {
                out[length++] = from < 0 ? (byte) code : out[from + i];
            }
        }
        return java.util.Arrays.copyOf(out, length);
    }

    private static int bits(int next) {
        return next >= 2047 ? 12 : next >= 1023 ? 11 : next >= 511 ? 10 : 9;
    }

    private static final class Codes {
        private final byte[] packed;
        private int at;
        private int store;
        private int stored;

        Codes(byte[] packed) {
            this.packed = packed;
        }

        /** The next code, or -1 at the end. */
        int next(int bits) {
            while (stored < bits) {
                if (at == packed.length) {
                    return -1;
                }
                store = store << 8 | packed[at++] & 0xff;
                stored += 8;
            }
            stored -= bits;
            return store >>> stored & (1 << bits) - 1;
        }
    }

    private void horizontal(byte[] bytes, int width, int rows, int size) {
        var buffer = java.nio.ByteBuffer.wrap(bytes).order(order());
        for (var row = 0; row < rows; row++) {
            for (var column = 1; column < width; column++) {
                var at = (row * width + column) * size;
                switch (size) {
                    case 1 -> bytes[at] += bytes[at - 1];
                    case 2 -> buffer.putShort(at, (short) (buffer.getShort(at) + buffer.getShort(at - 2)));
                    case 4 -> buffer.putInt(at, buffer.getInt(at) + buffer.getInt(at - 4));
                    default -> buffer.putLong(at, buffer.getLong(at) + buffer.getLong(at - 8));
                }
            }
        }
    }

    /** Each row holds first the highest bytes of all numbers, each as the difference to the byte before. */
    private static void floating(byte[] bytes, int width, int rows, int size) {
        var line = new byte[width * size];
        for (var row = 0; row < rows; row++) {
            var from = row * line.length;
            for (var i = 1; i < line.length; i++) {
                bytes[from + i] += bytes[from + i - 1];
            }
            System.arraycopy(bytes, from, line, 0, line.length);
            for (var column = 0; column < width; column++) {
                for (var k = 0; k < size; k++) {
                    bytes[from + column * size + k] = line[k * width + column];
                }
            }
        }
    }
}
