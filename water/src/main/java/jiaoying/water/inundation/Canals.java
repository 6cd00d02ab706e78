package jiaoying.water.inundation;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The canals at work: local inertia along their links (Bates, Horritt and Fewtrell 2010, in one dimension) in steps of their
 * own, and weir flow over the banks, which never moves so much that the levels of canal and ground change places. The banks are
 * looked at row by row as the water on the ground moves, while its depths are at hand; then the canals flow. Links, then
 * nodes, are shared among the hands; each sums what reaches it in the order of the links, so that the result is the same
 * whatever the number of hands.
 */
final class Canals {
    private static final double WEIR = 1.7;
    private static final double FILM = 1e-3;

    /** Share of the largest step that the waves of any node bear. */
    private static final double COURANT = 0.8;

    /** More parts than hands, so that a hand that is held up does not hold up the others. */
    private static final int PARTS_A_HAND = 4;

    /** Fewer nodes than this are not worth the sharing. */
    private static final int MANY = 8192;

    private final Field field;
    private final Solver solver;
    private final Crew crew;
    private final CanalNet net;
    private final double[] volume;
    private final double[] level;
    private final double[] flow;
    private final double[] beyond;

    /** First link and first node of each part. */
    private final int[] linkParts;

    private final int[] nodeParts;
    private final double[] shortest;
    private double cameIn;
    private double wentOut;

    Canals(Scene scene, Field field, Solver solver, Crew crew) {
        this.field = field;
        this.solver = solver;
        this.crew = crew;
        net = new CanalNet(scene, field);
        volume = net.full.clone();
        level = new double[net.nodes];
        flow = new double[net.links];
        beyond = new double[net.links];
        for (var node = 0; node < net.nodes; node++) {
            rise(node);
        }
        var parts = crew.hands() == 1 || net.nodes < MANY ? 1 : PARTS_A_HAND * crew.hands();
        linkParts = IntStream.rangeClosed(0, parts)
                .map(part -> (int) ((long) net.links * part / parts))
                .toArray();
        nodeParts = IntStream.rangeClosed(0, parts)
                .map(part -> (int) ((long) net.nodes * part / parts))
                .toArray();
        shortest = new double[parts];
    }

    private void rise(int node) {
        level[node] = net.bed[node] + volume[node] * net.perArea[node];
    }

    boolean any() {
        return net.nodes > 0;
    }

    /** Lets the canals flow for a step; the sides stand as at its beginning. */
    void step(double now, double dt) {
        net.outlets.forEach(outlet -> beyond[outlet.link()] = outlet.level_m().at(now) - field.datum);
        var steps = Math.max(1, (int) Math.ceil(dt / stable()));
        for (var i = 0; i < steps; i++) {
            flow(dt / steps);
            crew.each(shortest.length, part -> gather(nodeParts[part], nodeParts[part + 1], dt / steps));
        }
    }

    private double stable() {
        crew.each(shortest.length, part -> shortest[part] = stable(nodeParts[part], nodeParts[part + 1]));
        return Arrays.stream(shortest).min().orElse(Double.POSITIVE_INFINITY);
    }

    /**
     * The steps of two staggered unknowns that each take the other's newest value are stable below 2 / omega; by Gershgorin's
     * circles omega^2 is at most twice the largest sum, over the links of a node, of g width depth / (distance area).
     */
    private double stable(int begin, int end) {
        var quickest = Double.MIN_NORMAL;
        for (var node = begin; node < end; node++) {
            var sum = 0.0;
            for (var i = net.first[node]; i < net.first[node + 1]; i++) {
                var link = Math.max(net.touching[i], ~net.touching[i]);
                var depth = Math.max(level[net.from[link]], levelTo(link)) - net.sole[link];
                sum += net.pull[link] * Math.max(depth, FILM);
            }
            quickest = Math.max(quickest, sum * net.perArea[node]);
        }
        return COURANT * Math.sqrt(2 / quickest);
    }

    private double levelTo(int link) {
        var to = net.to[link];
        return to == CanalNet.OUTSIDE ? beyond[link] : level[to];
    }

    private void flow(double dt) {
        crew.each(shortest.length, part -> flow(linkParts[part], linkParts[part + 1], dt));
        for (var outlet : net.outlets) {
            var out = flow[outlet.link()] * dt;
            wentOut += Math.max(out, 0);
            cameIn += Math.max(-out, 0);
        }
    }

    private void flow(int begin, int end, double dt) {
        for (var link = begin; link < end; link++) {
            var from = level[net.from[link]];
            var to = levelTo(link);
            var deep = Math.max(from, to) - net.sill[link];
            if (deep <= FILM) {
                flow[link] = 0;
                continue;
            }
            var width = net.width[link];
            var area = width * deep;
            var root = perCubeRoot(area / (width + 2 * deep));
            var push = flow[link] + net.pull[link] * deep * (from - to) * dt;
            var rub = net.gn2[link] * Math.abs(flow[link]) * dt * (root * root) * (root * root);
            var next = push * area / (area + rub);
            var most = area * area * (Solver.GRAVITY * deep);
            flow[link] = bounded(link, next * next > most ? Math.copySign(Math.sqrt(most), next) : next, dt);
        }
    }

