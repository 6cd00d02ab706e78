package jiaoying.server.main;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import jiaoying.server.flood.GridWords;
import jiaoying.server.flood.GroundFiles;
import jiaoying.server.flood.ScenarioRefused;
import jiaoying.water.grid.Raster;
import jiaoying.water.terrain.City;
import jiaoying.water.terrain.Finding;
import jiaoying.water.terrain.GroundCheck;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

/** Terrain for the flood model (地形): examined, cut into, or made up. */
@Command(
        name = "ground",
        subcommands = {GroundCommand.Check.class, GroundCommand.Burn.class, GroundCommand.Town.class})
final class GroundCommand {
    private GroundCommand() {}

    /** Reads what only a good file gives, or refuses in the user's words. */
    private interface Reading<T> {
        T read() throws ScenarioRefused, IOException;
    }

    private static <T> T of(Reading<T> reading, Words words) throws IOException {
        try {
            return reading.read();
        } catch (ScenarioRefused refused) {
            var problem = refused.problems().getFirst();
            throw new Refusal("ground", words.say("flood." + problem.kind(), problem.values(words.texts())));
        }
    }

    /** Exit code 0: nothing found, 1: something, 2: no such terrain. */
    @Command(name = "check")
    static final class Check implements Callable<Integer> {
        private static final int SHOWN = 10;

        private final Words words;

        @Spec
        @SuppressWarnings("NullAway.Init")
        private CommandSpec spec;

        @Parameters(paramLabel = "FILE")
        @SuppressWarnings("NullAway.Init")
        private Path file;

        @Option(names = "--json")
        private boolean json;

        Check(Words words) {
            this.words = words;
        }

        @Override
        public Integer call() throws IOException {
            var ground = of(() -> GroundFiles.read(file), words);
            var findings = GroundCheck.check(ground);
            var out = spec.commandLine().getOut();
            if (json) {
                out.println(JsonMapper.builder()
                        .build()
                        .writeValueAsString(findings.stream()
                                .map(it -> document(it, ground))
                                .toList()));
            } else {
                out.println(words.say("ground.is", file, words.texts().say(GridWords.of(ground.frame()))));
                for (var kind : Finding.Kind.values()) {
                    lines(findings.stream().filter(it -> it.kind() == kind).toList(), ground);
                }
                if (findings.isEmpty()) {
                    out.println(words.say("ground.good"));
                }
            }
            return findings.isEmpty() ? Jiaoying.GOOD : Jiaoying.FOUND_WRONG;
        }

        private void lines(List<Finding> findings, Raster ground) {
            var out = spec.commandLine().getOut();
            findings.stream()
                    .limit(SHOWN)
                    .forEach(it -> out.println(words.say(
                            "ground." + it.kind().name().toLowerCase(Locale.ROOT),
                            number(ground.frame().xOf(it.column())),
                            number(ground.frame().yOf(it.row())),
                            it.cells(),
                            number(it.from_m()),
                            number(it.to_m()))));
            if (findings.size() > SHOWN) {
                out.println(words.say("ground.more", findings.size() - SHOWN));
            }
        }

        private static String number(double value) {
            return String.format(Locale.ROOT, "%.2f", value);
        }

        private static Map<String, Object> document(Finding finding, Raster ground) {
            var document = new LinkedHashMap<String, Object>();
            document.put("kind", finding.kind().name().toLowerCase(Locale.ROOT));
            document.put("x", ground.frame().xOf(finding.column()));
            document.put("y", ground.frame().yOf(finding.row()));
            document.put("row", finding.row());
            document.put("column", finding.column());
            document.put("cells", finding.cells());
            if (!Double.isNaN(finding.from_m())) {
                document.put("from_m", finding.from_m());
                document.put("to_m", finding.to_m());
            }
            return document;
        }
    }

    /** Canals, culverts and dikes of a file of lines into a terrain. */
    @Command(name = "burn")
    static final class Burn implements Callable<Integer> {
        private final Words words;

        @Spec
        @SuppressWarnings("NullAway.Init")
        private CommandSpec spec;

        @Parameters(paramLabel = "FILE")
        @SuppressWarnings("NullAway.Init")
        private Path file;

        @Option(names = "--lines", paramLabel = "LINES.geojson", required = true)
        @SuppressWarnings("NullAway.Init")
        private Path lines;

        @Option(names = "--out", paramLabel = "FILE", required = true)
        @SuppressWarnings("NullAway.Init")
        private Path out;

        Burn(Words words) {
            this.words = words;
        }

        @Override
        public Integer call() throws IOException {
            var changed = of(() -> GroundFiles.burn(file, lines, out), words);
            spec.commandLine().getOut().println(words.say("ground.burnt", changed, out));
            return Jiaoying.GOOD;
        }
    }

    /** A made-up polder city with a scenario to run. */
    @Command(name = "city")
    static final class Town implements Callable<Integer> {
        private final Words words;

        @Spec
        @SuppressWarnings("NullAway.Init")
        private CommandSpec spec;

        @Option(names = "--out", paramLabel = "DIR", required = true)
        @SuppressWarnings("NullAway.Init")
        private Path out;

        @Option(names = "--side-m", paramLabel = "M")
        private double side = 3000;

        @Option(names = "--cell-m", paramLabel = "M")
        private double cell = 10;

        @Option(names = "--seed", paramLabel = "N")
        private long seed = 1;

        Town(Words words) {
            this.words = words;
        }

        @Override
        public Integer call() throws IOException {
            if (!(side >= 500 && side <= 40_000) || !(cell >= 1 && cell <= 50)) {
                throw new Refusal("ground.city", side, cell);
            }
            if (Files.exists(out) && !Files.isDirectory(out)) {
                throw new Refusal("flood.out", out);
            }
            var city = new City(side, cell, seed);
            GroundFiles.write(city, out);
            spec.commandLine()
                    .getOut()
                    .println(words.say(
                            "ground.made",
                            words.texts().say(GridWords.of(city.ground().frame())),
                            city.canals().size(),
                            city.pumps().size(),
                            city.underpasses().size(),
                            out.resolve("scenario.yaml")));
            return Jiaoying.GOOD;
        }
    }
}
