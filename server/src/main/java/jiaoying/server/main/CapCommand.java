package jiaoying.server.main;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import jiaoying.server.cap.FindingWords;
import jiaoying.wire.cap.Alert;
import jiaoying.wire.cap.Area;
import jiaoying.wire.cap.Cap;
import jiaoying.wire.cap.CapCheck;
import jiaoying.wire.cap.CapCheck.Verdict;
import jiaoying.wire.cap.CapRead;
import jiaoying.wire.cap.CapSignature;
import jiaoying.wire.cap.Finding;
import jiaoying.wire.cap.Info;
import jiaoying.wire.cap.MessageId;
import jiaoying.wire.cap.NamedValue;
import jiaoying.wire.cap.SignatureCheck;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

/** Warning messages in CAP (通用预警协议), looked at without a room. */
@Command(
        name = "cap",
        subcommands = {CapCommand.Check.class, CapCommand.Show.class})
final class CapCommand {
    private CapCommand() {}

    private static byte[] read(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new Refusal("cap.file", file);
        }
    }

    /** Exit code 0: all valid, 1: one at least is not, 2: one at least cannot be read; the others are checked all the same. */
    @Command(name = "check")
    static final class Check implements Callable<Integer> {
        private final Words words;

        @Spec
        @SuppressWarnings("NullAway.Init")
        private CommandSpec spec;

        @Parameters(paramLabel = "FILE", arity = "1..*")
        private List<Path> files = List.of();

        @Option(names = "--json")
        private boolean json;

        Check(Words words) {
            this.words = words;
        }

        @Override
        public Integer call() {
            var checked = new ArrayList<Checked>();
            var unread = new ArrayList<Refusal>();
            for (var file : files) {
                try {
                    checked.add(new Checked(file, CapCheck.of(read(file))));
                } catch (Refusal refusal) {
                    unread.add(refusal);
                }
            }
            print(checked);
            if (!unread.isEmpty()) {
                throw unread.getFirst();
            }
            return checked.stream().allMatch(it -> it.check.verdict() == Verdict.VALID)
                    ? Jiaoying.GOOD
                    : Jiaoying.FOUND_WRONG;
        }

        private record Checked(Path file, CapCheck check) {}

        /** Of the files that could be read, one for each time it was named. */
        private void print(List<Checked> checked) {
            var out = spec.commandLine().getOut();
            if (json) {
                out.println(JsonMapper.builder()
                        .build()
                        .writeValueAsString(checked.stream()
                                .map(it -> document(it.file, it.check))
                                .toList()));
            } else {
                checked.forEach(it -> lines(it.file, it.check).forEach(out::println));
            }
            out.flush();
        }

        private Map<String, Object> document(Path file, CapCheck check) {
            var document = new LinkedHashMap<String, Object>();
            document.put("file", file.toString());
            document.put("verdict", check.verdict().name().toLowerCase(Locale.ROOT));
            document.put("problems", check.problems().stream().map(this::row).toList());
            return document;
        }

        private Map<String, String> row(Finding finding) {
            var row = new LinkedHashMap<String, String>();
            row.put("where", finding.path());
            row.put("what", what(finding));
            row.put("allowed", allowed(finding));
            return row;
        }

        private List<String> lines(Path file, CapCheck check) {
            var lines = new ArrayList<String>();
            lines.add(file + ": " + words.say("cap.verdict." + check.verdict()));
            check.problems().forEach(it -> lines.add(line("cap.problem", it)));
            check.remarks().forEach(it -> lines.add(line("cap.remark", it)));
            return lines;
        }

        private String line(String key, Finding finding) {
            return "  " + words.say(key, finding.path(), what(finding), allowed(finding));
        }

        private String allowed(Finding finding) {
            return words.texts().say(FindingWords.allowed(finding));
        }

        private String what(Finding finding) {
            var rule = FindingWords.what(finding, words.texts());
            return finding.value().isEmpty() ? rule : rule + ": " + finding.value();
        }
    }

    /** Prints what a message says. Exit code 1 when its meaning is in doubt. */
    @Command(name = "show")
    static final class Show implements Callable<Integer> {
        private final Words words;

        @Spec
        @SuppressWarnings("NullAway.Init")
        private CommandSpec spec;

        @Parameters(paramLabel = "FILE")
        @SuppressWarnings("NullAway.Init")
        private Path file;

        Show(Words words) {
            this.words = words;
        }

        @Override
        public Integer call() {
            var bytes = read(file);
            return switch (Cap.read(bytes)) {
                case CapRead.Refused refused -> {
                    var err = spec.commandLine().getErr();
                    err.println(words.say("cap.refused", file));
                    refused.findings()
                            .forEach(it -> err.println("  "
                                    + words.say(
                                            "cap.problem",
                                            it.path(),
                                            FindingWords.what(it, words.texts())
                                                    + (it.value().isEmpty() ? "" : ": " + it.value()),
                                            words.texts().say(FindingWords.allowed(it)))));
                    yield Jiaoying.FOUND_WRONG;
                }
                case CapRead.Understood understood -> {
                    show(understood.alert(), CapSignature.check(bytes, List.of()));
                    yield Jiaoying.GOOD;
                }
            };
        }

        private void show(Alert alert, List<SignatureCheck> signatures) {
            say("id", id(alert.id()));
            say(
                    "status",
                    alert.status().word() + ", " + alert.msgType().word() + ", "
                            + alert.scope().word());
            say("references", alert.references().stream().map(Show::id).collect(Collectors.joining("\n    ")));
            say("signature", signatures.stream().map(this::signature).collect(Collectors.joining(", ")));
            alert.infos().forEach(this::show);
            spec.commandLine().getOut().flush();
        }

        private void show(Info info) {
            spec.commandLine().getOut().println();
            say("info", info.language() + " " + info.event());
            say(
                    "levels",
                    info.urgency().word() + ", " + info.severity().word() + ", "
                            + info.certainty().word());
            say("from", time(info.onset().or(info::effective)));
            say("until", time(info.expires()));
            say("by", info.senderName().orElse(""));
            say("headline", info.headline().orElse(""));
            say("description", info.description().orElse(""));
            say("instruction", info.instruction().orElse(""));
            info.parameters().forEach(it -> say("parameter", pair(it)));
            info.areas().forEach(this::show);
        }

        private void show(Area area) {
            var codes = area.geocodes().stream().map(Show::pair).collect(Collectors.joining(", "));
            say(
                    "area",
                    words.say(
                            "cap.shapes",
                            area.areaDesc(),
                            area.polygons().size(),
                            area.circles().size(),
                            codes));
        }

        private void say(String key, String text) {
            if (!text.isBlank()) {
                spec.commandLine().getOut().println(words.say("cap.show." + key, text.strip()));
            }
        }

        private static String id(MessageId id) {
            return id.identifier() + "  " + id.sender() + "  " + id.sent();
        }

        private static String pair(NamedValue pair) {
            return pair.valueName() + " = " + pair.value();
        }

        private static String time(Optional<?> time) {
            return time.map(Object::toString).orElse("");
        }

        /** Without keys of ours nothing is better than unknown. */
        private String signature(SignatureCheck check) {
            return words.say("cap.signature." + check.getClass().getSimpleName());
        }
    }
}
