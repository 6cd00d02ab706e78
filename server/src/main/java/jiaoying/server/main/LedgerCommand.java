package jiaoying.server.main;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import jiaoying.server.ledger.Anchor;
import jiaoying.server.ledger.LedgerVerify;
import jiaoying.server.ledger.Verdict;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The ledger as a file (台账): taken out, and checked anywhere. */
@Command(name = "ledger", subcommands = LedgerCommand.Verify.class)
final class LedgerCommand {

    /** Checks a ledger file without a database; 1 when something was changed, is missing or was added. */
    @Command(name = "verify")
    static final class Verify implements Callable<Integer> {
        private final Words words;

        @Spec
        @Nullable
        CommandSpec spec;

        @Parameters(paramLabel = "FILE")
        @Nullable
        Path file;

        @Option(names = "--key", paramLabel = "PUB")
        @Nullable
        String key;

        @Option(names = "--head", paramLabel = "HEX")
        @Nullable
        String head;

        Verify(Words words) {
            this.words = words;
        }

        @Override
        public Integer call() throws IOException {
            if (file == null || spec == null) {
                throw new IllegalStateException("Bug: picocli fills these");
            }
            if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
                throw new Refusal("ledger.file", file.toAbsolutePath());
            }
            var verdict = LedgerVerify.verify(file, anchor());
            spec.commandLine().getOut().println(verdict.words());
            return switch (verdict) {
                case Verdict.Verified good -> Jiaoying.GOOD;
                case Verdict.Broken bad -> Jiaoying.FOUND_WRONG;
            };
        }

        private Anchor anchor() {
            try {
                var anchor = Anchor.NONE;
                anchor = key == null ? anchor : anchor.withKey(key);
                return head == null ? anchor : anchor.withHead(head);
            } catch (IllegalArgumentException wrong) {
                throw new Refusal("ledger.anchor", String.valueOf(wrong.getMessage()));
            }
        }
    }
}
