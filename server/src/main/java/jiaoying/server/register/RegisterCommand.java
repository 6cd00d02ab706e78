package jiaoying.server.register;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import jiaoying.server.register.RegisterChecked.Prepared;
import jiaoying.server.register.RegisterChecked.Refused;
import jiaoying.server.reply.Texts;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

/** {@code ./jiaoying register}: the city register in and out. Exit code 0: good, 1: problems were named, 2: used wrongly. */
@Command(
        name = "register",
        description = "Checks, imports, exports and converts the city register (名册).",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND")
public final class RegisterCommand implements Runnable {
    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    private final Texts texts;

    private RegisterCommand(Texts texts) {
        this.texts = texts;
    }

    /** With the commands that need a room; {@code desk} opens it. */
    public static CommandLine of(RegisterDesk desk, Texts texts) {
        return ofFiles(texts).addSubcommand(new Import(desk, texts)).addSubcommand(new Export(desk));
    }

    /** Only the commands that work on files alone. */
    public static CommandLine ofFiles(Texts texts) {
        return new CommandLine(new RegisterCommand(texts))
                .addSubcommand(new Check(texts))
                .addSubcommand(new Convert(texts));
    }

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(),
                texts.say("command.name", String.join(", ", spec.subcommands().keySet())));
    }

    /** What the commands share: a place to read from and a way to tell what was found. */
    private abstract static class Reading implements Callable<Integer> {
        private final Texts texts;

        Reading(Texts texts) {
            this.texts = texts;
        }

        @Spec
        @SuppressWarnings("NullAway.Init")
        private CommandSpec spec;

        @Option(
                names = "--zone",
                defaultValue = "Asia/Shanghai",
                description = "zone of times that name none (${DEFAULT-VALUE})")
        @SuppressWarnings("NullAway.Init")
        private ZoneId zone;

        @Option(names = "--json", description = "print one JSON document")
        private boolean json;

        RegisterFiles files(Path place) throws IOException {
            if (!Files.exists(place)) {
                throw new ParameterException(spec.commandLine(), texts.say("register.no-place", place));
            }
            return RegisterFiles.read(place);
        }

        ZoneId zone() {
            return zone;
        }

        RegisterChecked alone(Path place) throws IOException {
            return RegisterImport.check(files(place), Register.EMPTY, zone);
        }

        int tell(RegisterChecked checked) {
            say(json ? JsonMapper.builder().build().writeValueAsString(document(checked)) : text(checked));
            return checked instanceof Prepared ? 0 : 1;
        }

        void say(String text) {
            spec.commandLine().getOut().println(text);
            spec.commandLine().getOut().flush();
        }

        void complain(String text) {
            spec.commandLine().getErr().println(text);
        }

        boolean json() {
            return json;
        }

        private String text(RegisterChecked checked) {
            return switch (checked) {
                case Refused refused -> refused.text(texts) + "\n" + texts.say("register.nothing");
                case Prepared prepared -> {
                    var lines = new StringBuilder();
                    prepared.counts()
                            .forEach((table, n) -> lines.append("%-10s ".formatted(table.word()))
                                    .append(texts.say(
                                            "register.counts",
                                            n.added(),
                                            n.changed(),
                                            n.unchanged(),
                                            n.absent(),
                                            n.ended()))
                                    .append('\n'));
                    yield lines.toString().stripTrailing();
                }
            };
        }

        private Map<String, Object> document(RegisterChecked checked) {
            var document = new LinkedHashMap<String, Object>();
            switch (checked) {
                case Prepared prepared -> prepared.counts().forEach((table, n) -> document.put(table.word(), n));
                case Refused refused -> {
                    document.put(
                            "problems",
                            refused.problems().stream()
                                    .map(problem -> problem.in(texts))
                                    .toList());
                    document.put("more", refused.more());
                }
            }
            return document;
        }
    }

    @Command(
            name = "check",
            description = "Checks a folder or workbook as if it were imported into an empty register.",
            mixinStandardHelpOptions = true)
    private static final class Check extends Reading {
        Check(Texts texts) {
            super(texts);
        }

        @Parameters(paramLabel = "FOLDER|FILE.xlsx", description = "for example samples/pinghu")
        @SuppressWarnings("NullAway.Init")
        private Path place;

        @Override
        public Integer call() throws IOException {
            return tell(alone(place));
        }
    }

    @Command(
            name = "convert",
            description = "Turns a folder of CSV files into a workbook, or back.",
            mixinStandardHelpOptions = true)
    private static final class Convert extends Reading {
        Convert(Texts texts) {
            super(texts);
        }

        @Parameters(index = "0", paramLabel = "FROM")
        @SuppressWarnings("NullAway.Init")
        private Path from;

        @Parameters(index = "1", paramLabel = "TO", description = "a workbook when it ends with .xlsx, else a folder")
        @SuppressWarnings("NullAway.Init")
        private Path to;

        @Option(names = "--english", description = "headers and words in English instead of Chinese")
        private boolean english;

        @Override
        public Integer call() throws IOException {
            var checked = alone(from);
            if (checked instanceof Prepared prepared) {
                RegisterExport.write(Register.of(prepared.rows()), wording(english), to);
            }
            return tell(checked);
        }
    }

    static Wording wording(boolean english) {
        return english ? Wording.ENGLISH : Wording.CHINESE;
    }

    @Command(
            name = "import",
            description = "Imports a folder or workbook into a room: all of it or nothing.",
            mixinStandardHelpOptions = true)
    private static final class Import extends Reading {
        private final RegisterDesk desk;

        @Parameters(paramLabel = "FOLDER|FILE.xlsx")
        @SuppressWarnings("NullAway.Init")
        private Path place;

        @Option(names = "--data", paramLabel = "DIR", description = "data directory of the room")
        private Optional<Path> data = Optional.empty();

        @Option(names = "--room", paramLabel = "ID", description = "the room, when there are several")
        private Optional<String> room = Optional.empty();

        @Option(names = "--whole", description = "the files are the whole register: duties they do not have are ended")
        private boolean whole;

        @Option(
                names = {"--dry-run", "--preview"},
                description = "only say what would change")
        private boolean dryRun;

        Import(RegisterDesk desk, Texts texts) {
            super(texts);
            this.desk = desk;
        }

        @Override
        public Integer call() throws IOException {
            try (var open = desk.open(data, room)) {
                var files = files(place);
                var checked = checked(files, open);
                if (checked instanceof Prepared prepared && !dryRun) {
                    var answer = open.change(prepared.arrival("register-import"), files.boundaries());
                    if (!answer.done()) {
                        complain(answer.said());
                        return 1;
                    }
                    if (!json()) {
                        say(answer.said());
                    }
                }
                return tell(checked);
            }
        }

        private RegisterChecked checked(RegisterFiles files, RegisterDesk.Open open) {
            var present = open.present();
            if (open.ground().isPresent()) {
                return RegisterImport.checkReal(
                        files, present, zone(), whole, open.ground().get());
            }
            return whole
                    ? RegisterImport.checkWhole(files, present, zone())
                    : RegisterImport.check(files, present, zone());
        }
    }

    @Command(
            name = "export",
            description = "Writes the register of a room as files that import again unchanged.",
            mixinStandardHelpOptions = true)
    private static final class Export implements Callable<Integer> {
        private final RegisterDesk desk;

        @Parameters(paramLabel = "FOLDER|FILE.xlsx")
        @SuppressWarnings("NullAway.Init")
        private Path place;

        @Option(names = "--data", paramLabel = "DIR", description = "data directory of the room")
        private Optional<Path> data = Optional.empty();

        @Option(names = "--room", paramLabel = "ID", description = "the room, when there are several")
        private Optional<String> room = Optional.empty();

        @Option(names = "--english", description = "headers and words in English instead of Chinese")
        private boolean english;

        Export(RegisterDesk desk) {
            this.desk = desk;
        }

        @Override
        public Integer call() throws IOException {
            try (var open = desk.open(data, room)) {
                RegisterExport.write(open.present(), wording(english), place);
                var boundaries = open.ground().flatMap(RegisterImport.Ground::boundaries);
                if (boundaries.isPresent() && !RegisterExport.isWorkbook(place)) {
                    Files.writeString(place.resolve(RegisterFiles.BOUNDARIES), boundaries.get());
                }
            }
            return 0;
        }
    }
}
