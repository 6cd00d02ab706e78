package jiaoying.server.main;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import jiaoying.server.ledger.Anchor;
import jiaoying.server.ledger.ChainedEntry;
import jiaoying.server.ledger.LedgerExport;
import jiaoying.server.ledger.LedgerVerify;
import jiaoying.server.ledger.Verdict;
import jiaoying.server.store.LedgerStore;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The ledger as a file (台账): taken out, and checked anywhere. */
@Command(
        name = "ledger",
        subcommands = {LedgerCommand.Export.class, LedgerCommand.Verify.class})
final class LedgerCommand {

    /** Writes the ledger of a room into a new file. */
    @Command(name = "export")
    static final class Export implements Callable<Integer> {
        private final Words words;

        @Spec
        @SuppressWarnings("NullAway.Init")
        CommandSpec spec;

        @Mixin
        RoomChoice choice = new RoomChoice();

        @Parameters(paramLabel = "FILE")
        @SuppressWarnings("NullAway.Init")
        Path file;

        Export(Words words) {
            this.words = words;
        }

        @Override
        public Integer call() throws IOException {
            try (var rooms = choice.open()) {
                var room = rooms.room(Optional.ofNullable(choice.room)).id();
                var ledger = new LedgerStore(rooms.database());
                var keys = rooms.keys(room);
                var entries = ledger.entries(room, ledger.head(room).count(), ChainedEntry::new);
                var head = NewFile.write(
                        file, out -> LedgerExport.write(out, room, keys.publicKeyHex(), entries, keys::sign));
                spec.commandLine()
                        .getOut()
                        .println(words.say(
                                "ledger.exported", room, head.count(), head.hash(), keys.publicKeyHex(), file));
                return Jiaoying.GOOD;
            }
        }
    }

    /** Checks a ledger file without a database; 1 when something was changed, is missing or was added. */
    @Command(name = "verify")
    static final class Verify implements Callable<Integer> {
        @Spec
        @SuppressWarnings("NullAway.Init")
        CommandSpec spec;

        @Parameters(paramLabel = "FILE")
        @SuppressWarnings("NullAway.Init")
        Path file;

        @Option(names = "--key", paramLabel = "PUB")
        @Nullable
        String key;

        @Option(names = "--head", paramLabel = "HEX")
        @Nullable
        String head;

        @Override
        public Integer call() throws IOException {
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
