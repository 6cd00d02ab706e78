package jiaoying.water.inundation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import jiaoying.water.grid.Raster;

/**
 * How the canals lie: a node in each cell that a line crosses, row after row as the cells, and links between. Levels are above
 * the field's datum. Flat arrays, so that a step is a few straight loops whatever the number of canals.
 */
final class CanalNet {
    /** A node gives at most this share of its water in a step, through all its links. */
    private static final double GIVES = 0.99;

    /** {@link #to} of a link that ends in the level beyond a side. */
    static final int OUTSIDE = -1;

    final int nodes;
    final int links;

    /** Cell of each node, rising. */
    final int[] at;

    /** First node of each row of cells, and the number of nodes. */
    final int[] firstOfRow;

    /** Length of the banks, m; area of the water's surface, m2; levels of the bank and of the bed, m. */
    final double[] length;

    final double[] area;
    final double[] perArea;
    final double[] bank;
    final double[] bed;

    /** Volume at the start, m3. */
    final double[] full;

    /** Nodes at the ends of each link; flow is positive from the one to the other. */
    final int[] from;

    final int[] to;

    final double[] width;
    final double[] gn2;

    /** g width / length, m/s2: what pulls the water through a link, for a metre of depth and of fall. */
    final double[] pull;

    /** Share of its water that a node may give through each of its links. */
    final double[] gives;

    /** The higher and the lower of the beds at a link's ends, m. */
    final double[] sill;

    final double[] sole;

    /** The level beyond the side of each link that ends outside. */
    final List<Outlet> outlets;

    /** Links of a node: {@code touching} from {@code first[node]} to {@code first[node + 1]}, {@code ~link} where it begins. */
    final int[] first;

    final int[] touching;

    /** Nodes and links in the order in which they were laid: that of saved states. */
    final int[] nodesAsLaid;

    final int[] linksAsLaid;

    /** A link that ends in the level beyond a side. */
    record Outlet(int link, Series level_m) {}

    CanalNet(Scene scene, Field field) {
        var laid = new Laid(scene, field);
        var courses = scene.canals().stream().map(laid::course).toList();
        courses.forEach(Laid.Course::join);
        scene.canals().forEach(laid::fill);
        var cells = laid.byCell.values().toArray(Node[]::new);
        nodes = cells.length;
        for (var i = 0; i < nodes; i++) {
            cells[i].number = i;
        }
        at = Arrays.stream(cells).mapToInt(node -> node.at).toArray();
        length = Arrays.stream(cells).mapToDouble(node -> node.length).toArray();
        area = Arrays.stream(cells).mapToDouble(node -> node.area).toArray();
        perArea = Arrays.stream(area).map(it -> 1 / it).toArray();
        bank = Arrays.stream(cells).mapToDouble(node -> node.bank).toArray();
        bed = Arrays.stream(cells).mapToDouble(node -> node.bed).toArray();
        full = Arrays.stream(cells).mapToDouble(node -> node.volume).toArray();
        nodesAsLaid = laid.nodes.stream().mapToInt(node -> node.number).toArray();
        var lines = laid.links.stream()
                .sorted(Comparator.comparingInt((Link link) -> link.from.number))
                .toArray(Link[]::new);
        links = lines.length;
        from = Arrays.stream(lines).mapToInt(link -> link.from.number).toArray();
        to = Arrays.stream(lines).mapToInt(Link::toNumber).toArray();
        width = Arrays.stream(lines).mapToDouble(link -> link.width).toArray();
        gn2 = Arrays.stream(lines).mapToDouble(link -> link.gn2).toArray();
        pull = Arrays.stream(lines)
                .mapToDouble(link -> Solver.GRAVITY * link.width / link.length)
                .toArray();
        sill = Arrays.stream(lines).mapToDouble(Link::sill).toArray();
        sole = Arrays.stream(lines).mapToDouble(Link::sole).toArray();
        outlets = IntStream.range(0, links)
                .boxed()
                .flatMap(i -> lines[i].outside.stream().map(level -> new Outlet(i, level)))
                .toList();
        linksAsLaid = new int[links];
        for (var i = 0; i < links; i++) {
            linksAsLaid[lines[i].number] = i;
        }
        first = new int[nodes + 1];
        touching = new int[2 * links - outlets.size()];
        tie();
        gives = IntStream.range(0, nodes)
                .mapToDouble(node -> GIVES / (first[node + 1] - first[node]))
                .toArray();
        firstOfRow = new int[field.rows + 1];
        for (var node : cells) {
            firstOfRow[node.row + 1]++;
        }
        for (var row = 0; row < field.rows; row++) {
            firstOfRow[row + 1] += firstOfRow[row];
        }
    }

