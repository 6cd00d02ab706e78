package jiaoying.water.inundation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import jiaoying.water.grid.Raster;

/**
 * The canals at work: a node in each cell that a line crosses, links between, local inertia along them (Bates, Horritt and
 * Fewtrell 2010, in one dimension) in steps of their own, and weir flow over the banks, which never moves so much that the
 * levels of canal and ground change places.
 */
final class Canals {
    private static final double WEIR = 1.7;
    private static final double FILM = 1e-3;
    private static final double COURANT = 0.6;

    private final Field field;
    private final Scene scene;
    private final List<Node> nodes = new ArrayList<>();
    private final List<Link> links = new ArrayList<>();
    private final TreeMap<Integer, Node> byCell = new TreeMap<>();
    private double cameIn;
    private double wentOut;

    /** The piece of canals in a cell; levels above the field's datum. */
    private static final class Node {
        final int at;
        final int row;
        final double bank;
        double length;
        double area;
        double bed = Double.POSITIVE_INFINITY;
        double volume;
        int links;

        Node(int at, int row, double bank) {
            this.at = at;
            this.row = row;
            this.bank = bank;
        }

        double level() {
            return bed + volume / area;
        }
    }

    /** Between two nodes, or from a node to the level beyond a side. */
    private static final class Link {
        final Node from;
        final List<Node> to;
        final List<Series> outside;
        final double width;
        final double length;
        final double gn2;
        final double bedTo;
        double flow;

        Link(Node from, List<Node> to, List<Series> outside, Canal canal, double length, double bedTo) {
            this.from = from;
            this.to = to;
            this.outside = outside;
            this.length = length;
            this.bedTo = bedTo;
            width = canal.width_m();
            gn2 = Solver.GRAVITY * canal.roughness() * canal.roughness();
            from.links++;
            to.forEach(node -> node.links++);
        }
    }

    Canals(Scene scene, Field field, Tiles tiles) {
        this.field = field;
        this.scene = scene;
        scene.canals().forEach(canal -> new Course(canal, tiles).lay());
        for (var canal : scene.canals()) {
            fill(canal);
        }
    }

    /** A canal as its line is walked from cell to cell. */
    private final class Course {
        private final Canal canal;
        private final Tiles tiles;
        private final Raster ground;
        private final double whole;
        private List<Node> last = List.of();
        private double lastLength;
        private double walked;

        Course(Canal canal, Tiles tiles) {
            this.canal = canal;
            this.tiles = tiles;
            ground = scene.ground();
            var sum = 0.0;
            for (var i = 1; i < canal.line_m().size(); i++) {
                sum += distance(canal.line_m().get(i - 1), canal.line_m().get(i));
            }
            whole = sum;
        }

        private static double distance(Inflow.Place a, Inflow.Place b) {
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
                var pieces = Math.max(1, (int) Math.ceil(distance(a, b) / step));
                for (var k = 0; k < pieces; k++) {
                    var share = (k + 0.5) / pieces;
                    var here = cell(a.x() + share * (b.x() - a.x()), a.y() + share * (b.y() - a.y()));
                    if (here != cell) {
                        leave(cell, inCell);
                        cell = here;
                        inCell = 0;
                    }
                    inCell += distance(a, b) / pieces;
                    walked += distance(a, b) / pieces;
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
                last = List.of();
                return;
            }
            if (length < 0.3 * ground.frame().cellSize() && !last.isEmpty()) {
                extend(last.getFirst(), length);
                lastLength += length;
                return;
            }
            var node = byCell.computeIfAbsent(cell, this::node);
            extend(node, length);
            if (!last.isEmpty() && last.getFirst() != node) {
                links.add(new Link(
                        last.getFirst(), List.of(node), List.of(), canal, 0.5 * (lastLength + length), node.bed));
            }
            last = List.of(node);
            lastLength = length;
        }

