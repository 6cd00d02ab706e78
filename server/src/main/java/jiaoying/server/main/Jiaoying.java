package jiaoying.server.main;

import java.io.PrintWriter;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import jiaoying.server.pack.PackCommand;
import jiaoying.server.register.RegisterCommand;
import jiaoying.server.replay.ReplayCommand;
import jiaoying.server.reply.Texts;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;

/**
 * The command line (命令行): {@code ./jiaoying COMMAND}. Exit code 0 is good, 1 means that something was found wrong, 2 that
 * the command could not be carried out as given.
 */
@Command(name = "jiaoying", versionProvider = Version.class)
public final class Jiaoying {
    static final int GOOD = 0;
    static final int FOUND_WRONG = 1;
    static final int REFUSED = 2;

    private static final String LANGUAGES = "zh-CN|en";

    private static final List<Class<?>> COMMANDS = List.of(
            RunCommand.class,
            ReplayCommand.class,
            SimCommand.class,
            DrillCommand.class,
            DrillRoomCommand.class,
            WatchCommand.class,
            LedgerCommand.class,
            PackCommand.class,
            DoorCommand.class,
            CapCommand.class,
            FrameCommand.class,
            AccountCommand.class,
            RoomCommand.class,
            BackupCommand.class,
            RestoreCommand.class,
            RebuildCommand.class,
            FloodCommand.class,
            DeadlineCommand.class,
            ReadCommand.class,
            LinesCommand.class,
            GroundCommand.class,
            TrainCommand.class);

    @Option(
            names = {"-h", "--help"},
            usageHelp = true)
    boolean help;

    @Option(
            names = {"-V", "--version"},
            versionHelp = true)
    boolean version;

    /** Read before anything is parsed, by {@link Words}. */
    @Option(names = "--lang", paramLabel = LANGUAGES)
    String lang = "";

    private Jiaoying() {}

    public static void main(String[] args) {
        System.exit(
                execute(args, System.getenv(), new PrintWriter(System.out, true), new PrintWriter(System.err, true)));
    }

    /** Runs one command; says everything that went wrong in one message on {@code err}. */
    static int execute(String[] args, Map<String, String> environment, PrintWriter out, PrintWriter err) {
        var words = Words.of(args, environment);
        var unknown = Words.unknown(args);
        if (unknown.isPresent()) {
            err.println(Words.of(new String[0], environment).say("wrong.lang", unknown.get(), LANGUAGES));
            return REFUSED;
        }
        var line = args.length > 0 && args[0].equals("run") ? toRun(words) : commandLine(words);
        return line.setOut(out).setErr(err).execute(args.length == 0 ? new String[] {"--help"} : args);
    }

    static CommandLine commandLine(Words words) {
        var line = new CommandLine(new Jiaoying(), new Factory(words));
        COMMANDS.forEach(line::addSubcommand);
        line.addSubcommand(RegisterCommand.of(new RegisterOfRoom(words), words.texts())
                .addSubcommand(new ReportCommand(words))
                .addSubcommand(new TakeCommand(words)));
        Objects.requireNonNull(line.getSubcommands().get("pack"))
                .addSubcommand(new PackPlayCommand(words))
                .addSubcommand(new PackNewCommand(words));
        return dressed(line, words);
    }

    /** The line with the room's command alone: a room that starts again does not look through all the others first. */
    private static CommandLine toRun(Words words) {
        return dressed(new CommandLine(new Jiaoying(), new Factory(words)).addSubcommand(new RunCommand(words)), words);
    }

    private static CommandLine dressed(CommandLine line, Words words) {
        line.getSubcommands().values().forEach(Jiaoying::equip);
        line.setResourceBundle(words.bundle());
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setUsageHelpAutoWidth(true);
        line.getCommandSpec()
                .usageMessage()
                .sectionKeys(List.of("page"))
                .sectionMap()
                .put("page", help -> words.page());
        var complaints = new Complaints(words, InstantSource.system());
        line.setExecutionExceptionHandler(complaints);
        line.setParameterExceptionHandler(complaints);
        return line;
    }

    /** Gives a command and those below it the options that all have. */
    private static void equip(CommandLine line) {
        var spec = line.getCommandSpec();
        if (spec.findOption("--help") == null) {
            spec.addOption(OptionSpec.builder("-h", "--help").usageHelp(true).build());
        }
        spec.addOption(OptionSpec.builder("--lang")
                .type(String.class)
                .paramLabel(LANGUAGES)
                .build());
        spec.versionProvider(new Version());
        line.getSubcommands().values().forEach(Jiaoying::equip);
    }

    /** Makes the commands; each may ask for the words, or for the texts that pages and doors have, too. */
    private record Factory(Words words) implements CommandLine.IFactory {
        @Override
        public <K> K create(Class<K> type) throws Exception {
            for (var constructor : type.getDeclaredConstructors()) {
                constructor.setAccessible(true);
                var takes = List.of(constructor.getParameterTypes());
                if (takes.equals(List.of(Words.class))) {
                    return type.cast(constructor.newInstance(words));
                }
                if (takes.equals(List.of(Texts.class))) {
                    return type.cast(constructor.newInstance(words.texts()));
                }
            }
            return CommandLine.defaultFactory().create(type);
        }
    }
}
