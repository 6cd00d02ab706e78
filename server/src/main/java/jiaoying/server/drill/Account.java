package jiaoying.server.drill;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import jiaoying.duty.call.CallFact.AttemptReported;
import jiaoying.duty.call.CallFact.CallOrderClosed;
import jiaoying.duty.call.CallFact.CallOrderOpened;
import jiaoying.duty.call.CallFact.CalleeExhausted;
import jiaoying.duty.call.CallFact.CalleeListed;
import jiaoying.duty.call.CallFact.CalleeSettled;
import jiaoying.duty.call.CallFact.EvidenceHeard;
import jiaoying.duty.call.CallFact.RoundStarted;
import jiaoying.duty.errand.Channel;
import jiaoying.duty.errand.CourierReport;
import jiaoying.duty.errand.Errand;
import jiaoying.duty.errand.OrdersErrands;
import jiaoying.duty.errand.SettlesErrands;
import jiaoying.duty.ledger.Dated;
import jiaoying.server.drill.Exchange.Taken;
import jiaoying.sim.carrier.Line;

/** The ledger of a drilled room held against what carriers took and people said (对账). */
public final class Account {
    private final List<Dated> facts;
    private final Exchange exchange;
    private final Map<String, Errand> planned = new HashMap<>();
    private final Map<Place, Instant> ended = new HashMap<>();
    private final Map<String, Integer> flagged = new HashMap<>();
    private final List<String> wrong = new ArrayList<>();

    private record Place(String order, String person) {}

    public Account(List<Dated> facts, Exchange exchange) {
        this.facts = facts;
        this.exchange = exchange;
        for (var dated : facts) {
            if (dated.fact() instanceof OrdersErrands orders) {
                orders.errands().forEach(errand -> planned.put(errand.key(), errand));
            }
            if (dated.fact() instanceof CalleeSettled settled) {
                ended.put(new Place(settled.order(), settled.person()), dated.at());
            }
            if (dated.fact() instanceof AttemptReported reported
                    && reported.report().kind() == CourierReport.Kind.AMBIGUOUS) {
                flagged.merge(reported.report().key(), 1, Integer::sum);
            }
        }
    }

    /** Sentences about what {@link #lost} and the others counted. */
    public List<String> wrong() {
        return wrong;
    }

    private <F> Stream<F> all(Class<F> kind) {
        return facts.stream().map(Dated::fact).filter(kind::isInstance).map(kind::cast);
    }

    /** How often somebody was reached. */
    public int submitted() {
        return exchange.brought().values().stream().mapToInt(Integer::intValue).sum();
    }

    /** Calls without an end, calls that no carrier has although the ledger says so, people whose ladder never ended. */
    public int lost() {
        int before = wrong.size();
        openErrands().forEach(errand -> wrong.add("lost: " + errand));
        var keys = exchange.brought().keySet();
        all(AttemptReported.class)
                .map(AttemptReported::report)
                .filter(report -> report.kind() == CourierReport.Kind.SUBMITTED && !keys.contains(report.key()))
                .filter(report -> requireNonNull(planned.get(report.key())).channel() != Channel.INTERNAL)
                .forEach(report -> wrong.add("reported and never handed over: " + report));
        openLadders().forEach(place -> wrong.add("no end: " + place));
        return wrong.size() - before;
    }

    private Set<Errand> openErrands() {
        var open = new HashMap<String, Errand>();
        for (var dated : facts) {
            if (dated.fact() instanceof SettlesErrands settles) {
                settles.settledKeys().forEach(open::remove);
            }
            if (dated.fact() instanceof OrdersErrands orders) {
                orders.errands().stream()
                        .filter(errand -> errand.channel() != Channel.INTERNAL)
                        .forEach(errand -> open.put(errand.key(), errand));
            }
        }
        return new HashSet<>(open.values());
    }

    private Set<Place> openLadders() {
        var open = new LinkedHashSet<Place>();
        for (var dated : facts) {
            switch (dated.fact()) {
                case CalleeListed listed -> open.add(new Place(listed.order(), listed.person()));
                case CalleeSettled settled -> open.remove(new Place(settled.order(), settled.person()));
                case CalleeExhausted spent -> open.remove(new Place(spent.order(), spent.person()));
                case CallOrderClosed closed -> open.removeIf(place -> place.order.equals(closed.order()));
                default -> {}
            }
        }
        return open;
    }

    /** Keys under which a carrier that keeps keys reached somebody more than once. */
    public int doubledWithKey() {
        return (int) doubled(true).count();
    }

    public int doubledWithoutKey() {
        return (int) doubled(false).count();
    }