        private Node node(int cell) {
            var row = cell / field.columns;
            var at = field.at(row, cell % field.columns);
            tiles.keep(row, cell % field.columns);
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

    /** Joins ends that lie on a side with a given level; called once, when all canals are laid. */
    void joinSides() {
        for (var canal : scene.canals()) {
            join(canal, canal.line_m().getFirst(), canal.bedFrom_m());
            join(canal, canal.line_m().getLast(), canal.bedTo_m());
        }
    }

    private void join(Canal canal, Inflow.Place end, double bed) {
        var frame = scene.ground().frame();
        if (frame.holds(end.x(), end.y())) {
            return;
        }
        var edges = scene.edges();
        var edge = end.x() < frame.west()
                ? edges.west()
                : end.x() >= frame.east() ? edges.east() : end.y() >= frame.north() ? edges.north() : edges.south();
        if (edge instanceof Edge.Level level) {
            var column = Math.clamp(frame.columnOf(end.x()), 0, frame.columns() - 1);
            var row = Math.clamp(frame.rowOf(end.y()), 0, frame.rows() - 1);
            var node = byCell.get(row * frame.columns() + column);
            if (node != null) {
                links.add(new Link(
                        node, List.of(), List.of(level.level_m()), canal, frame.cellSize(), bed - field.datum));
            }
        }
    }

    private void fill(Canal canal) {
        for (var node : nodes) {
            node.volume = Math.max(node.volume, 0);
        }
        for (var cell : Scene.cells(scene.ground(), canal.line_m())) {
            var node = byCell.get(cell);
            if (node != null) {
                node.volume = Math.max(node.volume, Math.max(0, canal.level_m() - field.datum - node.bed) * node.area);
            }
        }
    }

    boolean any() {
        return !nodes.isEmpty();
    }

    /** Lets the canals flow for a step; the sides stand as at its beginning. */
    void step(double now, double dt) {
        var steps = (int) Math.ceil(dt / stable(now));
        for (var i = 0; i < steps; i++) {
            flow(now, dt / steps);
        }
        for (var node : nodes) {
            overBanks(node, dt);
        }
    }

    private double stable(double now) {
        var most = Double.POSITIVE_INFINITY;
        for (var link : links) {
            var depth = Math.max(link.from.level(), levelTo(link, now)) - Math.min(link.from.bed, link.bedTo);
            most = Math.min(most, COURANT * link.length / Math.sqrt(Solver.GRAVITY * Math.max(depth, FILM)));
        }
        return most;
    }

    private double levelTo(Link link, double now) {
        return link.to.isEmpty()
                ? link.outside.getFirst().at(now) - field.datum
                : link.to.getFirst().level();
    }

    private void flow(double now, double dt) {
        for (var link : links) {
            var from = link.from.level();
            var to = levelTo(link, now);
            var bedTo = link.to.isEmpty() ? link.bedTo : link.to.getFirst().bed;
            var deep = Math.max(from, to) - Math.max(link.from.bed, bedTo);
            if (deep <= FILM) {
                link.flow = 0;
                continue;
            }
            var area = link.width * deep;
            var radius = area / (link.width + 2 * deep);
            var push = link.flow + Solver.GRAVITY * area * (from - to) / link.length * dt;
            var drag = 1 + dt * link.gn2 * Math.abs(link.flow) / (area * radius * Math.cbrt(radius));
            var most = area * Math.sqrt(Solver.GRAVITY * deep);
            link.flow = bounded(link, Math.clamp(push / drag, -most, most), dt);
        }
        for (var link : links) {
            link.from.volume -= link.flow * dt;
            if (link.to.isEmpty()) {
                wentOut += Math.max(link.flow, 0) * dt;
                cameIn += Math.max(-link.flow, 0) * dt;
            } else {
                link.to.getFirst().volume += link.flow * dt;
            }
        }
    }

    /** No link takes more than its share of what the giving node holds. */
    private static double bounded(Link link, double flow, double dt) {
        if (flow >= 0) {
            return Math.min(flow, 0.99 * link.from.volume / (link.from.links * dt));
        }
        if (link.to.isEmpty()) {
            return flow;
        }
        var giver = link.to.getFirst();
        return Math.max(flow, -0.99 * giver.volume / (giver.links * dt));
    }

    private void overBanks(Node node, double dt) {
        var canal = node.level() - node.bank;
        double ground = field.depth[node.at];
        var high = Math.max(canal, ground);
        if (high <= 0 || canal == ground) {
            return;
        }
        var low = Math.max(0, Math.min(canal, ground));
        var drowned = Math.pow(Math.max(0, 1 - Math.pow(low / high, 1.5)), 0.385);
        var volume = WEIR * 2 * node.length * Math.pow(high, 1.5) * drowned * dt;
        var cell = (double) field.dx * field.dx * field.openness(node.at);
        var even = 0.5 * Math.abs(Math.max(canal, 0) - ground) * (node.area * cell) / (node.area + cell);
        if (ground > canal) {
            // Into a canal that stands below its bank all of the ground's water may fall.
            var room = Math.max(0, -canal) * node.area;
            node.volume += take(node.at, Math.min(volume, Math.min(ground * cell, room + even)), cell);
        } else {
            node.volume -= -take(node.at, -Math.min(volume, even), cell);
        }
    }

    /** Takes a volume from a cell's ground, below 0 gives it; returns what the float depth really lost. */
    private double take(int at, double volume, double cell) {
        var before = field.depth[at];
        field.set(at, (float) Math.max(0, before - volume / cell));
        return ((double) before - field.depth[at]) * cell;
    }

    Iterable<Integer> rows() {
        return nodes.stream().map(node -> node.row).distinct().toList();
    }

    boolean has(int at) {
        return find(at) != null;
    }

    private @org.jspecify.annotations.Nullable Node find(int at) {
        var row = at / field.stride - 1;
        return byCell.get(row * field.columns + (at - field.first(row)));
    }

    /** Level of the canal in a cell that has one, above the field's datum. */
    double level(int at) {
        var node = find(at);
        return node == null ? Double.NaN : node.level();
    }

    double depth(int at) {
        var node = find(at);
        return node == null ? 0 : node.volume / node.area;
    }

    double area(int at) {
        var node = find(at);
        return node == null ? 0 : node.area;
    }

    /** Takes a volume, m3, or what is there; below 0 it gives. Returns what was taken. */
    double take(int at, double volume) {
        var node = find(at);
        if (node == null) {
            return 0;
        }
        var taken = Math.min(volume, node.volume);
        node.volume -= taken;
        return taken;
    }

    double volume() {
        return nodes.stream().mapToDouble(node -> node.volume).sum();
    }

    double cameIn() {
        return cameIn;
    }

    double wentOut() {
        return wentOut;
    }

    /** Volumes and flows as pairs of floats; {@link #recall} gives them back, so that a saved run goes on as the live one. */
    List<float[]> memory() {
        if (!any()) {
            return List.of();
        }
        var numbers = new double[nodes.size() + links.size()];
        Arrays.setAll(numbers, i -> i < nodes.size() ? nodes.get(i).volume : links.get(i - nodes.size()).flow);
        var high = new float[numbers.length];
        var low = new float[numbers.length];
        for (var i = 0; i < numbers.length; i++) {
            high[i] = (float) numbers[i];
            low[i] = (float) (numbers[i] - high[i]);
        }
        return List.of(high, low);
    }

    void recall(float[] high, float[] low) {
        for (var i = 0; i < high.length; i++) {
            var number = (double) high[i] + low[i];
            if (i < nodes.size()) {
                nodes.get(i).volume = number;
            } else {
                links.get(i - nodes.size()).flow = number;
            }
        }
    }
}
