package jiaoying.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A line plot as SVG: dark lines for what was computed, a broad grey one for what is known. */
final class Plot {
    private static final int WIDTH = 640;
    private static final int HEIGHT = 320;
    private static final int LEFT = 56;
    private static final int BOTTOM = 40;
    private static final int TOP = 24;
    private static final String[] COLOURS = {"#0b5394", "#b45309"};
    private static final int POINTS_MAX = 240;

    private final String title;
    private final String across;
    private final String up;
    private final List<Line> lines = new ArrayList<>();

    private record Line(String name, boolean known, double[] x, double[] y) {}

    Plot(String title, String across, String up) {
        this.title = title;
        this.across = across;
        this.up = up;
    }

    Plot known(String name, double[] x, double[] y) {
        lines.add(new Line(name, true, x, y));
        return this;
    }

    Plot computed(String name, double[] x, double[] y) {
        lines.add(new Line(name, false, x, y));
        return this;
    }

    void write(Path file) throws IOException {
        var x = range(true);
        var y = range(false);
        var svg = new StringBuilder();
        svg.append(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" font-family=\"sans-serif\" font-size=\"12\">%n"
                        .formatted(WIDTH, HEIGHT));
        svg.append("<rect width=\"%d\" height=\"%d\" fill=\"#fff\"/>%n".formatted(WIDTH, HEIGHT));
        svg.append("<text x=\"%d\" y=\"16\" font-weight=\"bold\">%s</text>%n".formatted(LEFT, title));
        ticks(svg, x, y);
        for (var i = 0; i < lines.size(); i++) {
            var line = lines.get(i);
            var stroke = line.known ? "#bbb" : line.name.equals("full") ? COLOURS[0] : COLOURS[1];
            svg.append("<polyline fill=\"none\" stroke=\"%s\" stroke-width=\"%s\" points=\"%s\"/>%n"
                    .formatted(stroke, line.known ? "5" : "1.5", points(line, x, y)));
            svg.append(
                    "<rect x=\"%d\" y=\"%d\" width=\"14\" height=\"4\" fill=\"%s\"/><text x=\"%d\" y=\"%d\">%s</text>%n"
                            .formatted(
                                    WIDTH - 210, TOP + 8 + 16 * i, stroke, WIDTH - 190, TOP + 14 + 16 * i, line.name));
        }
        svg.append("</svg>\n");
        Files.createDirectories(file.toAbsolutePath().getParent());
        Files.writeString(file, svg.toString().replace("\r", ""));
    }

    private double[] range(boolean ofX) {
        var low = Double.POSITIVE_INFINITY;
        var high = Double.NEGATIVE_INFINITY;
        for (var line : lines) {
            for (var value : ofX ? line.x : line.y) {
                low = Math.min(low, value);
                high = Math.max(high, value);
            }
        }
        var room = ofX ? 0 : 0.06 * (high - low);
        return new double[] {low - room, high + room};
    }

    private static double place(double value, double[] range, double from, double to) {
        return from + (value - range[0]) / (range[1] - range[0]) * (to - from);
    }

    private String points(Line line, double[] x, double[] y) {
        var text = new StringBuilder();
        var every = Math.max(1, line.x.length / POINTS_MAX);
        for (var i = 0; i < line.x.length; i += every) {
            text.append(String.format(
                    Locale.ROOT,
                    "%.1f,%.1f ",
                    place(line.x[i], x, LEFT, WIDTH - 12),
                    place(line.y[i], y, HEIGHT - BOTTOM, TOP)));
        }
        return text.toString().strip();
    }

    private void ticks(StringBuilder svg, double[] x, double[] y) {
        for (var i = 0; i <= 4; i++) {
            var px = LEFT + i * (WIDTH - 12 - LEFT) / 4;
            var py = HEIGHT - BOTTOM - i * (HEIGHT - BOTTOM - TOP) / 4;
            svg.append("<path d=\"M%d %dV%dM%d %dH%d\" stroke=\"#e5e5e5\"/>%n"
                    .formatted(px, TOP, HEIGHT - BOTTOM, LEFT, py, WIDTH - 12));
            svg.append("<text x=\"%d\" y=\"%d\" text-anchor=\"%s\">%s</text>%n"
                    .formatted(
                            px, HEIGHT - BOTTOM + 15, i == 4 ? "end" : "middle", number(x[0] + i * (x[1] - x[0]) / 4)));
            svg.append("<text x=\"%d\" y=\"%d\" text-anchor=\"end\">%s</text>%n"
                    .formatted(LEFT - 5, py + 4, number(y[0] + i * (y[1] - y[0]) / 4)));
        }
        svg.append("<text x=\"%d\" y=\"%d\" text-anchor=\"middle\">%s</text>%n"
                .formatted((LEFT + WIDTH) / 2, HEIGHT - 8, across));
        svg.append("<text transform=\"translate(12 %d) rotate(-90)\" text-anchor=\"middle\">%s</text>%n"
                .formatted(HEIGHT / 2, up));
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, Math.abs(value) >= 100 ? "%.0f" : "%.3g", value);
    }
}
