package jiaoying.bench;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import jiaoying.duty.casework.CaseFact;
import jiaoying.duty.casework.CaseFact.Actor;
import jiaoying.duty.casework.CaseFact.Entry;
import jiaoying.duty.casework.CaseFact.ItemMoved;
import jiaoying.duty.casework.CaseFact.ItemOpened;
import jiaoying.duty.casework.CaseFact.Started;
import jiaoying.duty.casework.CaseFact.Stopped;
import jiaoying.duty.casework.Cases;
import jiaoying.duty.casework.Item;
import jiaoying.duty.programme.Indicators;
import jiaoying.duty.programme.Period;
import jiaoying.duty.programme.Programme;
import jiaoying.duty.programme.RowsAsOf;
import jiaoying.server.pack.PackLibrary;
import jiaoying.server.page.WorkListBench;

/** A hundred thousand hazards in memory: a year of their facts folded, all clocks looked at, the figures of the year with their rows. */
final class LoopBench {
    private static final int ITEMS = 100_000;
    private static final int RUNS = 5;
    private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");
    private static final Instant NEW_YEAR = Instant.parse("2025-12-31T16:00:00Z");
    private static final List<String> WAY =
            List.of("reported", "triage", "supervised", "accepted", "rectifying", "fed_back", "verifying", "closed");
    private static final Actor WHO = new Actor("p", "B", "duty", "");

    private LoopBench() {}

    static boolean run() throws Exception {
        var programme = PackLibrary.inside().programme("hazards");
        var facts = facts();
        var folds = new ArrayList<Double>();
        var clocks = new ArrayList<Double>();
        var figures = new ArrayList<Double>();
        var right = true;
        for (var run = 0; run < RUNS; run++) {
            var cases = new Cases(Map.of("hazards", programme));
            var began = System.nanoTime();
            for (var fact : facts) {
                cases.apply(fact.at(), fact.fact());
            }
            folds.add((System.nanoTime() - began) / 1e9);
            began = System.nanoTime();
            var late = late(cases);
            clocks.add((System.nanoTime() - began) / 1e9);
            began = System.nanoTime();
            var closed = figures(programme, cases);
            figures.add((System.nanoTime() - began) / 1e9);
            right &= closed == expected(facts) && late > 0;
        }
        Figures.seconds("loop, " + facts.size() + " facts of a year folded", folds, "60 for 1,000,000");
        Figures.seconds("loop, clocks of " + ITEMS + " items looked at", clocks, "1");
        Figures.seconds("loop, figures of a year over " + ITEMS + " items", figures, "1");
        right &= list(programme);
        System.out.println("answer " + (right ? "right" : "WRONG"));
        return right;
    }

    /** The first page of the open items, of those that are late, and of those with a word in their title. */
    private static boolean list(Programme programme) {
        var list = new WorkListBench(programme, ITEMS);
        var first = new ArrayList<Double>();
        var late = new ArrayList<Double>();
        var word = new ArrayList<Double>();
        var right = true;
        for (var run = 0; run < 4 * RUNS; run++) {
            right &= timed(first, () -> list.ask(Map.of())).equals(list.expected());
            right &= timed(late, () -> list.ask(Map.of("overdue", "true"))).total() > 0;
            right &= timed(word, () -> list.ask(Map.of("q", "99999"))).total() == 1;
        }
        Figures.seconds("loop, work list of " + ITEMS + " open items, first page", first, "0.2");
        Figures.seconds("loop, the same, only what is late", late, "0.2");
        Figures.seconds("loop, the same, by a word", word, "0.2");
        return right;
    }

    private static WorkListBench.Page timed(List<Double> times, java.util.function.Supplier<WorkListBench.Page> ask) {
        var began = System.nanoTime();
        var page = ask.get();
        times.add((System.nanoTime() - began) / 1e9);
        return page;
    }

    private record Dated(Instant at, CaseFact fact) {}

    /** Items that go up to ten steps; four in five are closed by the end of the year. */
    private static List<Dated> facts() {
        var random = new Random(6);
        var facts = new ArrayList<Dated>();
        for (var n = 0; n < ITEMS; n++) {
            var at = NEW_YEAR.plusSeconds(random.nextInt(300 * 86_400));
            var item = "I" + n;
            facts.add(new Dated(
                    at,
                    new ItemOpened(
                            item,
                            "hazards",
                            "1.0",
                            "hazard",
                            "YH-0-2026-" + n,
                            "found",
                            List.of(
                                    new Entry("title", "样例"),
                                    new Entry("category", "pump"),
                                    new Entry("level", "general"),
                                    new Entry(
                                            "found_on",
                                            LocalDate.ofInstant(at, ZONE).toString())),
                            WHO,
                            at,
                            "",
                            "",
                            List.of())));
            var from = "found";
            var steps = random.nextInt(5) == 0 ? 1 + random.nextInt(5) : WAY.size();
            for (var to : WAY.subList(0, steps)) {
                at = at.plusSeconds(1 + random.nextInt(3 * 86_400));
                var started = to.equals("accepted")
                        ? List.of(new Started("rectify", at.plusSeconds(15 * 86_400), false, List.of()))
                        : List.<Started>of();
                var stopped =
                        to.equals("fed_back") ? List.of(new Stopped("rectify", "met", List.of())) : List.<Stopped>of();
                var assigns = to.equals("supervised");
                facts.add(new Dated(
                        at,
                        new ItemMoved(
                                item,
                                "step",
                                from,
                                to,
                                WHO,
                                "",
                                List.of(),
                                assigns ? "A" : "",
                                assigns ? "S" : "",
                                List.of(),
                                List.of(),
                                false,
                                at,
                                started,
                                stopped)));
                from = to;
            }
        }
        return facts;
    }

    private static long late(Cases cases) {
        var now = NEW_YEAR.plusSeconds(330L * 86_400);
        return cases.items().stream()
                .filter(Item::open)
                .filter(item -> item.clocks().values().stream()
                        .anyMatch(clock -> clock.open() && clock.dueAt().isBefore(now)))
                .count();
    }

    private static int figures(Programme programme, Cases cases) {
        var asOf = LocalDate.of(2026, 12, 31);
        var reader = new RowsAsOf(asOf, ZONE);
        var rows = cases.items().stream()
                .map(item -> item.row(reader).orElseThrow())
                .toList();
        var figures = new Indicators(programme, rows).over(new Period(LocalDate.of(2026, 1, 1), asOf, asOf));
        return java.util.Objects.requireNonNull(figures.get("closed")).items().size();
    }

    private static int expected(List<Dated> facts) {
        return (int) facts.stream()
                .filter(dated ->
                        dated.fact() instanceof ItemMoved moved && moved.to().equals("closed"))
                .filter(dated -> LocalDate.ofInstant(dated.at(), ZONE).getYear() == 2026)
                .count();
    }
}