    /** Writes down the links of each node, in the order of the links. */
    private void tie() {
        for (var link = 0; link < links; link++) {
            first[from[link] + 1]++;
            if (to[link] != OUTSIDE) {
                first[to[link] + 1]++;
            }
        }
        for (var node = 0; node < nodes; node++) {
            first[node + 1] += first[node];
        }
        var next = first.clone();
        for (var link = 0; link < links; link++) {
            touching[next[from[link]]++] = ~link;
            if (to[link] != OUTSIDE) {
                touching[next[to[link]]++] = link;
            }
        }
    }

    /** The node in a cell of the field, below 0 where no canal runs. */
    int node(int cellAt) {
        return Arrays.binarySearch(at, cellAt);
    }

    /** A node while canals are laid. */
    private static final class Node {
        final int at;
        final int row;
        final double bank;
        double length;
        double area;
        double bed = Double.POSITIVE_INFINITY;
        double volume;
        int number;

        Node(int at, int row, double bank) {
            this.at = at;
            this.row = row;
            this.bank = bank;
        }
    }

    /** Between two nodes, or from a node to the level beyond a side. */
    private static final class Link {
        final int number;
        final Node from;
        final Optional<Node> to;
        final Optional<Series> outside;
        final double width;
        final double length;
        final double gn2;
        final double bedOutside;

        Link(
                int number,
                Node from,
                Optional<Node> to,
                Optional<Series> outside,
                Canal canal,
                double length,
                double bedOutside) {
            this.number = number;
            this.from = from;
            this.to = to;
            this.outside = outside;
            this.length = length;
            this.bedOutside = bedOutside;
            width = canal.width_m();
            gn2 = Solver.GRAVITY * canal.roughness() * canal.roughness();
        }

        int toNumber() {
            return to.map(node -> node.number).orElse(OUTSIDE);
        }

        private double bedTo() {
            return to.map(node -> node.bed).orElse(bedOutside);
        }

        double sill() {
            return Math.max(from.bed, bedTo());
        }

        double sole() {
            return Math.min(from.bed, bedTo());
        }
    }

    /** The canals as far as they are laid. */
    private static final class Laid {
        private final Scene scene;
        private final Field field;
        final List<Node> nodes = new ArrayList<>();
        final List<Link> links = new ArrayList<>();
        final TreeMap<Integer, Node> byCell = new TreeMap<>();

        Laid(Scene scene, Field field) {
            this.scene = scene;
            this.field = field;
        }

        /** A canal as its line is walked from cell to cell. */
        private final class Course {
            private final Canal canal;
            private final Raster ground;
            private final double whole;
            private Optional<Node> last = Optional.empty();

            /** The first and the last node of all, whatever lies between. */
            private Optional<Node> begins = Optional.empty();

            private Optional<Node> ends = Optional.empty();
            private double lastLength;
            private double walked;

            Course(Canal canal) {
                this.canal = canal;
                ground = scene.ground();
                var sum = 0.0;
                for (var i = 1; i < canal.line_m().size(); i++) {
                    sum += between(canal.line_m().get(i - 1), canal.line_m().get(i));
                }
                whole = sum;
            }

            private static double between(Inflow.Place a, Inflow.Place b) {
                return Math.hypot(b.x() - a.x(), b.y() - a.y());
            }

            private double bed() {
                return canal.bedFrom_m()
                        + (canal.bedTo_m() - canal.bedFrom_m()) * (whole > 0 ? walked / whole : 0)
                        - field.datum;
            }