    private Stream<String> doubled(boolean keepsKeys) {
        var lines = new HashMap<String, Line>();
        exchange.taken()
                .forEach(one -> lines.put(one.dispatch().key(), one.dispatch().line()));
        return exchange.brought().entrySet().stream()
                .filter(one -> one.getValue() > 1)
                .map(Map.Entry::getKey)
                .filter(key -> DrillCarrier.KEEP_KEYS.contains(lines.get(key)) == keepsKeys);
    }

    /** Keys of which the ledger says that nobody knew whether they had been handed over. */
    public int ambiguousFlagged() {
        return flagged.size();
    }

    /** Keys under which somebody was reached more often than the ledger's flags allow. */
    public int doubledUnflagged() {
        int before = wrong.size();
        exchange.brought().forEach((key, times) -> {
            if (times > 1 + flagged.getOrDefault(key, 0)) {
                wrong.add("reached " + times + " times, flagged " + flagged.getOrDefault(key, 0) + " times: "
                        + planned.get(key));
            }
        });
        return wrong.size() - before;
    }

    /** Answers that the room acknowledged and that are not in the ledger, or have ended no ladder. */
    public int answersLost() {
        int before = wrong.size();
        var heard = new HashSet<String>();
        all(EvidenceHeard.class)
                .forEach(one ->
                        heard.add(one.event().carrier() + '/' + one.event().event()));
        var open = openLadders();
        for (var told : exchange.acknowledged()) {
            if (!heard.contains(told.carrier() + '/' + told.event()) && planned.containsKey(told.key())) {
                wrong.add("acknowledged and not in the ledger: " + told);
            }
            var errand = Optional.ofNullable(planned.get(told.key()));
            if (told.kind().equals("CONFIRMED")
                    && errand.filter(one -> open.contains(new Place(one.order(), one.callee())))
                            .isPresent()) {
                wrong.add("answered, and the ladder did not end: " + told);
            }
        }
        return wrong.size() - before;
    }

    /** Calls handed over after the moment at which the answer was recorded. */
    public int submittedAfterAnswer() {
        return (int) exchange.taken().stream()
                .filter(one -> one.dispatch().asks())
                .filter(one -> Optional.ofNullable(planned.get(one.dispatch().key()))
                        .flatMap(errand -> Optional.ofNullable(ended.get(new Place(errand.order(), errand.callee()))))
                        .filter(one.at()::isAfter)
                        .isPresent())
                .count();
    }

    /** From the moment at which the room recorded the warning to the first hand-over for each person called, in milliseconds. */
    public double firstCallP99_ms() {
        return p99(firstCalls(order -> true));
    }

    /** The longest of them for orders opened before a moment, in seconds. */
    public double allFirstCalls_s(Instant before) {
        return Arrays.stream(firstCalls(opened -> opened.isBefore(before)))
                        .max()
                        .orElse(0)
                / 1000;
    }

    private double[] firstCalls(Predicate<Instant> which) {
        var opened = new HashMap<String, Instant>();
        facts.stream()
                .filter(dated -> dated.fact() instanceof CallOrderOpened)
                .forEach(dated -> opened.put(((CallOrderOpened) dated.fact()).order(), dated.at()));
        var first = new HashMap<Place, Instant>();
        for (Taken one : exchange.taken()) {
            var errand = planned.get(one.dispatch().key());
            if (errand != null && one.dispatch().asks()) {
                first.merge(new Place(errand.order(), errand.callee()), one.at(), (a, b) -> a.isBefore(b) ? a : b);
            }
        }
        return first.entrySet().stream()
                .filter(one -> which.test(opened.get(one.getKey().order)))
                .mapToDouble(one -> Math.max(
                        0,
                        Duration.between(opened.get(one.getKey().order), one.getValue())
                                        .toNanos()
                                / 1e6))
                .toArray();
    }

    /** How long after its time a rung began, in milliseconds; what a killed program missed is in it. */
    public double escalationLatenessP99_ms() {
        var due = new HashMap<Place, Instant>();
        var late = new ArrayList<Double>();
        for (var dated : facts) {
            if (dated.fact() instanceof RoundStarted round) {
                var place = new Place(round.order(), round.person());
                Optional.ofNullable(due.put(place, round.nextDue()))
                        .filter(moment -> !dated.at().isBefore(moment))
                        .ifPresent(moment ->
                                late.add(Duration.between(moment, dated.at()).toNanos() / 1e6));
            }
        }
        return p99(late.stream().mapToDouble(Double::doubleValue).toArray());
    }

    /** The value that 99 of 100 do not exceed; 0 of none. */
    static double p99(double[] values) {
        if (values.length == 0) {
            return 0;
        }
        Arrays.sort(values);
        return values[(int) Math.ceil(values.length * 0.99) - 1];
    }
}
