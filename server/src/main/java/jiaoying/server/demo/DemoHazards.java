package jiaoying.server.demo;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.ToLongFunction;
import jiaoying.duty.casework.CaseDeed;
import jiaoying.duty.casework.CaseFact.ControlAsked;
import jiaoying.duty.casework.CaseFact.Entry;
import jiaoying.duty.casework.CaseFact.Proof;
import jiaoying.duty.ledger.Fact;
import jiaoying.duty.room.Arrival;
import jiaoying.duty.room.Deed;

/**
 * Three sample hazards of a demonstration (示例隐患) and the people who answer for them: when a warning asks, one is confirmed
 * soon, the visitor's own by its head of office when the visitor does not, and the third by nobody.
 */
public final class DemoHazards {
    private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");

    /** Who registers, supervises and checks. */
    private static final String DUTY = "P003";

    private static final String SUPERVISING = "B-EMERG";
    private static final String CHECKER = "P006";

    /** The three, the visitor's first. */
    private static final List<Sample> SAMPLES = List.of(
            new Sample(
                    "P165",
                    "P166",
                    "B-330482003001",
                    "330482003001",
                    "120.9709,30.6752",
                    "large",
                    "underpass",
                    "示例：低洼片区排水泵失灵",
                    Duration.ofMinutes(45),
                    true),
            new Sample(
                    "P168",
                    "P168",
                    "B-330482003200",
                    "330482003200",
                    "120.9600,30.6700",
                    "general",
                    "polder",
                    "示例：圩堤护坡塌陷",
                    Duration.ofMinutes(6),
                    false),
            new Sample(
                    "P171",
                    "P172",
                    "B-330482003201",
                    "330482003201",
                    "120.9500,30.6650",
                    "general",
                    "pump",
                    "示例：排涝泵站电缆老化",
                    Duration.ZERO,
                    false));

    /** @param confirms who confirms after {@code later}; zero: nobody does @param reported the work is reported back and waits for the check */
    private record Sample(
            String rectifier,
            String confirms,
            String body,
            String area,
            String place,
            String level,
            String category,
            String title,
            Duration later,
            boolean reported) {}

    private record Due(Instant at, String item, String signal, String person) {}

    private final List<Due> due = new ArrayList<>();
    private Optional<Consumer<Arrival>> room = Optional.empty();

    /** @param bring puts an arrival and waits until the room has taken it; its number comes back */
    public static void open(Instant at, ToLongFunction<Arrival> bring) {
        for (var sample : SAMPLES) {
            new Opening(sample, at, bring).play();
        }
    }

    /** The way of one hazard up to the storm, by the people who would go it. */
    private record Opening(Sample sample, Instant at, ToLongFunction<Arrival> bring) {
        void play() {
            var number = act(
                    DUTY,
                    new CaseDeed.Open(
                            "hazards",
                            "hazard",
                            List.of(
                                    new Entry("title", sample.title()),
                                    new Entry("description", "示例数据，人物和事项均为虚构"),
                                    new Entry("category", sample.category()),
                                    new Entry("source", "inspection"),
                                    new Entry("found_at", at.toString()),
                                    new Entry(
                                            "found_on",
                                            LocalDate.ofInstant(at, ZONE).toString()),
                                    new Entry("place", sample.place()),
                                    new Entry("town", sample.area())),
                            "",
                            "",
                            "",
                            Optional.empty()));
            var item = "I" + number;
            step(DUTY, item, "register", List.of(), List.of());
            step(DUTY, item, "assess", List.of(), List.of());
            step(DUTY, item, "supervise", List.of(new Entry("level", sample.level())), List.of());
            step(sample.rectifier(), item, "accept", List.of(), List.of());
            step(sample.rectifier(), item, "begin", List.of(), List.of());
            if (sample.reported()) {
                step(
                        sample.rectifier(),
                        item,
                        "feed-back",
                        List.of(new Entry("measures", "示例：更换水泵，清理进水格栅")),
                        List.of(proof(item, "photo_before"), proof(item, "photo_after")));
                step(CHECKER, item, "take-up", List.of(), List.of());
            }
        }

        private Proof proof(String item, String need) {
            var name = "sample " + item + " " + need;
            return new Proof(need, sha256(name), name + ".jpg", at, sample.place());
        }

        private void step(String person, String item, String step, List<Entry> fields, List<Proof> proofs) {
            var assigns = step.equals("supervise");
            act(
                    person,
                    new CaseDeed.Move(
                            item,
                            step,
                            "",
                            "",
                            fields,
                            assigns ? sample.body() : "",
                            assigns ? SUPERVISING : "",
                            List.of(),
                            proofs,
                            false,
                            "",
                            "",
                            Optional.empty()));
        }

        private long act(String person, CaseDeed deed) {
            return bring.applyAsLong(new Arrival.Act(person, new Deed.OnItem(deed)));
        }
    }

    private static String sha256(String text) {
        try {
            var digest = java.security.MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(digest.digest(text.getBytes(java.nio.charset.StandardCharsets.UTF_8)));
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new IllegalStateException("Bug: every Java has SHA-256", e);
        }
    }

    /** From now on people answer. @param arrivals where their answers go */
    public synchronized void begin(Consumer<Arrival> arrivals) {
        room = Optional.of(arrivals);
    }

    /** Overhears what is asked, and lets people answer whose time has come. */
    public synchronized void hear(Instant at, List<Fact> facts) {
        for (var fact : facts) {
            if (fact instanceof ControlAsked asked) {
                SAMPLES.stream()
                        .filter(sample ->
                                !sample.later().isZero() && asked.persons().contains(sample.rectifier()))
                        .findFirst()
                        .ifPresent(sample -> due.add(
                                new Due(at.plus(sample.later()), asked.item(), asked.signal(), sample.confirms())));
            }
        }
        if (room.isPresent()) {
            var now = due.stream().filter(one -> !one.at().isAfter(at)).toList();
            due.removeAll(now);
            now.forEach(one -> room.get()
                    .accept(new Arrival.Act(
                            one.person(),
                            new Deed.OnItem(
                                    new CaseDeed.ConfirmControl(one.item(), one.signal(), "示例：已备泵、专人值守", "")))));
        }
    }
}
