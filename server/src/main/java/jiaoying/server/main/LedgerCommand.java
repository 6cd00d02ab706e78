package jiaoying.server.main;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import jiaoying.server.ledger.Anchor;
import jiaoying.server.ledger.ChainedEntry;
import jiaoying.server.ledger.LedgerExport;
import jiaoying.server.ledger.LedgerVerify;
import jiaoying.server.ledger.TraceFile;
import jiaoying.server.ledger.Verdict;
import jiaoying.server.store.LedgerStore;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

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
        private static final JsonMapper JSON = JsonMapper.shared();

        private final Words words;

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

        @Option(names = "--json")
        boolean json;

        Verify(Words words) {
            this.words = words;
        }

        @Override
        public Integer call() throws IOException {
            if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
                throw new Refusal("ledger.file", file.toAbsolutePath());
            }
            if (TraceFile.is(file)) {
                try (var in = Files.newInputStream(file)) {
                    return trace(TraceFile.verify(in, anchor().key()));
                }
            }
            var verdict = LedgerVerify.verify(file, anchor());
            spec.commandLine().getOut().println(json ? JSON.writeValueAsString(fields(verdict)) : sentences(verdict));
            return switch (verdict) {
                case Verdict.Verified good -> Jiaoying.GOOD;
                case Verdict.Broken bad -> Jiaoying.FOUND_WRONG;
            };
        }

        private int trace(TraceFile.Verdict verdict) {
            var fields = new LinkedHashMap<String, Object>();
            var good = verdict instanceof TraceFile.Verdict.Verified;
            fields.put("verified", good);
            var sentence = switch (verdict) {
                case TraceFile.Verdict.Verified is -> {
                    fields.put("room", is.room());
                    fields.put("about", is.about());
                    fields.put("count", is.count());
                    fields.put("head", is.head());
                    fields.put("key", is.key());
                    fields.put("anchored", is.anchored());
                    yield words.say(
                            is.anchored() ? "ledger.trace" : "ledger.trace-unanchored",
                            is.room(),
                            is.about(),
                            is.count(),
                            is.head());
                }
                case TraceFile.Verdict.Broken no -> {
                    fields.put("line", no.line());
                    fields.put("expected", words.texts().say(no.expected()));
                    yield words.say(
                            "ledger.trace-broken", no.line(), words.texts().say(no.expected()));
                }
            };
            spec.commandLine().getOut().println(json ? JSON.writeValueAsString(fields) : sentence);
            return good ? Jiaoying.GOOD : Jiaoying.FOUND_WRONG;
        }

        private String sentences(Verdict verdict) {
            return switch (verdict) {
                case Verdict.Verified good ->
                    words.say(
                            !good.anchored()
                                    ? "ledger.consistent"
                                    : good.anchoredTo() == good.count() ? "ledger.verified" : "ledger.verified-part",
                            good.room(),
                            good.count(),
                            good.head(),
                            good.anchoredTo());
                case Verdict.Broken bad ->
                    words.say(
                            bad.entry() == 0 ? "ledger.broken-line" : "ledger.broken-entry",
                            bad.line(),
                            bad.entry(),
                            words.texts().say(bad.expected()),
                            words.texts().say(bad.found()));
            };
        }

        private Map<String, Object> fields(Verdict verdict) {
            var fields = new LinkedHashMap<String, Object>();
            switch (verdict) {
                case Verdict.Verified good -> {
                    fields.put("verified", true);
                    fields.put("room", good.room());
                    fields.put("count", good.count());
                    fields.put("head", good.head());
                    fields.put("key", good.key());
                    fields.put("anchored", good.anchored());
                    fields.put("anchoredTo", good.anchoredTo());
                }
                case Verdict.Broken bad -> {
                    fields.put("verified", false);
                    fields.put("line", bad.line());
                    fields.put("entry", bad.entry());
                    fields.put("expected", words.texts().say(bad.expected()));
                    fields.put("found", words.texts().say(bad.found()));
                }
            }
            return fields;
        }

        private Anchor anchor() {
            try {
                var anchor = Anchor.NONE;
                anchor = key == null ? anchor : anchor.withKey(key);
                return head == null ? anchor : anchor.withHead(head);
            } catch (Anchor.NotAllowed wrong) {
                throw new Refusal("ledger.anchor", words.texts().say(wrong.what()));
            }
        }
    }
}
