package jiaoying.water.grid;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.TreeMap;
import jiaoying.water.grid.BadRaster.Fault;

/** The first directory of a TIFF 6.0 or BigTIFF file. */
final class TiffTags {
    static final int WIDTH = 256;
    static final int HEIGHT = 257;
    static final int BITS = 258;
    static final int COMPRESSION = 259;
    static final int PHOTOMETRIC = 262;
    static final int STRIP_OFFSETS = 273;
    static final int SAMPLES = 277;
    static final int ROWS_PER_STRIP = 278;
    static final int STRIP_BYTES = 279;
    static final int PLANAR = 284;
    static final int PREDICTOR = 317;
    static final int TILE_WIDTH = 322;
    static final int TILE_HEIGHT = 323;
    static final int TILE_OFFSETS = 324;
    static final int TILE_BYTES = 325;
    static final int FORMAT = 339;
    static final int PIXEL_SCALE = 33550;
    static final int TIE_POINT = 33922;
    static final int TRANSFORMATION = 34264;
    static final int GEO_KEYS = 34735;
    static final int GEO_DOUBLES = 34736;
    static final int GEO_LETTERS = 34737;
    static final int GDAL_NODATA = 42113;

    /** Bytes of a value by its type; 0 where TIFF knows none. */
    private static final int[] SIZES = {0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8, 0, 0, 0, 8, 8, 8};

    private static final int ENTRIES_MAX = 4096;

    private final ByteBuffer file;
    private final TreeMap<Integer, Entry> entries = new TreeMap<>();

    private record Entry(int type, int count, int at) {}

    /** @throws Wrong when the bytes do not begin as a TIFF file does */
    TiffTags(byte[] bytes) throws Wrong {
        file = ByteBuffer.wrap(bytes);
        if (bytes.length < 16) {
            throw new Wrong(Fault.TIFF_SHORT);
        }
        switch (file.getShort(0)) {
            case 0x4949 -> file.order(ByteOrder.LITTLE_ENDIAN);
            case 0x4d4d -> file.order(ByteOrder.BIG_ENDIAN);
            default -> throw new Wrong(Fault.TIFF_NOT);
        }
        var version = file.getShort(2);
        if (version != 42 && version != 43) {
            throw new Wrong(Fault.TIFF_VERSION, version);
        }
        read(version == 43);
    }

    private void read(boolean big) throws Wrong {
        var at = big ? offset(file.getLong(8)) : offset(file.getInt(4) & 0xffffffffL);
        var count = big ? number(at, 16, 0) : number(at, 3, 0);
        if (count < 1 || count > ENTRIES_MAX) {
            throw new Wrong(Fault.TIFF_DIRECTORY, (long) count, ENTRIES_MAX);
        }
        at += big ? 8 : 2;
        for (var i = 0; i < count; i++, at += big ? 20 : 12) {
            entry(at, big);
        }
    }

    private void entry(int at, boolean big) throws Wrong {
        within(at, big ? 20 : 12);
        var tag = file.getShort(at) & 0xffff;
        var type = file.getShort(at + 2) & 0xffff;
        var count = big ? file.getLong(at + 4) : file.getInt(at + 4) & 0xffffffffL;
        var size = type < SIZES.length ? SIZES[type] : 0;
        if (size == 0) {
            return;
        }
        if (count < 0 || count > file.capacity()) {
            throw new Wrong(Fault.TIFF_TAG_VALUES, tag, count);
        }
        var place = at + (big ? 12 : 8);
        if (count * size > (big ? 8 : 4)) {
            place = big ? offset(file.getLong(place)) : offset(file.getInt(place) & 0xffffffffL);
        }
        within(place, count * size);
        entries.put(tag, new Entry(type, (int) count, place));
    }

    private int offset(long offset) throws Wrong {
        within(offset, 1);
        return (int) offset;
    }

    void within(long at, long length) throws Wrong {
        if (at < 0 || length < 0 || at + length > file.capacity()) {
            throw new Wrong(Fault.TIFF_CUT_OFF, at + length, file.capacity());
        }
    }

    ByteBuffer file() {
        return file;
    }

    boolean has(int tag) {
        return entries.containsKey(tag);
    }

    int count(int tag) {
        var entry = entries.get(tag);
        return entry == null ? 0 : entry.count;
    }

    double number(int tag, int index) throws Wrong {
        var entry = entries.get(tag);
        if (entry == null || index >= entry.count) {
            throw new Wrong(Fault.TIFF_TAG_MISSING, tag);
        }
        return number(entry.at, entry.type, index);
    }

    private double number(int at, int type, int index) throws Wrong {
        var size = SIZES[type];
        var place = at + index * size;
        within(place, size);
        return switch (type) {
            case 3 -> file.getShort(place) & 0xffff;
            case 4, 13 -> file.getInt(place) & 0xffffffffL;
            case 8 -> file.getShort(place);
            case 9 -> file.getInt(place);
            case 11 -> file.getFloat(place);
            case 12 -> file.getDouble(place);
            case 16, 17, 18 -> file.getLong(place);
            case 5 -> (file.getInt(place) & 0xffffffffL) / (double) (file.getInt(place + 4) & 0xffffffffL);
            default -> file.get(place) & 0xff;
        };
    }

    int whole(int tag, int otherwise) throws Wrong {
        if (!has(tag)) {
            return otherwise;
        }
        var number = number(tag, 0);
        if (number < 0 || number > Integer.MAX_VALUE) {
            throw new Wrong(Fault.TIFF_TAG_WHOLE, tag, number);
        }
        return (int) number;
    }

    String text(int tag) {
        var entry = entries.get(tag);
        if (entry == null) {
            return "";
        }
        var bytes = new byte[entry.count];
        file.get(entry.at, bytes);
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }
}
