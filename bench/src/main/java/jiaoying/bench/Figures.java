package jiaoying.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Prints what was measured: median, least and most of the runs, the goal beside it, and whether the answer was right. */
final class Figures {
    private Figures() {}

    static void machine() throws IOException {
        var cpu = Files.readAllLines(Path.of("/proc/cpuinfo")).stream()
                .filter(line -> line.startsWith("model name"))
                .findFirst()
                .map(line -> line.substring(line.indexOf(':') + 2))
                .orElse("unknown CPU");
        var load = Files.readString(Path.of("/proc/loadavg")).split(" ", 2)[0];
        System.out.printf(
                "%s, %d cores, JDK %s, load %s%n",
                cpu, Runtime.getRuntime().availableProcessors(), Runtime.version(), load);
    }

    /** @param rates one figure a run, per second */
    static void rate(String what, double[] rates, String goal, boolean right) {
        var sorted = rates.clone();
        Arrays.sort(sorted);
        System.out.printf(
                Locale.ROOT,
                "%-58s median %,13.0f/s  least %,13.0f  most %,13.0f  goal %s  answer %s%n",
                what,
                sorted[sorted.length / 2],
                sorted[0],
                sorted[sorted.length - 1],
                goal,
                right ? "right" : "WRONG");
    }

    /** @param seconds one figure a run */
    static void seconds(String what, List<Double> seconds, String goal) {
        var sorted = seconds.stream().sorted().toList();
        System.out.printf(
                Locale.ROOT,
                "%-58s median %.2f s  least %.2f  most %.2f  of %d  goal %s%n",
                what,
                sorted.get(sorted.size() / 2),
                sorted.getFirst(),
                sorted.getLast(),
                sorted.size(),
                goal);
    }
}
