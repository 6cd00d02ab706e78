package jiaoying.server.programme;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import jiaoying.duty.casework.CaseAnswer;
import jiaoying.duty.casework.CaseDeed;
import jiaoying.duty.casework.CaseFact;
import jiaoying.duty.casework.CaseFact.Entry;
import jiaoying.duty.casework.CaseFact.Proof;
import jiaoying.duty.casework.No;
import jiaoying.duty.measure.Sentence;
import jiaoying.duty.programme.Kind;
import jiaoying.duty.programme.Programme;
import jiaoying.duty.programme.Report;
import jiaoying.duty.programme.Text;
import jiaoying.server.pack.Fields;
import jiaoying.server.pack.PackNode;
import jiaoying.server.pack.PackProblem;
import jiaoying.server.pack.Problems;
import jiaoying.server.pack.YamlFile;

/**
 * The scenarios of a programme (情景): {@code scenarios.yaml} beside its {@code programme.yaml}. Each line is somebody's deed,
 * a wait or a warning, with what must come of it; the first that does not is told with its line.
 */
public final class Scenarios {
    public static final String FILE = "scenarios.yaml";
    private static final int MOST = 200;
    private static final String UNDEFINED = "undefined";
    private static final String SIGNAL = "W";
    private static final List<String> KEYS = List.of(
            "by",
            "open",
            "step",
            "fields",
            "evidence",
            "lead",
            "supervising",
            "reason",
            "on_site",
            "for",
            "approve",
            "confirm",
            "wait",
            "warn",
            "area",
            "refused",
            "stage",
            "missed",
            "card",
            "silent",
            "figures");

    private final Programme programme;
    private final Problems problems = new Problems();
    private final List<Played> played = new ArrayList<>();

    private Scenarios(Programme programme) {
        this.programme = programme;
    }

    /** @param failed what went otherwise, empty when the scenario holds */
    public record Played(Text name, int lines, Optional<PackProblem> failed) {}

    /** @param problems of the file itself and of scenarios that went otherwise, by their place */
    public record Result(List<Played> played, List<PackProblem> problems) {}

    /** @return empty when the folder has no scenarios */
    public static Optional<Result> play(Programme programme, Path folder) throws IOException {
        var file = folder.resolve(FILE);
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        return Optional.of(play(programme, folder.getFileName() + "/" + FILE, Files.readAllBytes(file)));
    }

    static Result play(Programme programme, String name, byte[] yaml) {
        var scenarios = new Scenarios(programme);
        scenarios.read(YamlFile.read(name, yaml, scenarios.problems));
        return new Result(List.copyOf(scenarios.played), scenarios.problems.list());
    }

    private record Someone(String id, String body, List<String> roles) {}

    private void read(PackNode root) {
        var fields = root.fields(List.of("people", "scenarios"));
        var people =
                fields.need("people").items(MOST).stream().map(this::someone).toList();
        for (var node : fields.need("scenarios").items(MOST)) {
            scenario(node, people);
        }
    }

    private Someone someone(PackNode node) {
        var person = node.fields(List.of("id", "body", "roles"));
        var roles = programme.roles().stream().map(Programme.Role::id).toList();
        return new Someone(
                person.need("id").text(),
                person.need("body").text(),
                person.need("roles").items(MOST).stream()
                        .map(role -> role.oneOf(roles))
                        .toList());
    }

    private void scenario(PackNode node, List<Someone> people) {
        var before = problems.list().size();
        var fields = node.fields(List.of("zh", "en", "kind", "start", "lines"));
        var kind = fields.need("kind")
                .oneOf(programme.kinds().stream().map(Kind::id).toList());
        var name = new Text(fields.need("zh").text(), fields.need("en").text());
        var start = start(fields.need("start"));
        var lines = fields.need("lines").items(MOST);
        if (problems.list().size() > before) {
            return; // told already
        }
        var rehearsal = new Rehearsal(programme, start);
        people.forEach(one -> rehearsal.person(one.id(), one.body(), one.roles()));
        var run = new Run(rehearsal, programme.kind(kind));
        for (var line : lines) {
            run.line(line);
            if (problems.list().size() > before) {
                played.add(new Played(
                        name, lines.size(), Optional.of(problems.list().get(before))));
                return;
            }
        }
        played.add(new Played(name, lines.size(), Optional.empty()));
    }

    private static void refuse(PackNode node, String found, String expected) {
        node.refuse(Sentence.words(found), Sentence.words(expected));
    }

    private static Instant start(PackNode node) {
        try {
            return LocalDateTime.parse(node.text()).atZone(Rehearsal.ZONE).toInstant();
        } catch (DateTimeParseException e) {
            refuse(node, node.text(), "a local date-time like 2026-06-01T09:00");
            return Instant.EPOCH;
        }
    }

    /** One scenario on its way. */
    private static final class Run {
        private final Rehearsal rehearsal;
        private final Kind kind;
        private final List<String> items = new ArrayList<>();
        private int seen;
        private int files;

        Run(Rehearsal rehearsal, Kind kind) {
            this.rehearsal = rehearsal;
            this.kind = kind;
        }

        void line(PackNode node) {
            var line = node.fields(KEYS);
            seen = rehearsal.facts().size();
            line.find("wait").ifPresent(wait -> rehearsal.until(rehearsal.now().plus(wait(wait))));
            line.find("warn")
                    .ifPresent(warn -> rehearsal.warned(
                            SIGNAL,
                            "rainstorm",
                            warn.oneOf(Rehearsal.COLORS),
                            line.find("area").map(PackNode::text).orElse("")));
            deed(line)
                    .ifPresent(deed ->
                            came(node, line, rehearsal.does(line.need("by").text(), deed)));
            expect(line);
        }

