package jiaoying.server.programme;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import jiaoying.duty.casework.CaseDeed;
import jiaoying.duty.casework.CaseFact;
import jiaoying.duty.casework.CaseFact.Proof;
import org.junit.jupiter.api.Test;

/**
 * Random people with random roles do random things to hazards. A reference that shares no code with the loop keeps a diary of
 * what was done and says of each closing whether it was earned.
 */
class LoopPropertyTest {
    /** The way of a hazard, written down a second time: step, from, to. */
    private static final String WAY = """
            register found reported
            drop found void
            assess reported triage
            supervise triage supervised
            void triage void
            hand-over triage handed_over
            accept supervised accepted
            hand-back supervised triage
            plan accepted planned
            begin accepted rectifying
            approve-plan planned rectifying
            feed-back rectifying fed_back
            take-up fed_back verifying
            close verifying closed
            rework verifying rectifying
            reopen closed reopened
            resume reopened rectifying""";

    private static final List<String> ROLES =
            List.of("inspector", "grid", "duty", "triage", "supervisor", "rectifier", "head", "verifier", "leader");
    private static final List<String> LEVELS = List.of("general", "large", "major");

    @Test
    void no_history_reaches_closed_without_the_four_acts_by_the_right_people() {
        var seed = Long.getLong("jiaoying.seed", 60_202_611L);
        var histories = Boolean.getBoolean("jiaoying.all") ? 20_000 : 600;
        var closed = 0;
        var refused = new HashMap<String, Integer>();
        for (var history = 0; history < histories; history++) {
            var run = new Run(new Random(seed + history), "-Djiaoying.seed=" + (seed + history));
            run.play();
            closed += run.closed;
            run.refused.forEach((why, times) -> refused.merge(why, times, Integer::sum));
        }
        assertThat(closed).as("the histories are not all idle").isGreaterThan(histories / 10);
        assertThat(refused)
                .as("each rule is met")
                .containsKeys("SEPARATION", "OWN_ITEM", "NOT_YOUR_ROLE", "NOT_ON_SITE", "STALE", "CHILD_OPEN");
    }

    private static final class Run {
        private final Random random;
        private final String how;
        private final Office office = new Office(Office.HAZARDS);
        private final List<String> items = new ArrayList<>();
        private final Map<String, Diary> diaries = new HashMap<>();
        private final Map<String, Integer> refused = new HashMap<>();
        private int closed;
        private int files = 1;
        private int read;

        Run(Random random, String how) {
            this.random = random;
            this.how = how;
            for (var p = 0; p < 7; p++) {
                var roles = new HashSet<String>();
                while (roles.size() < 1 + random.nextInt(9)) {
                    roles.add(ROLES.get(random.nextInt(ROLES.size())));
                }
                office.person("p" + p + "@" + "ABCS".charAt(random.nextInt(4)), roles.toArray(String[]::new));
            }
            office.person("q@A", "rectifier", "head");
            office.person("q@S", "supervisor", "duty", "triage");
            office.person("q@C", "verifier", "leader");
        }

        void play() {
            for (var n = 0; n < 80; n++) {
                var person = pick(office.people());
                if (items.isEmpty() || items.size() < 3 && random.nextInt(30) == 0) {
                    var item = office.open(person, items.isEmpty() || random.nextBoolean() ? "" : pick(items));
                    if (item.startsWith("I")) {
                        items.add(item);
                    }
                } else if (random.nextBoolean()) {
                    note(office.does(person, deed(pick(items))));
                } else {
                    anybody(pick(items));
                }
                if (random.nextInt(40) == 0) {
                    office.move(office.people().get(random.nextInt(7)), pick(List.of("A", "B", "C", "S")));
                }
                office.until(office.now().plusSeconds(random.nextInt(40_000)));
                follow();
            }
        }

        private void note(String said) {
            if (!said.equals("done")) {
                refused.merge(said.split(" ")[0], 1, Integer::sum);
            }
        }

