package jiaoying.server.main;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import jiaoying.duty.programme.Programme;
import jiaoying.duty.room.Arrival;
import jiaoying.duty.room.Deed;
import jiaoying.duty.room.Outcome;
import jiaoying.duty.roster.RosterFact.AreaRegistered;
import jiaoying.duty.roster.RosterFact.PersonRegistered;
import jiaoying.server.pack.PackException;
import jiaoying.server.pack.PackLibrary;
import jiaoying.server.programme.LedgerFile;
import jiaoying.server.programme.LedgerImport;
import jiaoying.server.programme.LedgerMapping;
import jiaoying.server.store.RegisterStore;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

/** Takes over a ledger that was kept in Excel or CSV as items of a programme (台账导入): all rows, or none. */
@Command(name = "take")
final class TakeCommand implements Callable<Integer> {
    private static final JsonMapper JSON = new JsonMapper();
    private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");

    private final Words words;

    @Spec
    @SuppressWarnings("NullAway.Init")
    CommandSpec spec;

    @Mixin
    RoomChoice choice = new RoomChoice();

    @Parameters(index = "0", paramLabel = "PROGRAMME")
    @SuppressWarnings("NullAway.Init")
    String programme;

    @Parameters(index = "1", paramLabel = "FILE")
    @SuppressWarnings("NullAway.Init")
    Path file;

    @Option(names = "--as", paramLabel = "PERSON")
    String person = "";

    @Option(names = "--map", paramLabel = "COLUMN=NAME")
    Map<String, String> columns = new LinkedHashMap<>();

    @Option(names = "--word", paramLabel = "COLUMN:WORD=WORD")
    Map<String, String> synonyms = new LinkedHashMap<>();

    @Option(names = "--sheet", paramLabel = "NAME")
    String sheet = "";

    @Option(names = "--ledger", paramLabel = "NAME")
    String ledger = "";

    @Option(names = {"--dry-run", "--preview"})
    boolean dryRun;

    @Option(names = "--json")
    boolean json;

    TakeCommand(Words words) {
        this.words = words;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (!Files.isRegularFile(file)) {
            throw new Refusal("file.missing", file);
        }
        var content = Files.readAllBytes(file);
        var pack = programme();
        var read = LedgerFile.read(content, String.valueOf(file.getFileName()), sheet);
        var mapping = mapping(pack, read);
        try (var rooms = choice.open()) {
            var room = rooms.room(Optional.ofNullable(choice.room)).id();
            var now = InstantSource.system().instant();
            var looked = LedgerImport.look(pack, read, mapping, city(rooms, room), ZONE, now);
            tell(mapping, looked, now);
            if (!looked.faults().isEmpty()) {
                return Jiaoying.FOUND_WRONG;
            }
            return dryRun ? Jiaoying.GOOD : take(rooms, room, looked.deed(pack, ReadCommand.sha256(content), ledger));
        }
    }

    private int take(OpenRooms rooms, String room, jiaoying.duty.casework.CaseDeed.TakeOver deed)
            throws InterruptedException {
        say(json ? "" : words.say("take.waiting"));
        var outcome = rooms.put(room, new Arrival.Act(person, new Deed.OnItem(deed)));
        return switch (outcome) {
            case Outcome.Done done -> {
                say(json ? "" : words.say("take.done", deed.rows().size()));
                yield Jiaoying.GOOD;
            }
            case Outcome.Stored stored -> Jiaoying.GOOD;
            case Outcome.Refused no -> throw new Refusal("room.refused", room, no);
            case Outcome.SetAside aside -> throw new Refusal("room.aside", room, aside.problem());
        };
    }

    private Programme programme() throws IOException {
        try {
            return Optional.of(PackLibrary.inside().programme(programme))
                    .filter(pack -> pack.exchange().isPresent())
                    .orElseThrow(() -> new Refusal("report.exchange", programme));
        } catch (PackException e) {
            throw new Refusal("report.pack", programme, e);
        }
    }

    /** What the names of the columns suggest, with what was said on the line put in. */
    private LedgerMapping mapping(Programme pack, LedgerFile read) {
        var proposed = LedgerMapping.propose(pack, read);
        var all = new LinkedHashMap<>(proposed.columns());
        all.putAll(columns);
        var meant = new LinkedHashMap<String, Map<String, String>>();
        synonyms.forEach((key, word) -> {
            var cut = key.indexOf(':');
            if (cut < 1) {
                throw new Refusal("take.word", key + "=" + word);
            }
            meant.computeIfAbsent(key.substring(0, cut), column -> new LinkedHashMap<>())
                    .put(key.substring(cut + 1), word);
        });
        return new LedgerMapping(all, meant);
    }

    private static LedgerImport.City city(OpenRooms rooms, String room) {
        var store = new RegisterStore(rooms.database());
        var areas = store.areas(room);
        var persons = store.persons(room);
        return new LedgerImport.City() {
            @Override
            public Optional<String> area(String written) {
                return areas.stream()
                        .filter(area -> List.of(area.area(), area.nameZh(), area.nameEn())
                                .contains(written))
                        .map(AreaRegistered::area)
                        .findFirst();
            }

            @Override
            public Optional<String> person(String written) {
                var found = persons.stream()
                        .filter(one -> one.person().equals(written)
                                || one.name().text().equals(written))
                        .map(PersonRegistered::person)
                        .toList();
                return found.size() == 1 ? Optional.of(found.getFirst()) : Optional.empty();
            }
        };
    }

    private void tell(LedgerMapping mapping, LedgerImport.Looked looked, Instant now) {
        if (json) {
            var document = new LinkedHashMap<String, Object>();
            document.put("looked_at", now.toString());
            document.put("columns", mapping.columns());
            document.put("rows", looked.rows().size());
            document.put(
                    "problems",
                    looked.faults().stream()
                            .map(bad -> Map.of(
                                    "line",
                                    bad.line(),
                                    "column",
                                    bad.column(),
                                    "value",
                                    bad.value(),
                                    "error",
                                    RowWords.sentence(words, bad)))
                            .toList());
            say(JSON.writeValueAsString(document));
            return;
        }
        mapping.columns().forEach((column, from) -> say(words.say("take.column", column, from)));
        looked.faults().forEach(bad -> spec.commandLine().getErr().println(RowWords.line(words, bad)));
        say(
                looked.faults().isEmpty()
                        ? words.say("take.rows", looked.rows().size())
                        : words.say("take.faults", looked.faults().size()));
    }

    private void say(String text) {
        spec.commandLine().getOut().println(text);
        spec.commandLine().getOut().flush();
    }
}
