package jiaoying.water.inundation;

import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import jiaoying.water.grid.Frame;
import jiaoying.water.grid.Raster;
import jiaoying.water.inundation.Simulation.Method;

/** Grounds and runs that several tests use. */
final class Worlds {
    private Worlds() {}

    /** Level of the ground at a place, x to the east and y to the north from the south-west corner. */
    interface Bed {
        double at(double x, double y);
    }

    static Raster ground(int columns, int rows, double dx, Bed bed) {
        var frame = Frame.of(columns, rows, 0, 0, dx);
        var values = new double[columns * rows];
        for (var row = 0; row < rows; row++) {
            for (var column = 0; column < columns; column++) {
                values[row * columns + column] = bed.at(frame.xOf(column), frame.yOf(row));
            }
        }
        return new Raster(frame, values);
    }

    static Raster mirror(Raster ground) {
        var frame = ground.frame();
        return ground(
                frame.columns(),
                frame.rows(),
                frame.cellSize(),
                (x, y) -> ground.at(frame.rowOf(y), frame.columns() - 1 - frame.columnOf(x)));
    }

    static Raster quarterTurn(Raster ground) {
        var frame = ground.frame();
        return ground(frame.rows(), frame.columns(), frame.cellSize(), (x, y) -> {
            var column = (int) (x / frame.cellSize());
            var row = frame.columns() - 1 - (int) (y / frame.cellSize());
            return ground.at(frame.rows() - 1 - column, row);
        });
    }

    static Raster rough(int columns, int rows, double dx, double height, long seed) {
        var random = new Random(seed);
        return ground(columns, rows, dx, (x, y) -> height * random.nextDouble());
    }

    static Simulation run(Scene scene, double until) {
        var run = new Simulation(scene, Method.LOCAL_INERTIA, Kernel.PLAIN, Crew.ALONE);
        run.advanceTo(until);
        return run;
    }

    static double[] depths(Simulation run) {
        var frame = run.frame();
        return IntStream.range(0, frame.cells())
                .mapToDouble(i -> run.depth(i / frame.columns(), i % frame.columns()))
                .toArray();
    }

    /** Threads made anew for each sweep. */
    static Crew crew(int hands) {
        return new Crew() {
            @Override
            public int hands() {
                return hands;
            }

            @Override
            public void each(int parts, IntConsumer part) {
                CompletableFuture.allOf(IntStream.range(0, parts)
                                .mapToObj(i -> CompletableFuture.runAsync(() -> part.accept(i)))
                                .toArray(CompletableFuture[]::new))
                        .join();
            }
        };
    }
}
