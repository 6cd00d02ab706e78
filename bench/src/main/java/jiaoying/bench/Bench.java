package jiaoying.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import jiaoying.server.scratch.Scratch;

/** {@code ./jiaoying bench NAME}: runs one measurement, or lists them. */
public final class Bench {
    private enum Name {
        WINDOWS {
            @Override
            boolean measure() {
                return WindowsBench.run();
            }
        },
        READINGS {
            @Override
            boolean measure() throws Exception {
                return HeartBench.readings(1_000, 100, 5_000);
            }
        },
        SINGLES {
            @Override
            boolean measure() throws Exception {
                return HeartBench.readings(1_000, 1, 30_000);
            }
        },
        STORM {
            @Override
            boolean measure() throws Exception {
                return HeartBench.storm();
            }
        },
        CALLS {
            @Override
            boolean measure() throws Exception {
                return CallsBench.run();
            }
        },
        MILLION {
            @Override
            boolean measure() throws Exception {
                return CallsBench.million(Integer.getInteger("people", 1_000_000));
            }
        },
        DRAIN {
            @Override
            boolean measure() throws Exception {
                return DrainBench.run();
            }
        },
        TELEMETRY {
            @Override
            boolean measure() throws Exception {
                return TelemetryBench.run();
            }
        },
        FRAMES {
            @Override
            boolean measure() {
                return FramesBench.run();
            }
        },
        CAP {
            @Override
            boolean measure() {
                return CapBench.run();
            }
        },
        FLOOD {
            @Override
            boolean measure() throws Exception {
                return FloodBench.run();
            }
        },
        CITY {
            @Override
            boolean measure() throws Exception {
                return CityBench.run();
            }
        },
        VALIDATION {
            @Override
            boolean measure() throws Exception {
                return FloodValidation.run();
            }
        },
        LOOP {
            @Override
            boolean measure() throws Exception {
                return LoopBench.run();
            }
        },
        RESTART {
            @Override
            boolean measure() throws Exception {
                return RestartBench.run();
            }
        };

        /** @return whether every answer was right */
        abstract boolean measure() throws Exception;

        String word() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    private static Optional<Scratch> scratch = Optional.empty();

    private Bench() {}

    public static void main(String[] args) throws Exception {
        var chosen = Arrays.stream(Name.values())
                .filter(name -> args.length == 1 && name.word().equals(args[0]))
                .findFirst();
        if (chosen.isEmpty()) {
            var names = Arrays.stream(Name.values()).map(Name::word).toList();
            System.err.println("usage: ./jiaoying bench NAME, NAME is one of " + String.join(", ", names));
            System.exit(2);
        }
        Figures.machine();
        boolean right;
        try (var made = Scratch.make("bench")) {
            scratch = Optional.of(made);
            right = chosen.orElseThrow().measure();
        }
        System.exit(right ? 0 : 1);
    }

    /** A folder of a measurement, which ends with it. */
    static Path folder(String name) throws IOException {
        return Files.createTempDirectory(scratch.orElseThrow().path(), name);
    }
}