        private static Duration wait(PackNode node) {
            var text = node.text();
            return text.matches("\\d{1,4} days")
                    ? Duration.ofDays(Long.parseLong(text.substring(0, text.indexOf(' '))))
                    : node.span(Duration.ofSeconds(1), Duration.ofDays(60));
        }

        private Optional<CaseDeed> deed(Fields line) {
            if (line.find("open").isPresent()) {
                return Optional.of(new CaseDeed.Open(
                        programme(), kind.id(), entries(line.need("open")), "", "", "", Optional.empty()));
            }
            if (line.find("approve").isPresent()) {
                return Optional.of(
                        new CaseDeed.Approve(item(), line.need("approve").text(), ""));
            }
            if (line.find("confirm").isPresent()) {
                return Optional.of(new CaseDeed.ConfirmControl(
                        item(), SIGNAL, line.need("confirm").text(), ""));
            }
            return line.find("step")
                    .map(step -> move(
                            line,
                            step.oneOf(kind.moves().stream().map(Kind.Move::id).toList())));
        }

        private CaseDeed move(Fields line, String step) {
            return new CaseDeed.Move(
                    item(),
                    step,
                    "",
                    text(line, "reason"),
                    line.find("fields").map(Run::entries).orElse(List.of()),
                    text(line, "lead"),
                    text(line, "supervising"),
                    List.of(),
                    line.find("evidence").stream()
                            .flatMap(list -> list.items(MOST).stream())
                            .map(PackNode::text)
                            .map(this::proof)
                            .toList(),
                    line.find("on_site").isPresent(),
                    "",
                    text(line, "for"),
                    Optional.empty());
        }

        private String programme() {
            return rehearsal.programme();
        }

        private String item() {
            return items.isEmpty() ? "" : items.getLast();
        }

        /** Evidence made up: a new file each time, taken now, at the item's place. */
        private Proof proof(String need) {
            var place = kind.fields().stream()
                    .filter(field -> field.type() == jiaoying.duty.programme.Field.Type.PLACE)
                    .map(field -> rehearsal.item(item()).field(field.id()))
                    .findFirst()
                    .orElse("");
            return new Proof(
                    need,
                    HexFormat.of().withLowerCase().toHexDigits(++files, 16).repeat(4),
                    need,
                    rehearsal.now(),
                    place);
        }

        private static String text(Fields line, String key) {
            return line.find(key).map(PackNode::text).orElse("");
        }

        private static List<Entry> entries(PackNode node) {
            return node.anyFields().all().entrySet().stream()
                    .map(entry -> new Entry(entry.getKey(), entry.getValue().text()))
                    .toList();
        }

        private void came(PackNode node, Fields line, CaseAnswer answer) {
            var refused = line.find("refused").map(word -> word.oneOf(words()));
            switch (answer) {
                case CaseAnswer.Done done -> {
                    refused.ifPresent(word -> refuse(node, "done", "refused: " + word));
                    done.facts().stream()
                            .filter(CaseFact.ItemOpened.class::isInstance)
                            .forEach(opened -> items.add(opened.item()));
                }
                case CaseAnswer.Refused no -> {
                    var why = word(no.why());
                    if (!refused.filter(why::equals).isPresent()) {
                        refuse(
                                node,
                                ("refused: " + why + " " + no.value() + " " + no.allowed()).strip(),
                                refused.map(word -> "refused: " + word).orElse("done"));
                    }
                }
            }
        }

        private static List<String> words() {
            return java.util.Arrays.stream(No.values()).map(Run::word).toList();
        }

        private static String word(No why) {
            return why.name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        /** Indicators of the year so far, their targets as {@code ID.target} and how far they are reached as {@code ID.reached}. */
        private void figures(PackNode expected) {
            var report = rehearsal.report();
            var names = Report.placeholders(rehearsal.whole().indicators()).stream()
                    .filter(name -> !name.equals("period") && !name.equals("as_of"))
                    .toList();
            expected.fields(names).all().forEach((name, value) -> {
                var is = report.word(name).orElse(UNDEFINED);
                if (!is.equals(value.text())) {
                    refuse(value, name + " " + is, name + " " + value.text());
                }
            });
        }

        private void expect(Fields line) {
            var news = rehearsal.facts().subList(seen, rehearsal.facts().size());
            line.find("stage").ifPresent(stage -> {
                var is = rehearsal.item(item()).stage();
                if (!is.equals(stage.text())) {
                    refuse(stage, "stage " + is, "stage " + stage.text());
                }
            });
            line.find("missed").ifPresent(clock -> {
                if (news.stream()
                        .noneMatch(fact -> fact instanceof CaseFact.ClockMissed missed
                                && missed.clock().equals(clock.text()))) {
                    refuse(clock, "no missed clock", "clock " + clock.text() + " missed");
                }
            });
            line.find("card").ifPresent(rung -> {
                if (news.stream()
                        .noneMatch(fact -> fact instanceof CaseFact.CardIssued card
                                && card.rung().equals(rung.text()))) {
                    refuse(rung, "no card", "card " + rung.text());
                }
            });
            line.find("figures").ifPresent(this::figures);
            line.find("silent")
                    .ifPresent(silent -> news.stream()
                            .filter(fact -> fact instanceof CaseFact.CardIssued || fact instanceof CaseFact.ClockMissed)
                            .findFirst()
                            .ifPresent(fact -> refuse(silent, fact.getClass().getSimpleName(), "nothing")));
        }
    }
}
