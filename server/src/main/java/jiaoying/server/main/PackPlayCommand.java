package jiaoying.server.main;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import jiaoying.server.pack.PackException;
import jiaoying.server.pack.PackLibrary;
import jiaoying.server.programme.Scenarios;
import jiaoying.server.programme.Scenarios.Played;
import jiaoying.server.programme.Scenarios.Result;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

/** Plays the scenarios of a programme (情景演练). */
@Command(name = "play")
final class PackPlayCommand implements Callable<Integer> {
    private static final JsonMapper JSON = new JsonMapper();

    private final Words words;

    @Spec
    @SuppressWarnings("NullAway.Init")
    CommandSpec spec;

    @Parameters(paramLabel = "DIR")
    @SuppressWarnings("NullAway.Init")
    Path folder;

    @Option(names = "--json")
    boolean json;

    PackPlayCommand(Words words) {
        this.words = words;
    }

    @Override
    public Integer call() throws IOException {
        if (!Files.isDirectory(folder)) {
            throw new Refusal("file.missing", folder);
        }
        try {
            var real = folder.toAbsolutePath().normalize();
            var result = Scenarios.play(PackLibrary.programmeIn(real), real)
                    .orElseThrow(() -> new Refusal("pack.scenarios", folder));
            print(result);
            return result.problems().isEmpty() ? Jiaoying.GOOD : Jiaoying.FOUND_WRONG;
        } catch (PackException e) {
            spec.commandLine().getErr().println(e.in(words.texts()));
            return Jiaoying.FOUND_WRONG;
        }
    }

    private void print(Result result) {
        var out = spec.commandLine().getOut();
        if (json) {
            out.println(JSON.writeValueAsString(Map.of(
                    "scenarios", result.played().stream().map(this::document).toList(),
                    "problems",
                            result.problems().stream()
                                    .map(problem -> problem.text(words.texts()))
                                    .toList())));
            return;
        }
        result.played()
                .forEach(one -> out.println(words.say(
                        one.failed().isEmpty() ? "pack.play.held" : "pack.play.failed",
                        one.name().in(words.tag()),
                        one.lines())));
        result.problems().forEach(problem -> out.println(problem.text(words.texts())));
    }

    private Map<String, Object> document(Played played) {
        var document = new LinkedHashMap<String, Object>();
        document.put(
                "name", Map.of("zh-CN", played.name().zh(), "en", played.name().en()));
        document.put("lines", played.lines());
        document.put("held", played.failed().isEmpty());
        return document;
    }
}
