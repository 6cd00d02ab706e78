package jiaoying.server.main;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import jiaoying.server.pack.PackFiles;
import jiaoying.server.pack.PackLibrary;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Makes a new programme from a copy of another (新建专项). */
@Command(name = "new")
final class PackNewCommand implements Callable<Integer> {
    private final Words words;

    @Spec
    @SuppressWarnings("NullAway.Init")
    CommandSpec spec;

    @Parameters(paramLabel = "NAME")
    @SuppressWarnings("NullAway.Init")
    String name;

    @Option(names = "--from", paramLabel = "PACK", defaultValue = "meeting-tasks")
    @SuppressWarnings("NullAway.Init")
    String from;

    @Option(names = "--into", paramLabel = "DIR", defaultValue = ".")
    @SuppressWarnings("NullAway.Init")
    Path into;

    PackNewCommand(Words words) {
        this.words = words;
    }

    @Override
    public Integer call() throws IOException {
        if (!name.matches("[a-z][a-z0-9-]{0,39}")) {
            throw new Refusal("pack.name", name);
        }
        if (!PackLibrary.PROGRAMMES.contains(from)) {
            throw new Refusal("pack.from", from, String.join(", ", PackLibrary.PROGRAMMES));
        }
        var folder = into.resolve(name);
        if (Files.exists(folder)) {
            throw new Refusal("file.exists", folder);
        }
        Files.createDirectories(folder);
        for (var file : PackFiles.inside(from).orElseThrow().texts().entrySet()) {
            var text = new String(file.getValue(), StandardCharsets.UTF_8);
            Files.writeString(
                    folder.resolve(file.getKey()), text.replaceFirst("(?m)^name: " + from + "$", "name: " + name));
        }
        spec.commandLine().getOut().println(words.say("pack.new.made", folder));
        return Jiaoying.GOOD;
    }
}