    /** x^(-1/3) to 1e-9 for normal x above 0: a guess from the bits and three Newton steps. */
    static double perCubeRoot(double x) {
        var third = x / 3;
        var y = Double.longBitsToDouble(0x553ef0ff289dd796L - Double.doubleToRawLongBits(x) / 3);
        y *= 4.0 / 3 - third * (y * y * y);
        y *= 4.0 / 3 - third * (y * y * y);
        return y * (4.0 / 3 - third * (y * y * y));
    }

    /** No link takes more than its share of what the giving node holds. */
    private double bounded(int link, double wanted, double dt) {
        var giver = wanted >= 0 ? net.from[link] : net.to[link];
        if (giver == CanalNet.OUTSIDE) {
            return wanted;
        }
        var share = net.gives[giver] * volume[giver];
        return Math.abs(wanted) * dt > share ? Math.copySign(share / dt, wanted) : wanted;
    }

    /** Gathers what the links bring to the nodes. */
    private void gather(int begin, int end, double dt) {
        for (var node = begin; node < end; node++) {
            var sum = volume[node];
            for (var i = net.first[node]; i < net.first[node + 1]; i++) {
                var link = net.touching[i];
                sum += link < 0 ? -(flow[~link] * dt) : flow[link] * dt;
            }
            volume[node] = sum;
            rise(node);
        }
    }

    /** Lets the canals of a row of cells and the ground beside them give to each other over the banks. */
    void overBanks(int row, double dt) {
        for (var node = net.firstOfRow[row]; node < net.firstOfRow[row + 1]; node++) {
            overBank(node, row, dt);
        }
    }

    private void overBank(int node, int row, double dt) {
        var at = net.at[node];
        var canal = level[node] - net.bank[node];
        double ground = field.depth[at];
        var high = Math.max(canal, ground);
        if (high <= 0 || canal == ground) {
            return;
        }
        var low = Math.max(0, Math.min(canal, ground));
        var drowned = low == 0 ? 1 : Math.pow(1 - low / high * Math.sqrt(low / high), 0.385);
        var pours = WEIR * 2 * net.length[node] * high * Math.sqrt(high) * drowned * dt;
        var cell = (double) field.dx * field.dx * field.openness(at);
        var even = 0.5 * Math.abs(Math.max(canal, 0) - ground) * (net.area[node] * cell) / (net.area[node] + cell);
        if (ground > canal) {
            // Into a canal that stands below its bank all of the ground's water may fall.
            var room = Math.max(0, -canal) * net.area[node];
            volume[node] += fromGround(at, row, Math.min(pours, Math.min(ground * cell, room + even)), cell);
        } else {
            volume[node] += fromGround(at, row, -Math.min(pours, even), cell);
        }
        rise(node);
    }

    /** Takes a volume from a cell's ground, below 0 gives it; returns what the float depth really lost. */
    private double fromGround(int at, int row, double taken, double cell) {
        var before = field.depth[at];
        field.set(at, (float) Math.max(0, before - taken / cell));
        solver.changed(row, before, field.depth[at]);
        return ((double) before - field.depth[at]) * cell;
    }

    /** The number of the canal's piece in a cell, below 0 where there is none; for the questions below. */
    int find(int at) {
        return net.node(at);
    }

    /** Level, above the field's datum. */
    double level(int node) {
        return level[node];
    }

    double depth(int node) {
        return volume[node] / net.area[node];
    }

    double area(int node) {
        return net.area[node];
    }

    /** Takes a volume, m3, or what is there; below 0 it gives. Returns what was taken. */
    double take(int node, double wanted) {
        var taken = Math.min(wanted, volume[node]);
        volume[node] -= taken;
        rise(node);
        return taken;
    }

    double volume() {
        return Arrays.stream(volume).sum();
    }

    double cameIn() {
        return cameIn;
    }

    double wentOut() {
        return wentOut;
    }

    /**
     * Volumes and flows, each as three floats that add up to it bit for bit; {@link #recall} gives them back, so that a saved run
     * goes on as one that nobody saved.
     */
    List<float[]> memory() {
        if (!any()) {
            return List.of();
        }
        var high = new float[net.nodes + net.links];
        var middle = new float[high.length];
        var low = new float[high.length];
        for (var i = 0; i < high.length; i++) {
            var number = i < net.nodes ? volume[net.nodesAsLaid[i]] : flow[net.linksAsLaid[i - net.nodes]];
            high[i] = (float) number;
            middle[i] = (float) (number - high[i]);
            low[i] = (float) (number - high[i] - middle[i]);
        }
        return List.of(high, middle, low);
    }

    void recall(List<float[]> memory) {
        if (memory.isEmpty()) {
            return;
        }
        var high = memory.get(0);
        var middle = memory.get(1);
        var low = memory.get(2);
        for (var i = 0; i < high.length; i++) {
            var number = (double) high[i] + middle[i] + low[i];
            if (i < net.nodes) {
                volume[net.nodesAsLaid[i]] = number;
                rise(net.nodesAsLaid[i]);
            } else {
                flow[net.linksAsLaid[i - net.nodes]] = number;
            }
        }
    }
}
