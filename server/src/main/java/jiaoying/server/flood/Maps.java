package jiaoying.server.flood;

import java.io.BufferedOutputStream;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicReference;
import jiaoying.server.flood.Wanted.Format;
import jiaoying.water.grid.EsriAscii;
import jiaoying.water.grid.Frame;
import jiaoying.water.grid.GeoTiff;
import jiaoying.water.grid.TransverseMercator;
import jiaoying.water.inundation.Crew;
import jiaoying.water.picture.DepthClasses;
import jiaoying.water.picture.Outlines;
import jiaoying.water.picture.Png;
import org.jspecify.annotations.Nullable;

/** Writes maps of a run in the formats that were wanted. */
final class Maps {
    /** Depths below this are left out of tables, m. */
    private static final double TABLE_FROM_M = 0.01;

    /** Ponds of fewer cells are left out of outlines. */
    private static final int POND_CELLS_MIN = 4;

    /** Numbers in GeoTIFF are whole numbers of one in so many, a power of two: 0.001 mm of depth. */
    private static final double PARTS = 1 << 20;

    private final Path folder;
    private final Frame frame;
    private final List<Format> formats;

    Maps(Path folder, Frame frame, List<Format> formats) {
        this.folder = folder;
        this.frame = frame;
        this.formats = formats;
    }

    /** A file that is to be written. */
    @FunctionalInterface
    interface Sheet {
        void write() throws IOException;
    }

    /** Writes files at the same time, as many as there are hands. */
    static void write(List<Sheet> sheets, Crew crew) throws IOException {
        var failed = new AtomicReference<@Nullable IOException>();
        crew.each(sheets.size(), sheet -> {
            try {
                sheets.get(sheet).write();
            } catch (IOException e) {
                failed.compareAndSet(null, e);
            }
        });
        var first = failed.get();
        if (first != null) {
            throw first;
        }
    }

    /** A map of depths: also as picture, table and outlines. */
    List<Sheet> depth(String name, EsriAscii.Row depth_m) {
        var sheets = new ArrayList<Sheet>();
        if (formats.contains(Format.GEOJSON)) {
            sheets.add(() -> {
                try (var file = writer(name + ".geojson")) {
                    outlines(depth_m, file);
                }
            });
        }
        if (formats.contains(Format.PNG)) {
            sheets.add(() -> picture(name, depth_m));
        }
        if (formats.contains(Format.CSV)) {
            sheets.add(() -> {
                try (var file = writer(name + ".csv")) {
                    table(depth_m, file);
                }
            });
        }
        sheets.addAll(map(name, depth_m, false));
        return sheets;
    }

    private void picture(String name, EsriAscii.Row depth_m) throws IOException {
        try (var file = open(name + ".png")) {
            Png.write(frame, depth_m, DepthClasses.STREET, file);
        }
        Files.writeString(folder.resolve(name + ".pgw"), Png.place(frame));
    }

    /**
     * A map of anything.
     *
     * @param exact in GeoTIFF with 64 bits a cell
     */
    List<Sheet> map(String name, EsriAscii.Row values, boolean exact) {
        var sheets = new ArrayList<Sheet>();
        if (formats.contains(Format.ASC)) {
            sheets.add(() -> {
                try (var file = open(name + ".asc")) {
                    EsriAscii.write(frame, values, file);
                }
            });
        }
        if (formats.contains(Format.TIF)) {
            sheets.add(() -> {
                try (var file = open(name + ".tif")) {
                    GeoTiff.write(frame, (row, column) -> rounded(values.at(row, column)), exact, file);
                }
            });
        }
        return sheets;
    }

    /** The last bits of a float are noise that nobody reads and that packs badly. */
    private static double rounded(double value) {
        return Math.rint(value * PARTS) / PARTS;
    }

    private OutputStream open(String name) throws IOException {
        return new BufferedOutputStream(Files.newOutputStream(folder.resolve(name)), 1 << 18);
    }

    private PrintWriter writer(String name) throws IOException {
        return new PrintWriter(
                new BufferedWriter(Files.newBufferedWriter(folder.resolve(name), StandardCharsets.UTF_8), 1 << 16));
    }

    private void table(EsriAscii.Row depth_m, PrintWriter out) {
        out.print("x,y,depth_m\n");
        for (var row = 0; row < frame.rows(); row++) {
            for (var column = 0; column < frame.columns(); column++) {
                var depth = depth_m.at(row, column);
                if (depth >= TABLE_FROM_M) {
                    out.print(Entry.plain(frame.xOf(column)) + "," + Entry.plain(frame.yOf(row)));
                    out.print(String.format(Locale.ROOT, ",%.4f\n", depth));
                }
            }
        }
    }

    private void outlines(EsriAscii.Row depth_m, PrintWriter out) {
        var projection = TransverseMercator.of(frame.system());
        out.print("{\"type\":\"FeatureCollection\"");
        if (projection.isEmpty()) {
            // Coordinates as in the ground; RFC 7946 wants degrees, which nobody can work out here.
            out.print(",\"coordinates_in\":\"" + frame.system().words() + "\"");
        }
        out.print(",\"features\":[");
        var separator = "\n";
        var classes = DepthClasses.STREET;
        for (var i = 0; i < classes.from_m().size(); i++) {
            for (var pond : Outlines.of(frame, depth_m, classes.from_m().get(i), POND_CELLS_MIN)) {
                out.print(separator);
                feature(pond, classes.from_m().get(i), out, projection);
                separator = ",\n";
            }
        }
        out.print("]}\n");
    }

    private void feature(
            Outlines.Pond pond, double from_m, PrintWriter out, java.util.Optional<TransverseMercator> projection) {
        var area = frame.cellSize() * frame.cellSize();
        out.print(String.format(
                Locale.ROOT,
                "{\"type\":\"Feature\",\"properties\":{\"from_m\":%s,\"area_m2\":%.0f,\"depth_max_m\":%.3f,\"volume_m3\":%.1f},"
                        + "\"geometry\":{\"type\":\"Polygon\",\"coordinates\":[",
                from_m,
                pond.cells() * area,
                pond.depthMax(),
                pond.sum_m() * area));
        var ringSeparator = "";
        for (var ring : pond.rings()) {
            out.print(ringSeparator + "[");
            var separator = "";
            for (var corner : ring) {
                var x = frame.west() + corner[0] * frame.cellSize();
                var y = frame.north() - corner[1] * frame.cellSize();
                out.print(separator
                        + projection
                                .map(it -> {
                                    var place = it.lonLat(x, y);
                                    return String.format(Locale.ROOT, "[%.7f,%.7f]", place[0], place[1]);
                                })
                                .orElseGet(() -> "[" + Entry.plain(x) + "," + Entry.plain(y) + "]"));
                separator = ",";
            }
            out.print("]");
            ringSeparator = ",";
        }
        out.print("]}}");
    }
}