        /** Whoever can takes a step, with all that it may need. */
        private void anybody(String item) {
            var people = new ArrayList<>(office.people());
            Collections.shuffle(people, random);
            var steps = new ArrayList<>(WAY.lines()
                    .map(line -> line.split(" "))
                    .filter(step -> step[1].equals(office.item(item).stage()))
                    .toList());
            Collections.shuffle(steps, random);
            steps.removeIf(step -> Set.of("drop", "void", "hand-over", "hand-back", "rework", "reopen")
                            .contains(step[0])
                    && random.nextInt(6) > 0);
            for (var person : people) {
                if (office.item(item).paused().isPresent()) {
                    office.does(person, new CaseDeed.Resume(item, "r", ""));
                }
                for (var step : steps) {
                    office.does(person, new CaseDeed.Approve(item, step[0], ""));
                    var said = office.does(person, move(item, step, true));
                    note(said);
                    if (said.equals("done")) {
                        return;
                    }
                }
            }
        }

        private CaseDeed deed(String item) {
            return switch (random.nextInt(12)) {
                case 0 -> new CaseDeed.Fill(item, Office.entries("level", pick(LEVELS)), "r", "", "");
                case 1 -> new CaseDeed.Approve(item, "approve-plan", "");
                case 2 -> new CaseDeed.Pause(item, random.nextBoolean(), "x", "r", "");
                case 3 -> new CaseDeed.Resume(item, "r", "");
                case 4 -> new CaseDeed.Prove(item, proofs(false), "", "");
                default -> move(item);
            };
        }

        private CaseDeed move(String item) {
            var stage = office.item(item).stage();
            var steps = WAY.lines()
                    .map(line -> line.split(" "))
                    .filter(step -> random.nextInt(15) == 0 || step[1].equals(stage))
                    .toList();
            return move(
                    item,
                    steps.isEmpty() ? WAY.lines().findFirst().orElseThrow().split(" ") : pick(steps),
                    false);
        }

        private CaseDeed move(String item, String[] step, boolean whole) {
            var assigns = step[0].equals("supervise");
            var fields = new ArrayList<String>(List.of(
                    "measures",
                    "m",
                    "duty_person",
                    "x",
                    "due_plan",
                    "2026-12-31",
                    "funds_yuan",
                    "1",
                    "emergency_plan",
                    "f"));
            if (assigns && (whole || random.nextBoolean()) || random.nextInt(20) == 0) {
                fields.addAll(List.of("level", pick(LEVELS)));
            }
            return new CaseDeed.Move(
                    item,
                    step[0],
                    random.nextInt(10) == 0 ? step[1] : "",
                    "r",
                    Office.entries(fields.toArray(String[]::new)),
                    assigns ? pick(List.of("A", "A", "B", "C")) : "",
                    assigns ? pick(List.of("S", "S", "B", "A")) : "",
                    List.of(),
                    proofs(whole),
                    whole ? random.nextInt(4) > 0 : random.nextBoolean(),
                    "",
                    random.nextInt(8) == 0 ? pick(office.people()) : "",
                    Optional.empty());
        }

        private List<Proof> proofs(boolean whole) {
            var proofs = new ArrayList<Proof>();
            for (var need : List.of("photo_before", "photo_after", "verification_record", "transfer_note")) {
                if (whole || random.nextInt(10) > 0) {
                    proofs.add(office.proof(need, !whole && random.nextInt(12) == 0 ? 1 : ++files));
                }
            }
            return proofs;
        }

        private <T> T pick(List<T> of) {
            return of.get(random.nextInt(of.size()));
        }

