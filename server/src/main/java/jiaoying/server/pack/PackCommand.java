package jiaoying.server.pack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import jiaoying.server.reply.Texts;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

/** {@code ./jiaoying pack}: looks after packs. */
@Command(
        name = "pack",
        description = "Checks packs: criteria and plans as data.",
        subcommands = PackCommand.Check.class,
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND")
public final class PackCommand implements Runnable {
    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    private final Texts texts;

    public PackCommand(Texts texts) {
        this.texts = texts;
    }

    @Override
    public void run() {
        throw new picocli.CommandLine.ParameterException(
                spec.commandLine(),
                texts.say("command.name", String.join(", ", spec.subcommands().keySet())));
    }

    /** Exit code 0: good, 1: problems were named, 2: no such folder. */
    @Command(
            name = "check",
            description = "Checks one pack folder and names every problem with file, line and column.",
            mixinStandardHelpOptions = true)
    static final class Check implements Callable<Integer> {
        private final Texts texts;

        public Check(Texts texts) {
            this.texts = texts;
        }

        @Spec
        @SuppressWarnings("NullAway.Init")
        private CommandSpec spec;

        @Parameters(paramLabel = "DIR", description = "a pack's folder, for example packs/rainstorm-cma16")
        @SuppressWarnings("NullAway.Init")
        private Path folder;

        @Option(names = "--json", description = "print one JSON document")
        private boolean json;

        @Override
        public Integer call() throws IOException {
            if (!Files.isDirectory(folder)) {
                spec.commandLine().getErr().println(texts.say("pack.no-folder", folder));
                return 2;
            }
            var read = PackReader.read(PackFiles.onDisk(folder));
            print(json ? JsonMapper.builder().build().writeValueAsString(document(read)) : text(read));
            return read instanceof Pack ? 0 : 1;
        }

        private void print(String text) {
            spec.commandLine().getOut().println(text);
            spec.commandLine().getOut().flush();
        }

        private String text(PackRead read) {
            return switch (read) {
                case Pack pack ->
                    texts.say(
                            "pack.good",
                            pack.head().name(),
                            pack.head().version(),
                            pack.head().kind(),
                            texts.say(pack.head().draft() ? "pack.draft" : "pack.ready"),
                            pack.digest());
                case PackRefused refused ->
                    refused.in(texts) + "\n"
                            + texts.say("pack.problems", refused.problems().size());
            };
        }

        private Map<String, Object> document(PackRead read) {
            var document = new LinkedHashMap<String, Object>();
            switch (read) {
                case Pack pack -> {
                    document.put("name", pack.head().name());
                    document.put("version", pack.head().version());
                    document.put("kind", pack.head().kind());
                    document.put("draft", pack.head().draft());
                    document.put("sha256", pack.digest());
                    document.put("problems", List.of());
                }
                case PackRefused refused ->
                    document.put(
                            "problems",
                            refused.problems().stream()
                                    .map(problem -> problem.in(texts))
                                    .toList());
            }
            return document;
        }
    }
}