            void lay() {
                var step = ground.frame().cellSize() / 16;
                var cell = -2;
                var inCell = 0.0;
                var places = canal.line_m();
                for (var i = 1; i < places.size(); i++) {
                    var a = places.get(i - 1);
                    var b = places.get(i);
                    var pieces = Math.max(1, (int) Math.ceil(between(a, b) / step));
                    for (var k = 0; k < pieces; k++) {
                        var share = (k + 0.5) / pieces;
                        var here = cell(a.x() + share * (b.x() - a.x()), a.y() + share * (b.y() - a.y()));
                        if (here != cell) {
                            leave(cell, inCell);
                            cell = here;
                            inCell = 0;
                        }
                        inCell += between(a, b) / pieces;
                        walked += between(a, b) / pieces;
                    }
                }
                leave(cell, inCell);
            }

            /** -1 outside of the ground and on missing cells. */
            private int cell(double x, double y) {
                var frame = ground.frame();
                if (!frame.holds(x, y)) {
                    return -1;
                }
                var cell = frame.rowOf(y) * frame.columns() + frame.columnOf(x);
                return Double.isNaN(ground.values()[cell]) ? -1 : cell;
            }

            /** Books the way through a cell; where the line only cuts a corner it counts for the cell before. */
            private void leave(int cell, double length) {
                if (cell == -2 || length == 0) {
                    return;
                }
                if (cell == -1) {
                    last = Optional.empty();
                    return;
                }
                if (length < 0.3 * ground.frame().cellSize() && last.isPresent()) {
                    extend(last.get(), length);
                    lastLength += length;
                    return;
                }
                var node = byCell.computeIfAbsent(cell, this::node);
                extend(node, length);
                if (last.isPresent() && last.get() != node) {
                    links.add(new Link(
                            links.size(),
                            last.get(),
                            Optional.of(node),
                            Optional.empty(),
                            canal,
                            0.5 * (lastLength + length),
                            node.bed));
                }
                last = Optional.of(node);
                lastLength = length;
                begins = begins.or(() -> last);
                ends = last;
            }

            /** Joins ends that lie beyond a side with a given level. */
            void join() {
                begins.ifPresent(
                        node -> Laid.this.join(canal, node, canal.line_m().getFirst(), canal.bedFrom_m()));
                ends.ifPresent(
                        node -> Laid.this.join(canal, node, canal.line_m().getLast(), canal.bedTo_m()));
            }

            private Node node(int cell) {
                var row = cell / field.columns;
                var at = field.at(row, cell % field.columns);
                var node = new Node(at, row, field.bed[at]);
                nodes.add(node);
                return node;
            }

            private void extend(Node node, double length) {
                node.length += length;
                node.area += length * canal.width_m();
                node.bed = Math.min(node.bed, Math.min(bed(), node.bank));
            }
        }

        Course course(Canal canal) {
            var course = new Course(canal);
            course.lay();
            return course;
        }

        /** The node is at the side, or next to it: a line that only cuts a corner of the last cell ends in the one before it. */
        private void join(Canal canal, Node node, Inflow.Place end, double bed) {
            var frame = scene.ground().frame();
            if (frame.holds(end.x(), end.y())) {
                return;
            }
            var edges = scene.edges();
            var edge = end.x() < frame.west()
                    ? edges.west()
                    : end.x() >= frame.east() ? edges.east() : end.y() >= frame.north() ? edges.north() : edges.south();
            if (edge instanceof Edge.Level level) {
                var column = node.at - field.first(node.row);
                var off = end.x() < frame.west()
                        ? column
                        : end.x() >= frame.east()
                                ? field.columns - 1 - column
                                : end.y() >= frame.north() ? node.row : field.rows - 1 - node.row;
                if (off <= 1) {
                    links.add(new Link(
                            links.size(),
                            node,
                            Optional.empty(),
                            Optional.of(level.level_m()),
                            canal,
                            frame.cellSize(),
                            bed - field.datum));
                }
            }
        }

        void fill(Canal canal) {
            for (var cell : Scene.cells(scene.ground(), canal.line_m())) {
                Optional.ofNullable(byCell.get(cell))
                        .ifPresent(node -> node.volume = Math.max(
                                node.volume, Math.max(0, canal.level_m() - field.datum - node.bed) * node.area));
            }
        }
    }
}