        /** Writes what happened into the diaries and judges each closing. */
        private void follow() {
            for (; read < office.facts.size(); read++) {
                switch (office.facts.get(read)) {
                    case CaseFact.ItemOpened opened -> {
                        diaries.put(opened.item(), new Diary());
                        Optional.ofNullable(diaries.get(opened.parent()))
                                .ifPresent(parent -> parent.children.add(opened.item()));
                    }
                    case CaseFact.ItemMoved moved -> {
                        var diary = diaries.get(moved.item());
                        assertThat(WAY.lines()).as(how).contains(moved.move() + " " + moved.from() + " " + moved.to());
                        assertThat(moved.from()).as(how).isEqualTo(requireNonNull(diary).stage);
                        if (moved.to().equals("fed_back")) {
                            assertThat(diary.children)
                                    .as("%s: open children of %s", how, moved.item())
                                    .allMatch(child -> Set.of("closed", "void", "handed_over")
                                            .contains(requireNonNull(diaries.get(child)).stage));
                        }
                        if (moved.to().equals("closed")) {
                            closed++;
                            assertThat(diary.why(moved))
                                    .as("%s: %s closed by %s", how, moved.item(), moved.by())
                                    .isEmpty();
                        }
                        if (moved.to().equals("void") || moved.to().equals("handed_over")) {
                            assertThat(diary.leads)
                                    .as(how)
                                    .doesNotContain(moved.by().body());
                        }
                        diary.write(moved);
                    }
                    case CaseFact.FieldsSet set ->
                        set.fields().stream()
                                .filter(entry -> entry.field().equals("level"))
                                .forEach(entry ->
                                        requireNonNull(diaries.get(set.item())).level(entry.value()));
                    case CaseFact.ProofsAdded added -> requireNonNull(diaries.get(added.item())).shown = true;
                    default -> {}
                }
            }
        }
    }

    /** What a careful clerk would write down about one hazard. */
    private static final class Diary {
        final List<String> children = new ArrayList<>();
        final Set<String> leads = new HashSet<>();
        final Set<String> workers = new HashSet<>();
        final Set<String> workBodies = new HashSet<>();
        String stage = "found";
        boolean registered;
        boolean supervised;
        boolean reported;
        boolean taken;
        boolean shown;
        int level = -1;

        void level(String value) {
            level = Math.max(level, LEVELS.indexOf(value));
        }

        void write(CaseFact.ItemMoved moved) {
            moved.fields().stream()
                    .filter(entry -> entry.field().equals("level"))
                    .forEach(entry -> level(entry.value()));
            stage = moved.to();
            switch (moved.to()) {
                case "reported" -> registered = !moved.by().person().isEmpty();
                case "supervised" -> {
                    supervised = !moved.lead().isEmpty()
                            && !moved.supervising().isEmpty()
                            && !moved.lead().equals(moved.supervising());
                    leads.add(moved.lead());
                }
                case "rectifying" -> {
                    reported = false;
                    taken = false;
                    shown = false;
                }
                case "fed_back" -> {
                    reported = shown || !moved.proofs().isEmpty();
                    workBodies.add(moved.by().body());
                }
                case "verifying" -> taken = reported;
                default -> {}
            }
            if (Set.of("accept", "begin", "plan", "feed-back").contains(moved.move())) {
                workers.add(moved.by().person());
                workers.add(moved.by().onBehalfOf());
            }
        }

        /** Why the closing was not earned, or nothing. */
        String why(CaseFact.ItemMoved closing) {
            workers.remove("");
            var by = closing.by();
            if (!registered) {
                return "not registered by a person";
            }
            if (!supervised) {
                return "not supervised by another body";
            }
            if (!reported || !taken) {
                return "not reported back and taken up since it was last in hand";
            }
            if (workers.contains(by.person()) || workers.contains(by.onBehalfOf())) {
                return "closed by whoever worked on it";
            }
            if (closing.proofs().isEmpty()) {
                return "closed without a record";
            }
            if (level > 0 && leads.contains(by.body())) {
                return "closed by a body that led it, although it was once more than general";
            }
            if (level > 0 && workBodies.contains(by.body())) {
                return "closed by the body that reported back, although it was once more than general";
            }
            return "";
        }
    }
}
